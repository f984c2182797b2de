"""Every grant, on resources of elsewhere, and the statements that it is to give."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Grant, IGrantable, Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.attachments import with_ads

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


class Given(NamedTuple):
    """What a call gave."""

    grant: Grant
    statements: list[Statement]


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


@functools.cache
def given(id: str) -> Given:
    """What the call of a case gives to a role."""
    stack, role = place()
    grant = BY_ID[id].give(stack, role)
    return Given(grant, statements_of(stack))


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


def compose_tagged(method: str, *destinations: str) -> Give:
    """Let somebody compose the stages with the tags, with these keywords as resources."""

    def give(stack: Stack, grantee: IGrantable) -> Grant:
        made = {
            "channel": ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL),
            "encoder_configuration": ivs.EncoderConfiguration.from_encoder_configuration_arn(
                stack, "Encoder", ENCODER
            ),
            "storage_configuration": ivs.StorageConfiguration.from_storage_configuration_arn(
                stack, "Storage", STORAGE
            ),
        }
        chosen = {keyword: made[keyword] for keyword in destinations}
        grant: Grant = getattr(tagged(stack), method)(grantee, **chosen)
        return grant

    return give


def by_tag(method: str, *statements: Statement, about: str = "", **arguments: object) -> Case:
    """A case of TaggedGrants."""

    def give(stack: Stack, grantee: IGrantable) -> Grant:
        grant: Grant = getattr(tagged(stack), method)(grantee, **arguments)
        return grant

    return Case(f"TaggedGrants.{method}{about and f' {about}'}", give, [*statements])


CASES = [
    Case(
        "AdConfigurationGrants.read",
        lambda stack, role: ads(stack).read(role),
        [on(ADS, actions="ivs:GetAdConfiguration")],
    ),
    Case(
        "AdConfigurationGrants.actions",
        lambda stack, role: ads(stack).actions(role, *TAGGING.split()),
        [on(ADS, actions=TAGGING)],
    ),
    Case(
        "AdConfigurationGrants.list_all",
        ivs.AdConfigurationGrants.list_all,
        [on("*", actions="ivs:ListAdConfigurations")],
    ),
    Case(
        "ChannelGrants.read",
        lambda stack, role: channel(stack).read(role),
        [
            on(
                CHANNEL,
                actions="ivs:GetChannel ivs:GetStream ivs:GetStreamSession ivs:ListStreamSessions",
            )
        ],
    ),
    Case(
        "ChannelGrants.update",
        lambda stack, role: channel(stack).update(role),
        [on(CHANNEL, actions="ivs:UpdateChannel")],
    ),
    Case(
        "ChannelGrants.put_metadata",
        lambda stack, role: channel(stack).put_metadata(role),
        [on(CHANNEL, actions="ivs:PutMetadata")],
    ),
    Case(
        "ChannelGrants.stop_stream",
        lambda stack, role: channel(stack).stop_stream(role),
        [on(CHANNEL, actions="ivs:StopStream")],
    ),
    Case(
        "ChannelGrants.insert_ad_break",
        lambda stack, role: channel(stack).insert_ad_break(role),
        [on(CHANNEL, actions="ivs:InsertAdBreak")],
    ),
    Case(
        "ChannelGrants.revoke_viewer_sessions",
        lambda stack, role: channel(stack).revoke_viewer_sessions(role),
        [
            on(
                CHANNEL,
                actions="ivs:BatchStartViewerSessionRevocation ivs:StartViewerSessionRevocation",
            )
        ],
    ),
    Case(
        "ChannelGrants.manage_stream_keys",
        lambda stack, role: channel(stack).manage_stream_keys(role),
        [
            on(
                ALL_STREAM_KEYS,
                actions="ivs:BatchGetStreamKey ivs:CreateStreamKey ivs:DeleteStreamKey "
                "ivs:GetStreamKey ivs:ListStreamKeys",
            ),
            on(CHANNEL, actions="ivs:ListStreamKeys"),
        ],
    ),
    Case(
        "ChannelGrants.actions",
        lambda stack, role: channel(stack).actions(role, *TAGGING.split()),
        [on(CHANNEL, actions=TAGGING)],
    ),
    Case(
        "ChannelGrants.list_all",
        ivs.ChannelGrants.list_all,
        [on(ALL_CHANNELS, actions="ivs:ListChannels ivs:ListStreams")],
    ),
    Case(
        "EncoderConfigurationGrants.read",
        lambda stack, role: encoder(stack).read(role),
        [on(ENCODER, actions="ivs:GetEncoderConfiguration")],
    ),
    Case(
        "EncoderConfigurationGrants.actions",
        lambda stack, role: encoder(stack).actions(role, *TAGGING.split()),
        [on(ENCODER, actions=TAGGING)],
    ),
    Case(
        "EncoderConfigurationGrants.list_all",
        ivs.EncoderConfigurationGrants.list_all,
        [on("*", actions="ivs:ListEncoderConfigurations")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.read",
        lambda stack, role: slate(stack).read(role),
        [on(SLATE, actions="ivs:GetFailoverSlateConfiguration")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.update",
        lambda stack, role: slate(stack).update(role),
        [on(SLATE, actions="ivs:UpdateFailoverSlateConfiguration")],
    ),
    Case(
        "FailoverSlateConfigurationGrants.actions",
        lambda stack, role: slate(stack).actions(role, *TAGGING.split()),
        [on(SLATE, actions=TAGGING)],
    ),
    Case(
        "FailoverSlateConfigurationGrants.list_all",
        ivs.FailoverSlateConfigurationGrants.list_all,
        [
            on(
                arn("failover-slate-configuration/*"),
                actions="ivs:ListFailoverSlateConfigurations",
            )
        ],
    ),
    Case(
        "IngestConfigurationGrants.read",
        lambda stack, role: ingest(stack).read(role),
        [on(INGEST, actions="ivs:GetIngestConfiguration")],
    ),
    Case(
        "IngestConfigurationGrants.update",
        lambda stack, role: ingest(stack).update(role),
        [on(INGEST, actions="ivs:UpdateIngestConfiguration")],
    ),
    Case(
        "IngestConfigurationGrants.actions",
        lambda stack, role: ingest(stack).actions(role, *TAGGING.split()),
        [on(INGEST, actions=TAGGING)],
    ),
    Case(
        "IngestConfigurationGrants.list_all",
        ivs.IngestConfigurationGrants.list_all,
        [on("*", actions="ivs:ListIngestConfigurations")],
    ),
    Case(
        "LoggingConfigurationGrants.read",
        lambda stack, role: logging(stack).read(role),
        [on(LOGGING, actions="ivschat:GetLoggingConfiguration")],
    ),
    Case(
        "LoggingConfigurationGrants.update",
        lambda stack, role: logging(stack).update(role),
        [on(LOGGING, actions="ivschat:UpdateLoggingConfiguration")],
    ),
    Case(
        "LoggingConfigurationGrants.actions",
        lambda stack, role: logging(stack).actions(role, "TagResource", "UntagResource"),
        [on(LOGGING, actions="ivschat:TagResource ivschat:UntagResource")],
    ),
    Case(
        "LoggingConfigurationGrants.list_all",
        chat.LoggingConfigurationGrants.list_all,
        [
            on(
                arn("logging-configuration/*", service="ivschat"),
                actions="ivschat:ListLoggingConfigurations",
            )
        ],
    ),
    Case(
        "PlaybackKeyPairGrants.read",
        lambda stack, role: key_pair(stack).read(role),
        [on(KEY_PAIR, actions="ivs:GetPlaybackKeyPair")],
    ),
    Case(
        "PlaybackKeyPairGrants.actions",
        lambda stack, role: key_pair(stack).actions(role, *TAGGING.split()),
        [on(KEY_PAIR, actions=TAGGING)],
    ),
    Case(
        "PlaybackKeyPairGrants.list_all",
        ivs.PlaybackKeyPairGrants.list_all,
        [on(arn("playback-key/*"), actions="ivs:ListPlaybackKeyPairs")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.read",
        lambda stack, role: policy(stack).read(role),
        [on(POLICY, actions="ivs:GetPlaybackRestrictionPolicy")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.update",
        lambda stack, role: policy(stack).update(role),
        [on(POLICY, actions="ivs:UpdatePlaybackRestrictionPolicy")],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.actions",
        lambda stack, role: policy(stack).actions(role, *TAGGING.split()),
        [on(POLICY, actions=TAGGING)],
    ),
    Case(
        "PlaybackRestrictionPolicyGrants.list_all",
        ivs.PlaybackRestrictionPolicyGrants.list_all,
        [on("*", actions="ivs:ListPlaybackRestrictionPolicies")],
    ),
    Case(
        "PublicKeyGrants.read",
        lambda stack, role: public_key(stack).read(role),
        [on(PUBLIC_KEY, actions="ivs:GetPublicKey")],
    ),
    Case(
        "PublicKeyGrants.actions",
        lambda stack, role: public_key(stack).actions(role, *TAGGING.split()),
        [on(PUBLIC_KEY, actions=TAGGING)],
    ),
    Case(
        "PublicKeyGrants.list_all",
        ivs.PublicKeyGrants.list_all,
        [on("*", actions="ivs:ListPublicKeys")],
    ),
    Case(
        "RecordingConfigurationGrants.read",
        lambda stack, role: recording(stack).read(role),
        [on(RECORDING, actions="ivs:GetRecordingConfiguration")],
    ),
    Case(
        "RecordingConfigurationGrants.actions",
        lambda stack, role: recording(stack).actions(role, *TAGGING.split()),
        [on(RECORDING, actions=TAGGING)],
    ),
    Case(
        "RecordingConfigurationGrants.list_all",
        ivs.RecordingConfigurationGrants.list_all,
        [on(arn("recording-configuration/*"), actions="ivs:ListRecordingConfigurations")],
    ),
    Case(
        "RoomGrants.read",
        lambda stack, role: room(stack).read(role),
        [on(ROOM, actions="ivschat:GetRoom")],
    ),
    Case(
        "RoomGrants.update",
        lambda stack, role: room(stack).update(role),
        [on(ROOM, actions="ivschat:UpdateRoom")],
    ),
    Case(
        "RoomGrants.create_chat_token",
        lambda stack, role: room(stack).create_chat_token(role),
        [on(ROOM, actions="ivschat:CreateChatToken")],
    ),
    Case(
        "RoomGrants.send_event",
        lambda stack, role: room(stack).send_event(role),
        [on(ROOM, actions="ivschat:SendEvent")],
    ),
    Case(
        "RoomGrants.moderate",
        lambda stack, role: room(stack).moderate(role),
        [on(ROOM, actions="ivschat:DeleteMessage ivschat:DisconnectUser")],
    ),
    Case(
        "RoomGrants.actions",
        lambda stack, role: room(stack).actions(role, *CHAT_TAGGING.split()),
        [on(ROOM, actions=CHAT_TAGGING)],
    ),
    Case(
        "RoomGrants.list_all",
        chat.RoomGrants.list_all,
        [on(ALL_ROOMS, actions="ivschat:ListRooms")],
    ),
    Case(
        "StageGrants.read",
        lambda stack, role: stage(stack).read(role),
        [
            on(
                STAGE,
                actions="ivs:GetParticipant ivs:GetStage ivs:GetStageSession ivs:ListCompositions "
                "ivs:ListParticipantEvents ivs:ListParticipantReplicas ivs:ListParticipants "
                "ivs:ListStageSessions",
            )
        ],
    ),
    Case(
        "StageGrants.update",
        lambda stack, role: stage(stack).update(role),
        [on(STAGE, actions="ivs:UpdateStage")],
    ),
    Case(
        "StageGrants.create_participant_token",
        lambda stack, role: stage(stack).create_participant_token(role),
        [on(STAGE, actions="ivs:CreateParticipantToken")],
    ),
    Case(
        "StageGrants.disconnect_participant",
        lambda stack, role: stage(stack).disconnect_participant(role),
        [on(STAGE, actions="ivs:DisconnectParticipant")],
    ),
    Case(
        "StageGrants.replicate_participants",
        replicate,
        [
            on(
                STAGE,
                OTHER_STAGE,
                actions="ivs:StartParticipantReplication ivs:StopParticipantReplication",
            )
        ],
    ),
    Case(
        "StageGrants.start_composition recorded",
        compose("storage_configuration"),
        [on(STAGE, ENCODER, STORAGE, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.start_composition streamed",
        compose("channel"),
        [on(STAGE, ENCODER, CHANNEL, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.start_composition both",
        compose("storage_configuration", "channel"),
        [on(STAGE, ENCODER, STORAGE, CHANNEL, actions="ivs:StartComposition"), COMPOSITIONS],
    ),
    Case(
        "StageGrants.actions",
        lambda stack, role: stage(stack).actions(role, *TAGGING.split()),
        [on(STAGE, actions=TAGGING)],
    ),
    Case(
        "StageGrants.list_all",
        ivs.StageGrants.list_all,
        [on(ALL_STAGES, actions="ivs:ListStages")],
    ),
    Case(
        "StorageConfigurationGrants.read",
        lambda stack, role: storage(stack).read(role),
        [on(STORAGE, actions="ivs:GetStorageConfiguration")],
    ),
    Case(
        "StorageConfigurationGrants.actions",
        lambda stack, role: storage(stack).actions(role, *TAGGING.split()),
        [on(STORAGE, actions=TAGGING)],
    ),
    Case(
        "StorageConfigurationGrants.list_all",
        ivs.StorageConfigurationGrants.list_all,
        [on("*", actions="ivs:ListStorageConfigurations")],
    ),
    Case(
        "StreamKeyGrants.read",
        lambda stack, role: stream_key(stack).read(role),
        [on(STREAM_KEY, actions="ivs:BatchGetStreamKey ivs:GetStreamKey")],
    ),
    Case(
        "StreamKeyGrants.delete",
        lambda stack, role: stream_key(stack).delete(role),
        [on(STREAM_KEY, actions="ivs:DeleteStreamKey")],
    ),
    Case(
        "StreamKeyGrants.actions",
        lambda stack, role: stream_key(stack).actions(role, *TAGGING.split()),
        [on(STREAM_KEY, actions=TAGGING)],
    ),
    Case(
        "StreamKeyGrants.list_all",
        ivs.StreamKeyGrants.list_all,
        [on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:ListStreamKeys")],
    ),
    by_tag(
        "create_channel",
        on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:CreateChannel", conditions=IN_REQUEST),
        tag(ALL_CHANNELS),
    ),
    by_tag(
        "read_channel",
        on(
            ALL_CHANNELS,
            actions="ivs:GetChannel ivs:GetStream ivs:GetStreamSession ivs:ListStreamSessions",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag("update_channel", on(ALL_CHANNELS, actions="ivs:UpdateChannel", conditions=ON_RESOURCE)),
    by_tag(
        "delete_channel",
        on(ALL_CHANNELS, actions="ivs:DeleteChannel", conditions=ON_RESOURCE),
        on(ALL_STREAM_KEYS, actions="ivs:DeleteChannel"),
    ),
    by_tag("put_metadata", on(ALL_CHANNELS, actions="ivs:PutMetadata", conditions=ON_RESOURCE)),
    by_tag("stop_stream", on(ALL_CHANNELS, actions="ivs:StopStream", conditions=ON_RESOURCE)),
    by_tag(
        "insert_ad_break", on(ALL_CHANNELS, actions="ivs:InsertAdBreak", conditions=ON_RESOURCE)
    ),
    by_tag(
        "revoke_viewer_sessions",
        on(
            ALL_CHANNELS,
            actions="ivs:BatchStartViewerSessionRevocation ivs:StartViewerSessionRevocation",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_channels",
        on(ALL_CHANNELS, ALL_STREAM_KEYS, actions="ivs:CreateChannel", conditions=IN_REQUEST),
        on(
            ALL_CHANNELS,
            actions="ivs:DeleteChannel ivs:GetChannel ivs:GetStream ivs:GetStreamSession "
            "ivs:ListStreamSessions ivs:StopStream ivs:UpdateChannel",
            conditions=ON_RESOURCE,
        ),
        on(ALL_STREAM_KEYS, actions="ivs:DeleteChannel"),
        tag(ALL_CHANNELS),
    ),
    by_tag("create_stream_key", *CREATED_KEYS),
    by_tag("read_stream_key", on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=ON_RESOURCE)),
    by_tag(
        "read_stream_key",
        on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=NO_OTHER),
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "delete_stream_key",
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=ON_RESOURCE),
    ),
    by_tag(
        "delete_stream_key",
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "reset_stream_key",
        *LISTED_KEYS,
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        *CREATED_KEYS,
    ),
    by_tag(
        "manage_stream_keys",
        on(ALL_STREAM_KEYS, actions=READ_KEYS, conditions=ON_RESOURCE),
        *LISTED_KEYS,
        on(ALL_STREAM_KEYS, actions="ivs:DeleteStreamKey", conditions=NO_OTHER),
        *CREATED_KEYS,
    ),
    by_tag(
        "manage_stream_keys",
        on(ALL_STREAM_KEYS, actions=f"{READ_KEYS} ivs:DeleteStreamKey", conditions=NO_OTHER),
        *LISTED_KEYS,
        *CREATED_KEYS,
        about="untagged",
        include_untagged=True,
    ),
    by_tag(
        "import_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:ImportPlaybackKeyPair", conditions=IN_REQUEST),
        tag(ALL_KEY_PAIRS),
    ),
    by_tag(
        "read_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:GetPlaybackKeyPair", conditions=ON_RESOURCE),
    ),
    by_tag(
        "delete_playback_key_pair",
        on(ALL_KEY_PAIRS, actions="ivs:DeletePlaybackKeyPair", conditions=ON_RESOURCE),
    ),
    by_tag(
        "manage_playback_key_pairs",
        on(ALL_KEY_PAIRS, actions="ivs:ImportPlaybackKeyPair", conditions=IN_REQUEST),
        on(
            ALL_KEY_PAIRS,
            actions="ivs:DeletePlaybackKeyPair ivs:GetPlaybackKeyPair",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_KEY_PAIRS),
    ),
    by_tag(
        "import_public_key",
        on(ALL_PUBLIC_KEYS, actions="ivs:ImportPublicKey", conditions=IN_REQUEST),
        tag(ALL_PUBLIC_KEYS),
    ),
    by_tag(
        "read_public_key", on(ALL_PUBLIC_KEYS, actions="ivs:GetPublicKey", conditions=ON_RESOURCE)
    ),
    by_tag(
        "delete_public_key",
        on(ALL_PUBLIC_KEYS, actions="ivs:DeletePublicKey", conditions=ON_RESOURCE),
    ),
    by_tag(
        "manage_public_keys",
        on(ALL_PUBLIC_KEYS, actions="ivs:ImportPublicKey", conditions=IN_REQUEST),
        on(ALL_PUBLIC_KEYS, actions="ivs:DeletePublicKey ivs:GetPublicKey", conditions=ON_RESOURCE),
        tag(ALL_PUBLIC_KEYS),
    ),
    by_tag(
        "create_stage",
        on(ALL_STAGES, actions="ivs:CreateStage", conditions=IN_REQUEST),
        tag(ALL_STAGES),
    ),
    by_tag("read_stage", on(ALL_STAGES, actions=READ_STAGES, conditions=ON_RESOURCE)),
    by_tag("update_stage", on(ALL_STAGES, actions="ivs:UpdateStage", conditions=ON_RESOURCE)),
    by_tag("delete_stage", on(ALL_STAGES, actions="ivs:DeleteStage", conditions=ON_RESOURCE)),
    by_tag(
        "create_participant_token",
        on(ALL_STAGES, actions="ivs:CreateParticipantToken", conditions=ON_RESOURCE),
    ),
    by_tag(
        "disconnect_participant",
        on(ALL_STAGES, actions="ivs:DisconnectParticipant", conditions=ON_RESOURCE),
    ),
    by_tag(
        "replicate_participants",
        on(
            ALL_STAGES,
            actions="ivs:StartParticipantReplication ivs:StopParticipantReplication",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_stages",
        on(ALL_STAGES, actions="ivs:CreateStage", conditions=IN_REQUEST),
        on(
            ALL_STAGES,
            actions=f"{READ_STAGES} ivs:CreateParticipantToken ivs:DeleteStage "
            "ivs:DisconnectParticipant ivs:UpdateStage",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_STAGES),
    ),
    by_tag(
        "start_composition",
        on(
            ALL_STAGES,
            ALL_ENCODERS,
            ALL_STORAGES,
            ALL_CHANNELS,
            actions=START,
            conditions=TO_START,
        ),
        tag(ALL_COMPOSITIONS),
    ),
    Case(
        "TaggedGrants.start_composition recorded",
        compose_tagged("start_composition", "encoder_configuration", "storage_configuration"),
        [
            on(ALL_STAGES, ALL_CHANNELS, actions=START, conditions=TO_START),
            on(ENCODER, STORAGE, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
        ],
    ),
    Case(
        "TaggedGrants.start_composition streamed",
        compose_tagged("start_composition", "channel"),
        [
            on(ALL_STAGES, ALL_ENCODERS, ALL_STORAGES, actions=START, conditions=TO_START),
            on(CHANNEL, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
        ],
    ),
    by_tag(
        "read_composition",
        on(ALL_COMPOSITIONS, actions="ivs:GetComposition", conditions=ON_RESOURCE),
    ),
    by_tag(
        "stop_composition",
        on(ALL_COMPOSITIONS, actions="ivs:StopComposition", conditions=ON_RESOURCE),
    ),
    Case(
        "TaggedGrants.manage_compositions",
        compose_tagged("manage_compositions", "encoder_configuration", "storage_configuration"),
        [
            on(ALL_STAGES, ALL_CHANNELS, actions=START, conditions=TO_START),
            on(ENCODER, STORAGE, actions=START, conditions=IN_REQUEST),
            tag(ALL_COMPOSITIONS),
            on(
                ALL_COMPOSITIONS,
                actions="ivs:GetComposition ivs:StopComposition",
                conditions=ON_RESOURCE,
            ),
        ],
    ),
    by_tag(
        "create_room",
        on(ALL_ROOMS, actions="ivschat:CreateRoom", conditions=IN_REQUEST),
        tag(ALL_ROOMS, service="ivschat"),
    ),
    by_tag("read_room", on(ALL_ROOMS, actions="ivschat:GetRoom", conditions=ON_RESOURCE)),
    by_tag("update_room", on(ALL_ROOMS, actions="ivschat:UpdateRoom", conditions=ON_RESOURCE)),
    by_tag("delete_room", on(ALL_ROOMS, actions="ivschat:DeleteRoom", conditions=ON_RESOURCE)),
    by_tag(
        "create_chat_token",
        on(ALL_ROOMS, actions="ivschat:CreateChatToken", conditions=ON_RESOURCE),
    ),
    by_tag("send_event", on(ALL_ROOMS, actions="ivschat:SendEvent", conditions=ON_RESOURCE)),
    by_tag(
        "moderate",
        on(
            ALL_ROOMS,
            actions="ivschat:DeleteMessage ivschat:DisconnectUser",
            conditions=ON_RESOURCE,
        ),
    ),
    by_tag(
        "manage_rooms",
        on(ALL_ROOMS, actions="ivschat:CreateRoom", conditions=IN_REQUEST),
        on(
            ALL_ROOMS,
            actions="ivschat:CreateChatToken ivschat:DeleteMessage ivschat:DeleteRoom "
            "ivschat:DisconnectUser ivschat:GetRoom ivschat:SendEvent ivschat:UpdateRoom",
            conditions=ON_RESOURCE,
        ),
        tag(ALL_ROOMS, service="ivschat"),
    ),
    Case(
        "TaggedGrants.actions",
        lambda stack, role: tagged(stack).actions(
            role, "ivs:GetStage", "CreateIngestConfiguration", "SendEvent"
        ),
        [
            on(ALL_STAGES, actions="ivs:GetStage", conditions=ON_RESOURCE),
            on(
                arn("ingest-configuration/*"),
                actions="ivs:CreateIngestConfiguration",
                conditions=IN_REQUEST,
            ),
            tag(arn("ingest-configuration/*")),
            on(ALL_ROOMS, actions="ivschat:SendEvent", conditions=ON_RESOURCE),
        ],
    ),
]
BY_ID = {case.id: case for case in CASES}


def ids(*, without: str = "", **marks: pytest.MarkDecorator) -> list[object]:
    """
    The ids of the cases, for parameters.

    Args:
        without: A class whose cases are left out.
        **marks: Marks for the ids with these names, in which ``__`` stands for a full stop.
    """
    marked = {"AdConfigurationGrants.actions": with_ads, "AdConfigurationGrants.read": with_ads}
    marked |= {name.replace("__", "."): mark for name, mark in marks.items()}
    return [
        pytest.param(id, marks=marked[id]) if id in marked else id
        for id, case in BY_ID.items()
        if case.method[0] != without
    ]
