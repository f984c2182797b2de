"""What a channel can have one of only, wherever in the app it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._validation.arns import Arn
from cdk_ivs._validation.tokens import is_made_up

from .identity import jsii_reference
from .resource import IvsResource
from .tree import is_in_tree, scope_info

if TYPE_CHECKING:
    from constructs import Construct, IConstruct


def find_singleton(
    kind: str, channel: object, channel_arn: str, scope: Construct
) -> Construct | None:
    """The construct that is the channel's one of the kind already, if it is still there."""
    outer = scope_info(scope)
    for key in _keys(kind, channel, channel_arn):
        for claims in (outer.root.claims, _registry(channel, channel_arn, scope)):
            found: Construct | None = claims.get(key)
            if found is not None and is_in_tree(found):
                return found
    return None


def register_singleton(
    kind: str, channel: object, channel_arn: str, scope: Construct, construct: Construct
) -> None:
    """Take note of the channel's one of the kind."""
    keys = _keys(kind, channel, channel_arn)
    _registry(channel, channel_arn, scope).update(dict.fromkeys(keys, construct))


def _keys(kind: str, channel: object, channel_arn: str) -> list[tuple[str, str]]:
    """
    What a channel is known by: the construct, or its L1, and the ARN.

    Both, because the reference of an L1 is another token than the ARN of its channel. Not by
    what stands in for an ARN until it was looked up: that says nothing of the channel.
    """
    of_construct = (kind, jsii_reference(_cfn_channel(channel) or channel))
    return [of_construct] if is_made_up(channel_arn) else [of_construct, (kind, channel_arn)]


def _cfn_channel(channel: object) -> CfnChannel | None:
    """The L1 of a channel of this app, also of one of alpha's."""
    found = getattr(channel, "_cfn", channel)
    if not isinstance(found, (CfnChannel, IvsResource)):
        found = cast("IConstruct", found).node.default_child
    return found if isinstance(found, CfnChannel) else None


def _registry(channel: object, channel_arn: str, scope: Construct) -> dict[tuple[str, str], Any]:
    """
    Where it is noted: in the app, or in the stack.

    In the stack if the channel is not of this app and its ARN is a token, which may come to
    another channel in every stack, for instance where it has the Region of the stack in it.
    """
    outer = scope_info(scope)
    if _cfn_channel(channel) is not None or Arn.parse(channel_arn).is_concrete:
        return outer.root.claims
    return (outer.stack or outer.root).claims
