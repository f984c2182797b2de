"""
The state machine that writes one event into the index, in the Amazon States Language.

An event brings a recording to the same item whatever came before it, and however often it comes:

- What an event says of the recording itself is written by every event.
- The status, and what belongs to it, is written by the event with the highest rank: an end ranks
  over a failure to end, that over a failure to start, that over a start. Of two with the same rank
  the later one counts, and of two at the same time the one with the greater id.
- The start is the time of the earliest event.

The first write does all of that, on the condition that the event ranks over those before. If it
does not, a second write does the rest. Events that come in order take one write each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._monitoring.catalog.events import (
    COMPOSITION_STATE,
    PARTICIPANT_RECORDING_STATE,
    RECORDING_STATE,
)

from .sources import channel_states, composition_states, participant_states
from .writes import writing_states

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .steps import State

# An event without one of these has the value here.
_DEFAULTS = {
    "error_code": "",
    "event_name": "",
    "id": "",
    "participant_id": "",
    "recording_duration_ms": 0,
    "recording_s3_bucket_name": "",
    "recording_s3_key_prefix": "",
    "recording_session_id": "",
    "recording_session_stream_ids": [],
    "recording_status": "",
    "recording_status_reason": "",
    "session_id": "",
    "stage_arn": "",
    "stream_id": "",
}


def index_definition(
    kinds: Collection[str], playlists: Mapping[str, str], time_to_live: str | None
) -> State:
    """
    The state machine.

    Args:
        kinds: What is indexed: ``channel`` or ``stage``, or both.
        playlists: Where the playlist is below the prefix, by kind of recording.
        time_to_live: After how many seconds an item is deleted. None: never.
    """
    sources = {}
    if "channel" in kinds:
        sources[RECORDING_STATE.detail_type] = channel_states(playlists["channel"])
    if "stage" in kinds:
        sources[PARTICIPANT_RECORDING_STATE.detail_type] = participant_states(
            playlists["participant"]
        )
        sources[COMPOSITION_STATE.detail_type] = composition_states(playlists["composition"])
    states: State = {
        "Defaults": {
            "Type": "Pass",
            "Result": _DEFAULTS,
            "ResultPath": "$.defaults",
            "Next": "CompleteEvent",
        },
        "CompleteEvent": {
            "Type": "Pass",
            "Parameters": {
                "event": {
                    "id.$": "$.id",
                    "time.$": "$.time",
                    "type.$": "$['detail-type']",
                    "resources.$": "$.resources",
                    "detail.$": "States.JsonMerge($.defaults, $.detail, false)",
                }
            },
            "Next": "WhatIsRecorded",
        },
        "WhatIsRecorded": {
            "Type": "Choice",
            "Choices": [
                # Without one the states after that would fail, and the event be lost.
                {
                    "Not": {"Variable": "$.event.resources[0]", "IsPresent": True},
                    "Next": "UnexpectedEvent",
                },
                *(
                    {"Variable": "$.event.type", "StringEquals": kind, "Next": next(iter(own))}
                    for kind, own in sources.items()
                ),
            ],
            "Default": "UnexpectedEvent",
        },
    }
    for own in sources.values():
        states |= own
    states |= writing_states(time_to_live)
    return {
        "Comment": "Writes an event about a recording into the index",
        "StartAt": "Defaults",
        "States": states,
    }
