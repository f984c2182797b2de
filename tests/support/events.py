"""
Events as EventBridge delivers them: the samples of the AWS documentation, read on 2026-11-21.

https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html
https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html

The ARNs and the names of channels are those of this suite, since the samples have some that cannot
be. The names of events for which there is no sample stand in one that the documentation gives the
same fields. The events about the other channel and the other stage have other names, streams,
users and participants too.
"""

from __future__ import annotations

from typing import Any

from tests.support.arns import ACCOUNT, REGION, arn

Event = dict[str, Any]

CHANNEL = arn("channel/AbCdef1G2hij")
OTHER_CHANNEL = arn("channel/KlMnop3Q4rst")
STAGE = arn("stage/ZyXwvu1T2sRq")
OTHER_STAGE = arn("stage/AbCdef1G2hij")
COMPOSITION = arn("composition/s2AdaGUbvQgp")

STREAM_STATE = "IVS Stream State Change"
STREAM_HEALTH = "IVS Stream Health Change"
LIMIT_BREACH = "IVS Limit Breach"
RECORDING_STATE = "IVS Recording State Change"
AD_BREAK = "IVS Ad Break State Change"
STAGE_UPDATE = "IVS Stage Update"
COMPOSITION_STATE = "IVS Composition State Change"
PARTICIPANT_RECORDING_STATE = "IVS Participant Recording State Change"

_STREAM = {"channel_name": "Your-Channel", "stream_id": "st-1A2b3c4D5e6F78ghij9Klmn"}
_OTHER_STREAM = {"channel_name": "Other-Channel", "stream_id": "st-254sopYUvi6F78ghpO9vn0A"}
_RECORDING = {
    "recording_status_reason": "",
    "recording_s3_bucket_name": "amzn-s3-demo-bucket",
    "recording_s3_key_prefix": "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs",
    "recording_duration_ms": 0,
    "recording_session_id": "a6RfV23ES97iyfoQ",
}
_PARTICIPANT = {"session_id": "st-ZyXwvu1T2s", "participant_id": "xYz1c2d3e4f"}
_OTHER_PARTICIPANT = {"session_id": "st-AbCdef1G2h", "participant_id": "pQr5s6t7u8v"}
_USER = "Your User Id"
_OTHER_USER = "guest-42"
_PARTICIPANT_RECORDING = {
    "recording_s3_bucket_name": "amzn-s3-demo-bucket",
    "recording_s3_key_prefix": ("ZyXwvu1T2sRq/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"),
}


def event(
    detail_type: str, resources: list[str], detail: dict[str, Any], source: str = "aws.ivs"
) -> Event:
    """An event in its envelope."""
    return {
        "version": "0",
        "id": "01234567-0123-0123-0123-012345678901",
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": "2024-09-09T16:17:26Z",
        "region": REGION,
        "resources": resources,
        "detail": detail,
    }


def channel_events(channel: str, stream: dict[str, str]) -> dict[str, Event]:
    """
    The events that name a channel.

    Args:
        channel: The channel.
        stream: Its name and its stream.
    """

    def state(event_name: str, **detail: str) -> Event:
        return event(STREAM_STATE, [channel], {"event_name": event_name, **stream, **detail})

    def health(event_name: str) -> Event:
        return event(STREAM_HEALTH, [channel], {"event_name": event_name, **stream})

    def limit(limit_name: str, value: int, exceeded_by: int, unit: str) -> Event:
        detail = {
            "limit_name": limit_name,
            "limit_value": value,
            "exceeded_by": exceeded_by,
            "limit_unit": unit,
            **stream,
        }
        return event(LIMIT_BREACH, [channel], detail)

    def recording(recording_status: str, **detail: object) -> Event:
        return event(
            RECORDING_STATE,
            [channel],
            {**stream, **_RECORDING, "recording_status": recording_status, **detail},
        )

    return {
        "session created": state("Session Created", channel_name=""),
        "session ended": state("Session Ended", channel_name=""),
        "session ended with a code": state(
            "Session Ended", channel_name="", code="MultitrackInputNotAllowed"
        ),
        "stream start": state("Stream Start"),
        "stream end": state("Stream End"),
        "stream failure": state(
            "Stream Failure", reason="Transcode capacity exceeded. Please try again."
        ),
        "stream takeover": state("Stream Takeover"),
        "stream takeover failure": state(
            "Stream Takeover Failure", code="StreamTakeoverInvalidPriority"
        ),
        "starvation start": health("Starvation Start"),
        "starvation end": health("Starvation End"),
        "ingest bitrate": limit("Ingest Bitrate", 1234, 3, "bits per second"),
        "ingest resolution in all": limit("Ingest Resolution", 495000, 426600, "total pixels"),
        "ingest resolution of an edge": limit("Ingest Resolution", 855, 45, "pixels per edge"),
        "recording start": recording("Recording Start"),
        "recording end": recording(
            "Recording End",
            recording_duration_ms=99370264,
            recording_session_stream_ids=[
                "st-254sopYUvi6F78ghpO9vn0A",
                "st-1A2b3c4D5e6F78ghij9Klmn",
            ],
        ),
        "recording start failure": recording(
            "Recording Start Failure",
            recording_status_reason="ValidationException",
            recording_s3_key_prefix="",
        ),
        "recording end failure": recording(
            "Recording End Failure", recording_status_reason="InternalServerException"
        ),
        "ad break inserted": event(
            AD_BREAK,
            [channel],
            {
                "event_name": "Ad Break Inserted",
                **stream,
                "ad_break_id": "hSi2o1WIVgij",
                "duration_seconds": 20,
                "target_start_time": "2026-02-05T01:03:18Z",
            },
        ),
    }


