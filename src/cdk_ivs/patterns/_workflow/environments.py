"""The account and Region of resources, and short IDs of constructs."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cdk_ivs._core.environments import environment_of_arn, same_environment_arn
from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.errors import ValidationError, safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


def same_environment_arns(scope: Construct, resources: Mapping[str, object]) -> dict[str, str]:
    """
    Return the ARNs of resources, or raise if their accounts or Regions are known to differ.

    Args:
        scope: The scope, whose account and Region can be unknown.
        resources: The resources, by keyword. None: not given.
    """
    arns = {
        keyword: same_environment_arn(keyword, resource, keyword, scope)
        for keyword, resource in resources.items()
        if resource is not None
    }
    found = {keyword: environment_of_arn(arn) for keyword, arn in arns.items()}
    known = {keyword: environment for keyword, environment in found.items() if environment}
    for first, own in known.items():
        for keyword, environment in known.items():
            for what, expected, other in (
                ("account", own.account, environment.account),
                ("Region", own.region, environment.region),
            ):
                if other != expected:
                    raise ValidationError(
                        f"'{keyword}' must be in the {what} of '{safe_text(first)}', "
                        f"{safe_text(expected)}, got one in {safe_text(other)}",
                        code="Environment",
                    )
    return arns


def short_id(construct: Construct) -> str:
    """Return a unique ID of a construct from its path, which is safe in JSONPath."""
    path = "/".join(scope_info(construct).ids())
    return hashlib.sha256(path.encode()).hexdigest()[:16]
