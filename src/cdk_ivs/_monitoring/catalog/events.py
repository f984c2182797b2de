"""
The events that IVS sends to EventBridge, as of 2026-11-21.

The sources are the guides to EventBridge with low-latency streaming and with real-time streaming.
Chat has only the events of CloudTrail. The table leaves out `IVS Publisher Recording State Change`,
because AWS publishes no sample of it.
"""

from __future__ import annotations

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
    The values of a text field.

    Attributes:
        pattern: The pattern that all values match.
        described: The pattern in words.
        characters: The class of the characters, for text beside a token.
    """

    pattern: str
    described: str
    characters: str


class EventField(NamedTuple):
    """
    A field of `detail` that rules can match, other than the field with the name of the event.

    Attributes:
        name: The name of the field.
        values: The values of the field.
        events: The events that have the field. Empty: all events of the type.
        of_resource: Whether the field only identifies the resource, so that a rule of one resource
            does not need it.
    """

    name: str
    values: type[enum.StrEnum | bool] | Text
    events: Sequence[enum.StrEnum] = ()
    of_resource: bool = False


class EventType(NamedTuple):
    """
    A type of events.

    Attributes:
        detail_type: The `detail-type` of the events.
        names: The names of the events.
        kind: The kind of resource that the events are about. Empty: the account.
        method: The method that creates a rule for one resource, without `on_`.
        fields: The other fields that rules match, by the keywords that give their values.
        field: The field of `detail` with the name of the event.
        resource: The place of the ARN of the channel or stage: `resources`, or a field of `detail`.
        limits: The names that events of this type have, if not all of `names`.
        methods_of_other_limits: The methods for the other names.
    """

    detail_type: str
    names: type[enum.StrEnum]
    kind: str
    method: str
    fields: Mapping[str, EventField]
    field: str = "event_name"
    resource: str = "resources"
    limits: tuple[enum.StrEnum, ...] = ()
    methods_of_other_limits: str = ""


# The patterns of the API models. A field without a pattern refuses only an asterisk, which
# EventBridge takes literally and the user means as a wildcard.
ANY = Text(r"[^*]*", "text without '*'", "[^*]")
_AD_BREAK = Text(r"[A-Za-z0-9]+", "letters and digits", "[A-Za-z0-9]")
_NAME = Text(r"[A-Za-z0-9_-]*", "letters, digits, '-' and '_'", "[A-Za-z0-9_-]")
_STREAM = Text(r"st-[A-Za-z0-9]+", "'st-' and letters and digits", "[A-Za-z0-9-]")
_BUCKET = Text(r"[a-z0-9.-]+", "lower-case letters, digits, '-' and '.'", "[a-z0-9.-]")

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
_PUBLISHING = (
    StageUpdateEvent.PARTICIPANT_PUBLISHED,
    StageUpdateEvent.PARTICIPANT_UNPUBLISHED,
    StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR,
)
RECORDING_FAILURES = (
    RecordingStatus.RECORDING_START_FAILURE,
    RecordingStatus.RECORDING_END_FAILURE,
)
CHANNEL_LIMITS = (LimitName.INGEST_BITRATE, LimitName.INGEST_RESOLUTION)
ACCOUNT_LIMITS = (LimitName.CONCURRENT_BROADCASTS, LimitName.CONCURRENT_VIEWERS)

STREAM_STATE = EventType(
    "IVS Stream State Change",
    StreamStateEvent,
    "channel",
    "stream_state_change",
    {
        **_OF_STREAM,
        "codes": EventField(
            "code",
            StreamEventCode,
            (StreamStateEvent.SESSION_ENDED, StreamStateEvent.STREAM_TAKEOVER_FAILURE),
        ),
    },
)
STREAM_HEALTH = EventType(
    "IVS Stream Health Change", StreamHealthEvent, "channel", "stream_health_change", _OF_STREAM
)
LIMIT_BREACH = EventType(
    "IVS Limit Breach",
    LimitName,
    "channel",
    "limit_breach",
    _OF_STREAM,
    field="limit_name",
    limits=CHANNEL_LIMITS,
    methods_of_other_limits="Channel.on_concurrent_limit_breach()",
)
# An event about a limit of the account has no resources, and names no channel.
ACCOUNT_LIMIT_BREACH = LIMIT_BREACH._replace(
    kind="",
    fields={},
    limits=ACCOUNT_LIMITS,
    methods_of_other_limits="on_limit_breach() of the channel, or Channel.on_all_limit_breach()",
)
RECORDING_STATE = EventType(
    "IVS Recording State Change",
    RecordingStatus,
    "channel",
    "recording_state_change",
    {
        **_OF_STREAM,
        **_OF_RECORDING,
        "recording_session_ids": EventField("recording_session_id", ANY),
    },
    field="recording_status",
)
AD_BREAK = EventType(
    "IVS Ad Break State Change",
    AdBreakEvent,
    "channel",
    "ad_break",
    {**_OF_STREAM, "ad_break_ids": EventField("ad_break_id", _AD_BREAK)},
)
STAGE_UPDATE = EventType(
    "IVS Stage Update",
    StageUpdateEvent,
    "stage",
    "stage_update",
    {
        **_OF_PARTICIPANT,
        "user_ids": EventField("user_id", ANY),
        "replica": EventField("replica", bool, _PUBLISHING),
        "error_codes": EventField(
            "error_code", PublishErrorCode, (StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR,)
        ),
    },
)
COMPOSITION_STATE = EventType(
    "IVS Composition State Change",
    CompositionStateEvent,
    "stage",
    "composition_state_change",
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
            (CompositionStateEvent.SESSION_FAILURE, CompositionStateEvent.DESTINATION_FAILURE),
        ),
    },
    resource="stage_arn",
)
PARTICIPANT_RECORDING_STATE = EventType(
    "IVS Participant Recording State Change",
    RecordingStatus,
    "stage",
    "participant_recording_state_change",
    {
        **_OF_PARTICIPANT,
        **_OF_RECORDING,
        "error_codes": EventField("error_code", ANY, RECORDING_FAILURES),
    },
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
