"""Values in messages, without what may be a key or a token."""

from __future__ import annotations

import re

_LONGEST = 130
_LARGEST = 64

# Ids of this form are long, and no secret.
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![A-Za-z0-9+/=_-])"
_HIDDEN = (
    "-----"  # A PEM.
    "|eyJ"  # A JSON Web Token.
    "|(?:sk|rt)_"  # A stream key.
    "|[A-Za-z0-9+/=_-]{40,}"  # Base64 or hexadecimal digits.
    "|(?:[0-9A-Fa-f]{1,4}[^0-9A-Za-z]{1,3}){12}"  # The digits or numbers of bytes, one by one.
)


def shown(value: object) -> str:
    """A value for a message: as it is written in Python, or what it is if it may be secret."""
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
    """Whether something in a text has the form of a key or a token."""
    return re.search(_HIDDEN, re.sub(_UUID, " ", text)) is not None


def _shown_text(text: str) -> str:
    if len(text) > _LONGEST or not text.isprintable() or may_be_secret(text):
        return f"a text of {len(text)} characters that is not shown, as it may be secret"
    return repr(text)
