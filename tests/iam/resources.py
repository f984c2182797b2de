"""Imported resources, their grants, and the statements that these are to give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from aws_cdk import App, Environment, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Grant, IGrantable, Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION, arn

ADS = arn("ad-configuration/UvWxyz5A6bcd")
CHANNEL = arn("channel/AbCdef1G2hij")
ENCODER = arn("encoder-configuration/CdEfgh7I8jkl")
SLATE = arn("failover-slate-configuration/StUvwx3Y4zab")
INGEST = arn("ingest-configuration/MnOpqr9S0tuv")
KEY_PAIR = arn("playback-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a")
LOGGING = arn("logging-configuration/WxYzab1C2def", service="ivschat")
OTHER_STAGE = arn("stage/GhIjkl3M4nop")
POLICY = arn("playback-restriction-policy/KlMnop3Q4rst")
PUBLIC_KEY = arn("public-key/QrStuv5W6xyz")
RECORDING = arn("recording-configuration/AbCdef7G8hij")
ROOM = arn("room/KlMnop9Q0rst", service="ivschat")
STAGE = arn("stage/UvWxyz1A2bcd")
STORAGE = arn("storage-configuration/EfGhij3K4lmn")
STREAM_KEY = arn("stream-key/OpQrst5U6vwx")

TAGS = {"app": "ugc"}
IN_REQUEST = {"StringEquals": {"aws:RequestTag/app": "ugc"}}
ON_RESOURCE = {"StringEquals": {"aws:ResourceTag/app": "ugc"}}
NO_OTHER = {"StringEqualsIfExists": {"aws:ResourceTag/app": "ugc"}}
TO_TAG = {**IN_REQUEST, **NO_OTHER}
TO_START = {"StringEquals": {"aws:RequestTag/app": "ugc", "aws:ResourceTag/app": "ugc"}}

Give = Callable[[Stack, IGrantable], Grant]


class Statement(NamedTuple):
    """A statement that allows something. The order of actions and of resources means nothing."""

    actions: frozenset[str]
    resources: frozenset[str]
    conditions: dict[str, dict[str, str]] | None = None


class Case(NamedTuple):
    """
    A call of a grant.

    Attributes:
        id: The class and the method, and after a blank what is special about the call.
        give: The call.
        statements: What it is to give.
    """

    id: str
    give: Give
    statements: list[Statement]

    @property
    def method(self) -> tuple[str, str]:
        """The name of the class and of the method."""
        kind, _, method = self.id.partition(" ")[0].partition(".")
        return kind, method


def on(
    *resources: str, actions: str, conditions: dict[str, dict[str, str]] | None = None
) -> Statement:
    """A statement on resources; the actions are in one text, with blanks between."""
    return Statement(frozenset(actions.split()), frozenset(resources), conditions)


def statements_of(stack: Stack) -> list[Statement]:
    """The statements of the only policy, none of which refers to anything."""
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    return [_read(statement) for statement in policy["Properties"]["PolicyDocument"]["Statement"]]


def _read(statement: dict[str, Any]) -> Statement:
    assert statement.pop("Effect") == "Allow"
    sets = [
        frozenset([values] if isinstance(values, str) else values)
        for values in (statement.pop("Action"), statement.pop("Resource"))
    ]
    conditions = statement.pop("Condition", None)
    assert statement == {}
    return Statement(*sets, conditions)


def place() -> tuple[Stack, Role]:
    """A stack in which the ARN of all resources of a type is a plain text, and a role in it."""
    app = App(analytics_reporting=False, context={"@aws-cdk/core:enablePartitionLiterals": True})
    stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
    return stack, Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def ads(stack: Stack) -> ivs.AdConfigurationGrants:
    """The permissions on an ad configuration."""
    return ivs.AdConfiguration.from_ad_configuration_arn(stack, "Ads", ADS).grants


def channel(stack: Stack) -> ivs.ChannelGrants:
    """The permissions on a channel."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL).grants


def encoder(stack: Stack) -> ivs.EncoderConfigurationGrants:
    """The permissions on an encoder configuration."""
    return ivs.EncoderConfiguration.from_encoder_configuration_arn(stack, "Encoder", ENCODER).grants


def ingest(stack: Stack) -> ivs.IngestConfigurationGrants:
    """The permissions on an ingest configuration."""
    return ivs.IngestConfiguration.from_ingest_configuration_arn(stack, "Ingest", INGEST).grants


def key_pair(stack: Stack) -> ivs.PlaybackKeyPairGrants:
    """The permissions on a playback key pair."""
    return ivs.PlaybackKeyPair.from_playback_key_pair_arn(stack, "Pair", KEY_PAIR).grants


