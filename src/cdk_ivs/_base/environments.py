"""Accounts and Regions that must be the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .errors import ValidationError
from .scopes import ACCOUNT, REGION, scope_of

if TYPE_CHECKING:
    from aws_cdk.interfaces import IEnvironmentAware
    from constructs import Construct

_ARN = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]+):([0-9]{12}):[a-z-]+/[A-Za-z0-9-]+")


class Environment(NamedTuple):
    """An account and a Region, tokens where they are known at deployment only."""

    account: str
    region: str


def is_concrete_arn(arn: str) -> bool:
    """Whether every part of the ARN is known at synthesis."""
    return _ARN.fullmatch(arn) is not None


def environment_of_arn(arn: str) -> Environment | None:
    """The account and the Region in an ARN, every part of which is known."""
    concrete = _ARN.fullmatch(arn)
    return Environment(concrete[2], concrete[1]) if concrete else None


def check_same_environment(
    keyword: str, resource: IEnvironmentAware, scope: Construct
) -> Environment:
    """Refuse a resource whose account or Region is known to be another than the scope's."""
    theirs = resource.env
    account, region = theirs.account, theirs.region
    _compare(keyword, account, region, scope)
    known = scope_of(scope).environment()
    return Environment(known.account or account, known.region or region)


def check_arn_environment(keyword: str, arn: str, scope: Construct) -> None:
    """Refuse an ARN whose account or Region is known to be another than the scope's."""
    concrete = environment_of_arn(arn)
    if concrete is not None:
        _compare(keyword, concrete.account, concrete.region, scope)


def _compare(keyword: str, account: str, region: str, scope: Construct) -> None:
    known = scope_of(scope).environment()
    for what, own, other, pattern in (
        ("account", known.account, account, ACCOUNT),
        ("Region", known.region, region, REGION),
    ):
        if own is not None and own != other and pattern.fullmatch(other):
            raise ValidationError(
                f"'{keyword}' must be in the {what} of the stack, {own}, got one in {other}",
                code="Environment",
            )
