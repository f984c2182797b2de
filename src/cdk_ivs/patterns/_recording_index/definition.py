"""
The state machine that writes one event into the index, in the Amazon States Language.

The events of a recording lead to the same item in every order, even if some are delivered twice:

- Every event writes the properties of the recording that it contains.
- The event with the highest rank writes the status and its details. An end ranks above a failure to
  end, a failure to start, and a start, in this order. Of two events with the same rank, the later
  one counts. Of two events at the same time, the one with the greater ID counts.
- The start is the time of the earliest event.

The first write does all of this, on the condition that the event ranks above the previous ones.
Otherwise, a second write does the rest. Events in the right order take one write each.
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

# The defaults for events without these fields.
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
    Return the state machine.

    Args:
        kinds: The kinds to index: `channel` or `stage`, or both.
        playlists: The part of the key of the playlist after the prefix, by kind of recording.
        time_to_live: The seconds after which an item is deleted. None: never.
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
                # Without one, the next states would fail, and the event would be lost.
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
