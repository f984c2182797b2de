"""
What the state machine of a recording index writes, run over the events of recordings.

``state_machines.py`` says what runs it, and what that cannot do.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingIndex
from tests.monitoring.matching import matches
from tests.patterns.indexing import (
    Failed,
    Index,
    Json,
    Step,
    at,
    definition_of,
    every_order,
    index_of,
)
from tests.patterns.state_machines import ApiError, validate
from tests.support.events import CHANNEL, COMPOSITION, SAMPLES, STAGE, Event
from tests.support.oracles import template_of

# The definition is text of this library, the same with every aws-cdk-lib.
pytestmark = pytest.mark.once

PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
PARTICIPANT_PREFIX = "ZyXwvu1T2sRq/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
COMPOSITION_PREFIX = "ZyXwvu1T2sRq/s2AdaGUbvQgp/2pBRKrNgX1ff/composite"
STORAGE = "arn:aws:ivs:us-west-2:123456789012:storage-configuration/a1B2c3D4e5F6"
FIRST_STREAM, SECOND_STREAM = "st-254sopYUvi6F78ghpO9vn0A", "st-1A2b3c4D5e6F78ghij9Klmn"

CHANNEL_EVENTS = {
    "start failure": at(SAMPLES["recording start failure"], "16:17:20", "a"),
    "start": at(SAMPLES["recording start"], "16:17:26", "b", stream_id=FIRST_STREAM),
    # The stream was interrupted, and the recording goes on with the next one.
    "end failure": at(
        SAMPLES["recording end failure"], "16:19:00", "c", recording_duration_ms=94000
    ),
    "end": at(SAMPLES["recording end"], "16:20:00", "d", recording_duration_ms=154000),
}
# The same once more, with another id: of two ends the later one counts.
LATER_END = at(SAMPLES["recording end"], "16:21:00", "e", recording_duration_ms=154500)
PARTICIPANT_EVENTS = {
    "start": at(SAMPLES["participant recording start"], "12:00:55", "a"),
    # The participant came back into another session of the stage.
    "end failure": at(
        SAMPLES["participant recording end failure"], "12:09:00", "b", session_id="st-Next1Session"
    ),
    "end": at(SAMPLES["participant recording end"], "12:10:02", "c", session_id="st-Next1Session"),
}
COMPOSITION_EVENTS = {
    "start": at(SAMPLES["destination start"], "12:00:00", "a"),
    "failure": at(SAMPLES["destination failure"], "12:05:00", "b"),
    "end": at(SAMPLES["destination end"], "12:06:00", "c"),
}
DESTINATIONS = {
    "destinations": [
        {"Id": "AbCdef1G2hij", "Configuration": {"Channel": {"ChannelArn": CHANNEL}}},
        {
            "Id": "2pBRKrNgX1ff",
            "Configuration": {"S3": {"StorageConfigurationArn": STORAGE}},
            "Detail": {"S3": {"RecordingPrefix": COMPOSITION_PREFIX}},
        },
    ]
}


def composition(destinations: list[Json]) -> Json:
    """What the API answers about the composition."""
    return {"Composition": {"Arn": COMPOSITION, "StageArn": STAGE, "Destinations": destinations}}


ANSWERS = {
    "ReadComposition": composition(DESTINATIONS["destinations"]),
    "ReadStorage": {"StorageConfiguration": {"S3": {"BucketName": "amzn-s3-demo-bucket"}}},
}
GONE = ApiError("IvsRealTime.ResourceNotFoundException")


def synthesized(app: App, **arguments: Any) -> Json:
    """The template of an index of everything."""
    stack = Stack(app, "Stack")
    index = RecordingIndex(stack, "Index", all=True, **arguments)
    index.on_ready("Ready")
    return template_of(stack)


@pytest.fixture
def template(app: App) -> Json:
    """The template of an index of everything, with a base URL."""
    return synthesized(app, base_url="https://d111111abcdef8.cloudfront.net/")


@pytest.fixture
def definition(template: Json) -> Json:
    """The state machine of an index of everything."""
    return definition_of(template)


@pytest.fixture
def index(definition: Json) -> Iterator[Index]:
    """An index of everything, with the answers of the API."""
    with index_of(definition) as index:
        index.answers |= ANSWERS
        yield index


class TestDefinition:
    @pytest.mark.parametrize("time_to_live", [None, Duration.days(30)])
    @pytest.mark.parametrize(
        "resources",
        [
            lambda stack: {"channels": [ivs.Channel(stack, "Channel")]},
            lambda stack: {"stages": [ivs.Stage(stack, "Stage")]},
            lambda _: {"all": True},
        ],
        ids=["channels", "stages", "all"],
    )
    def test_is_valid(
        self,
        stack: Stack,
        resources: Callable[[Stack], Any],
        time_to_live: Duration | None,
    ) -> None:
        """
        The validator of state machines has nothing against the definition.
        """
        RecordingIndex(stack, "Index", time_to_live=time_to_live, **resources(stack))
        definition = definition_of(template_of(stack))
        assert validate(definition) == ""

    def test_that_is_broken_is_found(self, definition: Json) -> None:
        """
        The validator has something against a state that leads nowhere.
        """
        definition["States"]["Write"]["Next"] = "Nowhere"
        assert "Nowhere" in validate(definition)

    def test_of_channels_reads_no_compositions(self, stack: Stack) -> None:
        """
        Without stages there is nothing to ask the API for.
        """
        RecordingIndex(stack, "Index", channels=[ivs.Channel(stack, "Channel")])
        states = definition_of(template_of(stack))["States"].values()
        assert {state["Resource"] for state in states if state["Type"] == "Task"} == {
            "arn:aws:states:::dynamodb:updateItem",
            "arn:aws:states:::sqs:sendMessage",
        }


class TestChannel:
    def test_order_and_repetition_make_no_difference(self, index: Index) -> None:
        """
        Whatever the order in which start, end and failures come, and however often, the item is
        the same.
        """
        items, _ = every_order(index, CHANNEL_EVENTS | {"later end": LATER_END})
        assert items[frozenset(CHANNEL_EVENTS) | {"later end"}] == {
            "recording_id": "a6RfV23ES97iyfoQ",
            "kind": "CHANNEL",
            "resource_arn": CHANNEL,
            "recording_s3_bucket_name": "amzn-s3-demo-bucket",
            "recording_s3_key_prefix": PREFIX,
            "playlist_key": f"{PREFIX}/media/hls/master.m3u8",
            "recording_status": "Recording End",
            "recording_duration_ms": 154500,
            "started_at": "2024-09-09T16:17:20Z",
            "ready_at": "2024-09-09T16:21:00Z",
            "stream_ids": [SECOND_STREAM, FIRST_STREAM],
            "winner": "4#2024-09-09T16:21:00Z#e",
        }
        statuses = {told: item["recording_status"] for told, item in items.items()}
        assert statuses[frozenset({"start"})] == "Recording Start"
        assert statuses[frozenset({"start failure"})] == "Recording Start Failure"
        assert statuses[frozenset({"end failure"})] == "Recording End Failure"
        assert statuses[frozenset({"end"})] == "Recording End"
        assert statuses[frozenset({"start", "start failure"})] == "Recording Start Failure"
        assert statuses[frozenset({"start", "end failure"})] == "Recording End Failure"
        assert statuses[frozenset({"end", "end failure"})] == "Recording End"
        ended = {told for told in items if told & {"end", "later end"}}
        assert {told for told, item in items.items() if "ready_at" in item} == ended

    def test_executions_at_the_same_time_make_no_difference(self, index: Index) -> None:
        """
        Two events whose executions run at once leave the same item, wherever one interrupts the
        other: right before any of its writes.
        """
        beside = index.beside()
        interrupted = []
        befores: list[list[Event]] = [[], [CHANNEL_EVENTS["end failure"]]]
        orders = itertools.product(befores, CHANNEL_EVENTS.values(), CHANNEL_EVENTS.values())
        for before, event, other in orders:
            index.restore([])
            index.tell(*before)
            begun = index.raw()
            index.tell(event, other)
            (expected,) = index.items()
            for call in (1, 2, 3):
                index.restore(begun)
                index.calls.clear()
                index.between = {call: functools.partial(beside.tell, other)}
                index.tell(event)
                if index.between:
                    # There was no such call.
                    index.between = {}
                    break
                interrupted.append(index.calls[call - 1])
                assert index.items() == [expected], (before, event, other, call)
        assert Counter(interrupted) == {"Write": 32, "WriteTheRest": 12, "WriteTheStart": 8}

    def test_failures_say_why(self, index: Index) -> None:
        """
        The item of a recording that failed has the reason, and how much there is of it.
        """
        index.tell(CHANNEL_EVENTS["start"], CHANNEL_EVENTS["end failure"])
        (item,) = index.items()
        assert item["recording_status_reason"] == "InternalServerException"
        assert item["recording_duration_ms"] == 94000
        assert "ready_at" not in item

    def test_merged_streams_are_one_item(self, index: Index) -> None:
        """
        A recording of two streams, which the reconnect window merged, is one item with both.
        """
        index.tell(
            at(SAMPLES["recording start"], "16:17:26", "a", stream_id=FIRST_STREAM),
            at(SAMPLES["recording end"], "18:00:00", "b"),
        )
        (item,) = index.items()
        assert item["stream_ids"] == [SECOND_STREAM, FIRST_STREAM]

    def test_in_order_takes_one_write_an_event(self, index: Index) -> None:
        """
        Events that come in order are written at once, which is what the docs charge for.
        """
        index.tell(CHANNEL_EVENTS["start"], CHANNEL_EVENTS["end"])
        assert index.calls == ["Write", "Write"]

    def test_late_start_takes_three_writes(self, index: Index) -> None:
        """
        A start after the end is refused once, adds what it has, and moves the start.
        """
        index.tell(CHANNEL_EVENTS["end"], CHANNEL_EVENTS["start"])
        assert index.calls == ["Write", "Write", "WriteTheRest", "WriteTheStart"]

    def test_that_never_began_has_the_stream_for_an_id(self, index: Index) -> None:
        """
        An event without a recording session is found by its stream.
        """
        index.tell(at(SAMPLES["recording start failure"], "16:00:00", "a", recording_session_id=""))
        (item,) = index.items()
        assert item["recording_id"] == SECOND_STREAM
        assert (item["recording_s3_key_prefix"], item["playlist_key"]) == ("", "")

    def test_event_may_lack_fields(self, index: Index) -> None:
        """
        What an event does not say is taken for nothing: the event is not lost.
        """
        event = at(CHANNEL_EVENTS["end"], "16:20:00", "a")
        for name in ("recording_status_reason", "recording_session_stream_ids"):
            del event["detail"][name]
        index.tell(event)
        (item,) = index.items()
        assert (item["recording_status"], item["stream_ids"]) == ("Recording End", [SECOND_STREAM])

    def test_expires_after_the_time_to_live(self, app: App) -> None:
        """
        With a time to live of a day the item has the second a day after the event.
        """
        definition = definition_of(synthesized(app, time_to_live=Duration.days(1)))
        with index_of(definition) as index:
            items, _ = every_order(index, {name: CHANNEL_EVENTS[name] for name in ("start", "end")})
        # date --utc --date 2024-09-10T16:20:00Z +%s
        assert items[frozenset({"start", "end"})]["expires_at"] == 1725985200
        assert items[frozenset({"start"})]["expires_at"] == 1725985046


class TestStage:
    def test_order_of_participants_makes_no_difference(self, index: Index) -> None:
        """
        The recording of a participant is one item, with the sessions that were merged.
        """
        items, _ = every_order(index, PARTICIPANT_EVENTS)
        assert items[frozenset(PARTICIPANT_EVENTS)] == {
            "recording_id": PARTICIPANT_PREFIX,
            "kind": "PARTICIPANT",
            "resource_arn": STAGE,
            "participant_id": "xYz1c2d3e4f",
            "recording_s3_bucket_name": "amzn-s3-demo-bucket",
            "recording_s3_key_prefix": PARTICIPANT_PREFIX,
            "playlist_key": f"{PARTICIPANT_PREFIX}/media/hls/multivariant.m3u8",
            "recording_status": "Recording End",
            "recording_duration_ms": 547327,
            "started_at": "2024-09-09T12:00:55Z",
            "ready_at": "2024-09-09T12:10:02Z",
            "stream_ids": ["st-Next1Session", "st-ZyXwvu1T2s"],
            "winner": "4#2024-09-09T12:10:02Z#c",
        }

    def test_participant_without_a_prefix_is_found_by_its_id(self, index: Index) -> None:
        """
        A recording that has no prefix is found by the session and the participant.
        """
        index.tell(
            at(
                SAMPLES["participant recording start failure"],
                "12:00:00",
                "a",
                recording_s3_key_prefix="",
            )
        )
        (item,) = index.items()
        assert item["recording_id"] == "st-ZyXwvu1T2s/xYz1c2d3e4f"
        assert item["recording_status_reason"] == "AccessDeniedException"

    def test_order_of_compositions_makes_no_difference(self, index: Index) -> None:
        """
        The recording of a composition is one item, with the place that the API tells.
        """
        items, _ = every_order(index, COMPOSITION_EVENTS)
        assert items[frozenset(COMPOSITION_EVENTS)] == {
            "recording_id": f"{COMPOSITION}/2pBRKrNgX1ff",
            "kind": "COMPOSITION",
            "resource_arn": STAGE,
            "composition_arn": COMPOSITION,
            "destination_id": "2pBRKrNgX1ff",
            "recording_s3_bucket_name": "amzn-s3-demo-bucket",
            "recording_s3_key_prefix": COMPOSITION_PREFIX,
            "playlist_key": f"{COMPOSITION_PREFIX}/media/hls/multivariant.m3u8",
            "recording_status": "Recording End",
            "started_at": "2024-09-09T12:00:00Z",
            "ready_at": "2024-09-09T12:06:00Z",
            "winner": "4#2024-09-09T12:06:00Z#c",
        }

    def test_destination_that_is_a_channel_is_no_recording(self, index: Index) -> None:
        """
        A composition that is broadcast to a channel is not recorded by that.
        """
        index.tell(at(SAMPLES["destination start"], "12:00:00", "a", id="AbCdef1G2hij"))
        assert (index.items(), index.sent) == ([], [])

    def test_first_destination_is_found_too(self, index: Index) -> None:
        """
        The destination may be the first of the two, and have no prefix yet.
        """
        (other, recorded) = DESTINATIONS["destinations"]
        early = {key: value for key, value in recorded.items() if key != "Detail"}
        index.answers["ReadComposition"] = composition([early, other])
        index.tell(COMPOSITION_EVENTS["start"])
        (item,) = index.items()
        assert item["recording_s3_key_prefix"] == ""
        index.answers |= ANSWERS
        index.tell(COMPOSITION_EVENTS["end"])
        (item,) = index.items()
        assert item["recording_s3_key_prefix"] == COMPOSITION_PREFIX

    def test_composition_that_is_gone_ends_what_is_known(self, index: Index) -> None:
        """
        An end that comes after the composition was deleted is written into the item there is.
        """
        index.tell(COMPOSITION_EVENTS["start"])
        index.answers["ReadComposition"] = GONE
        index.tell(COMPOSITION_EVENTS["end"], COMPOSITION_EVENTS["start"])
        (item,) = index.items()
        assert item["recording_status"] == "Recording End"
        assert item["recording_s3_key_prefix"] == COMPOSITION_PREFIX

    def test_composition_that_is_gone_and_unknown_is_undeliverable(self, index: Index) -> None:
        """
        Where nobody can say whether a destination was recorded, the event is kept for people.
        """
        index.answers["ReadComposition"] = GONE
        with pytest.raises(Failed):
            index.tell(COMPOSITION_EVENTS["end"])
        assert index.items() == []
        assert [message["MessageBody"] for message in index.sent] == [COMPOSITION_EVENTS["end"]]

    def test_unknown_destination_is_undeliverable(self, index: Index) -> None:
        """
        A destination that the composition does not have is kept for people.
        """
        with pytest.raises(Failed):
            index.tell(at(SAMPLES["destination start"], "12:00:00", "a", id="unknown"))
        assert len(index.sent) == 1


class TestFailures:
    @pytest.mark.parametrize("state", ["Write", "ReadComposition", "ReadStorage"])
    def test_are_tried_again(self, index: Index, state: str) -> None:
        """
        A call that fails four times and then succeeds is no failure.
        """
        index.failures[state] = [ApiError("DynamoDB.ThrottlingException")] * 4
        index.tell(COMPOSITION_EVENTS["start"])
        assert len(index.items()) == 1
        assert index.sent == []

    @pytest.mark.parametrize(
        ("state", "told"),
        [
            ("ReadComposition", []),
            ("ReadStorage", []),
            ("Write", []),
            ("WriteTheRest", ["end"]),
            ("WriteTheStart", ["end"]),
        ],
    )
    def test_that_last_go_into_the_dead_letter_queue(
        self, index: Index, state: str, told: list[str]
    ) -> None:
        """
        The event goes into the queue as it came, with the error as EventBridge writes it.
        """
        index.tell(*[COMPOSITION_EVENTS[name] for name in told])
        index.failures[state] = [ApiError("DynamoDB.ThrottlingException", "slow down")] * 5
        with pytest.raises(Failed):
            index.tell(COMPOSITION_EVENTS["start"])
        assert index.sent == [
            {
                "QueueUrl": "${DeadLetterQueueUrl}",
                "MessageBody": COMPOSITION_EVENTS["start"],
                "MessageAttributes": {
                    "ERROR_CODE": {
                        "DataType": "String",
                        "StringValue": "DynamoDB.ThrottlingException",
                    },
                    "ERROR_MESSAGE": {
                        "DataType": "String",
                        "StringValue": "Not indexed: slow down",
                    },
                },
            }
        ]

    @pytest.mark.parametrize("events", [CHANNEL_EVENTS, COMPOSITION_EVENTS, PARTICIPANT_EVENTS])
    def test_event_without_a_resource_is_not_lost(
        self, index: Index, events: dict[str, dict[str, Any]]
    ) -> None:
        """
        An event that names neither channel nor stage nor composition is kept for people.
        """
        event = {**events["start"], "resources": []}
        with pytest.raises(Failed):
            index.tell(event)
        assert [message["MessageBody"] for message in index.sent] == [event]
        assert index.items() == []

    def test_event_from_the_queue_can_be_told_again(self, index: Index) -> None:
        """
        What the queue has is an input of the state machine, and brings the item where it belongs.
        """
        index.failures["Write"] = [ApiError("DynamoDB.ThrottlingException")] * 5
        with pytest.raises(Failed):
            index.tell(CHANNEL_EVENTS["start"])
        index.tell(CHANNEL_EVENTS["end"], *[message["MessageBody"] for message in index.sent])
        (item,) = index.items()
        assert item["started_at"] == "2024-09-09T16:17:26Z"

    @pytest.mark.parametrize(
        "name", ["stream start", "destination reconnecting", "composition end"]
    )
    def test_other_events_are_kept_for_people(self, index: Index, name: str) -> None:
        """
        An event that no rule sends is not dropped when somebody sends it.
        """
        with pytest.raises(Failed):
            index.tell(SAMPLES[name])
        (message,) = index.sent
        assert message["MessageBody"] == SAMPLES[name]

    def test_ends_by_itself_when_the_queue_fails_too(self, index: Index) -> None:
        """
        Where the queue cannot be written either, the execution fails, which its metric counts.
        """
        index.failures["Undeliverable"] = [ApiError("SQS.SqsException")] * 5
        with pytest.raises(Failed):
            index.tell(SAMPLES["stream start"])
        assert index.sent == []


class TestReady:
    """What the pipe sends of the writes, which the stream of the table has."""

    @pytest.fixture
    def pipe(self, template: Json) -> Json:
        """The pipe of the index."""
        (pipe,) = (
            resource["Properties"]
            for resource in template["Resources"].values()
            if resource["Type"] == "AWS::Pipes::Pipe"
        )
        found: Json = pipe
        return found

    @staticmethod
    def fires(pipe: Json, step: Step) -> bool:
        """Whether the pipe lets through what the stream says of a step."""
        (criterion,) = pipe["SourceParameters"]["FilterCriteria"]["Filters"]
        if step.old == step.new:
            # A write that changes nothing is not in the stream.
            return False
        return matches(json.loads(criterion["Pattern"]), record(step))

    def test_no_event_is_lost(self, pipe: Json) -> None:
        """
        The pipe reads the stream from its beginning, retries for long, and keeps what fails.
        """
        source = pipe["SourceParameters"]["DynamoDBStreamParameters"]
        (queue,) = source.pop("DeadLetterConfig").values()
        assert queue["Fn::GetAtt"][0].startswith("IndexDeadLetterQueue")
        assert source == {
            "BatchSize": 10,
            "MaximumRetryAttempts": 185,
            "OnPartialBatchItemFailure": "AUTOMATIC_BISECT",
            "StartingPosition": "TRIM_HORIZON",
        }

    def test_fires_once_in_every_order(self, index: Index, pipe: Json) -> None:
        """
        In every order the first end alone fires: not a second one, and nothing that comes later.
        """
        events = CHANNEL_EVENTS | {"later end": LATER_END}
        del events["start failure"]
        _, steps = every_order(index, events)
        ends = {"end", "later end"}
        assert [self.fires(pipe, step) for step in steps] == [
            step.event in ends and not step.before & ends for step in steps
        ]

    def test_says_where_and_how_long(self, index: Index, pipe: Json) -> None:
        """
        The event has the prefix, the URL and the duration, as texts.
        """
        index.tell(*CHANNEL_EVENTS.values())
        (item,) = index.raw()
        detail = filled(
            pipe["TargetParameters"]["InputTemplate"], record(Step(frozenset(), "", None, item))
        )
        assert json.loads(detail) == {
            "recording_id": "a6RfV23ES97iyfoQ",
            "kind": "CHANNEL",
            "resource_arn": CHANNEL,
            "recording_s3_bucket_name": "amzn-s3-demo-bucket",
            "recording_s3_key_prefix": PREFIX,
            "playlist_key": f"{PREFIX}/media/hls/master.m3u8",
            "recording_duration_ms": "154000",
            "started_at": "2024-09-09T16:17:20Z",
            "ready_at": "2024-09-09T16:20:00Z",
            "url": f"https://d111111abcdef8.cloudfront.net/{PREFIX}/media/hls/master.m3u8",
        }


def record(step: Step) -> Json:
    """What the stream of the table says of a step."""
    images = (
        {"NewImage": step.new} if step.old is None else {"NewImage": step.new, "OldImage": step.old}
    )
    return {
        "eventID": "c4ca4238a0b923820dcc509a6f75849b",
        "eventName": "INSERT" if step.old is None else "MODIFY",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"StreamViewType": "NEW_AND_OLD_IMAGES", **images},
    }


def filled(template: str, event: Json) -> str:
    """A template of a pipe with the values of an event, each of which is there and is text."""

    def value(match: Any) -> str:
        found: Any = event
        for name in match[1].split("."):
            found = found[name]
        assert isinstance(found, str)
        return found

    return re.sub(r"<\$\.([\w.]+)>", value, template)
