"""How many messages to JavaScript the library takes: each costs about 0.2 ms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import jsii
import pytest
from aws_cdk import App, Duration, Environment, IPropertyInjector, Stack
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.keys import P384_PEM

CHANNEL_ARN = arn("channel/a1B2c3D4e5F6")
STREAM_KEY_ARN = arn("stream-key/a1B2c3D4e5F6")
PLAYBACK_KEY_PAIR_ARN = arn("playback-key/a1B2c3D4e5F6")
RECORDING_CONFIGURATION_ARN = arn("recording-configuration/a1B2c3D4e5F6")

LARGE_MODULES = {
    "aws_cdk.aws_cloudwatch",
    "aws_cdk.aws_events",
    "aws_cdk.aws_kms",
    "aws_cdk.aws_lambda",
    "aws_cdk.aws_s3",
    "aws_cdk.custom_resources",
}

# Older versions of aws_cdk load all their modules themselves.
IMPORT = """
import json, sys
import aws_cdk
from benchmarks.messages import sent_messages
before = set(sys.modules)
with sent_messages() as messages:
    import cdk_ivs
print(json.dumps({"messages": messages, "modules": sorted(set(sys.modules) - before)}))
"""


def count(make: Callable[[], object]) -> int:
    """The number of messages that something takes."""
    with sent_messages() as messages:
        make()
    return len(messages)


@pytest.fixture
def stack(stack: Stack) -> Stack:
    """A stack in which a construct was made before."""
    ivs.Channel(stack, "Before", channel_name="before")
    return stack


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel with a name."""
    return ivs.Channel(stack, "Channel", channel_name="channel")


@pytest.fixture
def bucket(stack: Stack) -> s3.Bucket:
    """A bucket of the stack."""
    return s3.Bucket(stack, "Bucket")


@pytest.fixture
def recording(stack: Stack, bucket: s3.Bucket) -> ivs.RecordingConfiguration:
    """A recording configuration in the bucket."""
    return ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)


