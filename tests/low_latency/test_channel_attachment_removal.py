"""The removal policies of attachments to channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import jsii
import pytest
from aws_cdk import Aspects, CfnResource, IAspect, RemovalPolicies, RemovalPolicy, Stack

import cdk_ivs as ivs
from tests.support.attachments import ATTACHMENT, STOP, known_channel, known_policy
from tests.support.oracles import resources_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import IConstruct


@jsii.implements(IAspect)
class Retaining:
    """An aspect that retains channels."""

    def visit(self, node: IConstruct) -> None:
        """Retain a channel."""
        if isinstance(node, CfnResource) and node.cfn_resource_type == "AWS::IVS::Channel":
            node.apply_removal_policy(RemovalPolicy.RETAIN)


def override_policies(channel: ivs.Channel, policy: str) -> None:
    """Set both policies by the escape hatch."""
    level_1 = cast("CfnResource", channel.node.default_child)
    level_1.add_override("DeletionPolicy", policy)
    level_1.add_override("UpdateReplacePolicy", policy)


POLICIES: dict[str, tuple[Callable[[Stack, ivs.Channel], object], tuple[str, str]]] = {
    "none": (lambda _stack, _channel: None, ("Delete", "Delete")),
    "construct": (
        lambda _, channel: channel.apply_removal_policy(RemovalPolicy.RETAIN),
        ("Retain", "Retain"),
    ),
    "L1": (
        lambda _, channel: channel.node.default_child.apply_removal_policy(RemovalPolicy.RETAIN),  # type: ignore[union-attr] - the L1
        ("Retain", "Retain"),
    ),
    "destroyed": (
        lambda _, channel: channel.apply_removal_policy(RemovalPolicy.DESTROY),
        ("Delete", "Delete"),
    ),
    "retained but on create": (
        lambda _, channel: channel.apply_removal_policy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        ("RetainExceptOnCreate", "Retain"),
    ),
    "override": (lambda _, channel: override_policies(channel, "Retain"), ("Retain", "Retain")),
    "override that deletes": (
        lambda _, channel: override_policies(channel, "Delete"),
        ("Delete", "Delete"),
    ),
    "all of the app": (lambda stack, _: RemovalPolicies.of(stack).retain(), ("Retain", "Retain")),
    "aspect": (lambda stack, _: Aspects.of(stack).add(Retaining()), ("Retain", "Retain")),
}


class TestRemovalPolicy:
    @pytest.mark.parametrize("case", POLICIES)
    @pytest.mark.parametrize("order", ["before", "after"])
    def test_is_that_of_the_channel(self, stack: Stack, case: str, order: str) -> None:
        """
        What attaches and what stops the stream are retained if the channel is: CloudFormation
        then asks for no change of a channel that stays.
        """
        retain, expected = POLICIES[case]
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        if order == "before":
            retain(stack, channel)
        channel.attach_playback_restriction_policy(known_policy(stack))
        if order == "after":
            retain(stack, channel)
        found = {
            resource_type: (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy"))
            for resource_type in ("AWS::IVS::Channel", ATTACHMENT, STOP)
            for resource in resources_of(stack, resource_type).values()
        }
        assert found[ATTACHMENT] == found[STOP] == expected
        assert tuple(policy or "Delete" for policy in found["AWS::IVS::Channel"]) == expected

    def test_is_deletion_for_a_channel_of_elsewhere(self, stack: Stack) -> None:
        """
        An attachment to a channel that the app does not create is always undone.
        """
        known_channel(stack).attach_playback_restriction_policy(known_policy(stack))
        (attachment,) = resources_of(stack, ATTACHMENT).values()
        assert attachment["DeletionPolicy"] == "Delete"
