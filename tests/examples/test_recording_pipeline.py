"""What the recording_pipeline example waits for, and what becomes of it."""

from __future__ import annotations

import json
import re
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from moto.events.models import EventPattern

from tests.examples.golden_templates import at, deployed, properties_of, states_of
from tests.support.arns import arn

NAME = "recording_pipeline"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")
PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
VALUES = {
    "Channel.Arn": CHANNEL_ARN,
    "Reader": "arn:aws:states:us-west-2:123456789012:stateMachine:Reader",
    "ReaderEventsRole.Arn": "arn:aws:iam::123456789012:role/EventsRole",
    "Recorded.Arn": "arn:aws:sqs:us-west-2:123456789012:Recorded",
    "Recordings": "recordings",
    "Recordings.Arn": "arn:aws:s3:::recordings",
    "Undelivered.Arn": "arn:aws:sqs:us-west-2:123456789012:Undelivered",
    "Unprocessed.Arn": "arn:aws:sqs:us-west-2:123456789012:Unprocessed",
}

# The sample of the guide, in the envelope that all events have.
EVENT: dict[str, Any] = {
    "version": "0",
    "id": "01234567-0123-0123-0123-012345678901",
    "detail-type": "IVS Recording State Change",
    "source": "aws.ivs",
    "account": "123456789012",
    "time": "2020-06-24T07:51:32Z",
    "region": "us-west-2",
    "resources": [CHANNEL_ARN],
    "detail": {
        "channel_name": "Your Channel",
        "stream_id": "st-1A2b3c4D5e6F78ghij9Klmn",
        "recording_status": "Recording End",
        "recording_status_reason": "",
        "recording_s3_bucket_name": "recordings",
        "recording_s3_key_prefix": PREFIX,
        "recording_duration_ms": 99370264,
        "recording_session_id": "a6RfV23ES97iyfoQ",
        "recording_session_stream_ids": [
            "st-254sopYUvi6F78ghpO9vn0A",
            "st-1A2b3c4D5e6F78ghij9Klmn",
        ],
    },
}

# What the guide says that the file has, as far as the state machine reads it.
RECORDING_ENDED: dict[str, Any] = {
    "channel_arn": CHANNEL_ARN,
    "media": {"hls": {"duration_ms": 99370264, "path": "media/hls", "playlist": "master.m3u8"}},
    "recording_status": "RECORDING_ENDED",
}


@pytest.fixture
def rule() -> dict[str, Any]:
    """The only rule."""
    found: dict[str, Any] = deployed(properties_of(NAME, "AWS::Events::Rule"), VALUES)
    return found


@pytest.fixture
def states() -> dict[str, Any]:
    """The states of the state machine."""
    definition = states_of(NAME, "Reader", VALUES)
    assert definition["StartAt"] == "ReadRecording"
    found: dict[str, Any] = definition["States"]
    return found


def message_of(target: dict[str, Any]) -> dict[str, Any]:
    """What a target gets of the event."""
    transformer = target["InputTransformer"]
    text = transformer["InputTemplate"]
    for name, path in transformer["InputPathsMap"].items():
        text = text.replace(f"<{name}>", json.dumps(at(path, EVENT)))
    message: dict[str, Any] = json.loads(text)
    return message


def formatted(intrinsic: str, data: dict[str, Any]) -> str:
    """What ``States.Format`` makes of its paths."""
    match = re.fullmatch(r"States\.Format\('([^']*)', (.*)\)", intrinsic)
    assert match is not None
    text: str = match[1].format(*(at(path, data) for path in match[2].split(", ")))
    return text


def test_rule_takes_the_event_of_the_guide(rule: dict[str, Any]) -> None:
    """
    The event of a complete recording is taken.
    """
    assert EventPattern(None, rule["EventPattern"]).matches_event(EVENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "aws.ivschat"},
        {"detail-type": "IVS Stream State Change"},
        {"resources": [arn("channel/Another1Channel")]},
        {"detail": EVENT["detail"] | {"recording_status": "Recording Start"}},
        {"detail": EVENT["detail"] | {"recording_status": "Recording End Failure"}},
    ],
    ids=["source", "detail-type", "channel", "start", "failure"],
)
def test_rule_takes_no_other_event(rule: dict[str, Any], changes: dict[str, Any]) -> None:
    """
    An event that differs in one of the fields is not.
    """
    assert not EventPattern(None, rule["EventPattern"]).matches_event(EVENT | changes)


