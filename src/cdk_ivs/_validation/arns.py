"""ARNs of IVS resources: their parts, and the ARN of whatever refers to a resource."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple, cast

from aws_cdk import Resource, Token

from .errors import ArgumentTypeError, ValidationError, safe_repr
from .hints import suggest_alternative, type_name
from .tokens import is_made_up, is_token

if TYPE_CHECKING:
    from constructs import IConstruct

_COLONS = 5
_DYNAMIC = "{{resolve:"
_WRITTEN_OUT = re.compile("[A-Za-z0-9:/-]+")

_PATTERNS = {
    "partition": "aws[a-z-]*",
    "service": "[a-z0-9-]+",
    "region": "[a-z0-9-]+",
    "account": "[0-9]{12}",
    "resource_type": "[A-Za-z-]+",
    "resource_id": "[A-Za-z0-9-]+",
}


class Arn(NamedTuple):
    """
    The parts of an ARN, each None where it is a token, or not what it should be.

    Nothing is known of an ARN that is one token, or stands in for what is looked up later.
    """

    partition: str | None = None
    service: str | None = None
    region: str | None = None
    account: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None

    @classmethod
    def parse(cls, text: str) -> Arn:
        """The parts of a text, if it has the shape of an ARN."""
        arn, *parts = _split(text)
        if arn != "arn" or len(parts) < _COLONS:
            return cls()
        named = zip(_PATTERNS.items(), parts, strict=False)
        return cls(**{name: part for (name, pattern), part in named if re.fullmatch(pattern, part)})

    @property
    def is_concrete(self) -> bool:
        """Whether every part is known at synthesis."""
        return None not in self


def _split(arn: str) -> list[str]:
    """The parts of an ARN between its colons, with those of the resource around its slash."""
    *parts, resource = arn.split(":", maxsplit=5)
    return [*parts, *resource.split("/", maxsplit=1)]


def check_arn(keyword: str, arn: str, resource: str, *, service: str = "ivs") -> None:
    """
    Refuse an ARN that is not of the resource.

    A part that is a token passes; so does an ARN that is one, or has a dynamic reference in it.
    """
    if not isinstance(arn, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got '{type_name(arn)}'")
    if _DYNAMIC in arn:
        return
    expected = {"arn": "arn", **_PATTERNS, "service": service, "resource_type": resource}
    parts = _split(arn)
    wrong = (
        any(
            not re.fullmatch(pattern, part) and not is_token(part)
            for part, pattern in zip(parts, expected.values(), strict=True)
        )
        if len(parts) == len(expected)
        else not is_token(arn)
    )
    if wrong:
        raise ValidationError(
            f"'{keyword}' must be an ARN of the form "
            f"arn:aws:{service}:<region>:<account>:{resource}/<id>, got {safe_repr(arn)}",
            code="Arn",
        )


def can_be_split(arn: str) -> bool:
    """Whether the CDK can take an ARN apart: one that is written out, or a token."""
    if _DYNAMIC in arn:
        return False
    return arn.count(":") >= _COLONS if arn.startswith("arn:") else not is_made_up(arn)


def check_has_id(arn: str) -> None:
    """Refuse an ARN whose parts nobody knows before the deployment is over."""
    if _DYNAMIC in arn:
        raise ValidationError(
            "the ID is not known from an ARN with a dynamic reference in it, got "
            f"{safe_repr(arn)}: CloudFormation cannot split a value that it resolves; use a "
            "parameter of type AWS::SSM::Parameter::Value<String>",
            code="DynamicReference",
        )


def resource_id(arn: str) -> str:
    """The id in an ARN, at deploy time where a part of the ARN is a token."""
    check_has_id(arn)
    known = Arn.parse(arn).resource_id
    if known is not None and _WRITTEN_OUT.fullmatch(arn):
        return known
    if is_made_up(arn):
        return arn
    # What Fn.select() and Fn.split() render, by one message.
    return Token.as_string({"Fn::Select": [1, {"Fn::Split": ["/", arn]}]})


def arn_of(keyword: str, resource: object, kind: str) -> str:
    """
    The ARN of a resource of the kind: of a construct of ours, an L1, or one of alpha's.

    Alpha's constructs have the attribute and not the reference.
    """
    name = f"I{''.join(word.title() for word in kind.split('_'))}Ref"
    # A class has the properties of its instances, without their values.
    if isinstance(resource, type):
        raise ArgumentTypeError(
            f"'{keyword}' must be {name}, got the class '{resource.__name__}'; "
            "use an instance of it"
        )
    # Python keeps the names of attributes that were looked up: once, if they are interned.
    reference_name, arn_name = sys.intern(f"{kind}_ref"), sys.intern(f"{kind}_arn")
    reference = getattr(resource, reference_name, None)
    if reference is not None:
        return str(getattr(reference, arn_name))
    arn = getattr(resource, arn_name, None)
    if isinstance(arn, str) and Resource.is_resource(cast("IConstruct", resource)):
        return arn
    # Of an object, only the type says something.
    plain = resource is None or isinstance(resource, (str, int, float, list, dict))
    got = f"{safe_repr(resource)} of type " if plain else ""
    raise ArgumentTypeError(
        f"'{keyword}' must be {name}, got {got}'{type_name(resource)}'"
        f"{suggest_alternative([name], resource)}"
    )


def check_resource_id(keyword: str, value: str) -> None:
    """Refuse what cannot be the id of a resource: it is made of letters, digits and hyphens."""
    if not isinstance(value, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got '{type_name(value)}'")
    if not re.fullmatch(_PATTERNS["resource_id"], value) and not is_token(value):
        raise ValidationError(
            f"'{keyword}' must contain only letters, digits and '-', got {safe_repr(value)}",
            code="ResourceId",
        )
