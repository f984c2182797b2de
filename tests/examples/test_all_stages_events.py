"""What the all_stages_events example hears, and what its consumer writes."""

from __future__ import annotations

import ast
import itertools
import json
import runpy
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.examples.apps import EXAMPLES, NAMES, golden
from tests.examples.golden_templates import deployed, properties_of
from tests.monitoring.matching import matching
from tests.support.arns import REGION
from tests.support.events import FOREIGN, OTHER_SAMPLES, OTHER_STAGE, SAMPLES, STAGE, Event

NAME = "all_stages_events"
VALUES = {
    "DeadLetters.Arn": "arn:aws:sqs:us-west-2:123456789012:DeadLetters",
    "Events.Arn": "arn:aws:sqs:us-west-2:123456789012:Events",
    "GuestsPublish.Arn": "arn:aws:events:us-west-2:123456789012:rule/GuestsPublish",
    "Logs.Arn": "arn:aws:logs:us-west-2:123456789012:log-group:Logs:*",
    "Participants": "participants",
    "Participants.Arn": "arn:aws:dynamodb:us-west-2:123456789012:table/participants",
    "Recorded.Arn": "arn:aws:events:us-west-2:123456789012:rule/Recorded",
}
# Those about the other stage are about a guest.
PUBLISHED = OTHER_SAMPLES["participant published"]
UNPUBLISHED = OTHER_SAMPLES["participant unpublished"]
RECORDED = OTHER_SAMPLES["participant recording end"]
ROW = {"stage_arn": OTHER_STAGE, "participant": "st-AbCdef1G2h#pQr5s6t7u8v"}
FOLDER = "ZyXwvu1T2sRq/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
# 30 days after the time of the samples, 2024-09-09T16:17:26Z.
EXPIRES = 1728490646


def at(event: Event, time: str) -> Event:
    """An event about publishing, at another time."""
    return {**event, "detail": {**event["detail"], "event_time_precise": time}}


def without_precise_time(event: Event, time: str) -> Event:
    """An event as they were before June 2026."""
    detail = {key: value for key, value in event["detail"].items() if "precise" not in key}
    return {**event, "detail": {**detail, "event_time": time}}


def batch(*events: Any) -> dict[str, Any]:
    """What Lambda takes from a queue."""
    return {
        "Records": [
            {"messageId": f"m{index}", "body": one if isinstance(one, str) else json.dumps(one)}
            for index, one in enumerate(events)
        ]
    }


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, Any]]]:
    """The function, with the environment and the table of the template."""
    variables = deployed(
        properties_of(NAME, "AWS::Lambda::Function")["Environment"]["Variables"], VALUES
    )
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    table = properties_of(NAME, "AWS::DynamoDB::GlobalTable")
    with mock_aws():
        boto3.client("dynamodb").create_table(
            TableName="participants",
            **{key: table[key] for key in ("AttributeDefinitions", "BillingMode", "KeySchema")},
        )
        handle = runpy.run_path(str(EXAMPLES / NAME / "handler.py"))["handle"]
        yield lambda *events: handle(batch(*events), None)


def rows() -> list[dict[str, Any]]:
    """What is in the table."""
    found: list[dict[str, Any]] = boto3.resource("dynamodb").Table("participants").scan()["Items"]
    return found


@pytest.fixture(scope="module")
def patterns() -> dict[str, dict[str, Any]]:
    """The patterns of the two rules."""
    return {
        name: deployed(properties_of(NAME, "AWS::Events::Rule", name), VALUES)["EventPattern"]
        for name in ("GuestsPublish", "Recorded")
    }


