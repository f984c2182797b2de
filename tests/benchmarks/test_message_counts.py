"""How many messages to JavaScript the library takes: each costs about 0.2 ms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import aws_cdk
import jsii
import pytest
from aws_cdk import App, Duration, Environment, IPropertyInjector, Stack, Stage
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import IGrantable, Role, ServicePrincipal, User
from aws_cdk.aws_lambda import Code, Function, Runtime
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.keys import P384_PEM

CHANNEL_ARN = arn("channel/a1B2c3D4e5F6")
STREAM_KEY_ARN = arn("stream-key/a1B2c3D4e5F6")
PLAYBACK_KEY_PAIR_ARN = arn("playback-key/a1B2c3D4e5F6")
RECORDING_CONFIGURATION_ARN = arn("recording-configuration/a1B2c3D4e5F6")
FAILOVER_SLATE_CONFIGURATION_ARN = arn("failover-slate-configuration/a1B2c3D4e5F6")
STAGE_ARN = arn("stage/a1B2c3D4e5F6")
STORAGE_CONFIGURATION_ARN = arn("storage-configuration/a1B2c3D4e5F6")
ENCODER_CONFIGURATION_ARN = arn("encoder-configuration/a1B2c3D4e5F6")
INGEST_CONFIGURATION_ARN = arn("ingest-configuration/a1B2c3D4e5F6")
PUBLIC_KEY_ARN = arn("public-key/a1B2c3D4e5F6")

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
modules = sorted(set(sys.modules) - before)
cdk_ivs.PublicKey
used = sorted(set(sys.modules) - before - set(modules))
print(json.dumps({"messages": messages, "modules": modules, "used": used}))
"""


