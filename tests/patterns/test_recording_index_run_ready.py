"""
The pipe of a recording index, over the items that its state machine writes.

``state_machines.py`` says what runs it, and what that cannot do.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.monitoring.matching import matches
from tests.patterns.indexing import Index, Json, Step, every_order
from tests.patterns.recording_events import CHANNEL_EVENTS, LATER_END, PREFIX
from tests.support.events import CHANNEL

# The definition is text of this library, the same with every aws-cdk-lib.
pytestmark = pytest.mark.once


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
