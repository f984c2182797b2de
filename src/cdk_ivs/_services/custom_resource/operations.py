"""The operations of the handler, and the permissions that they need."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs._iam.resource_types import (
    CHANNEL,
    FAILOVER_SLATE_CONFIGURATION,
    ROOM,
    SIGNING_KEY,
    STAGE,
)

if TYPE_CHECKING:
    from cdk_ivs._core.resource_type import ResourceType


class _Facts(NamedTuple):
    custom_type: str
    resource_type: ResourceType
    actions: tuple[str, ...]


class Operation(enum.StrEnum):
    """An operation, by its name in the handler."""

    ATTACH_AD_CONFIGURATION = "AttachAdConfiguration"
    ATTACH_FAILOVER_SLATE_CONFIGURATION = "AttachFailoverSlateConfiguration"
    ATTACH_PLAYBACK_RESTRICTION_POLICY = "AttachPlaybackRestrictionPolicy"
    FAILOVER_SLATE_CONFIGURATION = "FailoverSlateConfiguration"
    MESSAGE_RATE = "MessageRate"
    PARTICIPANT_MEDIA_TYPES = "ParticipantMediaTypes"
    PUBLIC_KEY_PEM = "PublicKeyPem"
    RECORD_PARTICIPANT_REPLICAS = "RecordParticipantReplicas"
    SRT_ENDPOINT = "SrtEndpoint"
    STAGE_ENDPOINTS = "StageEndpoints"
    STOP_STREAM = "StopStream"

    @property
    def custom_type(self) -> str:
        """The type of the custom resource."""
        return _FACTS[self].custom_type

    @property
    def resource_type(self) -> ResourceType:
        """The type of the resource for the operation."""
        return _FACTS[self].resource_type

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions on the resource, with the prefix of their service."""
        facts = _FACTS[self]
        return tuple(f"{facts.resource_type.service}:{action}" for action in facts.actions)


_ATTACHMENT = _Facts("Custom::IVSChannelAttachment", CHANNEL, ("GetChannel", "UpdateChannel"))
_RECORDING = _Facts("Custom::IVSStageRecording", STAGE, ("GetStage", "UpdateStage"))
_FACTS = {
    Operation.ATTACH_AD_CONFIGURATION: _ATTACHMENT,
    Operation.ATTACH_FAILOVER_SLATE_CONFIGURATION: _ATTACHMENT,
    Operation.ATTACH_PLAYBACK_RESTRICTION_POLICY: _ATTACHMENT,
    Operation.FAILOVER_SLATE_CONFIGURATION: _Facts(
        "Custom::IVSFailoverSlateConfiguration",
        FAILOVER_SLATE_CONFIGURATION,
        (
            "CreateFailoverSlateConfiguration",
            "DeleteFailoverSlateConfiguration",
            "GetFailoverSlateConfiguration",
            "ListFailoverSlateConfigurations",
            "TagResource",
            "UntagResource",
            "UpdateFailoverSlateConfiguration",
        ),
    ),
    Operation.MESSAGE_RATE: _Facts("Custom::IVSChatMessageRate", ROOM, ("GetRoom", "UpdateRoom")),
    Operation.PARTICIPANT_MEDIA_TYPES: _RECORDING,
    Operation.PUBLIC_KEY_PEM: _Facts("Custom::IVSSigningKeyPem", SIGNING_KEY, ("GetPublicKey",)),
    Operation.RECORD_PARTICIPANT_REPLICAS: _RECORDING,
    Operation.SRT_ENDPOINT: _Facts("Custom::IVSSrtEndpoint", CHANNEL, ("GetChannel",)),
    Operation.STAGE_ENDPOINTS: _Facts("Custom::IVSStageEndpoints", STAGE, ("GetStage",)),
    Operation.STOP_STREAM: _Facts("Custom::IVSStopStream", CHANNEL, ("StopStream",)),
}