def resources_in(module: str) -> bool:
    """Whether a module is one of the library's that define resources, or has such in it."""
    return module.startswith(("cdk_ivs._low_latency", "cdk_ivs._real_time"))


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


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """A storage configuration of elsewhere."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(
        stack, "Storage", STORAGE_CONFIGURATION_ARN
    )


@pytest.fixture
def stage(stack: Stack) -> ivs.Stage:
    """A stage."""
    return ivs.Stage(stack, "Stage")


@pytest.fixture
def topic(stack: Stack) -> sns.Topic:
    """A topic of the stack."""
    return sns.Topic(stack, "Topic")


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

    def test_without_arguments(self, stack: Stack) -> None:
        """
        A failover slate takes five: itself, its L1, its tags, and two for the permission of the
        function.
        """
        assert count(lambda: ivs.FailoverSlateConfiguration(stack, "New")) == 5

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


class TestStage:
    def test_without_arguments(self, stack: Stack) -> None:
        """
        A stage takes two: itself and its L1. The CDK makes no name for it.
        """
        assert count(lambda: ivs.Stage(stack, "New")) == 2

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


class TestEncoderConfiguration:
    def test_without_arguments(self, stack: Stack) -> None:
        """
        An encoder configuration takes two: itself and its L1.
        """
        assert count(lambda: ivs.EncoderConfiguration(stack, "New")) == 2

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


class TestPublicKey:
    def test_with_every_argument(self, stack: Stack) -> None:
        """
        A public key takes two, its key being checked in Python.
        """
        assert (
            count(
                lambda: ivs.PublicKey(
                    stack,
                    "New",
                    public_key_material=P384_PEM,
                    public_key_name="new",
                    tags={"team": "live"},
                )
            )
            == 2
        )


class TestSigningKey:
    def test_without_arguments(self, stack: Stack) -> None:
        """
        A signing key takes one, the CDK's key another, and its L1 as the default child four.
        """
        assert count(lambda: ivs.SigningKey(stack, "New")) == 6

    def test_with_every_argument(self, stack: Stack) -> None:
        """
        A pending window is read once and set once, and tags are set one by one.
        """
        assert (
            count(
                lambda: ivs.SigningKey(
                    stack,
                    "New",
                    alias="tokens",
                    description="tokens",
                    pending_window=Duration.days(7),
                    tags={"team": "live"},
                )
            )
            == 11
        )

    def test_imported(self, stack: Stack) -> None:
        """
        The first import of a key creates what reads it, and the first of a stack the function
        too; any other import takes what it takes with the material, and two to look for what
        reads the key.
        """
        keys = [ivs.SigningKey(stack, id) for id in ("One", "Two")]
        counts = [
            count(lambda key=key, id=id: ivs.PublicKey(stack, id, signing_key=key))
            for id, key in (("New", keys[0]), ("Another", keys[0]), ("Third", keys[1]))
        ]
        assert counts == [23, 4, 14]

    def test_granted(self, stack: Stack) -> None:
        """
        A permission takes one, the ARN another, and the account of the role two.
        """
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        key = ivs.SigningKey(stack, "New")
        assert count(lambda: key.grants.sign(role)) == 4


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


# The statements that each method adds, by the keywords that it is given.
TAGGED_STATEMENTS = {
    "actions": 1,
    "create_channel": 2,
    "create_chat_token": 1,
    "create_participant_token": 1,
    "create_room": 2,
    "create_stage": 2,
    "create_stream_key": 2,
    "delete_channel": 2,
    "delete_playback_key_pair": 1,
    "delete_public_key": 1,
    "delete_room": 1,
    "delete_stage": 1,
    "delete_stream_key": 1,
    "disconnect_participant": 1,
    "import_playback_key_pair": 2,
    "import_public_key": 2,
    "insert_ad_break": 1,
    "manage_channels": 4,
    "manage_compositions": 3,
    "manage_playback_key_pairs": 3,
    "manage_public_keys": 3,
    "manage_rooms": 3,
    "manage_stages": 3,
    "manage_stream_keys": 6,
    "moderate": 1,
    "put_metadata": 1,
    "read_channel": 1,
    "read_composition": 1,
    "read_playback_key_pair": 1,
    "read_public_key": 1,
    "read_room": 1,
    "read_stage": 1,
    "read_stream_key": 1,
    "replicate_participants": 1,
    "reset_stream_key": 5,
    "revoke_viewer_sessions": 1,
    "send_event": 1,
    "start_composition": 2,
    "stop_composition": 1,
    "stop_stream": 1,
    "update_channel": 1,
    "update_room": 1,
    "update_stage": 1,
}


class TestTaggedGrants:
    def test_are_made_with_one(self, stack: Stack) -> None:
        """
        The first in a stack asks for the form of its ARNs, and others for nothing.
        """
        tags = {"app": "ugc", "team": "live"}
        assert [count(lambda: ivs.TaggedGrants(stack, tags=tags)) for _ in range(2)] == [1, 0]

    def test_have_all_methods(self) -> None:
        """
        Each method is counted.
        """
        names = {name for name in dir(ivs.TaggedGrants) if not name.startswith("_")}
        assert names == set(TAGGED_STATEMENTS)

    @pytest.mark.parametrize(
        ("grantee", "more"),
        [
            (
                lambda stack: Role(
                    stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com")
                ),
                0,
            ),
            (lambda stack: User(stack, "User"), 0),
            (
                lambda stack: Function(
                    stack,
                    "Function",
                    code=Code.from_inline("handle = None"),
                    handler="index.handle",
                    runtime=Runtime.PYTHON_3_13,
                ),
                1,
            ),
            (lambda stack: Role.from_role_name(stack, "Role", "backend"), 5),
        ],
        ids=["role", "user", "function", "imported role"],
    )
    def test_take_one_for_each_statement(
        self, stack: Stack, grantee: Callable[[Stack], IGrantable], more: int
    ) -> None:
        """
        One for each statement, and one for the role of a function.

        An imported role takes five: whether it got the policy is looked at, and warned about.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        given = grantee(stack)
        arguments = {"actions": ["GetStage"]}
        counts = {
            name: count(lambda name=name: getattr(grants, name)(given, *arguments.get(name, [])))
            for name in TAGGED_STATEMENTS
        }
        assert counts == {name: number + more for name, number in TAGGED_STATEMENTS.items()}

    def test_with_the_arn_of_a_resource(self, stack: Stack) -> None:
        """
        The ARN of an encoder configuration takes one, once.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        encoder = ivs.EncoderConfiguration(stack, "Encoder")
        counts = [
            count(lambda: grants.start_composition(role, encoder_configuration=encoder))
            for _ in range(2)
        ]
        assert counts == [3 + 1, 3]


class TestLoggingConfiguration:
    @staticmethod
    def make(stack: Stack, id: str, bucket: s3.Bucket) -> None:
        """A logging configuration to a bucket."""
        destination = ivs.chat.LoggingDestination.s3(bucket)
        ivs.chat.LoggingConfiguration(stack, id, destination=destination)

    def test_to_a_bucket(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        It takes two, one for the partition of the stack, and the rest for the bucket, to the
        policy of which two statements are added, once.
        """
        assert count(lambda: self.make(stack, "New", bucket)) == 23
        assert count(lambda: self.make(stack, "Another", bucket)) == 7

    def test_to_a_bucket_where_others_have_policies(self, stack: Stack) -> None:
        """
        Three more to tell whether a policy is that of the bucket, and three for each policy.
        """
        others = [s3.Bucket(stack, f"Other{number}", enforce_ssl=True) for number in range(2)]
        assert [other.policy is not None for other in others] == [True, True]
        bucket = s3.Bucket(stack, "Bucket")
        assert count(lambda: self.make(stack, "New", bucket)) == 23 + 3 + 3 * 2


