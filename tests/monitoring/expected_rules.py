"""Rules of all kinds, and which events should match them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import cdk_ivs as ivs


class Wanted(NamedTuple):
    """
    A rule.

    Attributes:
        owner: The channel or stage of which it is asked, or ``account``.
        method: The method that makes it.
        arguments: What is to be matched.
    """

    owner: str
    method: str
    arguments: Mapping[str, Any]


RULES = {
    # Of a channel: without names, by each name, by several, and by code.
    "state": Wanted("channel", "on_stream_state_change", {}),
    "session created": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.SESSION_CREATED]}
    ),
    "session ended": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.SESSION_ENDED]}
    ),
    "stream start": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.STREAM_START]}
    ),
    "stream end": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.STREAM_END]}
    ),
    "stream failure": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.STREAM_FAILURE]}
    ),
    "stream takeover": Wanted(
        "channel", "on_stream_state_change", {"event_names": [ivs.StreamStateEvent.STREAM_TAKEOVER]}
    ),
    "stream takeover failure": Wanted(
        "channel",
        "on_stream_state_change",
        {"event_names": [ivs.StreamStateEvent.STREAM_TAKEOVER_FAILURE]},
    ),
    "failures": Wanted(
        "channel",
        "on_stream_state_change",
        {
            "event_names": [
                ivs.StreamStateEvent.STREAM_FAILURE,
                ivs.StreamStateEvent.STREAM_TAKEOVER_FAILURE,
            ]
        },
    ),
    "codes": Wanted(
        "channel",
        "on_stream_state_change",
        {
            "codes": [
                ivs.StreamEventCode.MULTITRACK_INPUT_NOT_ALLOWED,
                ivs.StreamEventCode.STREAM_TAKEOVER_INVALID_PRIORITY,
            ]
        },
    ),
    "ended with a code": Wanted(
        "channel",
        "on_stream_state_change",
        {
            "event_names": [ivs.StreamStateEvent.SESSION_ENDED],
            "codes": [
                ivs.StreamEventCode.MULTITRACK_INPUT_NOT_ALLOWED,
                ivs.StreamEventCode.STREAM_TAKEOVER_INVALID_PRIORITY,
            ],
        },
    ),
    "a code that nothing has": Wanted(
        "channel",
        "on_stream_state_change",
        {"codes": [ivs.StreamEventCode.STREAM_TAKEOVER_LIMIT_BREACHED]},
    ),
    "health": Wanted("channel", "on_stream_health_change", {}),
    "starvation start": Wanted(
        "channel",
        "on_stream_health_change",
        {"event_names": [ivs.StreamHealthEvent.STARVATION_START]},
    ),
    "starvation end": Wanted(
        "channel",
        "on_stream_health_change",
        {"event_names": [ivs.StreamHealthEvent.STARVATION_END]},
    ),
    "recording": Wanted("channel", "on_recording_state_change", {}),
    "recording start": Wanted(
        "channel",
        "on_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_START]},
    ),
    "recording end": Wanted(
        "channel", "on_recording_state_change", {"event_names": [ivs.RecordingStatus.RECORDING_END]}
    ),
    "recording start failure": Wanted(
        "channel",
        "on_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_START_FAILURE]},
    ),
    "recording end failure": Wanted(
        "channel",
        "on_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_END_FAILURE]},
    ),
    "limits": Wanted("channel", "on_limit_breach", {}),
    "ingest bitrate": Wanted(
        "channel", "on_limit_breach", {"event_names": [ivs.LimitName.INGEST_BITRATE]}
    ),
    "ingest resolution": Wanted(
        "channel", "on_limit_breach", {"event_names": [ivs.LimitName.INGEST_RESOLUTION]}
    ),
    "ads": Wanted("channel", "on_ad_break", {}),
    "ad break inserted": Wanted(
        "channel", "on_ad_break", {"event_names": [ivs.AdBreakEvent.AD_BREAK_INSERTED]}
    ),
    # Of a stage.
    "update": Wanted("stage", "on_stage_update", {}),
    "participant published": Wanted(
        "stage", "on_stage_update", {"event_names": [ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED]}
    ),
    "participant unpublished": Wanted(
        "stage", "on_stage_update", {"event_names": [ivs.StageUpdateEvent.PARTICIPANT_UNPUBLISHED]}
    ),
    "participant publish error": Wanted(
        "stage",
        "on_stage_update",
        {"event_names": [ivs.StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR]},
    ),
    "participant replication start": Wanted(
        "stage",
        "on_stage_update",
        {"event_names": [ivs.StageUpdateEvent.PARTICIPANT_REPLICATION_START]},
    ),
    "participant replication end": Wanted(
        "stage",
        "on_stage_update",
        {"event_names": [ivs.StageUpdateEvent.PARTICIPANT_REPLICATION_END]},
    ),
    "token exchanged": Wanted(
        "stage", "on_stage_update", {"event_names": [ivs.StageUpdateEvent.TOKEN_EXCHANGED]}
    ),
    "bitrate": Wanted(
        "stage",
        "on_stage_update",
        {
            "error_codes": [
                ivs.PublishErrorCode.BITRATE_EXCEEDED,
                ivs.PublishErrorCode.INVALID_INPUT,
            ]
        },
    ),
    "publish error by bitrate": Wanted(
        "stage",
        "on_stage_update",
        {
            "event_names": [ivs.StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR],
            "error_codes": [ivs.PublishErrorCode.BITRATE_EXCEEDED],
        },
    ),
    "an error code that nothing has": Wanted(
        "stage", "on_stage_update", {"error_codes": [ivs.PublishErrorCode.QUOTA_EXCEEDED]}
    ),
    "participant recording": Wanted("stage", "on_participant_recording_state_change", {}),
    "participant recording start": Wanted(
        "stage",
        "on_participant_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_START]},
    ),
    "participant recording end": Wanted(
        "stage",
        "on_participant_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_END]},
    ),
    "participant recording start failure": Wanted(
        "stage",
        "on_participant_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_START_FAILURE]},
    ),
    "participant recording end failure": Wanted(
        "stage",
        "on_participant_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_END_FAILURE]},
    ),
    "composition": Wanted("stage", "on_composition_state_change", {}),
    "composition start": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.SESSION_START]},
    ),
    "composition end": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.SESSION_END]},
    ),
    "composition failure": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.SESSION_FAILURE]},
    ),
    "destination start": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.DESTINATION_START]},
    ),
    "destination end": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.DESTINATION_END]},
    ),
    "destination failure": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.DESTINATION_FAILURE]},
    ),
    "destination reconnecting": Wanted(
        "stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.DESTINATION_RECONNECTING]},
    ),
    # Of the account.
    "concurrent limits": Wanted("account", "on_concurrent_limit_breach", {}),
    "concurrent broadcasts": Wanted(
        "account",
        "on_concurrent_limit_breach",
        {"event_names": [ivs.LimitName.CONCURRENT_BROADCASTS]},
    ),
    "concurrent viewers": Wanted(
        "account", "on_concurrent_limit_breach", {"event_names": [ivs.LimitName.CONCURRENT_VIEWERS]}
    ),
    # Of another channel and another stage.
    "other state": Wanted("other channel", "on_stream_state_change", {}),
    "other health": Wanted("other channel", "on_stream_health_change", {}),
    "other recording": Wanted("other channel", "on_recording_state_change", {}),
    "other limits": Wanted("other channel", "on_limit_breach", {}),
    "other ads": Wanted("other channel", "on_ad_break", {}),
    "other update": Wanted("other stage", "on_stage_update", {}),
    "other participant recording": Wanted(
        "other stage", "on_participant_recording_state_change", {}
    ),
    "other composition": Wanted("other stage", "on_composition_state_change", {}),
    "other stream start": Wanted(
        "other channel",
        "on_stream_state_change",
        {"event_names": [ivs.StreamStateEvent.STREAM_START]},
    ),
    "other recording end": Wanted(
        "other channel",
        "on_recording_state_change",
        {"event_names": [ivs.RecordingStatus.RECORDING_END]},
    ),
    "other destination failure": Wanted(
        "other stage",
        "on_composition_state_change",
        {"event_names": [ivs.CompositionStateEvent.DESTINATION_FAILURE]},
    ),
}

# The rules that an event about the channel or the stage matches, and the event about the others.
EXPECTED: dict[str, tuple[set[str], set[str]]] = {
    "session created": ({"state", "session created"}, {"other state"}),
    "session ended": ({"state", "session ended"}, {"other state"}),
    "session ended with a code": (
        {"state", "session ended", "codes", "ended with a code"},
        {"other state"},
    ),
    "stream start": ({"state", "stream start"}, {"other state", "other stream start"}),
    "stream end": ({"state", "stream end"}, {"other state"}),
    "stream failure": ({"state", "stream failure", "failures"}, {"other state"}),
    "stream takeover": ({"state", "stream takeover"}, {"other state"}),
    "stream takeover failure": (
        {"state", "stream takeover failure", "failures", "codes"},
        {"other state"},
    ),
    "starvation start": ({"health", "starvation start"}, {"other health"}),
    "starvation end": ({"health", "starvation end"}, {"other health"}),
    "ingest bitrate": ({"limits", "ingest bitrate"}, {"other limits"}),
    "ingest resolution in all": ({"limits", "ingest resolution"}, {"other limits"}),
    "ingest resolution of an edge": ({"limits", "ingest resolution"}, {"other limits"}),
    "recording start": ({"recording", "recording start"}, {"other recording"}),
    "recording end": (
        {"recording", "recording end"},
        {"other recording", "other recording end"},
    ),
    "recording start failure": ({"recording", "recording start failure"}, {"other recording"}),
    "recording end failure": ({"recording", "recording end failure"}, {"other recording"}),
    "ad break inserted": ({"ads", "ad break inserted"}, {"other ads"}),
    "participant published": ({"update", "participant published"}, {"other update"}),
    "participant unpublished": ({"update", "participant unpublished"}, {"other update"}),
    "participant publish error": (
        {"update", "participant publish error", "bitrate", "publish error by bitrate"},
        {"other update"},
    ),
    "participant replication start": (
        {"update", "participant replication start"},
        {"other update"},
    ),
    "participant replication end": ({"update", "participant replication end"}, {"other update"}),
    "token exchanged": ({"update", "token exchanged"}, {"other update"}),
    "composition start": ({"composition", "composition start"}, {"other composition"}),
    "composition end": ({"composition", "composition end"}, {"other composition"}),
    "composition failure": ({"composition", "composition failure"}, {"other composition"}),
    "destination start": ({"composition", "destination start"}, {"other composition"}),
    "destination end": ({"composition", "destination end"}, {"other composition"}),
    "destination failure": (
        {"composition", "destination failure"},
        {"other composition", "other destination failure"},
    ),
    "destination reconnecting": (
        {"composition", "destination reconnecting"},
        {"other composition"},
    ),
    "participant recording start": (
        {"participant recording", "participant recording start"},
        {"other participant recording"},
    ),
    "participant recording end": (
        {"participant recording", "participant recording end"},
        {"other participant recording"},
    ),
    "participant recording start failure": (
        {"participant recording", "participant recording start failure"},
        {"other participant recording"},
    ),
    "participant recording end failure": (
        {"participant recording", "participant recording end failure"},
        {"other participant recording"},
    ),
}
EXPECTED_OF_THE_ACCOUNT = {
    "concurrent broadcasts": {"concurrent limits", "concurrent broadcasts"},
    "concurrent viewers": {"concurrent limits", "concurrent viewers"},
}
NEVER = {"a code that nothing has", "an error code that nothing has"}

# What a channel's rules match, and a stage's, without names.
CHANNEL_METHODS = {
    "on_stream_state_change": {
        "session created",
        "session ended",
        "session ended with a code",
        "stream start",
        "stream end",
        "stream failure",
        "stream takeover",
        "stream takeover failure",
    },
    "on_stream_health_change": {"starvation start", "starvation end"},
    "on_recording_state_change": {
        "recording start",
        "recording end",
        "recording start failure",
        "recording end failure",
    },
    "on_limit_breach": {
        "ingest bitrate",
        "ingest resolution in all",
        "ingest resolution of an edge",
    },
    "on_ad_break": {"ad break inserted"},
}
STAGE_METHODS = {
    "on_stage_update": {
        "participant published",
        "participant unpublished",
        "participant publish error",
        "participant replication start",
        "participant replication end",
        "token exchanged",
    },
    "on_participant_recording_state_change": {
        "participant recording start",
        "participant recording end",
        "participant recording start failure",
        "participant recording end failure",
    },
    "on_composition_state_change": {
        "composition start",
        "composition end",
        "composition failure",
        "destination start",
        "destination end",
        "destination failure",
        "destination reconnecting",
    },
}
