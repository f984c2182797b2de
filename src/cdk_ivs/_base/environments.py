"""Accounts and Regions that must be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ValidationError
from .scopes import scope_of
from .tokens import is_token

if TYPE_CHECKING:
    from aws_cdk.interfaces import IEnvironmentAware
    from constructs import Construct


def check_same_environment(keyword: str, resource: IEnvironmentAware, scope: Construct) -> None:
    """Refuse a resource whose account or Region is known to be another than the scope's."""
    theirs = resource.env
    account, region = scope_of(scope).environment()
    for what, own, other in (
        ("account", account, theirs.account),
        ("Region", region, theirs.region),
    ):
        if own != other and not is_token(own) and not is_token(other):
            raise ValidationError(
                f"'{keyword}' must be in the {what} of the stack, {own}, got one in {other}",
                code="Environment",
            )
