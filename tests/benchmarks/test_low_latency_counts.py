"""How many messages to JavaScript the low-latency resources take: each costs about 0.2 ms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import Duration, Stack
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs
from tests.support.arns import arn
from tests.support.messages import count

CHANNEL_ARN = arn("channel/a1B2c3D4e5F6")
RECORDING_CONFIGURATION_ARN = arn("recording-configuration/a1B2c3D4e5F6")
FAILOVER_SLATE_CONFIGURATION_ARN = arn("failover-slate-configuration/a1B2c3D4e5F6")


class TestChannel:
    def test_with_a_name(self, stack: Stack) -> None:
        """
        A channel with a name takes two: itself and its L1.
        """
        assert count(lambda: ivs.Channel(stack, "New", channel_name="new")) == 2

    def test_without_a_name(self, stack: Stack) -> None:
        """
        A channel without a name takes two as well, its name being made in Python. The first of
        a stack takes one more, for the name of the stack.
        """
        assert count(lambda: ivs.Channel(stack, "New")) == 3
        assert count(lambda: ivs.Channel(stack, "Another")) == 2

    def test_without_a_name_in_another_construct(self, stack: Stack) -> None:
        """
        Any other scope takes one more than with a name, once: for its path.
        """
        ivs.Channel(stack, "First")
        groups = [Construct(stack, id) for id in ("Named", "Unnamed")]
        named = count(lambda: ivs.Channel(groups[0], "New", channel_name="new"))
        assert count(lambda: ivs.Channel(groups[1], "New")) == named + 1
        assert count(lambda: ivs.Channel(groups[1], "Another")) == 2

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


class TestRecordingConfiguration:
    def test_from_a_bucket(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        It takes two, and three for the bucket: its name, and the stack that it is in, once.
        """
        assert count(lambda: ivs.RecordingConfiguration(stack, "New", bucket=bucket)) == 5
        assert count(lambda: ivs.RecordingConfiguration(stack, "Another", bucket=bucket)) == 3

    def test_from_a_bucket_of_elsewhere(self, stack: Stack) -> None:
        """
        The environment of such a bucket is read field by field.
        """
        bucket = s3.Bucket.from_bucket_name(stack, "Existing", "recordings")
        assert count(lambda: ivs.RecordingConfiguration(stack, "New", bucket=bucket)) == 6

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
            == 4
        )


class TestFailoverSlateConfiguration:
    @pytest.fixture
    def stack(self, stack: Stack) -> Stack:
        """A stack in which a slate was made before."""
        ivs.FailoverSlateConfiguration(stack, "Earlier")
        return stack

    def test_with_every_argument(self, stack: Stack) -> None:
        """
        Arguments take none, but one for each Duration, to be converted once.
        """
        duration, longer = Duration.seconds(4), Duration.seconds(90)
        assert (
            count(
                lambda: ivs.FailoverSlateConfiguration(
                    stack,
                    "New",
                    activation_threshold=duration,
                    failover_slate_configuration_name="new",
                    max_slate_display=longer,
                    min_slate_display=duration,
                    tags={"team": "live"},
                )
            )
            == 7
        )

    def test_attached(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        Attaching a slate takes as many as attaching a policy: 27, for the channel's ARN, the custom
        resource with what it has of the channel, and its permission.
        """
        slate = ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
            stack, "Reference", FAILOVER_SLATE_CONFIGURATION_ARN
        )
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            stack, "Policy", arn("playback-restriction-policy/a1B2c3D4e5F6")
        )
        other = ivs.Channel(stack, "Other", channel_name="other")
        counts = [
            count(lambda: channel.attach_failover_slate_configuration(slate)),
            count(lambda: other.attach_playback_restriction_policy(policy)),
        ]
        assert counts == [27, 27]


class TestReference:
    @pytest.mark.parametrize(
        ("refer", "identifier"),
        [
            (ivs.RecordingConfiguration.from_arn, RECORDING_CONFIGURATION_ARN),
            (ivs.RecordingConfiguration.from_recording_configuration_id, "a1B2c3D4e5F6"),
        ],
    )
    def test_takes_one(
        self, stack: Stack, refer: Callable[[Stack, str, str], object], identifier: str
    ) -> None:
        """
        A reference by an id, or under alpha's name, takes one message as well.
        """
        assert count(lambda: refer(stack, "Reference", identifier)) == 1

    def test_the_id_is_known(self, stack: Stack) -> None:
        """
        The id in a plain ARN takes none.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Reference", CHANNEL_ARN)
        assert count(lambda: channel.channel_id) == 0


class TestAttributes:
    def test_made_from_another(self, channel: ivs.Channel) -> None:
        """
        The ingest URL is made in Python from the endpoint, which is read once.
        """
        assert channel.channel_ingest_endpoint
        assert count(lambda: channel.rtmps_ingest_url) == 0

    def test_the_id_of_a_channel(self, channel: ivs.Channel) -> None:
        """
        The id takes one, once, beside the ARN.
        """
        assert channel.channel_arn
        assert [count(lambda: channel.channel_id) for _ in range(2)] == [1, 0]
