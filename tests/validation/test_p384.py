"""The check of public keys, against the cryptography package."""

from __future__ import annotations

import base64
import textwrap

import pytest
from aws_cdk import CfnParameter, Stack
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from hypothesis import given
from hypothesis import strategies as st

from cdk_ivs import ValidationError
from cdk_ivs._validation.p384 import check_public_key, is_p384_public_key
from tests.support.keys import P384_PEM, PRIVATE_KEY, PRIVATE_PEM, pem_of

ORDER = int(
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    16,
)
# The prime of the field and the constant of the equation, of FIPS 186-4.
PRIME = 2**384 - 2**128 - 2**96 + 2**32 - 1
CONSTANT = int(
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe814112"
    "0314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    16,
)
DER = PRIVATE_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def to_pem(der: bytes) -> str:
    """A key in the armour of PEM."""
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def compressed_der(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key with its point compressed, which cryptography does not write."""
    point = private_key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return bytes.fromhex("3046301006072a8648ce3d020106052b81040022033200") + point


def is_p384_for_cryptography(der: bytes) -> bool:
    """Whether cryptography loads it as a key on P-384."""
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP384R1)


class TestIsP384PublicKey:
    @given(secret=st.integers(min_value=1, max_value=ORDER - 1))
    def test_accepts_every_key_of_the_curve(self, secret: int) -> None:
        """
        Every public key that cryptography makes on P-384 is one, in either form of its point.
        """
        key = ec.derive_private_key(secret, ec.SECP384R1())
        assert is_p384_public_key(pem_of(key.public_key()))
        assert is_p384_public_key(to_pem(compressed_der(key)))

    @given(position=st.integers(0, len(DER) - 1), flip=st.integers(1, 255))
    def test_agrees_with_cryptography_on_damaged_keys(self, position: int, flip: int) -> None:
        """
        A key with one byte changed is one exactly if cryptography loads it as one.
        """
        damaged = bytearray(DER)
        damaged[position] ^= flip
        assert is_p384_public_key(to_pem(bytes(damaged))) == is_p384_for_cryptography(
            bytes(damaged)
        )

    @given(x=st.integers(min_value=0, max_value=2**384 - 1), sign=st.sampled_from([2, 3]))
    def test_agrees_with_cryptography_on_compressed_points(self, x: int, sign: int) -> None:
        """
        A compressed point is on the curve exactly if cryptography can decompress it.
        """
        der = compressed_der(PRIVATE_KEY)[:-49] + bytes([sign]) + x.to_bytes(48)
        assert is_p384_public_key(to_pem(der)) == is_p384_for_cryptography(der)

    def test_refuses_coordinates_outside_of_the_field(self) -> None:
        """
        Zero is the x of a point. The prime, which equals it in the field, is refused.
        """
        root = pow(CONSTANT, (PRIME + 1) // 4, PRIME)
        for x, expected in ((0, True), (PRIME, False)):
            for der in (
                DER[:-96] + x.to_bytes(48) + root.to_bytes(48),
                compressed_der(PRIVATE_KEY)[:-49] + b"\x02" + x.to_bytes(48),
            ):
                assert is_p384_public_key(to_pem(der)) is expected
                assert is_p384_for_cryptography(der) is expected

    @pytest.mark.parametrize("form", ["{}=", "{}==", "={}", "{}=AAA", "{}A", "{}AA", "{}AAAA"])
    def test_refuses_more_than_the_key(self, form: str) -> None:
        """
        A key needs no padding, and nothing is beside it.
        """
        body = form.format(base64.b64encode(DER).decode())
        pem = f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"
        assert not is_p384_public_key(pem)

    @pytest.mark.parametrize("length", [1, 60, 100, 119])
    def test_refuses_a_key_that_was_cut(self, length: int) -> None:
        """
        A key of which the end is missing is none.
        """
        assert not is_p384_public_key(to_pem(DER[:length]))
        assert not is_p384_public_key(to_pem(compressed_der(PRIVATE_KEY)[:-1]))

    @pytest.mark.parametrize(
        "pem",
        [P384_PEM, P384_PEM.replace("\n", "\r\n"), P384_PEM.strip(), f"\n{P384_PEM}\n"],
        ids=["openssl", "windows", "stripped", "padded"],
    )
    def test_accepts_line_ends_of_every_kind(self, pem: str) -> None:
        """
        Line ends and blank lines around the key do not matter.
        """
        assert is_p384_public_key(pem)


class TestCheckPublicKey:
    @pytest.mark.parametrize(
        ("material", "got"),
        [
            ("", "text without the line '-----BEGIN PUBLIC KEY-----'"),
            (
                base64.b64encode(DER).decode(),
                "text without the line '-----BEGIN PUBLIC KEY-----'",
            ),
            (
                PRIVATE_PEM,
                "a PEM of 'EC PRIVATE KEY': never put a private key into a template",
            ),
            (
                P384_PEM.replace("PUBLIC KEY", "CERTIFICATE"),
                "a PEM of 'CERTIFICATE'",
            ),
            (
                textwrap.indent(P384_PEM, "  "),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
            (
                P384_PEM.replace("MHY", "MH="),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
            (
                pem_of(ec.derive_private_key(7, ec.SECP256R1()).public_key()),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
            (
                pem_of(ec.derive_private_key(7, ec.SECP521R1()).public_key()),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
            (
                rsa.generate_private_key(65537, 2048)
                .public_key()
                .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
                .decode(),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
            (
                ed25519.Ed25519PrivateKey.generate()
                .public_key()
                .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
                .decode(),
                "a 'PUBLIC KEY' PEM that is damaged or of another kind of key",
            ),
        ],
        ids=[
            "empty",
            "no-armour",
            "private",
            "certificate",
            "indented",
            "bad-base64",
            "p256",
            "p521",
            "rsa",
            "ed25519",
        ],
    )
    def test_says_what_it_got_instead(self, material: str, got: str) -> None:
        """
        Anything but a P-384 public key is refused with what it is and how to make one.
        """
        with pytest.raises(ValidationError) as error:
            check_public_key("public_key_material", material)
        assert error.value.code == "PublicKey"
        assert error.value.message == (
            "'public_key_material' must be the PEM of a public key on the curve P-384 "
            f"(secp384r1), got {got}; create the pair with 'openssl ecparam -name secp384r1 "
            "-genkey -noout -out private.pem' and use the output of 'openssl ec -in "
            "private.pem -pubout'"
        )

    def test_never_shows_the_value(self) -> None:
        """
        A private key given by mistake stands nowhere in the message.
        """
        with pytest.raises(ValidationError) as error:
            check_public_key("public_key_material", PRIVATE_PEM)
        assert not any(line in str(error.value) for line in PRIVATE_PEM.splitlines()[1:-1])

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        Key material that is known at deployment is left to IVS.
        """
        parameter = CfnParameter(stack, "Key")
        assert check_public_key("public_key_material", parameter.value_as_string) is None
