"""How many messages to JavaScript scopes and the synthesis take: each costs about 0.2 ms."""

from __future__ import annotations

from typing import Any

import aws_cdk
import jsii
import pytest
from aws_cdk import App, Environment, IPropertyInjector, Stack, Stage
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.keys import P384_PEM
from tests.support.messages import count

CHANNEL_ARN = arn("channel/a1B2c3D4e5F6")
STREAM_KEY_ARN = arn("stream-key/a1B2c3D4e5F6")
PLAYBACK_KEY_PAIR_ARN = arn("playback-key/a1B2c3D4e5F6")
RECORDING_CONFIGURATION_ARN = arn("recording-configuration/a1B2c3D4e5F6")
STAGE_ARN = arn("stage/a1B2c3D4e5F6")


@jsii.implements(IPropertyInjector)
class Authorizing:
    """Makes every channel private."""

    @property
    def construct_unique_id(self) -> str:
        """Of channels."""
        return ivs.Channel.PROPERTY_INJECTION_ID

    def inject(
        self, original_props: dict[str, Any], *, id: str, scope: Construct
    ) -> dict[str, Any]:
        """Add to what was given."""
        return {**original_props, "authorized": True}


class TestScopes:
    def test_the_first_in_an_app(self, app: App) -> None:
        """
        The first construct of an app takes three more for each of the two scopes around it, two
        for the account and the Region of the stack, and three to be called back at synthesis.
        """
        stack = Stack(app, "New")
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 13

    @pytest.mark.usefixtures("stack")
    def test_the_first_in_a_stack(self, app: App) -> None:
        """
        The first construct of another stack takes five more for the stack.
        """
        stack = Stack(app, "New")
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 7

    def test_the_first_of_another_class(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A scope is looked at once for all classes.
        """
        assert channel.channel_arn
        assert count(lambda: ivs.StreamKey(stack, "New", channel=channel)) == 2

    def test_with_a_property_injector(self) -> None:
        """
        A property injector takes none: it is called in Python.
        """
        stack = Stack(App(property_injectors=[Authorizing()]), "Stack")
        ivs.Channel(stack, "Before")
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 2


class TestSynth:
    def test_takes_one_callback(self, app: App) -> None:
        """
        JavaScript calls back once for the whole app.
        """
        environment = Environment(account=ACCOUNT, region=REGION)
        for stack in (Stack(app, "Stack"), Stack(app, "Located", env=environment)):
            bucket = s3.Bucket(stack, "Bucket")
            recording = ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
            channel = ivs.Channel(
                stack, "Channel", recording_configuration=recording, tags={"team": "live"}
            )
            channel.add_stream_key("StreamKey")
            ivs.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM)
            ivs.Channel.from_channel_arn(stack, "ChannelReference", CHANNEL_ARN)
            ivs.StreamKey.from_stream_key_arn(stack, "KeyReference", STREAM_KEY_ARN)
            ivs.PlaybackKeyPair.from_playback_key_pair_arn(
                stack, "PairReference", PLAYBACK_KEY_PAIR_ARN
            )
            ivs.RecordingConfiguration.from_arn(stack, "ArnReference", RECORDING_CONFIGURATION_ARN)
            ivs.RecordingConfiguration.from_recording_configuration_id(
                stack, "IdReference", "a1B2c3D4e5F6"
            )
            storage = ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
            stage = ivs.Stage(
                stack,
                "Stage",
                participant_recording=ivs.ParticipantRecording(storage_configuration=storage),
            )
            stage.add_ingest_configuration("Ingest")
            ivs.EncoderConfiguration(stack, "Encoder")
            ivs.PublicKey(stack, "PublicKey", public_key_material=P384_PEM)
            ivs.Stage.from_stage_arn(stack, "StageReference", STAGE_ARN)
        with sent_messages() as messages:
            app.synth()
        assert messages.count("Complete ") == 1

    @pytest.mark.parametrize("channels", [1, 100])
    def test_does_not_grow_with_the_channels(self, app: App, channels: int) -> None:
        """
        Two for the callback, one for each scope, and at most three for all stream keys.
        """
        stack = Stack(app, "Stack")
        for number in range(channels):
            ivs.Channel(stack, f"Channel{number}").add_stream_key("Key")
        # An older aws-cdk-lib answers with the whole tree, and takes one less for it.
        of_keys = 3 if hasattr(aws_cdk, "ConstructSelector") else 2
        assert count(app.synth) == 4 + of_keys

    @pytest.mark.parametrize("configurations", [1, 5])
    def test_of_recording_configurations(
        self, stack: Stack, bucket: s3.Bucket, app: App, configurations: int
    ) -> None:
        """
        Five for each bucket, however many configurations name it: is it encrypted with a key?
        """
        for number in range(configurations):
            ivs.RecordingConfiguration(stack, f"Recording{number}", bucket=bucket)
        assert count(app.synth) == 4 + 5

    @pytest.mark.parametrize("rooms", [1, 5])
    def test_of_rooms(self, stack: Stack, app: App, rooms: int) -> None:
        """
        One for each room: has it a tag without a value?
        """
        for number in range(rooms):
            ivs.chat.Room(stack, f"Room{number}")
        assert count(app.synth) == 4 + rooms

    def test_of_changed_resources(self, stack: Stack, app: App, channel: ivs.Channel) -> None:
        """
        Four for a channel that was changed, and none for the others.
        """
        before = count(app.synth)
        cfn_channel = channel.node.default_child
        assert isinstance(cfn_channel, l1.CfnChannel)
        cfn_channel.latency_mode = "LOW"
        assert count(lambda: app.synth(force=True)) == before + 4

    def test_stages_are_called_back_by_themselves(self, app: App) -> None:
        """
        A Stage is synthesized by itself: one callback for each that has a construct of ours.
        """
        for scope in (app, Stage(app, "First"), Stage(app, "Second"), Stage(app, "Other")):
            stack = Stack(scope, "Stack")
            if scope.node.id != "Other":
                ivs.Channel(stack, "Channel")
                ivs.chat.Room(stack, "Room")
        with sent_messages() as messages:
            app.synth()
        assert messages.count("Complete ") == 3
