"""
The events that the service sends to EventBridge, as of 2026-11-21.

From the guides to EventBridge with low-latency streaming and with real-time streaming. Chat sends
none but those of CloudTrail. Of ``IVS Publisher Recording State Change``, which EventBridge's
reference lists, nobody shows a sample: it is not here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from .enums import (
    AdBreakEvent,
    CompositionStateEvent,
    LimitName,
    PublishErrorCode,
    RecordingStatus,
    StageUpdateEvent,
    StreamEventCode,
    StreamHealthEvent,
    StreamStateEvent,
)

if TYPE_CHECKING:
    import enum
    from collections.abc import Mapping, Sequence

SOURCE = "aws.ivs"


class Text(NamedTuple):
    """
    What a field of text holds.

    Attributes:
        pattern: The pattern that all its values match.
        described: The same in words.
    """

    pattern: str
    described: str


class EventField(NamedTuple):
    """
    A field of ``detail`` that rules can match, beside the one that says what happened.

    Attributes:
        name: The name of the field.
        values: What it holds.
        events: The events that have it. Empty: all of the type.
        of_resource: Whether it says nothing but which resource the event is about, so that a
            rule of one resource has no use for it.
    """

    name: str
    values: type[enum.StrEnum | bool] | Text
    events: Sequence[enum.StrEnum] = ()
    of_resource: bool = False


class EventType(NamedTuple):
    """
    A type of event.

    Attributes:
        detail_type: The ``detail-type`` of the events.
        field: The field of ``detail`` that says what happened.
        names: What it can say.
        kind: The kind of resource that the events are about. Empty: the account.
        method: The method that makes a rule of one resource, without ``on_``.
        fields: The other fields that rules match, by the keywords that give their values.
        resource: Where the ARN of the channel or stage is: in ``resources``, or in a field of
            ``detail``.
    """

    detail_type: str
    field: str
    names: type[enum.StrEnum]
    kind: str
    method: str
    fields: Mapping[str, EventField]
    resource: str = "resources"


# The patterns of the API's models. Where there is none, an asterisk is refused alone: it would be
# taken literally, and is meant as a wildcard.
ANY = Text(r"[^*]*", "text without '*'")
_AD_BREAK = Text(r"[A-Za-z0-9]+", "letters and digits")
_NAME = Text(r"[A-Za-z0-9_-]*", "letters, digits, '-' and '_'")
_STREAM = Text(r"st-[A-Za-z0-9]+", "'st-' and letters and digits")
_BUCKET = Text(r"[a-z0-9.-]+", "lower-case letters, digits, '-' and '.'")

_OF_STREAM = {
    "channel_names": EventField("channel_name", _NAME, of_resource=True),
    "stream_ids": EventField("stream_id", _STREAM),
}
_OF_RECORDING = {
    "recording_s3_bucket_names": EventField("recording_s3_bucket_name", _BUCKET),
    "recording_s3_key_prefixes": EventField("recording_s3_key_prefix", ANY),
}
_OF_PARTICIPANT = {
    "participant_ids": EventField("participant_id", _NAME),
    "session_ids": EventField("session_id", _STREAM),
}

STREAM_STATE = EventType(
    "IVS Stream State Change",
    "event_name",
    StreamStateEvent,
    "channel",
    "stream_state_change",
    MappingProxyType(
        {
            **_OF_STREAM,
            "codes": EventField(
                "code",
                StreamEventCode,
                (StreamStateEvent.SESSION_ENDED, StreamStateEvent.STREAM_TAKEOVER_FAILURE),
            ),
        }
    ),
)
STREAM_HEALTH = EventType(
    "IVS Stream Health Change",
    "event_name",
    StreamHealthEvent,
    "channel",
    "stream_health_change",
    MappingProxyType(_OF_STREAM),
)
LIMIT_BREACH = EventType(
    "IVS Limit Breach",
    "limit_name",
    LimitName,
    "channel",
    "limit_breach",
    MappingProxyType(_OF_STREAM),
)
# Of the account: such an event has no resources, and names no channel.
ACCOUNT_LIMIT_BREACH = LIMIT_BREACH._replace(kind="", fields=MappingProxyType({}))
RECORDING_STATE = EventType(
    "IVS Recording State Change",
    "recording_status",
    RecordingStatus,
    "channel",
    "recording_state_change",
    MappingProxyType(
        {
            **_OF_STREAM,
            **_OF_RECORDING,
            "recording_session_ids": EventField("recording_session_id", ANY),
        }
    ),
)
AD_BREAK = EventType(
    "IVS Ad Break State Change",
    "event_name",
    AdBreakEvent,
    "channel",
    "ad_break",
    MappingProxyType({**_OF_STREAM, "ad_break_ids": EventField("ad_break_id", _AD_BREAK)}),
)
STAGE_UPDATE = EventType(
    "IVS Stage Update",
    "event_name",
    StageUpdateEvent,
    "stage",
    "stage_update",
    MappingProxyType(
        {
            **_OF_PARTICIPANT,
            "user_ids": EventField("user_id", ANY),
            "replica": EventField(
                "replica",
                bool,
                (
                    StageUpdateEvent.PARTICIPANT_PUBLISHED,
                    StageUpdateEvent.PARTICIPANT_UNPUBLISHED,
                    StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR,
                ),
            ),
            "error_codes": EventField(
                "error_code", PublishErrorCode, (StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR,)
            ),
        }
    ),
)
COMPOSITION_STATE = EventType(
    "IVS Composition State Change",
    "event_name",
    CompositionStateEvent,
    "stage",
    "composition_state_change",
    MappingProxyType(
        {
            "destination_ids": EventField(
                "id",
                ANY,
                (
                    CompositionStateEvent.DESTINATION_START,
                    CompositionStateEvent.DESTINATION_END,
                    CompositionStateEvent.DESTINATION_FAILURE,
                    CompositionStateEvent.DESTINATION_RECONNECTING,
                ),
            ),
            "error_codes": EventField(
                "error_code",
                ANY,
                (
                    CompositionStateEvent.SESSION_FAILURE,
                    CompositionStateEvent.DESTINATION_FAILURE,
                ),
            ),
        }
    ),
    "stage_arn",
)
PARTICIPANT_RECORDING_STATE = EventType(
    "IVS Participant Recording State Change",
    "event_name",
    RecordingStatus,
    "stage",
    "participant_recording_state_change",
    MappingProxyType(
        {
            **_OF_PARTICIPANT,
            **_OF_RECORDING,
            "error_codes": EventField(
                "error_code",
                ANY,
                (
                    RecordingStatus.RECORDING_START_FAILURE,
                    RecordingStatus.RECORDING_END_FAILURE,
                ),
            ),
        }
    ),
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

ACCOUNT_LIMITS = (LimitName.CONCURRENT_BROADCASTS, LimitName.CONCURRENT_VIEWERS)
CHANNEL_LIMITS = (LimitName.INGEST_BITRATE, LimitName.INGEST_RESOLUTION)
