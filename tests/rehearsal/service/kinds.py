"""The kinds of resources that Amazon IVS has, and what refers to what."""

from __future__ import annotations

from typing import NamedTuple

from tests.resources.records import RECORDS, Record


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


# Where the actions of the API do not begin with "Create".
_VERBS = {"PlaybackKeyPair": "Import", "PublicKey": "Import"}
# Where a resource is in an answer under another name than its own. In chat, the answer is it.
_MEMBERS = {"PlaybackKeyPair": "keyPair"}
# Where the plural is not the name with an "s".
_PLURALS = {"PlaybackRestrictionPolicy": "PlaybackRestrictionPolicies"}
# Those that the library does not warn about.
_QUOTAS = {
    "Channel": 5_000,
    # Not published.
    "FailoverSlateConfiguration": 20,
    "Room": 50_000,
    "Stage": 1_000,
    # One for each channel.
    "StreamKey": 1,
}


def _kind(record: Record) -> Kind:
    """What the records of all tests say, and what is particular to the API."""
    name = record.name
    own = "" if record.service == "ivschat" else f"{name[0].lower()}{name[1:]}"
    return Kind(
        service=record.service,
        segment=record.arn_name,
        quota=_QUOTAS[name] if record.quota is None else record.quota.number,
        verb=_VERBS.get(name, "Create"),
        member=_MEMBERS.get(name, own),
        plural=_PLURALS.get(name, ""),
    )


KINDS = {record.name: _kind(record) for record in sorted(RECORDS, key=lambda each: each.name)}


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
