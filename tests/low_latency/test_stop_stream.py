"""Stopping a live stream before its channel is deleted."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Fn, Stack

import cdk_ivs as ivs
from tests.support.arns import arn
from tests.support.attachments import ATTACHMENT, PERMISSION, STOP
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import resources_of, template_of

CHANNEL = arn("channel/AbCdef1G2hij")
KEY = "AWS::IVS::StreamKey"


def policy_of(stack: Stack) -> ivs.IPlaybackRestrictionPolicy:
    """An imported policy."""
    return ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
        stack, "Policy", arn("playback-restriction-policy/a")
    )


class TestTemplate:
    @pytest.mark.parametrize("value", [None, False])
    def test_has_nothing_unless_it_is_asked_for(self, stack: Stack, value: bool | None) -> None:
        """
        By default, and if it is not wanted, a channel is the channel alone.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=value)
        assert list(template_of(stack)["Resources"]) == ["Channel4048F119"]

    def test_has_a_resource_that_knows_the_channel(self, stack: Stack) -> None:
        """
        The operation and the channel are all that the function is told.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        (resource,) = resources_of(stack, STOP).values()
        assert resource["Properties"] == {
            "ServiceToken": {
                "Fn::GetAtt": ["cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1", "Arn"]
            },
            "Operation": "StopStream",
            "ResourceArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
        }

    def test_lets_the_function_stop_the_one_stream(self, stack: Stack) -> None:
        """
        The function gets one action on one ARN.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        (policy,) = resources_of(stack, PERMISSION).values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["ivs:StopStream"],
                "Effect": "Allow",
                "Resource": [{"Fn::GetAtt": ["Channel4048F119", "Arn"]}],
            }
        ]
        (function,) = (
            function
            for function in resources_of(stack, "AWS::Lambda::Function").values()
            if function["Properties"]["Handler"] == "cdk_ivs_handler.handler.handler"
        )
        assert function["Properties"]["Role"] == {
            "Fn::GetAtt": [policy["Properties"]["RoleName"]["Ref"], "Arn"]
        }

    def test_has_one_function_for_several_channels(self, stack: Stack) -> None:
        """
        A stack has one function behind one provider, and each channel its own permission.
        """
        for id in ("A", "B", "C"):
            ivs.Channel(stack, id, stop_stream_on_delete=True)
        assert len(resources_of(stack, STOP)) == 3
        # The function, and the one of the provider framework.
        assert len(resources_of(stack, "AWS::Lambda::Function")) == 2
        statements = [
            statement
            for policy in resources_of(stack, PERMISSION).values()
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            if statement["Action"] == ["ivs:StopStream"]
        ]
        assert [statement["Resource"][0]["Fn::GetAtt"][0] for statement in statements] == [
            "ACCC8ACD5",
            "B08E7C7AF",
            "C375D67C5",
        ]

    def test_has_a_function_in_every_stack(self, app: App) -> None:
        """
        Stacks share nothing, so that each can be deleted alone.
        """
        stacks = [Stack(app, "One"), Stack(app, "Two")]
        for stack in stacks:
            ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        functions = [resources_of(stack, "AWS::Lambda::Function") for stack in stacks]
        assert [len(found) for found in functions] == [2, 2]

    @pytest.mark.parametrize("value", ["yes", 1, Fn.condition_if("Live", True, False)])
    def test_refuses_what_is_not_known_now(self, stack: Stack, value: Any) -> None:
        """
        Whether the resource is made is decided at synthesis, by a bool.
        """
        with pytest.raises(TypeError, match="'stop_stream_on_delete' must be bool"):
            ivs.Channel(stack, "Channel", stop_stream_on_delete=value)


class TestOrder:
    def test_is_key_then_stream_then_attachment_then_channel(self, stack: Stack) -> None:
        """
        What is made last is deleted first: the key, so that encoders cannot come back, then
        the stream is stopped, then the channel is free to be changed and deleted.
        """
        channel = ivs.Channel(
            stack,
            "Channel",
            playback_restriction_policy=policy_of(stack),
            stop_stream_on_delete=True,
        )
        channel.add_stream_key("Key")
        template = template_of(stack)
        assert in_order(
            template,
            "Channel4048F119",
            only(template, ATTACHMENT),
            only(template, STOP),
            only(template, KEY),
        )

    def test_is_the_same_for_a_key_of_the_stack(self, stack: Stack) -> None:
        """
        A key that is made by itself is deleted first too.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        ivs.StreamKey(stack, "Key", channel=channel)
        template = template_of(stack)
        assert in_order(template, "Channel4048F119", only(template, STOP), only(template, KEY))

    def test_is_the_same_for_a_later_attachment(self, stack: Stack) -> None:
        """
        An attachment that comes after the key is detached after the stream was stopped too.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        channel.add_stream_key("Key")
        channel.attach_playback_restriction_policy(policy_of(stack))
        template = template_of(stack)
        assert in_order(
            template,
            "Channel4048F119",
            only(template, ATTACHMENT),
            only(template, STOP),
            only(template, KEY),
        )

    def test_leaves_other_keys_alone(self, stack: Stack) -> None:
        """
        The key of a channel that is not stopped depends on its channel alone.
        """
        ivs.Channel(stack, "Stopped", stop_stream_on_delete=True)
        ivs.Channel(stack, "Channel").add_stream_key("Key")
        template = template_of(stack)
        assert made_before(template, only(template, KEY)) == {"Channel4048F119"}

    def test_keeps_what_the_function_needs_until_it_was_called(self, stack: Stack) -> None:
        """
        Functions, roles and permissions are deleted after the stream was stopped.
        """
        ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        template = template_of(stack)
        everything = set(template["Resources"])
        stop = only(template, STOP)
        assert made_before(template, stop) == everything - {stop}

    def test_keeps_the_permission_of_a_channel_with_the_channel(self, stack: Stack) -> None:
        """
        A channel that leaves the stack takes its own permission with it, and no other.
        """
        ivs.Channel(stack, "A", stop_stream_on_delete=True)
        ivs.Channel(stack, "B", stop_stream_on_delete=True)
        template = template_of(stack)
        policies = {
            key[:1]: key for key in template["Resources"] if key[1:].startswith("StopStreamPolicy")
        }
        stops = {key[:1]: key for key in resources_of(stack, STOP)}
        assert in_order(template, policies["A"], stops["A"])
        assert policies["B"] not in made_before(template, stops["A"])

    def test_holds_across_stacks(self, app: App) -> None:
        """
        The stack of the key is deleted before the one of the channel.
        """
        channels, keys = Stack(app, "Channels"), Stack(app, "Keys")
        channel = ivs.Channel(channels, "Channel", stop_stream_on_delete=True)
        ivs.StreamKey(keys, "Key", channel=channel)
        assert len(resources_of(keys, KEY)) == 1
        assert keys.dependencies == [channels]

    def test_is_none_after_the_resource_was_removed(self, stack: Stack) -> None:
        """
        A stream key does not depend on what was taken out of the tree.
        """
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        channel.node.try_remove_child("StopStream")
        channel.add_stream_key("Key")
        (key,) = resources_of(stack, "AWS::IVS::StreamKey").values()
        assert "DependsOn" not in key