class TestRules:
    @pytest.mark.parametrize("sample", SAMPLES)
    def test_hear_recordings_of_all(self, patterns: dict[str, Any], sample: str) -> None:
        """
        Of those who are no guests, a recording that is complete is heard and nothing else.
        """
        expected = {"Recorded"} if sample == "participant recording end" else set()
        assert matching(patterns, SAMPLES[sample]) == expected

    @pytest.mark.parametrize("sample", OTHER_SAMPLES)
    def test_hear_guests_in_any_stage(self, patterns: dict[str, Any], sample: str) -> None:
        """
        Of guests, it is heard that they publish or stop too, in a stage that the app knows not.
        """
        expected = {
            "participant published": {"GuestsPublish"},
            "participant recording end": {"Recorded"},
            "participant unpublished": {"GuestsPublish"},
        }
        assert matching(patterns, OTHER_SAMPLES[sample]) == expected.get(sample, set())

    @pytest.mark.parametrize("sample", FOREIGN)
    def test_hear_no_others(self, patterns: dict[str, Any], sample: str) -> None:
        """
        What is no event of a stage is not heard.
        """
        assert matching(patterns, FOREIGN[sample]) == set()

    @pytest.mark.parametrize("rule", ["GuestsPublish", "Recorded"])
    def test_send_to_the_queue(self, rule: str) -> None:
        """
        Events go to the one queue, or to that of dead letters, and both let the rules in.
        """
        found = deployed(properties_of(NAME, "AWS::Events::Rule", rule), VALUES)
        assert found["Targets"] == [
            {
                "Arn": VALUES["Events.Arn"],
                "DeadLetterConfig": {"Arn": VALUES["DeadLetters.Arn"]},
                "Id": "Target0",
            }
        ]
        for queue in ("EventsPolicy", "DeadLettersPolicy"):
            policy = properties_of(NAME, "AWS::SQS::QueuePolicy", queue)["PolicyDocument"]
            allowed = [
                deployed(one, VALUES)["Condition"]["ArnEquals"]["aws:SourceArn"]
                for one in policy["Statement"]
                if one["Effect"] == "Allow" and "sqs:SendMessage" in str(one["Action"])
            ]
            assert VALUES[f"{rule}.Arn"] in allowed

    def test_no_example_writes_a_pattern(self) -> None:
        """
        No example has a rule or a pattern of its own hand: the methods of the library make all.
        """
        assert NAME in NAMES
        names = {
            name: {
                node.attr if isinstance(node, ast.Attribute) else node.id
                for node in ast.walk(ast.parse((EXAMPLES / name / "app.py").read_text()))
                if isinstance(node, ast.Attribute | ast.Name)
            }
            for name in NAMES
        }
        own = {"CfnRule", "EventPattern", "Rule", "add_event_pattern"}
        assert {name: found & own for name, found in names.items() if found & own} == {}
        assert sum("AWS::Events::Rule" in str(golden(name)) for name in NAMES) >= 5


class TestQueue:
    def test_gives_up_after_some_tries(self) -> None:
        """
        What the function fails at 5 times goes to the dead letters.
        """
        queue = deployed(properties_of(NAME, "AWS::SQS::Queue", "Events"), VALUES)
        assert queue["RedrivePolicy"] == {
            "deadLetterTargetArn": VALUES["DeadLetters.Arn"],
            "maxReceiveCount": 5,
        }

    def test_waits_longer_than_the_function_takes(self) -> None:
        """
        A message is not given to a second function while the first may be at it.
        """
        queue = properties_of(NAME, "AWS::SQS::Queue", "Events")
        function = properties_of(NAME, "AWS::Lambda::Function")
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]

    def test_is_told_what_failed(self) -> None:
        """
        Of a batch, only what failed comes again.
        """
        source = properties_of(NAME, "AWS::Lambda::EventSourceMapping")
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


