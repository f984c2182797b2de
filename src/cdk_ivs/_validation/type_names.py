"""How messages name the type of a value."""

from __future__ import annotations

from .jsii_objects import proxied_name
from .redaction import safe_repr, safe_text

ALPHA = "aws_cdk.aws_ivs_alpha"


def type_name(value: object) -> str:
    """
    The name of the type of a value.

    With its module if it could be confused with another. An object that JavaScript created has the
    name that the CDK has for its type, such as `IRole`.
    """
    kind = type(value)
    if kind.__module__ == ALPHA:
        return f"{ALPHA}.{kind.__name__}"
    return proxied_name(value) or safe_text(kind.__name__)


def with_type(value: object) -> str:
    """A value and its type for a message."""
    return f"{safe_repr(value)} of type '{type_name(value)}'"