class TestAlarms:
    """
    Each alarm takes three: its metric, itself as the CDK's Alarm, and its action. A rule takes
    two: itself, and its name for the metric.
    """

    def test_of_a_channel(self, stack: Stack, channel: ivs.Channel, topic: sns.Topic) -> None:
        """
        22 for four alarms on metrics and two on events, three for the channel, and one for the
        construct around them. The rest is for the topic, its policy and a minute, once.
        """
        assert channel.channel_arn
        assert count(lambda: ivs.ChannelAlarms(stack, "New", channel=channel, topic=topic)) == 33
        another = ivs.Channel(stack, "Another")
        assert another.channel_arn
        assert (
            count(lambda: ivs.ChannelAlarms(stack, "AnotherNew", channel=another, topic=topic))
            == 25
        )

    def test_of_a_stage(self, stack: Stack, stage: ivs.Stage, topic: sns.Topic) -> None:
        """
        27 for four alarms on metrics and three on events, one for the id of the stage, one for
        the construct around them, and three for the log group that one rule calls. The rest is for
        the topic, the log group and a minute, once.
        """
        assert stage.stage_arn
        assert count(lambda: ivs.StageAlarms(stack, "New", stage=stage, topic=topic)) == 45
        another = ivs.Stage(stack, "Another")
        assert another.stage_arn
        assert count(lambda: ivs.StageAlarms(stack, "AnotherNew", stage=another, topic=topic)) == 32

    def test_of_quotas(self, stack: Stack, topic: sns.Topic) -> None:
        """
        Each alarm takes a fourth for the expression.
        """
        ivs.QuotaAlarms(stack, "First", topic=topic)
        assert count(lambda: ivs.QuotaAlarms(stack, "New", topic=topic)) == 1 + 3 * 4

    def test_with_an_action(self, stack: Stack, channel: ivs.Channel, topic: sns.Topic) -> None:
        """
        An action may fail, so that rules are given their targets after all, one by one.
        """
        assert channel.channel_arn
        actions = [SnsAction(topic)]
        assert (
            count(
                lambda: ivs.ChannelAlarms(
                    stack, "New", channel=channel, topic=topic, actions=actions
                )
            )
            == 33 + 2
        )