@pytest.fixture(scope="module")
def imported() -> dict[str, list[str]]:
    """What the import of the library does after that of aws_cdk, in a fresh process."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    output = subprocess.check_output([sys.executable, "-c", IMPORT], env=environment, text=True)
    result: dict[str, list[str]] = json.loads(output)
    return result


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


class TestChannel:
    def test_with_a_name(self, stack: Stack) -> None:
        """
        A channel with a name takes two: itself and its L1.
        """
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 2

    def test_without_a_name(self, stack: Stack) -> None:
        """
        A channel without a name takes one more, for the name that the CDK makes.
        """
        assert count(lambda: ivs.Channel(stack, "New")) == 3

    def test_with_every_argument(self, stack: Stack) -> None:
        """
        The validation of good arguments takes none.
        """
        recording = ivs.RecordingConfiguration.from_arn(
            stack, "Reference", RECORDING_CONFIGURATION_ARN
        )
        multitrack = ivs.MultitrackInputConfiguration(
            maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
        )

        def make() -> None:
            ivs.Channel(
                stack,
                "Multitrack",
                authorized=True,
                channel_name="multitrack",
                container_format=ivs.ContainerFormat.FRAGMENTED_MP4,
                insecure_ingest=False,
                latency_mode=ivs.LatencyMode.LOW,
                multitrack_input_configuration=multitrack,
                recording_configuration=recording,
                tags={"team": "live"},
                type=ivs.ChannelType.STANDARD,
            )
            ivs.Channel(
                stack,
                "Transcoded",
                channel_name="transcoded",
                preset=ivs.Preset.HIGHER_BANDWIDTH_DELIVERY,
                type=ivs.ChannelType.ADVANCED_HD,
            )

        assert count(make) == 4

    def test_recorded_by_an_l1(self, stack: Stack) -> None:
        """
        A recording configuration made as an L1 takes two, for its reference and the ARN in it.
        """
        recording = l1.CfnRecordingConfiguration(
            stack,
            "L1",
            destination_configuration=l1.CfnRecordingConfiguration.DestinationConfigurationProperty(),
        )
        assert (
            count(
                lambda: ivs.Channel(
                    stack, "New", channel_name="new", recording_configuration=recording
                )
            )
            == 4
        )


class TestStreamKey:
    def test_of_a_channel(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A stream key takes two, and one to read the channel's ARN.
        """
        assert count(lambda: ivs.StreamKey(stack, "New", channel=channel)) == 3

    def test_of_a_channel_whose_arn_was_read(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A stream key takes two if the channel's ARN was read before.
        """
        assert channel.channel_arn
        assert count(lambda: ivs.StreamKey(stack, "New", channel=channel)) == 2

    def test_added(self, channel: ivs.Channel) -> None:
        """
        add_stream_key takes two, and one for the ARN of the channel.
        """
        assert count(lambda: channel.add_stream_key("New")) == 3


class TestPlaybackKeyPair:
    def test_with_every_argument(self, stack: Stack) -> None:
        """
        A playback key pair takes two, its key being checked in Python.
        """
        assert (
            count(
                lambda: ivs.PlaybackKeyPair(
                    stack,
                    "New",
                    playback_key_pair_name="new",
                    public_key_material=P384_PEM,
                    tags={"team": "live"},
                )
            )
            == 2
        )


class TestRecordingConfiguration:
    def test_from_a_bucket(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        It takes two, and six for the bucket: name and environment, field by field.
        """
        assert count(lambda: ivs.RecordingConfiguration(stack, "New", bucket=bucket)) == 8

    @pytest.mark.usefixtures("recording")
    def test_with_every_argument(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        Renditions and thumbnails take none, but a Duration takes one to be converted.
        """
        window = Duration.seconds(60)
        renditions = ivs.RenditionConfiguration.custom([ivs.Resolution.HD])
        thumbnails = ivs.ThumbnailConfiguration.interval(
            ivs.Resolution.HD, [ivs.Storage.LATEST], Duration.seconds(30)
        )
        assert (
            count(
                lambda: ivs.RecordingConfiguration(
                    stack,
                    "New",
                    bucket=bucket,
                    recording_configuration_name="new",
                    recording_reconnect_window=window,
                    rendition_configuration=renditions,
                    tags={"team": "live"},
                    thumbnail_configuration=thumbnails,
                )
            )
            == 9
        )


class TestReference:
    @pytest.mark.parametrize(
        ("refer", "identifier"),
        [
            (ivs.Channel.from_channel_arn, CHANNEL_ARN),
            (ivs.StreamKey.from_stream_key_arn, STREAM_KEY_ARN),
            (ivs.PlaybackKeyPair.from_playback_key_pair_arn, PLAYBACK_KEY_PAIR_ARN),
            (ivs.RecordingConfiguration.from_arn, RECORDING_CONFIGURATION_ARN),
            (
                ivs.RecordingConfiguration.from_recording_configuration_arn,
                RECORDING_CONFIGURATION_ARN,
            ),
            (ivs.RecordingConfiguration.from_recording_configuration_id, "a1B2c3D4e5F6"),
        ],
    )
    def test_takes_one(
        self, stack: Stack, refer: Callable[[Stack, str, str], object], identifier: str
    ) -> None:
        """
        A reference takes one message.
        """
        assert count(lambda: refer(stack, "Reference", identifier)) == 1

    def test_the_arn_is_known(self, stack: Stack) -> None:
        """
        The attributes of a reference made from a plain ARN take none.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Reference", CHANNEL_ARN)
        assert count(lambda: (channel.channel_arn, channel.channel_id)) == 0


class TestAttributes:
    @pytest.mark.parametrize(
        "name", ["channel_arn", "channel_ingest_endpoint", "channel_playback_url"]
    )
    def test_of_a_channel(self, channel: ivs.Channel, name: str) -> None:
        """
        An attribute of a channel takes one message on the first read and none after.
        """
        assert [count(lambda: getattr(channel, name)) for _ in range(2)] == [1, 0]

    def test_made_from_another(self, channel: ivs.Channel) -> None:
        """
        The ingest URL is made in Python from the endpoint, which is read once.
        """
        assert channel.channel_ingest_endpoint
        assert count(lambda: channel.rtmps_ingest_url) == 0

    def test_the_id_of_a_channel(self, channel: ivs.Channel) -> None:
        """
        The id takes two functions of CloudFormation, once, beside the ARN.
        """
        assert channel.channel_arn
        assert [count(lambda: channel.channel_id) for _ in range(2)] == [2, 0]

    @pytest.mark.parametrize("name", ["stream_key_arn", "stream_key_value"])
    def test_of_a_stream_key(self, channel: ivs.Channel, name: str) -> None:
        """
        An attribute of a stream key takes one message on the first read and none after.
        """
        key = channel.add_stream_key("Key")
        assert [count(lambda: getattr(key, name)) for _ in range(2)] == [1, 0]

    @pytest.mark.parametrize("name", ["playback_key_pair_arn", "playback_key_pair_fingerprint"])
    def test_of_a_playback_key_pair(self, stack: Stack, name: str) -> None:
        """
        An attribute of a playback key pair takes one message on the first read and none after.
        """
        pair = ivs.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM)
        assert [count(lambda: getattr(pair, name)) for _ in range(2)] == [1, 0]

    @pytest.mark.parametrize(
        "name", ["recording_configuration_arn", "recording_configuration_state"]
    )
    def test_of_a_recording_configuration(
        self, recording: ivs.RecordingConfiguration, name: str
    ) -> None:
        """
        An attribute of a recording takes one message on the first read and none after.
        """
        assert [count(lambda: getattr(recording, name)) for _ in range(2)] == [1, 0]


class TestScopes:
    def test_the_first_in_an_app(self, app: App) -> None:
        """
        The first construct of an app takes three more for each of the two scopes around it, and
        two for the account and the Region of the stack.
        """
        stack = Stack(app, "New")
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 10

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
    def test_takes_no_callback(self, app: App) -> None:
        """
        Nothing of this library is asked at synthesis: one message goes, and none comes back.
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
        with sent_messages() as messages:
            app.synth()
        assert messages == ["Invoke synth"]


class TestImport:
    def test_sends_nothing(self, imported: dict[str, list[str]]) -> None:
        """
        The import takes no message.
        """
        assert imported["messages"] == []

    def test_loads_no_large_module(self, imported: dict[str, list[str]]) -> None:
        """
        The import loads none of the CDK's large modules.
        """
        assert "cdk_ivs" in imported["modules"]
        assert LARGE_MODULES.isdisjoint(imported["modules"])
