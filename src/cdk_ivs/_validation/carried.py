"""
Values that JSON or the CDK cannot carry.

The process that runs JavaScript gets all values as JSON. It ends when it gets a number that JSON
does not have, and replaces text that UTF-8 cannot encode. These checks run before that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .errors import ArgumentTypeError, safe_repr
from .redaction import NUMBER_TOKEN

LIST_TOKEN = "#{Token["  # noqa: S105 - the form of a placeholder of the CDK


def check_carried(keyword: str, value: object, *, secret: bool = False) -> None:
    """
    Refuse text and numbers that JSON cannot carry, and tokens where the CDK cannot resolve them.

    Args:
        keyword: The name of the parameter, for the message.
        value: The value, of any type.
        secret: Whether the value may be a key, which the message must not show.
    """
    problem, _, remedy = _problem(value).partition("; ")
    if problem:
        got = "a value that is not shown" if secret else safe_repr(value)
        advice = f"; {remedy}" if remedy else ""
        raise ArgumentTypeError(f"'{keyword}' must {problem}, got {got}{advice}")


def can_cross(value: object) -> bool:
    """Whether JSON can carry a value to JavaScript."""
    if isinstance(value, str):
        return value.isascii() or not _has_surrogate(value)
    if isinstance(value, (list, tuple)):
        return all(map(can_cross, value))
    return not isinstance(value, (int, float)) or _is_finite(value)


def _problem(value: object) -> str:
    """Describe the problem of a value and the remedy, or return an empty text."""
    if isinstance(value, str):
        return _problem_of_text(value)
    if isinstance(value, (int, float)):
        return "" if _is_finite(value) else "be a number that JSON can carry"
    if isinstance(value, Mapping):
        return next(filter(None, map(_problem, [*value.keys(), *value.values()])), "")
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return _problem_of_items(value)
    return ""


def _problem_of_text(text: str) -> str:
    # Most text has neither, which two quick looks show.
    if text.isascii():
        if "{Token[" not in text and "e+289" not in text:
            return ""
    elif _has_surrogate(text):
        return "be text that UTF-8 can encode"
    if LIST_TOKEN in text:
        return "not be an item of a list that is a token; use Fn.select(), which takes the list"
    if NUMBER_TOKEN.search(text):
        return "not contain a token for a number; use Token.as_string(), which takes the number"
    return ""


def _problem_of_items(items: Sequence[object]) -> str:
    tokens = [item for item in items if isinstance(item, str) and LIST_TOKEN in item]
    if not tokens:
        return next(filter(None, map(_problem, items)), "")
    # The CDK refuses other items beside the token only when it renders the template.
    alone = len(items) == 1 and tokens[0].startswith(LIST_TOKEN) and tokens[0].endswith("]}")
    return "" if alone else "be a list that is a token without other items, or a list without it"


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        # A whole number of Python can be larger than any number of JavaScript.
        return False
