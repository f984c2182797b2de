"""The reader of signatures in DER, against that of the cryptography package."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import example, given
from hypothesis import strategies as st

from ivs_tokens._der import raw_signature

LARGEST = 2**384 - 1
# Those whose DER has another length than usual are as frequent as all others.
NUMBERS = st.one_of(
    st.integers(0, LARGEST),
    st.integers(0, 384).map(lambda bits: 2**bits - 1),
    st.integers(0, 383).map(lambda bits: 2**bits),
)


def expected(der: bytes) -> bytes | None:
    """What the cryptography package reads, if it is two numbers of at most 384 bits."""
    try:
        r, s = decode_dss_signature(der)
    except ValueError:
        return None
    return r.to_bytes(48) + s.to_bytes(48) if max(r, s) <= LARGEST else None


@given(NUMBERS, NUMBERS)
@example(0, 0)
@example(LARGEST, LARGEST)
@example(1, 2**383)
def test_reads_every_pair_of_numbers(r: int, s: int) -> None:
    """
    The DER of two numbers of at most 384 bits is read as both, 48 bytes each.
    """
    assert raw_signature(encode_dss_signature(r, s)) == r.to_bytes(48) + s.to_bytes(48)


@given(st.integers(0, 2**400), st.integers(0, 2**400))
@example(LARGEST + 1, 1)
@example(1, LARGEST + 1)
@example(2**1100, 1)
def test_refuses_longer_numbers(r: int, s: int) -> None:
    """
    A number of more than 384 bits is none of a signature on P-384.
    """
    der = encode_dss_signature(r, s)
    assert raw_signature(der) == expected(der)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The DER of two numbers, with bytes changed, put in and cut out."""
    der = bytearray(encode_dss_signature(draw(NUMBERS), draw(NUMBERS)))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(der)))
        match draw(st.sampled_from(["change", "insert", "cut", "end"])):
            case "change" if place < len(der):
                der[place] = draw(st.integers(0, 255))
            case "insert":
                der.insert(place, draw(st.sampled_from([0, 1, 2, 0x30, 0x7F, 0x80, 0x81, 0xFF])))
                # Often with lengths that are right again.
                if draw(st.booleans()) and len(der) > 3:
                    der[1] = (der[1] + 1) % 256
                    der[3] = (der[3] + 1) % 256
            case "cut":
                del der[place : place + draw(st.integers(1, 3))]
            case _:
                der += draw(st.binary(max_size=3))
    return bytes(der)


@given(mutated())
@example(b"")
@example(b"\x30")
@example(b"\x30\x00")
@example(b"\x30\x03\x02\x01\x01")
@example(bytes.fromhex("3006020101020101"))
@example(bytes.fromhex("3005020101020101"))
@example(bytes.fromhex("3007020101020101"))
@example(bytes.fromhex("30060201010201"))
@example(bytes.fromhex("300602010102018000"))
@example(bytes.fromhex("3006020101020180"))
@example(bytes.fromhex("300702010102020001"))
@example(bytes.fromhex("300702010102020080"))
@example(bytes.fromhex("3005020002010100"))
@example(bytes.fromhex("30050200020101"))
@example(bytes.fromhex("3081060201010201 01".replace(" ", "")))
@example(bytes.fromhex("300902010102010102 0101".replace(" ", "")))
@example(bytes.fromhex("3006030101020101"))
@example(bytes.fromhex("3006020101020201"))
def test_reads_what_cryptography_reads(der: bytes) -> None:
    """
    Of bytes that may be no DER, both readers read the same, or both nothing.
    """
    assert raw_signature(der) == expected(der)
