"""The channels and stages to which a pattern applies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._monitoring.event_pattern import check_resource_arns
from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
    from constructs import Construct

    from cdk_ivs._core.alpha import AlphaChannel


def choose_resources(
    scope: Construct,
    *,
    all: bool,
    channels: Sequence[IChannelRef | AlphaChannel] | None,
    stages: Sequence[IStageRef] | None,
) -> dict[str, Any]:
    """
    Return the channels and stages by kind. None means all of a kind.

    Args:
        scope: The scope of the pattern.
        all: Whether to return all resources of the account and Region.
        channels: The channels. None: no channels, unless `all` is set.
        stages: The stages. None: no stages, unless `all` is set.
    """
    given: dict[str, Any] = {
        kind: resources
        for kind, resources in (("channel", channels), ("stage", stages))
        if resources is not None
    }
    if all:
        for kind in given:
            raise ValidationError(
                f"'{safe_text(kind)}s' must not be given with 'all', which includes all channels "
                "and stages of the account; leave one out",
                code="Resources",
            )
        return {"channel": None, "stage": None}
    if not given:
        raise ValidationError(
            "'channels', 'stages' or 'all' must be given, got none of them; all=True means all "
            "channels and stages of the account and Region",
            code="Resources",
        )
    for kind, resources in given.items():
        if not resources:
            raise ValidationError(
                f"'{safe_text(kind)}s' must have at least one {safe_text(kind)}, got "
                f"{safe_repr(resources)}; leave it out",
                code="Resources",
            )
        check_resource_arns(f"{kind}s", kind, resources, scope)
    return given
