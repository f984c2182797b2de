"""Where resources are: in one account and Region, and in the tree."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cdk_ivs._core.environments import environment_of_arn, same_environment_arn
from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.errors import ValidationError, safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


def same_place_arns(scope: Construct, resources: Mapping[str, object]) -> dict[str, str]:
    """
    The ARNs of resources, refused if they are known to be apart or away from the scope.

    Args:
        scope: The scope, whose stack may not know where it is.
        resources: The resources, by the keyword, which is what they are. None: not given.
    """
    arns = {
        keyword: same_environment_arn(keyword, resource, keyword, scope)
        for keyword, resource in resources.items()
        if resource is not None
    }
    places = {keyword: environment_of_arn(arn) for keyword, arn in arns.items()}
    known = {keyword: place for keyword, place in places.items() if place is not None}
    for first, own in known.items():
        for keyword, place in known.items():
            for what, expected, other in (
                ("account", own.account, place.account),
                ("Region", own.region, place.region),
            ):
                if other != expected:
                    raise ValidationError(
                        f"'{keyword}' must be in the {what} of '{safe_text(first)}', "
                        f"{safe_text(expected)}, got one in {safe_text(other)}",
                        code="Environment",
                    )
    return arns


def short_id(construct: Construct) -> str:
    """What tells a construct from others: made from its path, without what JSONPath reads."""
    path = "/".join(scope_info(construct).ids())
    return hashlib.sha256(path.encode()).hexdigest()[:16]
