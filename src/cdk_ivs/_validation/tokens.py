"""Values that are not known before deployment."""

from __future__ import annotations

import hashlib
import math
import re

from .errors import safe_text

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
    if isinstance(value, int) or (isinstance(value, float) and not math.isfinite(value)):
        return False
    if isinstance(value, str) and ("{{resolve:" in value or is_made_up(value)):
        return True
    # A token for a list is a list with one text. Nothing else in a list can cross to JavaScript.
    if isinstance(value, list) and not (len(value) == 1 and isinstance(value[0], str)):
        return False
    # The command line of the rules reads the tables of this package without the CDK.
    from aws_cdk import Token

    return Token.is_unresolved(value)


def is_made_up(text: str) -> bool:
    """Whether a text is or contains a placeholder for a value that the CDK CLI looks up later."""
    return _MADE_UP.search(text) is not None


def made_up_id(*query: str) -> str:
    """The placeholder for the ID of a resource, different for every query."""
    return f"dummy{hashlib.sha256(repr(query).encode()).hexdigest()[:16]}"


def placeholder_if_token(value: str, what: str) -> str:
    """A value for a message, or a gap for the user to fill if the value is a token."""
    return f"<{what}>" if is_token(value) else safe_text(value)
