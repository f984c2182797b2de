"""Values that are not known before deployment."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from .carried import can_cross
from .errors import safe_text
from .redaction import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

# Dynamic references that are written out. CloudFormation resolves them, as it resolves tokens. They
# can contain tokens themselves, such as the name of a parameter that the app creates.
_RESOLVED_LATER = re.compile(
    rf"{PLACEHOLDER.pattern}|\{{\{{resolve:(?:[^{{}}]|{PLACEHOLDER.pattern})+\}}\}}"
)
# The CDK adds a number to the name of the token.
_NO_VALUE = re.compile(r"\$\{Token\[AWS\.NoValue\.[0-9]+\]\}")
# The placeholders of StringParameter.value_from_lookup() and of the look-ups of this library.
_MADE_UP = re.compile(r"dummy-value-for-|(?<![A-Za-z0-9])dummy[0-9a-f]{16}(?![A-Za-z0-9])")


def is_token(value: object) -> bool:
    """
    Whether the value is or contains a token, or another placeholder for a value.

    The other placeholders are dynamic references that are written out, and the values that the CDK
    uses until a look-up.

    The function needs one message to JavaScript, so call it only after a check failed.
    """
    # JSON has no such numbers, and the process that gets one ends. A token is a float, so a whole
    # number, which can be larger than any float, is not one.
    if isinstance(value, int) or not can_cross(value):
        return False
    if isinstance(value, str) and ("{{resolve:" in value or is_made_up(value)):
        return True
    # A token for a list is a list with one text. Nothing else in a list can cross to JavaScript.
    if isinstance(value, list) and not (len(value) == 1 and isinstance(value[0], str)):
        return False
    # The command line of the rules reads the tables of this package without the CDK.
    from aws_cdk import Token

    return Token.is_unresolved(value)


ANY_CHARACTER = r"[\s\S]"


def literal_parts(text: str) -> list[str]:
    """The parts of a text that are written out: before, between and after its tokens."""
    return _RESOLVED_LATER.split(text)


def literal_text(text: str) -> str:
    """
    The part of a text that is written out, without its tokens.

    It is empty if the text has a placeholder of a look-up, because where that ends is not known.
    """
    return "" if is_made_up(text) else "".join(literal_parts(text))


def is_no_value(text: str) -> bool:
    """Whether a text is `Aws.NO_VALUE`, with which CloudFormation leaves out the property."""
    return _NO_VALUE.fullmatch(text) is not None


def is_token_beside(text: str, characters: str, longest: int | None = None) -> bool:
    """
    Whether a text has a token, and only allowed characters beside it.

    The length of a token is not known, so only the characters beside it count.

    Args:
        text: The text.
        characters: The class of the allowed characters, as in a regular expression.
        longest: The maximum length. None: any length.
    """
    if not is_token(text):
        return False
    literal = literal_text(text)
    fits = longest is None or len(literal) <= longest
    return fits and re.fullmatch(f"{characters}*", literal) is not None


def can_begin_with(text: str, beginning: str) -> bool:
    """Whether a text with a token can have this beginning at deployment."""
    first = "" if is_made_up(text) else literal_parts(text)[0]
    return first.startswith(beginning) or beginning.startswith(first)


def can_become(text: str, values: Iterable[str]) -> bool:
    """Whether a text has a token and can become one of the values at deployment."""
    if not is_token(text):
        return False
    if is_made_up(text):
        return True
    pattern = ".*".join(map(re.escape, literal_parts(text)))
    return any(re.fullmatch(pattern, value) for value in values)


def is_token_in_name(name: str, characters: str, longest: int) -> bool:
    """
    Whether a name that the CDK checks too has a token, and only allowed characters beside it.

    The CDK checks a dynamic reference that is written out as if it were literal.

    Args:
        name: The name.
        characters: The class of the allowed characters, as in a regular expression.
        longest: The maximum length.
    """
    is_written = "{{resolve:" in name and PLACEHOLDER.search(name) is None
    return is_token_beside(name, characters, longest) and not is_written


def is_made_up(text: str) -> bool:
    """Whether a text is or contains a placeholder for a value that the CDK CLI looks up later."""
    return _MADE_UP.search(text) is not None


def found_name(name: str | None) -> str | None:
    """The name for the CDK. None for the placeholder of a look-up, which the CDK refuses."""
    return None if name is not None and is_made_up(name) else name


def made_up_id(*query: str) -> str:
    """The placeholder for the ID of a resource, different for every query."""
    return f"dummy{hashlib.sha256(repr(query).encode()).hexdigest()[:16]}"


def placeholder_if_token(value: str, what: str) -> str:
    """A value for a message, or a gap for the user to fill if the value is a token."""
    return f"<{what}>" if is_token(value) else safe_text(value)