class TestDashboard:
    def test_of_a_channel_and_a_stage(
        self, stack: Stack, channel: ivs.Channel, stage: ivs.Stage
    ) -> None:
        """
        Four for the construct, the dashboard, what it shows and the name of the Region, and two
        for each channel or stage: its ARN and its id.
        """
        assert (
            count(lambda: ivs.IvsDashboard(stack, "New", channels=[channel], stages=[stage]))
            == 4 + 2 * 2
        )
        assert (
            count(lambda: ivs.IvsDashboard(stack, "Another", channels=[channel], stages=[stage]))
            == 4
        )

    def test_of_rooms(self, stack: Stack) -> None:
        """
        Chat takes two for each room that is named, and none for its graphs.
        """
        rooms = [ivs.chat.Room(stack, f"Room{number}") for number in range(2)]
        assert count(lambda: ivs.IvsDashboard(stack, "New", rooms=rooms)) == 4 + 2 * 2

    @pytest.mark.parametrize("channels", [1, 20])
    def test_at_synthesis(self, app: App, channels: int) -> None:
        """
        JavaScript calls back for what a dashboard shows three times at most, and an older
        aws-cdk-lib once, however much that is.
        """
        stack = Stack(app, "Stack")
        shown = [ivs.Channel(stack, f"Channel{number}") for number in range(channels)]
        ivs.IvsDashboard(stack, "Dashboard", channels=shown)
        assert 1 <= count(app.synth) - 4 <= 3


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
            (
                ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn,
                FAILOVER_SLATE_CONFIGURATION_ARN,
            ),
            (ivs.Stage.from_stage_arn, STAGE_ARN),
            (
                ivs.StorageConfiguration.from_storage_configuration_arn,
                STORAGE_CONFIGURATION_ARN,
            ),
            (
                ivs.EncoderConfiguration.from_encoder_configuration_arn,
                ENCODER_CONFIGURATION_ARN,
            ),
            (ivs.IngestConfiguration.from_ingest_configuration_arn, INGEST_CONFIGURATION_ARN),
            (ivs.PublicKey.from_public_key_arn, PUBLIC_KEY_ARN),
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
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN)
        assert count(lambda: (stage.stage_arn, stage.stage_id, stage.grants)) == 0


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
        The id takes one, once, beside the ARN.
        """
        assert channel.channel_arn
        assert [count(lambda: channel.channel_id) for _ in range(2)] == [1, 0]

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

    @pytest.mark.parametrize(
        ("make", "name"),
        [
            (lambda stack, _: ivs.Stage(stack, "New"), "stage_arn"),
            (lambda stack, _: ivs.Stage(stack, "New"), "stage_active_session_id"),
            (
                lambda stack, bucket: ivs.StorageConfiguration(stack, "New", bucket=bucket),
                "storage_configuration_arn",
            ),
            (lambda stack, _: ivs.EncoderConfiguration(stack, "New"), "encoder_configuration_arn"),
            (lambda stack, _: ivs.IngestConfiguration(stack, "New"), "ingest_configuration_arn"),
            (lambda stack, _: ivs.IngestConfiguration(stack, "New"), "participant_id"),
            (lambda stack, _: ivs.IngestConfiguration(stack, "New"), "state"),
            (lambda stack, _: ivs.IngestConfiguration(stack, "New"), "stream_key"),
            (
                lambda stack, _: ivs.PublicKey(stack, "New", public_key_material=P384_PEM),
                "public_key_arn",
            ),
            (
                lambda stack, _: ivs.PublicKey(stack, "New", public_key_material=P384_PEM),
                "public_key_fingerprint",
            ),
        ],
    )
    def test_of_real_time(
        self,
        stack: Stack,
        bucket: s3.Bucket,
        make: Callable[[Stack, s3.Bucket], object],
        name: str,
    ) -> None:
        """
        An attribute takes one message on the first read and none after.
        """
        construct = make(stack, bucket)
        assert [count(lambda: getattr(construct, name)) for _ in range(2)] == [1, 0]


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

    def test_loads_no_resource(self, imported: dict[str, list[str]]) -> None:
        """
        The import loads none of the library's own modules of resources.
        """
        assert [name for name in imported["modules"] if resources_in(name)] == []

    def test_a_use_loads_one_resource(self, imported: dict[str, list[str]]) -> None:
        """
        The first use of a name loads the module that defines it, and no other resource.
        """
        assert [name for name in imported["used"] if resources_in(name)] == [
            "cdk_ivs._real_time",
            "cdk_ivs._real_time.public_key",
        ]
