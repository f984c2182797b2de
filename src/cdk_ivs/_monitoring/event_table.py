"""
The events that the service sends to EventBridge, as of 2026-11-21.

From the guides to EventBridge with low-latency streaming and with real-time streaming. Chat sends
none but those of CloudTrail. Of ``IVS Publisher Recording State Change``, which EventBridge's
reference lists, nobody shows a sample: it is not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .event_names import (
    AdBreakEvent,
    CompositionStateEvent,
    LimitName,
    RecordingStatus,
    StageUpdateEvent,
    StreamHealthEvent,
    StreamStateEvent,
)

if TYPE_CHECKING:
    import enum

SOURCE = "aws.ivs"


class EventType(NamedTuple):
    """
    A type of event.

    Attributes:
        detail_type: The ``detail-type`` of the events.
        field: The field of ``detail`` that says what happened.
        names: What it can say.
        resource: Where the ARN of the channel or stage is: in ``resources``, or in a field of
            ``detail``.
    """

    detail_type: str
    field: str
    names: type[enum.StrEnum]
    resource: str = "resources"


STREAM_STATE = EventType("IVS Stream State Change", "event_name", StreamStateEvent)
STREAM_HEALTH = EventType("IVS Stream Health Change", "event_name", StreamHealthEvent)
LIMIT_BREACH = EventType("IVS Limit Breach", "limit_name", LimitName)
RECORDING_STATE = EventType("IVS Recording State Change", "recording_status", RecordingStatus)
AD_BREAK = EventType("IVS Ad Break State Change", "event_name", AdBreakEvent)
STAGE_UPDATE = EventType("IVS Stage Update", "event_name", StageUpdateEvent)
COMPOSITION_STATE = EventType(
    "IVS Composition State Change", "event_name", CompositionStateEvent, "stage_arn"
)
PARTICIPANT_RECORDING_STATE = EventType(
    "IVS Participant Recording State Change", "event_name", RecordingStatus
)
EVENT_TYPES = (
    STREAM_STATE,
    STREAM_HEALTH,
    LIMIT_BREACH,
    RECORDING_STATE,
    AD_BREAK,
    STAGE_UPDATE,
    COMPOSITION_STATE,
    PARTICIPANT_RECORDING_STATE,
)

# The limits of the account: their events have no resources.
ACCOUNT_LIMITS = (LimitName.CONCURRENT_BROADCASTS, LimitName.CONCURRENT_VIEWERS)
CHANNEL_LIMITS = (LimitName.INGEST_BITRATE, LimitName.INGEST_RESOLUTION)
