"""What the stream_lifecycle example writes to its table."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from moto import mock_aws
from moto.events.models import EventPattern

from tests.examples.golden_templates import at, deployed, properties_of, states_of
from tests.support.arns import REGION, arn

NAME = "stream_lifecycle"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")
VALUES = {
    "Channel.Arn": CHANNEL_ARN,
    "Recorder": "arn:aws:states:us-west-2:123456789012:stateMachine:Recorder",
    "RecorderEventsRole.Arn": "arn:aws:iam::123456789012:role/EventsRole",
    "Streams": "streams",
    "Undelivered.Arn": "arn:aws:sqs:us-west-2:123456789012:Undelivered",
}


def event(
    name: str, time: str = "2024-09-09T16:17:26Z", kind: str = "IVS Stream State Change"
) -> dict[str, Any]:
    """An event as in the guide."""
    return {
        "version": "0",
        "id": "01234567-0123-0123-0123-012345678901",
        "detail-type": kind,
        "source": "aws.ivs",
        "account": "123456789012",
        "time": time,
        "region": "us-west-2",
        "resources": [CHANNEL_ARN],
        "detail": {
            "event_name": name,
            "channel_name": "Your Channel",
            "stream_id": "st-1A2b3c4D5e6F78ghij9Klmn",
        },
    }


@pytest.fixture
def write() -> dict[str, Any]:
    """The state that writes."""
    definition = states_of(NAME, "Recorder", VALUES)
    assert definition["StartAt"] == "WriteEvent"
    found: dict[str, Any] = definition["States"]["WriteEvent"]
    return found


def filled(parameters: Any, data: dict[str, Any]) -> Any:
    """The parameters of a state, with the values of its input."""
    if not isinstance(parameters, dict):
        return parameters
    return {
        key.removesuffix(".$"): at(value, data) if key.endswith(".$") else filled(value, data)
        for key, value in parameters.items()
    }


@pytest.mark.parametrize(
    ("name", "kind", "rules"),
    [
        ("Stream Start", "IVS Stream State Change", ["ChannelLiveOrNot"]),
        ("Stream End", "IVS Stream State Change", ["ChannelLiveOrNot"]),
        ("Starvation Start", "IVS Stream Health Change", ["ChannelStarving"]),
        ("Starvation End", "IVS Stream Health Change", ["ChannelStarving"]),
        ("Session Created", "IVS Stream State Change", []),
        ("Stream Takeover", "IVS Stream State Change", []),
        ("Ad Break Inserted", "IVS Ad Break State Change", []),
    ],
)
def test_rules_take_what_the_table_tells(name: str, kind: str, rules: list[str]) -> None:
    """
    Each event of the four is taken by one rule, and no other event is.
    """
    assert [
        rule
        for rule in ("ChannelLiveOrNot", "ChannelStarving")
        if EventPattern(
            None, deployed(properties_of(NAME, "AWS::Events::Rule", rule), VALUES)["EventPattern"]
        ).matches_event(event(name, kind=kind))
    ] == rules


@pytest.mark.parametrize("rule", ["ChannelLiveOrNot", "ChannelStarving"])
def test_state_machine_gets_the_event(rule: str) -> None:
    """
    The event is the input, or is kept in a queue.
    """
    (target,) = deployed(properties_of(NAME, "AWS::Events::Rule", rule), VALUES)["Targets"]
    assert target == {
        "Arn": VALUES["Recorder"],
        "DeadLetterConfig": {"Arn": VALUES["Undelivered.Arn"]},
        "Id": "Target0",
        "RoleArn": VALUES["RecorderEventsRole.Arn"],
    }


def test_call_is_one_that_dynamodb_takes(write: dict[str, Any]) -> None:
    """
    The parameters are those of UpdateItem, with the values of the event.
    """
    assert write["Resource"] == "arn:aws:states:::dynamodb:updateItem"
    parameters = filled(write["Parameters"], event("Stream Start"))
    model = botocore.session.Session().get_service_model("dynamodb").operation_model("UpdateItem")
    assert ParamValidator().validate(parameters, model.input_shape).generate_report() == ""
    assert parameters == {
        "ConditionExpression": "attribute_not_exists(happened_at) OR happened_at <= :time",
        "ExpressionAttributeValues": {
            ":event": {"S": "Stream Start"},
            ":stream": {"S": "st-1A2b3c4D5e6F78ghij9Klmn"},
            ":time": {"S": "2024-09-09T16:17:26Z"},
        },
        "Key": {"channel_arn": {"S": CHANNEL_ARN}},
        "TableName": "streams",
        "UpdateExpression": ("SET happened_at = :time, last_event = :event, stream_id = :stream"),
    }


@pytest.mark.parametrize(
    ("events", "last"),
    [
        ([event("Stream Start")], "Stream Start"),
        (
            [event("Stream Start"), event("Stream End", "2024-09-09T17:00:00Z")],
            "Stream End",
        ),
        (
            [event("Stream End", "2024-09-09T17:00:00Z"), event("Stream Start")],
            "Stream End",
        ),
        ([event("Stream Start"), event("Stream Start")], "Stream Start"),
    ],
    ids=["one", "in order", "not in order", "twice"],
)
def test_table_tells_the_latest(
    write: dict[str, Any],
    events: list[dict[str, Any]],
    last: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """
    The table of the template, in moto, keeps what happened last, however events arrive.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    table = properties_of(NAME, "AWS::DynamoDB::GlobalTable", "Streams")
    with mock_aws():
        client = boto3.client("dynamodb", region_name=REGION)
        client.create_table(
            TableName="streams",
            **{key: table[key] for key in ("AttributeDefinitions", "BillingMode", "KeySchema")},
        )
        for one in events:
            try:
                client.update_item(**filled(write["Parameters"], one))
            except ClientError as error:
                name = f"DynamoDB.{error.response['Error']['Code']}"
                assert [name] == write["Catch"][0]["ErrorEquals"]
        (row,) = client.scan(TableName="streams")["Items"]
    assert row["last_event"] == {"S": last}


def test_older_event_is_no_failure(write: dict[str, Any]) -> None:
    """
    What the condition refuses is not tried again, and ends well.
    """
    refused = ["DynamoDB.ConditionalCheckFailedException"]
    assert write["Retry"][0] == {"ErrorEquals": refused, "MaxAttempts": 0}
    assert write["Retry"][1]["ErrorEquals"] == ["States.ALL"]
    assert write["Catch"] == [{"ErrorEquals": refused, "Next": "KnewLater"}]
    assert states_of(NAME, "Recorder", VALUES)["States"]["KnewLater"] == {"Type": "Succeed"}


def test_role_may_write_to_the_table_alone() -> None:
    """
    Of DynamoDB, the state machine may update items of the one table.
    """
    policy = properties_of(NAME, "AWS::IAM::Policy", "RecorderRole")
    statements = deployed(policy["PolicyDocument"]["Statement"], VALUES)
    assert [one for one in statements if "dynamodb:" in str(one["Action"])] == [
        {
            "Action": "dynamodb:UpdateItem",
            "Effect": "Allow",
            "Resource": "arn:aws:dynamodb:us-west-2:123456789012:table/streams",
        }
    ]