def test_both_targets_get_the_place_of_the_recording(rule: dict[str, Any]) -> None:
    """
    The queue and the state machine get the bucket and the prefix, or the event is kept.
    """
    assert [(target["Arn"], message_of(target)) for target in rule["Targets"]] == [
        (VALUES["Recorded.Arn"], {"bucket": "recordings", "prefix": PREFIX}),
        (VALUES["Reader"], {"bucket": "recordings", "prefix": PREFIX}),
    ]
    assert [target["DeadLetterConfig"]["Arn"] for target in rule["Targets"]] == [
        VALUES["Undelivered.Arn"]
    ] * 2


@pytest.mark.parametrize("queue", ["Recorded", "Undelivered"])
def test_rule_may_send_to_the_queues(queue: str) -> None:
    """
    Each queue lets this rule send, refuses plain HTTP, and is encrypted.
    """
    policy = properties_of(NAME, "AWS::SQS::QueuePolicy", f"{queue}Policy")
    deny, allow = deployed(
        policy["PolicyDocument"]["Statement"], VALUES | {"ChannelRecorded.Arn": "the rule"}
    )
    assert (deny["Effect"], deny["Condition"]) == (
        "Deny",
        {"Bool": {"aws:SecureTransport": "false"}},
    )
    assert allow["Condition"] == {"ArnEquals": {"aws:SourceArn": "the rule"}}
    assert properties_of(NAME, "AWS::SQS::Queue", queue)["SqsManagedSseEnabled"] is True


def test_messages_that_nobody_deletes_are_kept() -> None:
    """
    After three times a message goes to another queue.
    """
    queue = deployed(properties_of(NAME, "AWS::SQS::Queue", "Recorded"), VALUES)
    assert queue["RedrivePolicy"] == {
        "deadLetterTargetArn": VALUES["Unprocessed.Arn"],
        "maxReceiveCount": 3,
    }


def test_call_is_one_that_s3_takes(states: dict[str, Any], rule: dict[str, Any]) -> None:
    """
    The parameters are those of GetObject, for the file of the event's recording.
    """
    read = states["ReadRecording"]
    assert read["Resource"] == "arn:aws:states:::aws-sdk:s3:getObject"
    parameters = {
        "Bucket": read["Parameters"]["Bucket"],
        "Key": formatted(read["Parameters"]["Key.$"], message_of(rule["Targets"][1])),
    }
    assert len(parameters) == len(read["Parameters"])
    assert parameters == {"Bucket": "recordings", "Key": f"{PREFIX}/events/recording-ended.json"}
    model = botocore.session.Session().get_service_model("s3").operation_model("GetObject")
    assert ParamValidator().validate(parameters, model.input_shape).generate_report() == ""
    assert "Body" in model.output_shape.members


def test_state_machine_ends_with_the_playlist(states: dict[str, Any], rule: dict[str, Any]) -> None:
    """
    The text of the file is parsed, and its paths are put after the prefix.
    """
    read, found = states["ReadRecording"], states["FoundVideo"]
    assert read["Next"] == "FoundVideo"
    assert found["End"] is True
    assert read["ResultSelector"] == {"ended.$": "States.StringToJson($.Body)"}
    assert read["ResultPath"] == "$.recording"
    data = message_of(rule["Targets"][1]) | {"recording": {"ended": RECORDING_ENDED}}
    parameters = found["Parameters"]
    assert {
        "bucket": at(parameters["bucket.$"], data),
        "durationMs": at(parameters["durationMs.$"], data),
        "playlist": formatted(parameters["playlist.$"], data),
    } == {
        "bucket": "recordings",
        "durationMs": 99370264,
        "playlist": f"{PREFIX}/media/hls/master.m3u8",
    }
    assert len(parameters) == 3


def test_role_may_read_these_files_alone() -> None:
    """
    Of S3, the state machine may get the files of ended recordings, and nothing else.
    """
    policy = properties_of(NAME, "AWS::IAM::Policy", "ReaderRole")
    statements = deployed(policy["PolicyDocument"]["Statement"], VALUES)
    assert [one for one in statements if "s3:" in str(one["Action"])] == [
        {
            "Action": "s3:GetObject",
            "Effect": "Allow",
            "Resource": "arn:aws:s3:::recordings/ivs/v1/*/events/recording-ended.json",
        }
    ]
