"""Show values in messages, but no keys and no tokens."""

from __future__ import annotations

import re

_LONGEST = 130
_LARGEST = 64

# UUIDs are long, but not secret.
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9+/=_-])"
_HIDDEN = (
    "-----"  # A PEM.
    "|eyJ"  # A JSON Web Token.
    "|(?:sk|rt)_"  # A stream key.
    "|[A-Za-z0-9+/=_-]{40,}"  # Base64 or hexadecimal digits.
    "|(?:(?:0?x)?[0-9A-Fa-f]{1,4}[^0-9A-Za-z]{1,3}){12}"  # Bytes as separate numbers.
)


def shown(value: object) -> str:
    """Return a value as Python writes it, or only its kind if it may be secret."""
    if value is None or isinstance(value, (bool, float)):
        return repr(value)
    if isinstance(value, int):
        bits = value.bit_length()
        return int.__repr__(value) if bits <= _LARGEST else f"an integer of {bits} bits"
    if isinstance(value, str):
        return _shown_text(str.__str__(value))
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value)} bytes"
    return f"a value of the type {_shown_text(type(value).__name__)}"


def may_be_secret(text: str) -> bool:
    """Return whether a part of a text looks like a key or a token."""
    return re.search(_HIDDEN, re.sub(_UUID, " ", text)) is not None


def _shown_text(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable() or may_be_secret(text):
        return f"a string of {len(text)} characters that is not shown because it may be secret"
    return repr(text)
