"""What is found of channels when an app is synthesized."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import Annotations, App, CfnCondition, Fn, Stack, Stage
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import cloudformation_include as cfn_include

import cdk_ivs as ivs
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.keys import P384_PEM

CHANNEL_ARN = arn("channel/a1B2c3D4e5F6")
NO_KEY_PAIR = (
    "viewers of a channel with 'authorized' True need tokens, and the app has no playback key "
    "pair that verifies them; create a PlaybackKeyPair, or import one of the account with "
    "PlaybackKeyPair.from_playback_key_pair_arn() [ack: cdk-ivs:AuthorizedWithoutKeyPair]"
)


@pytest.fixture(params=[True, False], ids=["selector", "whole tree"])
def _way_to_look(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resources are looked for by the CDK, or by us with an older one."""
    import aws_cdk

    if not request.param:
        monkeypatch.delattr(aws_cdk, "ConstructSelector", raising=False)


def l1_key(stack: Stack, channel: ivs.IChannel) -> None:
    """A key by an L1."""
    l1.CfnStreamKey(stack, "Second", channel_arn=channel.channel_arn)


def l1_key_by_ref(stack: Stack, channel: ivs.IChannel) -> None:
    """A key by an L1, which names the channel by another token."""
    cfn_channel = channel.node.default_child
    assert isinstance(cfn_channel, l1.CfnChannel)
    l1.CfnStreamKey(stack, "Second", channel_arn=cfn_channel.ref)


def l1_key_in_another_stack(stack: Stack, channel: ivs.IChannel) -> None:
    """A key by an L1 of another stack."""
    l1_key(Stack(stack.node.root, "Other"), channel)


def key_of_alpha(stack: Stack, channel: ivs.IChannel) -> None:
    """A key of alpha's."""
    alpha.StreamKey(stack, "Second", channel=channel)


@pytest.mark.usefixtures("_way_to_look")
class TestSecondStreamKey:
    @pytest.mark.parametrize(
        ("add", "path"),
        [
            (l1_key, "Stack/Second"),
            (l1_key_by_ref, "Stack/Second"),
            (l1_key_in_another_stack, "Other/Second"),
            (key_of_alpha, "Stack/Second/Resource"),
        ],
    )
    def test_is_refused(
        self, app: App, stack: Stack, add: Callable[[Stack, ivs.IChannel], None], path: str
    ) -> None:
        """
        A key that is no construct of this library counts, whatever text names its channel.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("First")
        add(stack, channel)
        with pytest.raises(RuntimeError) as raised:
            app.synth()
        assert (
            "'channel' must be a channel with one stream key, got one with "
            f"'Stack/Channel/First/Resource' and '{path}'; remove all except one "
            f"[cdk-ivs:SecondStreamKey at '{path}']"
        ) in str(raised.value)

    def test_is_refused_of_an_existing_channel(self, app: App, stack: Stack) -> None:
        """
        An imported channel is known by its ARN.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)
        channel.add_stream_key("First")
        l1_key(stack, channel)
        with pytest.raises(RuntimeError, match="SecondStreamKey at 'Stack/Second'"):
            app.synth()

    def test_is_refused_of_an_included_template(
        self, app: App, stack: Stack, tmp_path: Path
    ) -> None:
        """
        A key in an included template is in the tree, and so is its channel.
        """
        template = tmp_path / "template.json"
        resources = {
            "Channel": {"Type": "AWS::IVS::Channel"},
            "Key": {
                "Type": "AWS::IVS::StreamKey",
                "Properties": {"ChannelArn": {"Ref": "Channel"}},
            },
        }
        template.write_text(json.dumps({"Resources": resources}), encoding="utf-8")
        included = cfn_include.CfnInclude(stack, "Included", template_file=str(template))
        channel = included.get_resource("Channel")
        assert isinstance(channel, l1.CfnChannel)
        ivs.StreamKey(stack, "StreamKey", channel=channel)
        with pytest.raises(RuntimeError, match="SecondStreamKey at 'Stack/Included/Key'"):
            app.synth()

    def test_of_other_channels(self, app: App, stack: Stack) -> None:
        """
        Keys of other channels are none, and tokens of two stacks may come to other channels.
        """
        ivs.Channel(stack, "Channel").add_stream_key("Key")
        l1_key(stack, ivs.Channel(stack, "Another"))
        for name in ("First", "Second"):
            other = Stack(app, name)
            text = f"arn:aws:ivs:{other.region}:{other.account}:channel/a1B2c3D4e5F6"
            channel = ivs.Channel.from_channel_arn(other, "Channel", text)
            if name == "First":
                channel.add_stream_key("Key")
            else:
                l1_key(other, channel)
        assert app.synth().stacks

    @pytest.mark.parametrize(
        "texts",
        [
            ("arn:aws:ivs:us-west-2:123456789012:channel/", "a1B2c3D4e5F6", "g7H8i9J0k1L2"),
            ("arn:aws:ivs:us-west-2:${AWS::AccountId}:channel/", "a1B2c3D4e5F6", "g7H8i9J0k1L2"),
        ],
        ids=["known", "tokens"],
    )
    def test_of_other_existing_channels(
        self, app: App, stack: Stack, texts: tuple[str, str, str]
    ) -> None:
        """
        Existing channels are others if their ARNs differ, in one stack too.
        """
        start, one, other = (text.replace("${AWS::AccountId}", stack.account) for text in texts)
        ivs.Channel.from_channel_arn(stack, "One", start + one).add_stream_key("Key")
        l1_key(stack, ivs.Channel.from_channel_arn(stack, "Other", start + other))
        assert app.synth().stacks

    def test_that_changed_alone(self, app: App, stack: Stack) -> None:
        """
        A key of this library that was given a channel without a key is the only one there.
        """
        key = ivs.Channel(stack, "Channel").add_stream_key("Key").node.default_child
        assert isinstance(key, l1.CfnStreamKey)
        key.channel_arn = ivs.Channel(stack, "Another").channel_arn
        assert app.synth().stacks

    def test_is_refused_by_the_same_token(self, app: App, stack: Stack) -> None:
        """
        In one stack a token comes to one channel.
        """
        text = f"arn:aws:ivs:{stack.region}:{stack.account}:channel/a1B2c3D4e5F6"
        channel = ivs.Channel.from_channel_arn(stack, "Channel", text)
        channel.add_stream_key("First")
        l1_key(stack, channel)
        with pytest.raises(RuntimeError, match="SecondStreamKey at 'Stack/Second'"):
            app.synth()

    def test_is_refused_since_an_escape_hatch(self, app: App, stack: Stack) -> None:
        """
        A key of this library that was given another channel counts there.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("First")
        key = ivs.Channel(stack, "Another").add_stream_key("Key").node.default_child
        assert isinstance(key, l1.CfnStreamKey)
        key.channel_arn = channel.channel_arn
        with pytest.raises(RuntimeError, match="SecondStreamKey at 'Stack/Another/Key/Resource'"):
            app.synth()

    def test_with_a_condition(self, app: App, stack: Stack) -> None:
        """
        A key with a condition may be there instead of the other one.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("First")
        condition = CfnCondition(stack, "Condition", expression=Fn.condition_equals("a", "b"))
        key = l1.CfnStreamKey(stack, "Second", channel_arn=channel.channel_arn)
        key.cfn_options.condition = condition
        assert app.synth().stacks
        # A key after it counts.
        l1.CfnStreamKey(stack, "Third", channel_arn=channel.channel_arn)
        with pytest.raises(RuntimeError, match="SecondStreamKey at 'Stack/Third'"):
            app.synth(force=True)

    def test_without_ours(self, app: App, stack: Stack) -> None:
        """
        Two keys that are both no constructs of this library are left to their author.
        """
        channel = l1.CfnChannel(stack, "Channel")
        for name in ("First", "Second"):
            l1.CfnStreamKey(stack, name, channel_arn=channel.ref)
        ivs.Channel(stack, "Ours").add_stream_key("Key")
        assert app.synth().stacks


