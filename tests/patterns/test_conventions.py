"""How patterns appear to users."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from aws_cdk import Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, patterns

CONSTRUCTS = [
    kind
    for name in patterns.__all__
    if inspect.isclass(kind := getattr(patterns, name)) and issubclass(kind, Construct)
]


def keywords(kind: type) -> dict[str, inspect.Parameter]:
    """The parameters of a construct but for self, scope and id."""
    return dict(list(inspect.signature(kind.__init__).parameters.items())[3:])


def test_all_are_found() -> None:
    """
    The patterns are looked at.
    """
    names = {kind.__name__ for kind in CONSTRUCTS}
    assert {"PrivateIngest", "RecordingDelivery"} <= names


@pytest.mark.parametrize("kind", CONSTRUCTS)
class TestParameters:
    def test_are_keywords(self, kind: type) -> None:
        """
        Only scope and id may be given by position.
        """
        assert list(inspect.signature(kind.__init__).parameters)[1:3] == ["scope", "id"]
        assert {each.kind for each in keywords(kind).values()} == {inspect.Parameter.KEYWORD_ONLY}

    def test_are_in_order(self, kind: type) -> None:
        """
        What must be given is first, and the rest is found by its letter.
        """
        optional = [
            name
            for name, each in keywords(kind).items()
            if each.default is not inspect.Parameter.empty
        ]
        assert list(keywords(kind))[-len(optional) :] == sorted(optional)

    def test_are_documented_with_their_defaults(self, kind: type) -> None:
        """
        Each has its paragraph, which ends with the default if there is one.
        """
        doc = inspect.getdoc(kind) or ""
        for name, parameter in keywords(kind).items():
            entry = re.search(rf"(?ms)^    {name}:(.*?)(?=^    \S|^\S|\Z)", doc)
            assert entry, f"{name} is not documented"
            optional = parameter.default is not inspect.Parameter.empty
            assert ("Default:" in entry[1]) == optional, f"{name} lacks a default, or has one"


@pytest.mark.parametrize("kind", CONSTRUCTS)
def test_no_member_is_the_cdks(kind: type) -> None:
    """
    A member that has the name of one of the CDK's would be called from JavaScript.
    """
    ours = {
        name
        for base in kind.__mro__
        if base.__module__.startswith("cdk_ivs")
        for name in vars(base)
    }
    assert {name for name in ours if not name.startswith("__")} & set(dir(Construct)) == set()


def _recording_index(stack: Stack, queue: sqs.IQueue) -> object:
    return patterns.RecordingIndex(stack, "Pattern", all=True, dead_letter_queue=queue)


def _event_webhook(stack: Stack, queue: sqs.IQueue) -> object:
    return patterns.EventWebhook(
        stack,
        "Pattern",
        all=True,
        dead_letter_queue=queue,
        secret=secretsmanager.Secret(stack, "Secret"),
        url="https://example.com/ivs",
    )


def _stage_broadcast(stack: Stack, queue: sqs.IQueue) -> object:
    return patterns.StageBroadcast(
        stack,
        "Pattern",
        stage=ivs.Stage(stack, "Stage"),
        channel=ivs.Channel(stack, "Channel"),
        dead_letter_queue=queue,
    )


def _idle_guard(stack: Stack, queue: sqs.IQueue) -> object:
    return patterns.IdleGuard(
        stack, "Pattern", dead_letter_queue=queue, stage_tags={"created-by": "me"}
    )


WITH_A_QUEUE: dict[type, Callable[[Stack, sqs.IQueue], object]] = {
    patterns.RecordingIndex: _recording_index,
    patterns.EventWebhook: _event_webhook,
    patterns.StageBroadcast: _stage_broadcast,
    patterns.IdleGuard: _idle_guard,
}


def test_all_with_a_dead_letter_queue_are_listed() -> None:
    """
    The patterns that accept a dead-letter queue are those of the next tests.
    """
    assert {kind for kind in CONSTRUCTS if "dead_letter_queue" in keywords(kind)} == set(
        WITH_A_QUEUE
    )


@pytest.mark.parametrize("kind", WITH_A_QUEUE)
class TestDeadLetterQueue:
    def test_must_not_be_fifo(self, kind: type, stack: Stack) -> None:
        """
        A FIFO queue, which EventBridge refuses, is rejected before anything is created.
        """
        queue = sqs.Queue(stack, "Queue", fifo=True)
        with pytest.raises(ValidationError, match="'dead_letter_queue' must be a standard queue"):
            WITH_A_QUEUE[kind](stack, queue)
        assert stack.node.try_find_child("Pattern") is None

    def test_can_be_a_standard_queue(self, kind: type, stack: Stack) -> None:
        """
        A standard queue is used, and no other queue is created.
        """
        pattern: Any = WITH_A_QUEUE[kind](stack, queue := sqs.Queue(stack, "Queue"))
        assert pattern.dead_letter_queue is queue
        Template.from_stack(stack).resource_count_is("AWS::SQS::Queue", 1)

    def test_has_the_same_id_in_all(self, kind: type, stack: Stack) -> None:
        """
        The queue that is created has the id DeadLetterQueue, and keeps messages for 14 days.
        """
        pattern: Any = WITH_A_QUEUE[kind](stack, cast("sqs.IQueue", None))
        assert pattern.dead_letter_queue.node.path.endswith("/Pattern/DeadLetterQueue")
        Template.from_stack(stack).has_resource_properties(
            "AWS::SQS::Queue",
            {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True},
        )
