"""Checks that resources are in the same account and Region."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cdk_ivs._validation.arns import Arn, arn_of
from cdk_ivs._validation.errors import ValidationError

from .tree import ACCOUNT, REGION, Environment, scope_info

if TYPE_CHECKING:
    from aws_cdk.interfaces import IEnvironmentAware
    from constructs import Construct

    from .tree import KnownEnvironment

__all__ = [
    "Environment",
    "check_arn_environment",
    "check_same_environment",
    "compared_environment",
    "environment_of_arn",
    "same_environment_arn",
]


def check_same_environment(
    keyword: str, resource: IEnvironmentAware, scope: Construct
) -> Environment:
    """Refuse a resource that is known to be in another account or Region than the scope."""
    theirs = resource.env
    return compared_environment(keyword, Environment(theirs.account, theirs.region), scope)


def compared_environment(keyword: str, theirs: Environment, scope: Construct) -> Environment:
    """Return the environment of a resource, or refuse one that is known to differ."""
    _compare(keyword, theirs.account, theirs.region, scope)
    known = scope_info(scope).environment()
    return Environment(known.account or theirs.account, known.region or theirs.region)


def environment_of_arn(arn: str) -> Environment | None:
    """Return the account and the Region in an ARN, if they are not tokens."""
    partition, service, region, account, *_ = Arn.parse(arn)
    return Environment(account, region) if partition and service and region and account else None


def check_arn_environment(
    keyword: str, arn: str, scope: Construct, resource: object = None
) -> None:
    """
    Refuse an ARN that is known to be in another account or Region than the scope.

    If the ARN is a token, the function reads the environment of the resource. That takes no message
    for a resource of this library.
    """
    theirs: KnownEnvironment | Environment | None = environment_of_arn(arn)
    if theirs is None and hasattr(resource, "_ivs_cfn"):
        theirs = scope_info(cast("Construct", resource)).environment()
    elif theirs is None and resource is not None and any(scope_info(scope).environment()):
        env = cast("IEnvironmentAware", resource).env
        theirs = Environment(env.account, env.region)
    if theirs is not None:
        _compare(keyword, theirs.account, theirs.region, scope)


def same_environment_arn(keyword: str, resource: object, kind: str, scope: Construct) -> str:
    """Return the ARN of a resource, or refuse a resource that is known to be elsewhere."""
    arn = arn_of(keyword, resource, kind)
    check_arn_environment(keyword, arn, scope, resource)
    return arn


def _compare(keyword: str, account: str | None, region: str | None, scope: Construct) -> None:
    known = scope_info(scope).environment()
    for what, own, other, pattern in (
        ("account", known.account, account, ACCOUNT),
        ("Region", known.region, region, REGION),
    ):
        if own not in {None, other} and other is not None and pattern.fullmatch(other):
            raise ValidationError(
                f"'{keyword}' must be in the {what} of the stack, {own}, got one in {other}",
                code="Environment",
            )
