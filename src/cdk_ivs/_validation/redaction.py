"""
Values in messages: shortened, and without possible keys.

The logs of builds keep messages. A value may have been given by mistake, for instance the private
key in place of the public key, or a stream key as a name.
"""

from __future__ import annotations

import re

_LENGTH = 130
_HIDDEN = "<hidden, as it may be a key>"

# The placeholder of a token in the text or in the list of a user.
# The CDK adds a number to the name of the token.
PLACEHOLDER = re.compile(r"[$#]\{Token\[[^\[\]{}]*\]\}")
_NAMED = re.compile(r"[$#]\{Token\[(?:TOKEN|([^\[\]{}]*?))(?:\.[0-9]+)?\]\}")
# The placeholder of a token for a number, with the index of the token in its last digits.
NUMBER_TOKEN = re.compile(r"-1\.88815458\d*e\+289")

# Text in the form of a secret, in any place.
_FORMS = (
    # A JSON web token.
    r"eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)*",
    # A stream key of a channel, or of a stage.
    r"(?<![A-Za-z0-9])(?:sk|rt)_[A-Za-z0-9-]+_[A-Za-z0-9_-]+",
    # Hexadecimal digits, with or without the separators of OpenSSL and of programs.
    r"[0-9A-Fa-f]{32,}",
    r"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s:,;-]{0,2}){24,}",
    # A number that is a key, or the numbers of its bytes.
    r"[0-9]{30,}",
    r"(?:[0-9]{1,3}, ?){16,}",
)
_FORM = re.compile("|".join(_FORMS))
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+(?=>)")
_PEM = re.compile(r"-----BEGIN[^-]*-----(?:[\s\\nr'\",\[\]]*[A-Za-z0-9+/=]{8,})+")
_BYTES = re.compile(r"(?:^|[\[({,:=]\s?)(?:bytearray\()?b['\"]")
# Bytes that were read as text, plain or in the representation of Python.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\\x[0-9a-f]{2}")
_CONTROLS = 4

# Long text that is not secret: resource IDs after their type, and UUIDs.
# A type begins where no letter is before it: to begin at every letter of a long text takes minutes.
_KNOWN = re.compile(
    r"(?<![a-z-])[a-z]+(?:-[a-z]+)+/[A-Za-z0-9]{12}(?![A-Za-z0-9+/=_-])"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
# Base64 and its form for URLs. Names and paths have these characters too.
_RUN = re.compile(r"[A-Za-z0-9+/=_-]{40,}")
_PIECE = re.compile(r"[A-Za-z0-9]{6,}")
_LONG_PIECE = 12
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]|[0-9]+")
_WORDS = 0.34


def safe_repr(value: object) -> str:
    """A value for a message, with at most 130 characters. A possible key is only described."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"{len(value)} bytes"
    to_text = repr
    if _is_duration(value):
        to_text = _duration_text
    elif type(value).__repr__ is object.__repr__:
        # The address in memory does not help the user.
        return "an object"
    try:
        text = to_text(value)
    except Exception:  # noqa: BLE001 - the __repr__ of a user can raise anything
        return "a value that cannot be shown"
    if isinstance(value, str):
        if may_hold_key(value):
            return f"a string of {len(value)} characters that may contain a key"
    elif _BYTES.search(text) or may_hold_key(text):
        return "a value that may contain a key"
    else:
        # The address in memory is another one in each run.
        text = _ADDRESS.sub("", text)
    return abbreviated(_tokens_named(text))


def _is_duration(value: object) -> bool:
    # Not by its class: the command line of the rules runs without the CDK.
    return type(value).__name__ == "Duration" and hasattr(type(value), "to_human_string")


def _duration_text(value: object) -> str:
    return str(getattr(value, "to_human_string")())  # noqa: B009 - an object for mypy


def safe_text(text: str) -> str:
    """A name, an ARN or a path for a message, without quotes."""
    return _HIDDEN if may_hold_key(text) else abbreviated(_tokens_named(text))


def number_text(number: object) -> str:
    """A number for a message in plain digits: 1296000 and not 1.296e+06."""
    if not isinstance(number, float):
        return safe_repr(number)
    if NUMBER_TOKEN.fullmatch(repr(number)):
        return _tokens_named(repr(number))
    return abbreviated(str(int(number))) if number.is_integer() else f"{number:.12g}"


def _tokens_named(text: str) -> str:
    """A text in which each token is called a token, with its name if it has one."""
    named = _NAMED.sub(lambda found: f"<token {found[1]}>" if found[1] else "<token>", text)
    return NUMBER_TOKEN.sub("<number token>", named)


def abbreviated(text: str) -> str:
    """The beginning and the end of a long text."""
    if len(text) <= _LENGTH:
        return text
    # Two characters less for the dots.
    half = _LENGTH // 2 - 2
    return f"{text[:half]}...{text[-half:]}"


def may_hold_key(text: str) -> bool:
    """Whether a part of a text has the form of a key or a token."""
    if "-----BEGIN" in text or len(_CONTROL.findall(text)) >= _CONTROLS:
        return True
    text = _KNOWN.sub("", text)
    return _FORM.search(text) is not None or any(_is_random(run[0]) for run in _RUN.finditer(text))


def redacted(message: str) -> str:
    """
    A message without parts that have the form of a key.

    This is the last line of defense. Messages contain only values from the functions above.
    """
    if not may_hold_key(message):
        return message
    for pattern in (_PEM, _FORM):
        message = pattern.sub(_HIDDEN, message)
    message = _RUN.sub(lambda run: _HIDDEN if _is_random(run[0]) else run[0], message)
    controls = list(_CONTROL.finditer(message))
    # The text from the first control character on is hidden, because it can be bytes of a key.
    return message[: controls[0].start()] + _HIDDEN if len(controls) >= _CONTROLS else message


def _is_random(run: str) -> bool:
    """
    Whether a run of characters is random, and not made of names.

    Names consist of words of several letters, with few digits between them. In random text, letters
    of both cases and digits alternate.
    """
    if "+" in run:
        return True
    pieces = _PIECE.findall(run)
    long = [piece for piece in pieces if len(piece) >= _LONG_PIECE]
    return any(
        len(_WORD.findall(text)) >= _WORDS * len(text) for text in ("".join(pieces), *long) if text
    )
