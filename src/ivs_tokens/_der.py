"""A strict reader of ECDSA signatures in DER, as KMS and the cryptography package return them."""

from __future__ import annotations

_SEQUENCE, _INTEGER = 0x30, 0x02
# A tag and a length.
_HEAD = 2
_SIZE = 48
# A number whose highest bit is set has a zero before it.
_LONGEST = _SIZE + 1
_NEGATIVE = 0x80


def raw_signature(der: bytes) -> bytes | None:
    """
    The two numbers of a signature on P-384 side by side, 48 bytes each.

    Returns:
        None, if the bytes are not the DER of two such numbers, and of nothing else.
    """
    # Lengths over 127 are written in another way; such a sequence is too long for P-384.
    if len(der) < _HEAD or der[0] != _SEQUENCE or der[1] != len(der) - _HEAD:
        return None
    r, end = _integer(der, _HEAD)
    s, end = _integer(der, end)
    if r is None or s is None or end != len(der):
        return None
    return r + s


def _integer(der: bytes, start: int) -> tuple[bytes | None, int]:
    """A number that begins at a place, and where it ends."""
    begin = start + _HEAD
    if len(der) <= begin or der[start] != _INTEGER:
        return None, begin
    # If that is behind the end of all, what is read next finds nothing.
    end = begin + der[start + 1]
    content = der[begin:end]
    if not 1 <= len(content) <= _LONGEST or content[0] >= _NEGATIVE:
        return None, end
    if content[0] == 0 and len(content) > 1:
        if content[1] < _NEGATIVE:
            return None, end
        content = content[1:]
    if len(content) > _SIZE:
        return None, end
    return content.rjust(_SIZE, b"\0"), end
