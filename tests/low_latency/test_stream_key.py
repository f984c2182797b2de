"""Stream keys."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Fn, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.assertions import Template
from aws_cdk.aws_ivs import CfnChannel

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.included import CHANNELS, include, stack_of_javascript

Create = Callable[[Stack, str], Any]


class TestTemplate:
    def test_names_its_channel(self, stack: Stack) -> None:
        """
        A key is one resource that refers to the channel.
        """
        channel = ivs.Channel(stack, "Channel", channel_name="live")
        ivs.StreamKey(stack, "Key", channel=channel, tags={"a": "b"})
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "Key961B73FD": {
                        "Type": "AWS::IVS::StreamKey",
                        "Properties": {
                            "ChannelArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
                            "Tags": [{"Key": "a", "Value": "b"}],
                        },
                    }
                }
            }
        )

    def test_takes_an_l1_channel(self, stack: Stack) -> None:
        """
        An L1 is a channel too.
        """
        ivs.StreamKey(stack, "Key", channel=CfnChannel(stack, "Channel"))
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::StreamKey", {"ChannelArn": {"Ref": "Channel"}}
        )

    def test_takes_a_channel_of_alpha(self, stack: Stack) -> None:
        """
        A channel of alpha's is one too.
        """
        ivs.StreamKey(stack, "Key", channel=alpha.Channel(stack, "Channel"))
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::StreamKey",
            {"ChannelArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]}},
        )

    def test_alpha_takes_our_channel(self, stack: Stack) -> None:
        """
        A stream key of alpha's can be given to our channel.
        """
        alpha.StreamKey(stack, "Key", channel=ivs.Channel(stack, "Channel"))
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::StreamKey",
            {"ChannelArn": {"Fn::GetAtt": ["Channel4048F119", "Arn"]}},
        )


class TestEnvironment:
    def test_is_that_of_the_channel(self, located_stack: Stack) -> None:
        """
        A channel that is known to be in another Region gets no key here.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'channel' must be in the Region of the stack, us-west-2, got one in eu-west-1",
        ):
            channel.add_stream_key("Key")


