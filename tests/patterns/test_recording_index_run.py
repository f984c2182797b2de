"""
Items that the state machine of a recording index writes, run over the events of recordings.

``state_machines.py`` says what runs it, and what that cannot do.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingIndex
from tests.patterns.indexing import (
    Failed,
    Index,
    Json,
    at,
    definition_of,
    every_order,
    index_of,
    synthesized,
)
from tests.patterns.recording_events import (
    ANSWERS,
    CHANNEL_EVENTS,
    COMPOSITION_EVENTS,
    COMPOSITION_PREFIX,
    DESTINATIONS,
    FIRST_STREAM,
    LATER_END,
    PARTICIPANT_EVENTS,
    PARTICIPANT_PREFIX,
    PREFIX,
    SECOND_STREAM,
    composition,
)
from tests.patterns.state_machines import ApiError, validate
from tests.support.events import CHANNEL, COMPOSITION, SAMPLES, STAGE, Event
from tests.support.oracles import template_of

# The definition is text of this library, the same with every aws-cdk-lib.
pytestmark = pytest.mark.once


GONE = ApiError("IvsRealTime.ResourceNotFoundException")


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
