"""ARNs of IVS resources, and how they are had from a reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from aws_cdk import Resource

from .errors import ArgumentTypeError, ValidationError, safe_repr
from .hints import suggest_alternative, type_name
from .tokens import is_token

if TYPE_CHECKING:
    from constructs import IConstruct


def check_arn(keyword: str, arn: str, resource: str, *, service: str = "ivs") -> None:
    """
    Refuse an ARN that is not of the resource.

    A part that is a token passes; so does an ARN that is one, or has a dynamic reference in it.
    """
    if not isinstance(arn, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got '{type_name(arn)}'")
    if "{{resolve:" in arn:
        return
    *parts, last = arn.split(":", maxsplit=5)
    parts += last.split("/", maxsplit=1)
    expected = ("arn", "aws[a-z-]*", service, "[a-z0-9-]+", "[0-9]{12}", resource, "[A-Za-z0-9-]+")
    wrong = (
        [
            part
            for part, pattern in zip(parts, expected, strict=True)
            if not re.fullmatch(pattern, part) and not is_token(part)
        ]
        if len(parts) == len(expected)
        else not is_token(arn)
    )
    if wrong:
        raise ValidationError(
            f"'{keyword}' must be an ARN of the form "
            f"arn:aws:{service}:<region>:<account>:{resource}/<id>, got {safe_repr(arn)}",
            code="Arn",
        )


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
    reference = getattr(resource, f"{kind}_ref", None)
    if reference is not None:
        return str(getattr(reference, f"{kind}_arn"))
    arn = getattr(resource, f"{kind}_arn", None)
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
    if not re.fullmatch("[A-Za-z0-9-]+", value) and not is_token(value):
        raise ValidationError(
            f"'{keyword}' must be made of letters, digits and '-' only, got {safe_repr(value)}",
            code="ResourceId",
        )
