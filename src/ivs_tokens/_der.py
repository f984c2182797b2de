"""Read ECDSA signatures in DER strictly. KMS and the cryptography package return DER."""

from __future__ import annotations

_SEQUENCE, _INTEGER = 0x30, 0x02
# The tag and the length.
_HEAD = 2
_SIZE = 48
# DER puts a zero before a number whose highest bit is set.
_LONGEST = _SIZE + 1
_NEGATIVE = 0x80


def raw_signature(der: bytes) -> bytes | None:
    """
    Convert a signature from DER to `r` and `s`, 48 bytes each.

    Returns:
        The 96 bytes. None if the bytes are not the DER of exactly two numbers of P-384.
    """
    # DER writes lengths over 127 in another way, but such a sequence is too long for P-384.
    if len(der) < _HEAD or der[0] != _SEQUENCE or der[1] != len(der) - _HEAD:
        return None
    r, end = _integer(der, _HEAD)
    s, end = _integer(der, end)
    if r is None or s is None or end != len(der):
        return None
    return r + s


def _integer(der: bytes, start: int) -> tuple[bytes | None, int]:
    """Read the number at an index, and return it with the index after it."""
    begin = start + _HEAD
    if len(der) <= begin or der[start] != _INTEGER:
        return None, begin
    # This can be after the end of the bytes. The caller compares it with their length.
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
