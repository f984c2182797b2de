"""Values that are known only when the app is deployed."""

from __future__ import annotations

import math
import re

from aws_cdk import Fn, Token

from .errors import ValidationError

_ARN = re.compile(r"arn:[A-Za-z0-9:-]+/([A-Za-z0-9-]+)")


def is_token(value: object) -> bool:
    """
    Whether the value is, or contains, a token, or a dynamic reference that is written out.

    One message: ask after a check failed.
    """
    # JSON has no such numbers, and the process that gets one ends. A token is a float: a whole
    # number, which may be larger than any float, is none.
    if isinstance(value, int) or (isinstance(value, float) and not math.isfinite(value)):
        return False
    return (isinstance(value, str) and "{{resolve:" in value) or Token.is_unresolved(value)


def or_gap(value: str, what: str) -> str:
    """A value for a message, or a gap to fill in where it is known at deployment only."""
    return f"<{what}>" if is_token(value) else value


def resource_id(arn: str) -> str:
    """The part of an ARN after its slash, at deploy time where the ARN is a token."""
    if "{{resolve:" in arn:
        raise ValidationError(
            f"the id is not known of an ARN with a dynamic reference in it, got '{arn}': "
            "CloudFormation cannot split what it resolves; use a parameter of type "
            "AWS::SSM::Parameter::Value<String>",
            code="DynamicReference",
        )
    concrete = _ARN.fullmatch(arn)
    return concrete[1] if concrete else Fn.select(1, Fn.split("/", arn))
