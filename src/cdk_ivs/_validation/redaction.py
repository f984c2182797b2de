"""
Values in messages: abbreviated, and without what may be a key.

Messages are kept in the logs of builds. What stands in them may have been given by mistake: the
private half of a key pair where the public one belongs, or a stream key as a name.
"""

from __future__ import annotations

import re

_LENGTH = 130
_HIDDEN = "<hidden, as it may be a key>"

# What has the form of a secret, wherever it stands.
_FORMS = (
    # A JSON web token.
    r"eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)*",
    # A stream key of a channel, or of a stage.
    r"(?<![A-Za-z0-9])(?:sk|rt)_[A-Za-z0-9-]+_[A-Za-z0-9_-]+",
    # Hexadecimal digits, with or without the separators of openssl and of programs.
    r"[0-9A-Fa-f]{32,}",
    r"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s:,;-]{0,2}){24,}",
    # A number that is a key, or the numbers of its bytes.
    r"[0-9]{30,}",
    r"(?:[0-9]{1,3}, ?){16,}",
)
_FORM = re.compile("|".join(_FORMS))
_PEM = re.compile(r"-----BEGIN[^-]*-----(?:[\s\\nr'\",\[\]]*[A-Za-z0-9+/=]{8,})+")
_BYTES = re.compile(r"(?:^|[\[({,:=]\s?)(?:bytearray\()?b['\"]")
# Bytes that were read as text, as they are or as Python represents them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\\x[0-9a-f]{2}")
_CONTROLS = 4

# What is long, and known to be no secret: ids in ARNs and of other kinds.
_KNOWN = re.compile(
    r"(?:arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[a-z-]+|[a-z]+(?:-[a-z]+)+)"
    r"/[A-Za-z0-9]{12}(?![A-Za-z0-9+/=_-])"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
# Base64 and its form for URLs, in which names and paths are written too.
_RUN = re.compile(r"[A-Za-z0-9+/=_-]{40,}")
_PIECE = re.compile(r"[A-Za-z0-9]{6,}")
_LONG_PIECE = 12
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]|[0-9]+")
_WORDS = 0.34


def safe_repr(value: object) -> str:
    """A value for a message, of at most 130 characters, or what it is if it may be a key."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} bytes"
    if type(value).__repr__ is object.__repr__:
        # Nobody needs its address in memory.
        return "an object"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - of a class of the user's; the error is about something else
        return "a value that cannot be shown"
    if isinstance(value, str):
        if may_hold_key(value):
            return f"a string of {len(value)} characters that may contain a key"
    elif _BYTES.search(text) or may_hold_key(text):
        return "a value that may contain a key"
    return abbreviated(text)


def safe_text(text: str) -> str:
    """A name, an ARN or a path for a message, without quotes."""
    return _HIDDEN if may_hold_key(text) else abbreviated(text)


def number_text(number: object) -> str:
    """A number for a message, as people write it: 1296000 and not 1.296e+06."""
    if not isinstance(number, float):
        return safe_repr(number)
    return abbreviated(str(int(number))) if number.is_integer() else f"{number:.12g}"


def abbreviated(text: str) -> str:
    """The beginning and the end of a text that is too long."""
    if len(text) <= _LENGTH:
        return text
    half = (_LENGTH - 3) // 2
    return f"{text[:half]}...{text[-half:]}"


def may_hold_key(text: str) -> bool:
    """Whether there is something in a text that has the form of a key or a token."""
    if "-----BEGIN" in text or len(_CONTROL.findall(text)) >= _CONTROLS:
        return True
    text = _KNOWN.sub("", text)
    return _FORM.search(text) is not None or any(_is_random(run[0]) for run in _RUN.finditer(text))


def redacted(message: str) -> str:
    """
    A message without what has the form of a key.

    The last line of defense: a message is to be made of values that are shown as above.
    """
    if not may_hold_key(message):
        return message
    for pattern in (_PEM, _FORM):
        message = pattern.sub(_HIDDEN, message)
    message = _RUN.sub(lambda run: _HIDDEN if _is_random(run[0]) else run[0], message)
    controls = list(_CONTROL.finditer(message))
    # Where bytes begin that were read as text, and after which nothing can be told.
    return message[: controls[0].start()] + _HIDDEN if len(controls) >= _CONTROLS else message


def _is_random(run: str) -> bool:
    """
    Whether a run of characters is none of names.

    Names are words of several letters, with few digits between them. In what is random, letters
    of both cases and digits change places all the time.
    """
    if "+" in run:
        return True
    pieces = _PIECE.findall(run)
    long = [piece for piece in pieces if len(piece) >= _LONG_PIECE]
    return any(
        len(_WORD.findall(text)) >= _WORDS * len(text) for text in ("".join(pieces), *long) if text
    )