@pytest.mark.usefixtures("_way_to_look")
class TestKeyPair:
    def test_is_missed(self, stack: Stack) -> None:
        """
        The first private channel of an app without a key pair has a warning, and no other.
        """
        ivs.Channel(stack, "Public")
        for name in ("First", "Second"):
            ivs.Channel(stack, name, authorized=True)
        assert warnings_of(stack) == [("/Stack/First", NO_KEY_PAIR)]

    def test_is_missed_by_an_acknowledged_channel(self, stack: Stack) -> None:
        """
        Who has a key pair elsewhere acknowledges the warning, for the stack for instance.
        """
        ivs.Channel(stack, "Channel", authorized=True)
        Annotations.of(stack).acknowledge_warning("cdk-ivs:AuthorizedWithoutKeyPair")
        assert warnings_of(stack) == []

    def test_is_missed_since_an_escape_hatch(self, stack: Stack) -> None:
        """
        What an escape hatch makes of the channel counts: private, or public.
        """
        for name, before in (("Opened", True), ("Closed", False)):
            channel = ivs.Channel(stack, name, authorized=before).node.default_child
            assert isinstance(channel, l1.CfnChannel)
            channel.authorized = not before
        assert warnings_of(stack) == [("/Stack/Closed", NO_KEY_PAIR)]

    def test_is_missed_by_a_channel_that_is_there(self, stack: Stack) -> None:
        """
        A private channel that was taken out of the tree needs no key pair.
        """
        ivs.Channel(stack, "Channel", authorized=True)
        stack.node.try_remove_child("Channel")
        assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        "add",
        [
            lambda stack: ivs.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM),
            lambda stack: ivs.PlaybackKeyPair.from_playback_key_pair_arn(
                stack, "Pair", arn("playback-key/a1B2c3D4e5F6")
            ),
            lambda stack: l1.CfnPlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM),
            lambda stack: alpha.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM),
        ],
        ids=["ours", "existing", "L1", "alpha"],
    )
    def test_may_be_anywhere(self, app: App, add: Callable[[Stack], object]) -> None:
        """
        A key pair is good for a whole account, so one in another Stage is found.
        """
        add(Stack(Stage(app, "Shared"), "Stack"))
        stack = Stack(Stage(app, "Live"), "Stack")
        ivs.Channel(stack, "Channel", authorized=True)
        assert warnings_of(stack) == []
