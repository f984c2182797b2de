"""ARNs of IVS resources: their parts, and the ARNs of constructs."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NamedTuple, cast

from aws_cdk import Resource, Token

from .errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from .hints import suggest_alternative
from .jsii_objects import is_of_jsii
from .tokens import can_become, is_made_up, is_token, is_token_beside
from .type_names import type_name, with_type

if TYPE_CHECKING:
    from collections.abc import Iterable

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
# The characters beside a token, in the parts that are not always the same.
_CHARACTERS = {
    _PATTERNS["partition"]: "[a-z-]",
    _PATTERNS["region"]: "[a-z0-9-]",
    _PATTERNS["account"]: "[0-9]",
    _PATTERNS["resource_id"]: "[A-Za-z0-9-]",
}


class Arn(NamedTuple):
    """
    The parts of an ARN, each None if it is a token or invalid.

    All parts are None if the ARN is a single token, or a placeholder of a look-up.
    """

    partition: str | None = None
    service: str | None = None
    region: str | None = None
    account: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None

    @classmethod
    def parse(cls, text: str) -> Arn:
        """The parts of a text, if it has the form of an ARN."""
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
    """The parts of an ARN, separated at the colons and at the slash of the resource."""
    *parts, resource = arn.split(":", maxsplit=5)
    return [*parts, *resource.split("/", maxsplit=1)]


def check_arn(keyword: str, arn: str, resource: str, *, service: str = "ivs") -> None:
    """
    Refuse an ARN that is not that of the resource.

    Tokens pass, for a part or for the whole ARN. An ARN with a dynamic reference passes too.
    """
    if not isinstance(arn, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got {with_type(arn)}")
    expected = _PATTERNS | {"service": service, "resource_type": resource}
    if not _is_arn(arn, ["arn", *expected.values()]):
        raise ValidationError(
            f"'{keyword}' must be an ARN of the form "
            f"arn:aws:{service}:<region>:<account>:{resource}/<id>, got {safe_repr(arn)}",
            code="Arn",
        )


def _is_arn(arn: str, patterns: list[str]) -> bool:
    # The colons of a dynamic reference are not those of the ARN.
    written, dynamic, _ = arn.partition(_DYNAMIC)
    if dynamic:
        return _begins_as(written.split(":")[:-1], patterns)
    parts = _split(arn)
    if len(parts) == len(patterns):
        return all(map(_can_be, parts, patterns))
    return is_token(arn) and _begins_as(parts, patterns)


def _can_be(part: str, pattern: str) -> bool:
    """Whether a part of an ARN has the form, or can have it at deployment."""
    if re.fullmatch(pattern, part):
        return True
    characters = _CHARACTERS.get(pattern)
    # Other patterns are the only text that the part can have.
    return can_become(part, [pattern]) if characters is None else is_token_beside(part, characters)


def _begins_as(parts: Iterable[str], patterns: Iterable[str]) -> bool:
    """Whether the parts before the first token have the form. A token can be several parts."""
    for part, pattern in zip(parts, patterns, strict=False):
        if is_token(part):
            break
        if not re.fullmatch(pattern, part):
            return False
    return True


def can_be_split(arn: str) -> bool:
    """Whether the CDK can split an ARN: one that is written out, or a token."""
    if _DYNAMIC in arn:
        return False
    return arn.count(":") >= _COLONS if arn.startswith("arn:") else not is_made_up(arn)


def check_has_id(arn: str) -> None:
    """Refuse an ARN whose parts are not known before the end of the deployment."""
    if _DYNAMIC in arn:
        raise ValidationError(
            "the ID is not known from an ARN with a dynamic reference in it, got "
            f"{safe_repr(arn)}: CloudFormation cannot split a value that it resolves; use a "
            "parameter of type AWS::SSM::Parameter::Value<String>",
            code="DynamicReference",
        )


def resource_id(arn: str) -> str:
    """The ID in an ARN. It is a token if a part of the ARN is a token."""
    check_has_id(arn)
    known = Arn.parse(arn).resource_id
    if known is not None and _WRITTEN_OUT.fullmatch(arn):
        return known
    if is_made_up(arn):
        return arn
    # The same as Fn.select() and Fn.split(), with one message.
    return Token.as_string({"Fn::Select": [1, {"Fn::Split": ["/", arn]}]})


def arn_of(keyword: str, resource: object, kind: str) -> str:
    """
    The ARN of a resource of the kind: of any construct of the CDK or of this library.

    Constructs of `aws_ivs_alpha` have the attribute and not the reference.
    """
    name = f"I{''.join(word.title() for word in kind.split('_'))}Ref"
    # A class has the properties of its instances, but not their values.
    if isinstance(resource, type):
        raise ArgumentTypeError(
            f"'{keyword}' must be {name}, got the class '{safe_text(resource.__name__)}'; "
            "use an instance of it"
        )
    # Python keeps the names of attributes that it looks up. Interned names are kept once.
    reference_name, arn_name = sys.intern(f"{kind}_ref"), sys.intern(f"{kind}_arn")
    reference = getattr(resource, reference_name, None)
    arn = getattr(reference, arn_name, None)
    if isinstance(arn, str):
        return arn
    arn = getattr(resource, arn_name, None)
    is_construct = isinstance(arn, str) and is_of_jsii(resource)
    if is_construct and Resource.is_resource(cast("IConstruct", resource)):
        return str(arn)
    shown = safe_repr(resource)
    got = "" if shown == "an object" else f"{shown} of type "
    raise ArgumentTypeError(
        f"'{keyword}' must be {name}, got {got}'{type_name(resource)}'"
        f"{suggest_alternative([name], resource)}"
    )


def check_resource_id(keyword: str, value: str) -> None:
    """Refuse a value that cannot be the ID of a resource: letters, digits and hyphens."""
    if not isinstance(value, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got {with_type(value)}")
    if not _can_be(value, _PATTERNS["resource_id"]):
        raise ValidationError(
            f"'{keyword}' must contain only letters, digits and '-', got {safe_repr(value)}",
            code="ResourceId",
        )
