"""How many messages to JavaScript the real-time resources take: each costs about 0.2 ms."""

from __future__ import annotations

from aws_cdk import Duration, Stack, Token
from aws_cdk import aws_s3 as s3

import cdk_ivs as ivs
from tests.support.arns import arn
from tests.support.messages import count

STAGE_ARN = arn("stage/a1B2c3D4e5F6")


class TestStage:
    def test_with_every_argument(self, stack: Stack, storage: ivs.IStorageConfiguration) -> None:
        """
        The recording takes none, its storage configuration being known by its ARN.
        """
        recording = ivs.ParticipantRecording(
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(6),
            media_types=[ivs.ParticipantRecordingMediaType.AUDIO_VIDEO],
            reconnect_window=Duration.seconds(60),
            thumbnails=ivs.ParticipantThumbnailConfiguration.interval(
                [ivs.Storage.LATEST], Duration.seconds(60)
            ),
        )
        assert (
            count(
                lambda: ivs.Stage(
                    stack,
                    "New",
                    participant_recording=recording,
                    stage_name="new",
                    tags={"team": "live"},
                )
            )
            == 2
        )

    def test_durations_that_are_known_at_deployment(
        self, stack: Stack, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        A duration with a token is read once, when it is checked, and rendering it takes none.
        """
        recording = ivs.ParticipantRecording(
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(Token.as_number({"Ref": "Segment"})),
            reconnect_window=Duration.seconds(Token.as_number({"Ref": "Window"})),
        )
        assert count(lambda: ivs.Stage(stack, "New", participant_recording=recording)) == 2

    def test_recording_off(self, stack: Stack) -> None:
        """
        An explicit off takes none, neither for a stage nor for a channel.
        """
        off = ivs.ParticipantRecording.disable()
        assert count(lambda: ivs.Stage(stack, "New", participant_recording=off)) == 2
        assert (
            count(
                lambda: ivs.Channel(
                    stack,
                    "Off",
                    channel_name="off",
                    recording_configuration=ivs.RecordingConfiguration.disable(),
                )
            )
            == 2
        )

    def test_recording_by_the_api(
        self, stack: Stack, stage: ivs.Stage, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        What CloudFormation cannot set takes a custom resource and its permission: 27 for the first
        field beside the stage, and 26 for another, which waits for the first.
        """
        assert stage.endpoints.whip
        thumbnails = ivs.ParticipantThumbnailConfiguration.interval()
        one = ivs.ParticipantRecording(
            storage_configuration=storage, record_participant_replicas=False
        )
        both = ivs.ParticipantRecording(
            storage_configuration=storage,
            media_types=[ivs.ParticipantRecordingMediaType.NONE],
            record_participant_replicas=False,
            thumbnails=thumbnails,
        )
        assert count(lambda: ivs.Stage(stack, "One", participant_recording=one)) == 29
        assert count(lambda: ivs.Stage(stack, "Both", participant_recording=both)) == 55

    def test_recording(self, storage: ivs.IStorageConfiguration) -> None:
        """
        A recording takes none, but one for each Duration, to be converted.
        """
        window = Duration.seconds(60)
        assert count(lambda: ivs.ParticipantRecording(storage_configuration=storage)) == 0
        assert (
            count(
                lambda: ivs.ParticipantRecording(
                    storage_configuration=storage, reconnect_window=window
                )
            )
            == 1
        )

    def test_endpoints(self, stage: ivs.Stage) -> None:
        """
        The facade takes none beside the stage's ARN; the first endpoint 20, for the custom
        resource, its permission and its attribute. Any later read takes 2 to see whether the
        custom resource is still there, and the first of another endpoint one more.
        """
        assert stage.stage_arn
        assert count(lambda: stage.endpoints) == 0
        assert [count(lambda: stage.endpoints.whip) for _ in range(2)] == [20, 2]
        assert [count(lambda: stage.endpoints.rtmps) for _ in range(2)] == [3, 2]

    def test_the_id_of_a_reference(self, stack: Stack) -> None:
        """
        The id in a plain ARN takes none.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Reference", STAGE_ARN)
        assert count(lambda: stage.stage_id) == 0


class TestEncoderConfiguration:
    def test_with_every_argument(self, stack: Stack) -> None:
        """
        The validation of good numbers takes none.
        """
        assert (
            count(
                lambda: ivs.EncoderConfiguration(
                    stack,
                    "New",
                    bitrate=8_500_000,
                    encoder_configuration_name="new",
                    framerate=29.97,
                    height=1080,
                    tags={"team": "live"},
                    width=1920,
                )
            )
            == 2
        )


class TestIngestConfiguration:
    def test_with_every_argument(self, stack: Stack, stage: ivs.Stage) -> None:
        """
        An ingest configuration takes two, the ARN of the stage having been read before.
        """
        assert stage.stage_arn
        assert (
            count(
                lambda: ivs.IngestConfiguration(
                    stack,
                    "New",
                    ingest_configuration_name="new",
                    ingest_protocol=ivs.IngestProtocol.RTMPS,
                    insecure_ingest=False,
                    stage=stage,
                    tags={"team": "live"},
                    user_id="studio",
                )
            )
            == 2
        )

    def test_added(self, stage: ivs.Stage) -> None:
        """
        add_ingest_configuration takes two, and one for the ARN of the stage.
        """
        assert count(lambda: stage.add_ingest_configuration("New")) == 3

    def test_that_is_insecure(self, stack: Stack) -> None:
        """
        The warning takes two more.
        """
        assert count(lambda: ivs.IngestConfiguration(stack, "New", insecure_ingest=True)) == 4


class TestStorageConfiguration:
    def test_in_a_bucket(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        It takes two, and the rest for the bucket: what is known of it, its name, and its policy,
        which is found, and added to, once.
        """
        assert count(lambda: ivs.StorageConfiguration(stack, "New", bucket=bucket)) == 18
        assert count(lambda: ivs.StorageConfiguration(stack, "Another", bucket=bucket)) == 7

    def test_in_an_l1(self, stack: Stack) -> None:
        """
        What an L1 has can be read, but it takes a construct of the CDK to create its policy,
        and four to find out where that stands.
        """
        bucket = s3.CfnBucket(stack, "L1")
        assert count(lambda: ivs.StorageConfiguration(stack, "New", bucket=bucket)) == 19
        assert count(lambda: ivs.StorageConfiguration(stack, "Another", bucket=bucket)) == 10

    def test_in_a_bucket_of_elsewhere(self, stack: Stack) -> None:
        """
        Less is known of the bucket, and a warning says what its policy needs.
        """
        bucket = s3.Bucket.from_bucket_name(stack, "Existing", "recordings")
        assert count(lambda: ivs.StorageConfiguration(stack, "New", bucket=bucket)) == 26
        assert count(lambda: ivs.StorageConfiguration(stack, "Another", bucket=bucket)) == 17