def stage_events(
    stage: str, other: str, participant: dict[str, str], user: str
) -> dict[str, Event]:
    """
    The events that name a stage.

    Args:
        stage: The stage.
        other: Another one, in fields that say where a participant is replicated from and to.
        participant: The participant and its session.
        user: The user that the participant is.
    """
    time = {"event_time": "2025-11-18T16:40:32Z"}
    precise = {"event_time_precise": "2025-11-18T16:40:32.123456Z"}
    replica = {
        "replica": True,
        "source_stage_arn": other,
        "source_session_id": "st-AbCdef1G2h",
    }
    replication = {"destination_stage_arn": other, "destination_session_id": "st-AbCdef1G2h"}

    def update(event_name: str, **detail: object) -> Event:
        return event(
            STAGE_UPDATE,
            [stage],
            {
                "event_name": event_name,
                **participant,
                "user_id": user,
                **time,
                **detail,
            },
        )

    def composition(event_name: str, **detail: str) -> Event:
        return event(
            COMPOSITION_STATE,
            [COMPOSITION],
            {"event_name": event_name, "stage_arn": stage, **detail},
        )

    def recording(event_name: str, **detail: object) -> Event:
        return event(
            PARTICIPANT_RECORDING_STATE,
            [stage],
            {"event_name": event_name, **participant, **_PARTICIPANT_RECORDING, **detail},
        )

    return {
        "participant published": update("Participant Published", **precise, **replica),
        "participant unpublished": update("Participant Unpublished", **precise, **replica),
        "participant publish error": update(
            "Participant Publish Error", error_code="BITRATE_EXCEEDED", **replica
        ),
        "participant replication start": update("Participant Replication Start", **replication),
        "participant replication end": update("Participant Replication End", **replication),
        "token exchanged": update(
            "Token Exchanged",
            previous_token={
                "capabilities": ["SUBSCRIBE"],
                "attributes": {"role": "viewer"},
                "user_id": "InitialUser",
                "expiration_time": "2025-11-18T17:40:32Z",
            },
            new_token={
                "capabilities": ["SUBSCRIBE", "PUBLISH"],
                "attributes": {"role": "moderator"},
                "user_id": "UpdatedUser",
                "expiration_time": "2025-11-18T18:40:32Z",
            },
        ),
        "composition start": composition("Session Start"),
        "composition end": composition("Session End"),
        "composition failure": composition(
            "Session Failure",
            error_code="DestinationFailure",
            reason="One or more outputs failed",
        ),
        "destination start": composition("Destination Start", id="2pBRKrNgX1ff"),
        "destination end": composition("Destination End", id="2pBRKrNgX1ff"),
        "destination failure": composition(
            "Destination Failure",
            id="2pBRKrNgX1ff",
            error_code="AccessDeniedException",
            reason="Access denied to S3 bucket. Please verify your bucket policy",
        ),
        "destination reconnecting": composition("Destination Reconnecting", id="2pBRKrNgX1ff"),
        "participant recording start": recording("Recording Start"),
        "participant recording end": recording("Recording End", recording_duration_ms=547327),
        "participant recording start failure": recording(
            "Recording Start Failure",
            error_code="AccessDeniedException",
            reason="Access denied to S3 bucket. Please verify your bucket policy",
        ),
        "participant recording end failure": recording(
            "Recording End Failure",
            recording_duration_ms=547327,
            error_code="InternalServerException",
            reason="Internal server error",
        ),
    }


# The limits of the account: their events have no resources.
ACCOUNT_EVENTS = {
    "concurrent broadcasts": event(
        LIMIT_BREACH,
        [],
        {
            "limit_name": "Concurrent Broadcasts",
            "limit_value": 2,
            "exceeded_by": 3,
            "limit_unit": "active streams",
        },
    ),
    "concurrent viewers": event(
        LIMIT_BREACH,
        [],
        {
            "limit_name": "Concurrent Viewers",
            "limit_value": 10,
            "exceeded_by": 11,
            "limit_unit": "viewers",
        },
    ),
}

SAMPLES = {
    **channel_events(CHANNEL, _STREAM),
    **stage_events(STAGE, OTHER_STAGE, _PARTICIPANT, _USER),
    **ACCOUNT_EVENTS,
}
OTHER_SAMPLES = {
    **channel_events(OTHER_CHANNEL, _OTHER_STREAM),
    **stage_events(OTHER_STAGE, STAGE, _OTHER_PARTICIPANT, _OTHER_USER),
}

# Events that are about the same resources, and none of those above.
FOREIGN = {
    "stream start of an application": event(
        STREAM_STATE, [CHANNEL], {"event_name": "Stream Start", **_STREAM}, source="com.example"
    ),
    "api call": event(
        "AWS API Call via CloudTrail",
        [],
        {
            "eventSource": "ivs.amazonaws.com",
            "eventName": "StopStream",
            "requestParameters": {"channelArn": CHANNEL},
        },
    ),
    "api call of chat": event(
        "AWS API Call via CloudTrail",
        [],
        {"eventSource": "ivschat.amazonaws.com", "eventName": "DeleteRoom"},
        source="aws.ivschat",
    ),
    # It is in EventBridge's reference without a sample: what it says is not known.
    "publisher recording": event("IVS Publisher Recording State Change", [STAGE], {}),
}