class TestSecondKey:
    def test_is_refused_on_the_channel(self, stack: Stack) -> None:
        """
        A channel has one key at most, however the second is made.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("Key")
        with pytest.raises(
            ValidationError,
            match="'channel' must be a channel without a stream key, got one with the key "
            "'Stack/Channel/Key'; a channel has at most one, so use that key",
        ):
            ivs.StreamKey(stack, "Second", channel=channel)
        with pytest.raises(ValidationError, match="'Stack/Channel/Key'"):
            channel.add_stream_key("Third")
        assert len(Template.from_stack(stack).find_resources("AWS::IVS::StreamKey")) == 1

    def test_is_refused_on_another_reference(self, app: App) -> None:
        """
        Two references to one ARN are one channel, in whichever stacks they are.
        """
        first, second = Stack(app, "First"), Stack(app, "Second")
        ivs.Channel.from_channel_arn(first, "Channel", arn("channel/a")).add_stream_key("Key")
        again = ivs.Channel.from_channel_arn(second, "Channel", arn("channel/a"))
        with pytest.raises(ValidationError, match="'First/Channel/Key'"):
            again.add_stream_key("Key")

    def test_is_refused_on_an_l1(self, stack: Stack) -> None:
        """
        An L1 is counted as well.
        """
        channel = CfnChannel(stack, "Channel")
        ivs.StreamKey(stack, "Key", channel=channel)
        with pytest.raises(ValidationError, match="'Stack/Key'"):
            ivs.StreamKey(stack, "Second", channel=channel)

    def test_is_refused_on_the_l1_of_a_channel(self, stack: Stack) -> None:
        """
        A channel and its L1 are one, in either order.
        """
        for name in ("One", "Two"):
            channel = ivs.Channel(stack, name)
            both = [channel, channel.node.default_child]
            first, second = both if name == "One" else reversed(both)
            ivs.StreamKey(stack, f"{name}Key", channel=first)
            with pytest.raises(ValidationError, match=f"'Stack/{name}Key'"):
                ivs.StreamKey(stack, f"{name}Second", channel=second)

    def test_is_refused_on_a_reference_to_our_channel(self, stack: Stack) -> None:
        """
        A reference made with our channel's ARN is our channel.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("Key")
        again = ivs.Channel.from_channel_arn(stack, "Again", channel.channel_arn)
        with pytest.raises(ValidationError, match="'Stack/Channel/Key'"):
            again.add_stream_key("Key")

    def test_is_refused_on_a_channel_of_alpha(self, app: App) -> None:
        """
        A channel of alpha's and its L1 are one, in whichever stacks the keys are.
        """
        channel = alpha.Channel(Stack(app, "First"), "Channel")
        ivs.StreamKey(Stack(app, "Second"), "Key", channel=channel)
        third = Stack(app, "Third")
        for again in (channel, channel.node.default_child):
            with pytest.raises(ValidationError, match="'Second/Key'"):
                ivs.StreamKey(third, "Key", channel=again)
        ivs.StreamKey(third, "Key", channel=alpha.Channel(third, "Other"))

    def test_is_taken_by_references_that_come_to_two_channels(self, app: App) -> None:
        """
        A reference whose ARN is a token may be another channel in each stack, alpha's as ours.
        """
        channel_arn = Fn.import_value("Arn")
        for number, refer in enumerate(
            (alpha.Channel.from_channel_arn, ivs.Channel.from_channel_arn)
        ):
            for letter in ("A", "B"):
                stack = Stack(app, f"{letter}{number}")
                key = ivs.StreamKey(stack, "Key", channel=refer(stack, "Channel", channel_arn))
                assert key.node.path == f"{letter}{number}/Key"

    def test_another_app_is_another_matter(self) -> None:
        """
        Apps in one process do not count each other's keys.
        """
        for _ in range(2):
            stack = Stack(App(), "Stack")
            channel = ivs.Channel.from_channel_arn(stack, "Channel", arn("channel/a"))
            assert channel.add_stream_key("Key").node.path == "Stack/Channel/Key"

    def test_a_refused_key_does_not_count(self, stack: Stack) -> None:
        """
        A key that could not be made leaves the channel free.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", Fn.import_value("Arn"))
        with pytest.raises(ValidationError, match="'tags'"):
            ivs.StreamKey(stack, "Key", channel=channel, tags={"aws:a": "b"})
        assert ivs.StreamKey(stack, "Key", channel=channel).node.path == "Stack/Key"

    @pytest.mark.parametrize("create", [ivs.Channel, CfnChannel])
    def test_of_a_removed_channel_does_not_count(self, stack: Stack, create: Create) -> None:
        """
        A channel in the place of one that was removed is another, and has no key yet.
        """
        ivs.StreamKey(stack, "Removed", channel=create(stack, "Channel"))
        stack.node.try_remove_child("Channel")
        channel = create(stack, "Channel")
        ivs.StreamKey(stack, "Key", channel=channel)
        with pytest.raises(ValidationError, match="'Stack/Key'"):
            ivs.StreamKey(stack, "Second", channel=channel)

    def test_a_removed_key_does_not_count(self, stack: Stack) -> None:
        """
        A key that was removed leaves the channel free, and one in its place takes it again.
        """
        channel = ivs.Channel(stack, "Channel")
        for _ in range(2):
            channel.add_stream_key("Key")
            channel.node.try_remove_child("Key")
        channel.add_stream_key("Key")
        with pytest.raises(ValidationError, match="'Stack/Channel/Key'"):
            ivs.StreamKey(stack, "Second", channel=channel)


class TestIncludedChannels:
    """Channels of which Python gets another object each time, under an address used before."""

    def test_have_a_key_each(self, stack: Stack) -> None:
        """
        Two channels of a template are two, although no object of the first is left.
        """
        included = include(stack, "Included", CHANNELS)
        first = included.get_resource("First")
        ivs.StreamKey(stack, "FirstKey", channel=first)
        address = id(first)
        del first
        gc.collect()
        others = []
        for _ in range(1000):
            second = included.get_resource("Second")
            # Kept, so that the next is elsewhere, until it is where the first was.
            others.append(second)
            if id(second) == address:
                break
        ivs.StreamKey(stack, "SecondKey", channel=others[-1])
        assert len(Template.from_stack(stack).find_resources("AWS::IVS::StreamKey")) == 2

    def test_of_many_have_a_key_each(self, stack: Stack) -> None:
        """
        Forty channels of a template have forty keys.
        """
        names = [f"Channel{number}" for number in range(40)]
        included = include(stack, "Included", dict.fromkeys(names, CHANNELS["First"]))
        for name in names:
            ivs.StreamKey(stack, f"{name}Key", channel=included.get_resource(name))
        assert len(Template.from_stack(stack).find_resources("AWS::IVS::StreamKey")) == 40

    def test_have_one_key_only(self, stack: Stack) -> None:
        """
        However often the channel is read, a second key is refused.
        """
        included = include(stack, "Included", CHANNELS)
        ivs.StreamKey(stack, "Key", channel=included.get_resource("First"))
        with pytest.raises(ValidationError, match="'Stack/Key'"):
            ivs.StreamKey(stack, "Second", channel=included.get_resource("First"))

    def test_of_a_nested_stack_have_a_key_each(self, stack: Stack) -> None:
        """
        A channel in a stack that JavaScript created is counted for that stack's key as well.
        """
        inner = stack_of_javascript(stack, "Included")
        first, second = (inner.node.find_child("Nested").node.find_child(name) for name in CHANNELS)
        ivs.StreamKey(inner, "Key", channel=first)
        ivs.StreamKey(inner, "OtherKey", channel=second)
        with pytest.raises(ValidationError, match="a channel has at most one"):
            ivs.StreamKey(stack, "Second", channel=first)


def test_many_keys_take_the_same_messages(stack: Stack) -> None:
    """
    The key of the twentieth channel takes as many messages as that of the second.
    """
    counts = []
    for number in range(20):
        channel = ivs.Channel(stack, f"Channel{number}", channel_name="live")
        with sent_messages() as messages:
            channel.add_stream_key("Key")
        counts.append(len(messages))
    assert set(counts[1:]) == {3}
