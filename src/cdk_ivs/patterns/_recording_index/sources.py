"""The states that convert the events of each kind of recording into one form."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from .steps import RETRY, SECONDS, UNDELIVERABLE, State, assignments

if TYPE_CHECKING:
    from collections.abc import Mapping

_IS_NEWER = "attribute_not_exists(winner) OR winner < :winner"
_MUST_EXIST = "winner < :winner"
_DETAIL = "$.event.detail"
_IVS = "arn:aws:states:::aws-sdk:ivsrealtime:"


def _recording(
    *,
    kind: str,
    id: str,
    fallback: str,
    resource: str,
    status: str,
    reason: str,
    place: Mapping[str, str],
    names: Mapping[str, str],
    streams: str | None,
    has_duration: bool,
    condition: str = _IS_NEWER,
) -> State:
    """
    Return the form of an event about a recording that all kinds share.

    Args:
        kind: The kind of the recording, as in `RecordingKind`.
        id: The ID of the item.
        fallback: The ID if that is empty.
        resource: The path of the ARN of the channel or stage.
        status: The path of the status.
        reason: The path of the reason.
        place: The bucket, the prefix and the playlist.
        names: The paths of values that only this kind of recording has, by attribute.
        streams: The streams in the recording. None for a recording without streams.
        has_duration: Whether an end contains the duration.
        condition: The condition of the first write.
    """
    values: State = {":kind": {"S": kind}, ":resource": {"S.$": resource}}
    values |= {f":{name}": {"S.$": path} for name, path in names.items()}
    attributes = {"kind": ":kind", "resource_arn": ":resource"}
    attributes |= {name: f":{name}" for name in names}
    if streams is not None:
        values[":streams"] = {"SS.$": streams}
    values |= {
        ":bucket": {"S.$": place["bucket"]},
        ":prefix": {"S.$": place["prefix"]},
    }
    ended: State = {"set": "", "values": {}}
    if has_duration:
        ended = {
            "set": ", recording_duration_ms = :duration",
            "values": {
                ":duration": {"N.$": f"States.Format('{{}}', {_DETAIL}.recording_duration_ms)"}
            },
        }
    return {
        "event.$": "$.event",
        "recording": {
            "id.$": id,
            "fallback.$": fallback,
            "status.$": status,
            "reason.$": reason,
            "prefix.$": place["prefix"],
            "playlist.$": place["playlist"],
            "condition": condition,
            "set": assignments(attributes),
            "add": "" if streams is None else "ADD stream_ids :streams",
            "values": values,
            "ended": ended,
        },
    }


def channel_states(playlist: str) -> State:
    return {
        "Channel": {
            "Type": "Pass",
            "Parameters": {
                "event.$": "$.event",
                # The single stream is in a list too, so that both have the same form.
                "streams.$": (
                    f"States.Array({_DETAIL}.recording_session_stream_ids, "
                    f"States.Array({_DETAIL}.stream_id))"
                ),
            },
            "Next": "ChannelRecording",
        },
        "ChannelRecording": {
            "Type": "Pass",
            "Parameters": _recording(
                kind="CHANNEL",
                id=f"{_DETAIL}.recording_session_id",
                fallback=f"{_DETAIL}.stream_id",
                resource="$.event.resources[0]",
                status=f"{_DETAIL}.recording_status",
                reason=f"{_DETAIL}.recording_status_reason",
                place=_place_of_event(playlist),
                names={},
                streams="States.ArrayUnique($.streams[*][*])",
                has_duration=True,
            ),
            "Next": "HasAnId",
        },
    }


def participant_states(playlist: str) -> State:
    return {
        "ParticipantRecording": {
            "Type": "Pass",
            "Parameters": _recording(
                kind="PARTICIPANT",
                # A merged recording has several sessions, but one prefix.
                id=f"{_DETAIL}.recording_s3_key_prefix",
                fallback=(
                    f"States.Format('{{}}/{{}}', {_DETAIL}.session_id, {_DETAIL}.participant_id)"
                ),
                resource="$.event.resources[0]",
                status=f"{_DETAIL}.event_name",
                reason=f"{_DETAIL}.error_code",
                place=_place_of_event(playlist),
                names={"participant_id": f"{_DETAIL}.participant_id"},
                streams=f"States.Array({_DETAIL}.session_id)",
                has_duration=True,
            ),
            "Next": "HasAnId",
        },
    }


def composition_states(playlist: str) -> State:
    """
    Return the states for compositions, whose events contain no location of a recording.

    A composition is deleted a few minutes after it stopped. An event that comes later changes an
    existing item. Without an item, it is not known whether the event is about a recording.
    """
    gone = ["IvsRealTime.ResourceNotFoundException"]
    destination = "$.composition.destinations[{}]"
    choices = [
        {
            "And": [
                {"Variable": f"{destination.format(index)}.Id", "IsPresent": True},
                {
                    "Variable": f"{destination.format(index)}.Id",
                    "StringEqualsPath": "$.event.detail.id",
                },
            ],
            "Next": f"{name}Destination",
        }
        for index, name in enumerate(("First", "Second"))
    ]
    prefix = "$.destination.Detail.S3.RecordingPrefix"
    recording = functools.partial(
        _recording,
        kind="COMPOSITION",
        id="States.Format('{}/{}', $.event.resources[0], $.event.detail.id)",
        fallback="$.event.detail.id",
        resource="$.event.detail.stage_arn",
        status="$.event.detail.event_name",
        reason="$.event.detail.error_code",
        names={"composition_arn": "$.event.resources[0]", "destination_id": "$.event.detail.id"},
        streams=None,
        has_duration=False,
    )
    return {
        "ReadComposition": {
            "Type": "Task",
            "Resource": f"{_IVS}getComposition",
            "Parameters": {"Arn.$": "$.event.resources[0]"},
            "ResultSelector": {"destinations.$": "$.Composition.Destinations"},
            "ResultPath": "$.composition",
            "TimeoutSeconds": SECONDS,
            "Retry": [{"ErrorEquals": gone, "MaxAttempts": 0}, RETRY],
            "Catch": [
                {"ErrorEquals": gone, "ResultPath": "$.error", "Next": "CompositionIsGone"},
                UNDELIVERABLE,
            ],
            "Next": "WhichDestination",
        },
        "WhichDestination": {"Type": "Choice", "Choices": choices, "Default": "UnexpectedEvent"},
        **{
            f"{name}Destination": {
                "Type": "Pass",
                "InputPath": destination.format(index),
                "ResultPath": "$.destination",
                "Next": "IsRecorded",
            }
            for index, name in enumerate(("First", "Second"))
        },
        "IsRecorded": {
            "Type": "Choice",
            "Choices": [
                {
                    "Variable": "$.destination.Configuration.S3.StorageConfigurationArn",
                    "IsPresent": True,
                    "Next": "ReadStorage",
                }
            ],
            "Default": "NotRecorded",
        },
        "NotRecorded": {"Type": "Succeed"},
        "ReadStorage": {
            "Type": "Task",
            "Resource": f"{_IVS}getStorageConfiguration",
            "Parameters": {"Arn.$": "$.destination.Configuration.S3.StorageConfigurationArn"},
            "ResultSelector": {"bucket.$": "$.StorageConfiguration.S3.BucketName"},
            "ResultPath": "$.storage",
            "TimeoutSeconds": SECONDS,
            "Retry": [RETRY],
            "Catch": [UNDELIVERABLE],
            "Next": "HasAPrefix",
        },
        "HasAPrefix": {
            "Type": "Choice",
            "Choices": [{"Variable": prefix, "IsPresent": True, "Next": "CompositionRecording"}],
            "Default": "CompositionRecordingWithoutPrefix",
        },
        "CompositionRecording": {
            "Type": "Pass",
            "Parameters": recording(
                place={
                    "bucket": "$.storage.bucket",
                    "prefix": prefix,
                    "playlist": f"States.Format('{{}}{playlist}', {prefix})",
                },
            ),
            "Next": "HasAnId",
        },
        "CompositionRecordingWithoutPrefix": {
            "Type": "Pass",
            "Parameters": recording(
                place={
                    "bucket": "$.storage.bucket",
                    "prefix": "$.event.detail.recording_s3_key_prefix",
                    "playlist": "$.event.detail.recording_s3_key_prefix",
                },
            ),
            "Next": "HasAnId",
        },
        "CompositionIsGone": {
            "Type": "Pass",
            "Parameters": recording(
                place={
                    "bucket": "$.event.detail.recording_s3_bucket_name",
                    "prefix": "$.event.detail.recording_s3_key_prefix",
                    "playlist": "$.event.detail.recording_s3_key_prefix",
                },
                condition=_MUST_EXIST,
            ),
            "Next": "HasAnId",
        },
    }


def _place_of_event(playlist: str) -> dict[str, str]:
    return {
        "bucket": f"{_DETAIL}.recording_s3_bucket_name",
        "prefix": f"{_DETAIL}.recording_s3_key_prefix",
        "playlist": f"States.Format('{{}}{playlist}', {_DETAIL}.recording_s3_key_prefix)",
    }
