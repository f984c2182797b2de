"""Values that are known only when the app is deployed."""

from __future__ import annotations

import hashlib
import math
import re

from .errors import safe_text

# That of the CDK's StringParameter.value_from_lookup(), and of the look-ups of this library.
_MADE_UP = re.compile(r"dummy-value-for-|(?<![A-Za-z0-9])dummy[0-9a-f]{16}(?![A-Za-z0-9])")


def is_token(value: object) -> bool:
    """
    Whether the value is, or contains, a token or what stands for a value as one does.

    That is a dynamic reference that is written out, and what the CDK makes up until it has
    looked a value up.

    One message: ask after a check failed.
    """
    # JSON has no such numbers, and the process that gets one ends. A token is a float: a whole
    # number, which may be larger than any float, is none.
    if isinstance(value, int) or (isinstance(value, float) and not math.isfinite(value)):
        return False
    if isinstance(value, str) and ("{{resolve:" in value or is_made_up(value)):
        return True
    # The tables of this package are read without the CDK too, by the command line of the rules.
    from aws_cdk import Token

    return Token.is_unresolved(value)


def is_made_up(text: str) -> bool:
    """Whether a text stands in for what the CDK CLI is going to look up, or has that in it."""
    return _MADE_UP.search(text) is not None


def made_up_id(*query: str) -> str:
    """What stands in for the id of a resource, another one for every query."""
    return f"dummy{hashlib.sha256(repr(query).encode()).hexdigest()[:16]}"


def placeholder_if_token(value: str, what: str) -> str:
    """A value for a message, or a gap to fill in where it is known at deployment only."""
    return f"<{what}>" if is_token(value) else safe_text(value)
