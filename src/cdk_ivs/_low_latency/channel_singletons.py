"""Constructs of which a channel can have only one in the whole app."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._core.tree import TreeState, is_in_tree, scope_info
from cdk_ivs._validation.arns import Arn
from cdk_ivs._validation.tokens import is_made_up

if TYPE_CHECKING:
    from constructs import Construct, IConstruct

    from cdk_ivs._core.tree import ScopeInfo


# For the root and for stacks: the constructs by their kind and by the key of the channel.
_SINGLETONS: TreeState[dict[str, dict[str, Construct]]] = TreeState(lambda _: {})


def find_singleton(
    kind: str, channel: object, channel_arn: str, scope: Construct
) -> Construct | None:
    """The construct of a kind that the channel has already, if it is still in the tree."""
    root, holder = scope_info(scope).root, _holder(channel, channel_arn, scope)
    for key in _keys(channel, channel_arn):
        for registry in (_SINGLETONS.of(root), _SINGLETONS.of(holder)):
            found = registry.get(kind, {}).get(key)
            if found is not None and is_in_tree(found):
                return found
    return None


def register_singleton(
    kind: str, channel: object, channel_arn: str, scope: Construct, construct: Construct
) -> None:
    """Register the construct of a kind that the channel has."""
    by_key = _SINGLETONS.of(_holder(channel, channel_arn, scope)).setdefault(kind, {})
    by_key.update(dict.fromkeys(_keys(channel, channel_arn), construct))


def _keys(channel: object, channel_arn: str) -> list[str]:
    """
    The keys by which a channel is found: its construct or L1, and its ARN.

    Both are needed, because the reference of an L1 is another token than the ARN of its channel. A
    placeholder of a look-up is left out, because it says nothing about the channel.
    """
    reference = jsii_reference(_cfn_channel(channel) or channel)
    return [reference] if is_made_up(channel_arn) else [reference, channel_arn]


def _cfn_channel(channel: object) -> CfnChannel | None:
    """The L1 of a channel of this app. The channel can be one of `aws_ivs_alpha`."""
    found = getattr(channel, "_ivs_cfn", channel)
    if not isinstance(found, (CfnChannel, IvsResource)):
        found = cast("IConstruct", found).node.default_child
    return found if isinstance(found, CfnChannel) else None


def _holder(channel: object, channel_arn: str, scope: Construct) -> ScopeInfo:
    """
    The app or the stack in which the construct is registered.

    It is the stack if the channel is not of this app and its ARN is a token. Such a token can
    resolve to another channel in every stack, for instance if it contains the Region of the stack.
    """
    outer = scope_info(scope)
    if _cfn_channel(channel) is not None or Arn.parse(channel_arn).is_concrete:
        return outer.root
    return outer.stack or outer.root
