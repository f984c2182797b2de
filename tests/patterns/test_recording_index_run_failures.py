"""
The state machine of a recording index when its calls fail, run over the events of recordings.

``state_machines.py`` says what runs it, and what that cannot do.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.patterns.indexing import Failed, Index
from tests.patterns.recording_events import CHANNEL_EVENTS, COMPOSITION_EVENTS, PARTICIPANT_EVENTS
from tests.patterns.state_machines import ApiError
from tests.support.events import SAMPLES

# The definition is text of this library, the same with every aws-cdk-lib.
pytestmark = pytest.mark.once


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
