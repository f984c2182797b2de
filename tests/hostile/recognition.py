"""
Whether a message shows the value that was given, so that a reader recognizes it.

This is an oracle of its own: it does not use the functions with which the library shows a value.
"""

from __future__ import annotations

import enum
import inspect
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aws_cdk import Duration

from .not_ours import MADE_UP
from .secrets import shows_secret

# A reader recognizes a text by its first characters.
_FIRST = 12
# What is said of a text that has the form of a key.
_OF_A_KEY = r"may contain a key|hidden, as it may be a key"
_TOKEN = re.compile(r"[$#]\{Token\[[^{}]*\]\}")
_NUMBER_TOKEN = re.compile(r"-1\.88815458\d*e\+289")
# A text with this many control characters, hexadecimal digits or digits can be a key.
_LIKE_A_KEY = re.compile(r"([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f].*){4}|[0-9A-Fa-f]{32}|\d{30}")
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
# How deep a message can look into a value.
_DEPTH = 3
_ITEMS = 60
_MOST = 10_000


def shows_value(message: str, value: object) -> bool:
    """Whether the part of a message after "got" shows the value, or what is wrong in it."""
    _, got, shown = re.sub(r" \[(cdk-ivs|ivs-tokens):.*", "", message, flags=re.DOTALL).partition(
        " got "
    )
    return bool(got) and any(re.search(form, shown, re.DOTALL) for form in forms_of(value))


def forms_of(value: Any, depth: int = _DEPTH) -> Iterator[str]:
    """The patterns of which one occurs where a value is shown."""
    if not isinstance(value, str | int | float | Duration | None):
        yield from _type_forms(value)
    if value is None or isinstance(value, bool):
        yield rf"\b({value}|none)\b" if value is None else rf"\b{value}\b"
    elif isinstance(value, enum.Enum):
        yield re.escape(repr(value.value))
        yield rf"\b{value.name}\b"
    elif isinstance(value, str):
        yield from _text_forms(value)
    elif isinstance(value, bytes | bytearray):
        yield rf"\b{len(value)} bytes" if value else r"\bnone\b|\b0 bytes"
    elif isinstance(value, int | float):
        yield from _number_forms(value)
    elif isinstance(value, Duration):
        yield from _duration_forms(value)
    elif depth:
        yield from _container_forms(value, depth)


def _type_forms(value: Any) -> Iterator[str]:
    """The name of the type, or of a class itself, in quotes or after "an object of type"."""
    yield rf"'{re.escape(type(value).__name__)}'"
    if type(value).__name__.endswith("Proxy"):
        # JavaScript says of which interfaces and of which class the object is.
        reference = value.__jsii_ref__
        for name in (*(reference.interfaces or ()), reference.ref.partition("@")[0]):
            yield rf"'[^']*\b{re.escape(name.rpartition('.')[2])}\b[^']*'"
    if inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value):
        yield re.escape(value.__name__)


def _text_forms(value: str) -> Iterator[str]:
    literal = _TOKEN.sub("", value)
    # How long a text is shows one that is too long, or the literal part of it.
    yield rf"\b({len(value)}|{len(literal)}) (characters|letters)"
    if shows_secret(value) or _LIKE_A_KEY.search(value):
        yield _OF_A_KEY
        return
    if literal != value:
        # The literal text before a token is shown, and the name of the token.
        yield re.escape(_TOKEN.split(value)[0][:_FIRST]) + r"<token( [\w.:]+)?>"
        # A text that consists of one token.
        if not literal:
            yield r"\ba token\b"
    yield "'" + re.escape(value[:_FIRST]) + ("" if len(value) > _FIRST else "'")
    # With the escape sequences and the quotes of Python.
    shown = repr(value)
    yield re.escape(shown if len(value) <= _FIRST else shown[: _FIRST + 1])
    if not value:
        yield r"\b(none|an empty \w+)\b"
    if value.startswith(MADE_UP):
        yield r"\ba token\b"


def _number_forms(value: float) -> Iterator[str]:
    if isinstance(value, float) and _NUMBER_TOKEN.fullmatch(repr(value)):
        # The functions for tokens run without the CDK, and know no placeholder.
        yield rf"<number token>|\ba token\b|{re.escape(repr(value))}"
        return
    if _LIKE_A_KEY.search(repr(value)):
        yield _OF_A_KEY
    texts = {repr(value)}
    if isinstance(value, int) or value.is_integer():
        texts |= {str(int(value))[:_FIRST], f"{int(value):,}"}
    else:
        texts.add(f"{value:.12g}")
    for text in texts:
        yield rf"(?<![\d.]){re.escape(text)}"
    if isinstance(value, int):
        yield rf"\ban integer of {value.bit_length()} bits"


def _duration_forms(value: Duration) -> Iterator[str]:
    if value.is_unresolved():
        yield r"\ba token\b|<token>"
    else:
        yield re.escape(value.to_human_string())
        seconds = value.to_seconds(integral=False)
        for unit, length in _UNITS.items():
            number = seconds / length
            text = str(int(number)) if number == int(number) else f"{number:.12g}"
            yield rf"\b{re.escape(text)} {unit[:-1]}"


def _container_forms(value: Any, depth: int) -> Iterator[str]:
    """What is wrong in a list or mapping: how many there are, or one of them."""
    if isinstance(value, Mapping):
        parts: Iterable[Any] = itertools.chain(value, value.values())
    elif hasattr(type(value), "__len__") and hasattr(type(value), "__iter__"):
        parts = value
    else:
        return
    parts = list(itertools.islice(parts, _MOST))
    yield rf"\b{len(value)} \w|\b{len(value)}$"
    texts = [part for part in parts if isinstance(part, str)]
    yield rf"\b{sum(len(text.encode(errors='replace')) for text in texts):,} bytes"
    parts = parts[:_ITEMS]
    if not parts:
        yield r"\bnone\b|\[\]|\{\}|\(\)"
    for part in parts:
        yield from forms_of(part, depth - 1)