class TestConsumer:
    def test_writes_who_publishes(self, consumer: Callable[..., Any]) -> None:
        """
        A row says who publishes in which stage, since when, and when it can go.
        """
        assert consumer(PUBLISHED) == {"batchItemFailures": []}
        assert rows() == [
            {
                **ROW,
                "expires_at": EXPIRES,
                "happened_at": "2025-11-18T16:40:32.123456000Z",
                "publishes": True,
                "user_id": "guest-42",
            }
        ]

    @pytest.mark.parametrize(
        "order",
        list(itertools.permutations(["published", "unpublished", "recorded"])),
        ids="-".join,
    )
    @pytest.mark.parametrize("times", [1, 2])
    def test_takes_events_in_any_order_and_twice(
        self, consumer: Callable[..., Any], order: tuple[str, ...], times: int
    ) -> None:
        """
        However often and in whatever order they come, the table says the same in the end.
        """
        events = {
            "published": at(PUBLISHED, "2025-11-18T16:40:32.123456Z"),
            "unpublished": at(UNPUBLISHED, "2025-11-18T16:40:32.123457Z"),
            "recorded": RECORDED,
        }
        for _ in range(times):
            assert consumer(*[events[name] for name in order]) == {"batchItemFailures": []}
        assert rows() == [
            {
                **ROW,
                "expires_at": EXPIRES,
                "happened_at": "2025-11-18T16:40:32.123457000Z",
                "publishes": False,
                "recordings": {f"s3://amzn-s3-demo-bucket/{FOLDER}"},
                "user_id": "guest-42",
            }
        ]

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("2025-11-18T16:40:32Z", "2025-11-18T16:40:32.000001Z"),
            ("2025-11-18T16:40:32.1Z", "2025-11-18T16:40:32.12Z"),
            ("2025-11-18T16:40:32.999999999Z", "2025-11-18T16:40:33Z"),
        ],
    )
    def test_compares_times_of_any_precision(
        self, consumer: Callable[..., Any], earlier: str, later: str
    ) -> None:
        """
        The later of two events stays, with as many digits of a second as it has.
        """
        consumer(at(UNPUBLISHED, later), at(PUBLISHED, earlier))
        consumer(at(PUBLISHED, later))
        (row,) = rows()
        assert row["publishes"] is False

    def test_takes_events_without_the_precise_time(self, consumer: Callable[..., Any]) -> None:
        """
        Where there is none, the time to the second is taken.
        """
        consumer(without_precise_time(PUBLISHED, "2025-11-18T16:40:32Z"))
        consumer(without_precise_time(UNPUBLISHED, "2025-11-18T16:40:33Z"))
        (row,) = rows()
        assert (row["happened_at"], row["publishes"]) == ("2025-11-18T16:40:33.000000000Z", False)

    def test_keeps_stages_and_participants_apart(self, consumer: Callable[..., Any]) -> None:
        """
        Each participant of each stage has a row.
        """
        consumer(PUBLISHED, SAMPLES["participant published"])
        assert {row["stage_arn"]: row["user_id"] for row in rows()} == {
            OTHER_STAGE: "guest-42",
            STAGE: "Your User Id",
        }

    def test_fails_at_one_and_takes_the_others(self, consumer: Callable[..., Any]) -> None:
        """
        What cannot be read is reported, and the rest of the batch is written.
        """
        assert consumer("no JSON", {"detail": {}}, PUBLISHED) == {
            "batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m1"}]
        }
        assert len(rows()) == 1

    def test_reports_what_the_table_refuses(self, consumer: Callable[..., Any]) -> None:
        """
        An error of the table that is not about the condition comes again.
        """
        boto3.client("dynamodb").delete_table(TableName="participants")
        assert consumer(PUBLISHED, RECORDED) == {
            "batchItemFailures": [{"itemIdentifier": "m0"}, {"itemIdentifier": "m1"}]
        }


def test_role_may_do_what_the_function_does_alone() -> None:
    """
    Of DynamoDB, the function may update items of the one table, and of SQS take from the one queue.
    """
    statements = deployed(
        properties_of(NAME, "AWS::IAM::Policy")["PolicyDocument"]["Statement"], VALUES
    )
    assert [(one["Action"], one["Resource"]) for one in statements] == [
        (["logs:CreateLogStream", "logs:PutLogEvents"], VALUES["Logs.Arn"]),
        ("dynamodb:UpdateItem", VALUES["Participants.Arn"]),
        (
            [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
            ],
            VALUES["Events.Arn"],
        ),
    ]