def logging(stack: Stack) -> chat.LoggingConfigurationGrants:
    """The permissions on a logging configuration."""
    return chat.LoggingConfiguration.from_logging_configuration_arn(stack, "Logs", LOGGING).grants


def slate(stack: Stack) -> ivs.FailoverSlateConfigurationGrants:
    """The permissions on a failover slate configuration."""
    return ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
        stack, "Slate", SLATE
    ).grants


def policy(stack: Stack) -> ivs.PlaybackRestrictionPolicyGrants:
    """The permissions on a playback restriction policy."""
    return ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
        stack, "Policy", POLICY
    ).grants


def public_key(stack: Stack) -> ivs.PublicKeyGrants:
    """The permissions on a public key."""
    return ivs.PublicKey.from_public_key_arn(stack, "PublicKey", PUBLIC_KEY).grants


def recording(stack: Stack) -> ivs.RecordingConfigurationGrants:
    """The permissions on a recording configuration."""
    return ivs.RecordingConfiguration.from_recording_configuration_arn(
        stack, "Recording", RECORDING
    ).grants


def room(stack: Stack) -> chat.RoomGrants:
    """The permissions on a room."""
    return chat.Room.from_room_arn(stack, "Room", ROOM).grants


def stage(stack: Stack) -> ivs.StageGrants:
    """The permissions on a stage."""
    return ivs.Stage.from_stage_arn(stack, "Stage", STAGE).grants


def storage(stack: Stack) -> ivs.StorageConfigurationGrants:
    """The permissions on a storage configuration."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE).grants


def stream_key(stack: Stack) -> ivs.StreamKeyGrants:
    """The permissions on a stream key."""
    return ivs.StreamKey.from_stream_key_arn(stack, "Key", STREAM_KEY).grants


def replicate(stack: Stack, grantee: IGrantable) -> Grant:
    """Let somebody show participants of the stage in another one."""
    other = ivs.Stage.from_stage_arn(stack, "Other", OTHER_STAGE)
    return stage(stack).replicate_participants(grantee, destination=other)


def compose(*destinations: str) -> Give:
    """Let somebody compose the stage, with these keywords as destinations."""

    def give(stack: Stack, grantee: IGrantable) -> Grant:
        made = {
            "channel": ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL),
            "storage_configuration": ivs.StorageConfiguration.from_storage_configuration_arn(
                stack, "Storage", STORAGE
            ),
        }
        return stage(stack).start_composition(
            grantee,
            encoder_configuration=ivs.EncoderConfiguration.from_encoder_configuration_arn(
                stack, "Encoder", ENCODER
            ),
            **{keyword: made[keyword] for keyword in destinations},
        )

    return give


def tagged(stack: Stack) -> ivs.TaggedGrants:
    """The permissions for an application that makes resources."""
    return ivs.TaggedGrants(stack, tags=TAGS)


ALL_CHANNELS = arn("channel/*")
ALL_COMPOSITIONS = arn("composition/*")
ALL_ENCODERS = arn("encoder-configuration/*")
ALL_KEY_PAIRS = arn("playback-key/*")
ALL_PUBLIC_KEYS = arn("public-key/*")
ALL_STORAGES = arn("storage-configuration/*")
ALL_STREAM_KEYS = arn("stream-key/*")
ALL_STAGES = arn("stage/*")
ALL_ROOMS = arn("room/*", service="ivschat")

COMPOSITIONS = on(ALL_COMPOSITIONS, actions="ivs:GetComposition ivs:StopComposition")
TAGGING = "ivs:ListTagsForResource ivs:TagResource ivs:UntagResource"
CHAT_TAGGING = "ivschat:ListTagsForResource ivschat:TagResource ivschat:UntagResource"


def tag(*resources: str, service: str = "ivs") -> Statement:
    """A statement for tagging what is created."""
    return on(*resources, actions=f"{service}:TagResource", conditions=TO_TAG)


LISTED_KEYS = [
    on(ALL_CHANNELS, actions="ivs:ListStreamKeys", conditions=ON_RESOURCE),
    on(ALL_STREAM_KEYS, actions="ivs:ListStreamKeys"),
]
CREATED_KEYS = [
    on(ALL_STREAM_KEYS, actions="ivs:CreateStreamKey", conditions=IN_REQUEST),
    tag(ALL_STREAM_KEYS),
]
READ_KEYS = "ivs:BatchGetStreamKey ivs:GetStreamKey"
READ_STAGES = (
    "ivs:GetParticipant ivs:GetStage ivs:GetStageSession ivs:ListCompositions "
    "ivs:ListParticipantEvents ivs:ListParticipantReplicas ivs:ListParticipants "
    "ivs:ListStageSessions"
)
START = "ivs:StartComposition"
