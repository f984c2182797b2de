"""The kinds of resources that Amazon IVS has, and what refers to what."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """
    A kind of resource.

    Attributes:
        service: The service in its ARN.
        segment: The type of resource in its ARN.
        quota: How many there may be in an account and Region, from the quotas of the service.
        verb: The first word of the action that creates it.
        member: Where it is in the answers of the API. Empty if the answer is the resource itself.
        plural: Its name in the action that lists them. Empty if it is the kind with an "s".
    """

    service: str
    segment: str
    quota: int
    verb: str = "Create"
    member: str = ""
    plural: str = ""


KINDS = {
    "AdConfiguration": Kind("ivs", "ad-configuration", 20, member="adConfiguration"),
    "Channel": Kind("ivs", "channel", 5_000, member="channel"),
    "EncoderConfiguration": Kind("ivs", "encoder-configuration", 20, member="encoderConfiguration"),
    # Its quota is not published.
    "FailoverSlateConfiguration": Kind(
        "ivs", "failover-slate-configuration", 20, member="failoverSlateConfiguration"
    ),
    "IngestConfiguration": Kind("ivs", "ingest-configuration", 100, member="ingestConfiguration"),
    "LoggingConfiguration": Kind("ivschat", "logging-configuration", 10),
    "PlaybackKeyPair": Kind("ivs", "playback-key", 3, "Import", "keyPair"),
    "PlaybackRestrictionPolicy": Kind(
        "ivs",
        "playback-restriction-policy",
        3,
        member="playbackRestrictionPolicy",
        plural="PlaybackRestrictionPolicies",
    ),
    "PublicKey": Kind("ivs", "public-key", 3, "Import", "publicKey"),
    "RecordingConfiguration": Kind(
        "ivs", "recording-configuration", 20, member="recordingConfiguration"
    ),
    "Room": Kind("ivschat", "room", 50_000),
    "Stage": Kind("ivs", "stage", 1_000, member="stage"),
    "StorageConfiguration": Kind("ivs", "storage-configuration", 5, member="storageConfiguration"),
    # One for each channel.
    "StreamKey": Kind("ivs", "stream-key", 1, member="streamKey"),
}


class Reference(NamedTuple):
    """
    A parameter of a resource that names another resource.

    Attributes:
        kind: The kind of the resource that has it.
        path: Where it is in the resource.
        target: The kind of the resource that it names.
        keeps: Whether the resource that it names cannot be deleted meanwhile.
    """

    kind: str
    path: tuple[str, ...]
    target: str
    keeps: bool


# That a policy cannot be deleted while it is attached was seen in tests against AWS. For the
# others, the API reference has the error ConflictException, and no more: UNCONFIRMED.
REFERENCES = [
    Reference("Channel", ("playbackRestrictionPolicyArn",), "PlaybackRestrictionPolicy", True),
    Reference("Channel", ("recordingConfigurationArn",), "RecordingConfiguration", True),
    Reference("Channel", ("adConfigurationArn",), "AdConfiguration", True),
    Reference("Channel", ("failoverSlateConfigurationArn",), "FailoverSlateConfiguration", True),
    Reference("IngestConfiguration", ("stageArn",), "Stage", False),
    Reference("Room", ("loggingConfigurationIdentifiers",), "LoggingConfiguration", True),
    Reference(
        "Stage",
        ("autoParticipantRecordingConfiguration", "storageConfigurationArn"),
        "StorageConfiguration",
        True,
    ),
    Reference("StreamKey", ("channelArn",), "Channel", False),
]
