"""The events that a webhook sends, their bodies, and their delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Duration, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs

import cdk_ivs as ivs
from cdk_ivs.patterns import EventWebhook
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.templates import only
from tests.patterns.webhooks import URL, sent
from tests.support.events import (
    ACCOUNT_EVENTS,
    CHANNEL,
    COMPOSITION,
    FOREIGN,
    OTHER_SAMPLES,
    SAMPLES,
    STAGE,
)
from tests.support.oracles import resources_of

CHANNEL_SAMPLES = {name for name, event in SAMPLES.items() if event["resources"] == [CHANNEL]}
STAGE_SAMPLES = set(SAMPLES) - CHANNEL_SAMPLES - set(ACCOUNT_EVENTS)


def patterns(stack: Stack, webhook: EventWebhook) -> dict[str, Any]:
    """The patterns of the rules, by their place."""
    return patterns_of(stack, {rule.node.id: rule for rule in webhook.rules}, {})


class TestRules:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (lambda channel, _: {"channels": [channel]}, (CHANNEL_SAMPLES, set())),
            (lambda _, stage: {"stages": [stage]}, (STAGE_SAMPLES, set())),
            (lambda *_: {"all": True}, (set(SAMPLES), set(OTHER_SAMPLES))),
            (
                lambda channel, stage: {
                    "channels": [channel],
                    "stages": [stage],
                    "events": [
                        ivs.StreamStateEvent.STREAM_START,
                        ivs.RecordingStatus.RECORDING_END,
                        ivs.StreamStateEvent.STREAM_START,
                        "Session Start",
                    ],
                },
                (
                    {
                        "stream start",
                        "recording end",
                        "participant recording end",
                        "composition start",
                    },
                    set(),
                ),
            ),
            (
                lambda *_: {"all": True, "events": [ivs.LimitName.CONCURRENT_VIEWERS]},
                ({"concurrent viewers"}, set()),
            ),
            (
                lambda channel, _: {
                    "channels": [channel],
                    "events": [ivs.LimitName.INGEST_BITRATE],
                },
                ({"ingest bitrate"}, set()),
            ),
        ],
        ids=["channels", "stages", "all", "some", "of the account", "of a channel"],
    )
    def test_match_the_events_that_are_chosen(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        stage: ivs.IStage,
        arguments: Callable[..., Any],
        expected: tuple[set[str], set[str]],
    ) -> None:
        """
        The events of the channels and stages that are chosen are sent once, and no others.
        """
        webhook = EventWebhook(
            stack,
            "Webhook",
            url=URL,
            secret=secretsmanager.Secret(stack, "Secret"),
            **arguments(channel, stage),
        )
        found = patterns(stack, webhook)
        assert (
            tuple(
                {name for name, event in samples.items() if matching(found, event)}
                for samples in (SAMPLES, OTHER_SAMPLES)
            )
            == expected
        )
        assert [event for event in FOREIGN.values() if matching(found, event)] == []
        assert {len(matching(found, event)) for event in SAMPLES.values()} <= {0, 1}

    def test_names_of_events_are_of_one_enum_each(self) -> None:
        """
        A text says which event it is, as no two kinds of events have a name in common.
        """
        kinds: list[Any] = [
            ivs.StreamStateEvent,
            ivs.StreamHealthEvent,
            ivs.RecordingStatus,
            ivs.LimitName,
            ivs.AdBreakEvent,
            ivs.StageUpdateEvent,
            ivs.CompositionStateEvent,
        ]
        values = [member.value for kind in kinds for member in kind]
        assert len(values) == len(set(values))


class TestBody:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_has_what_is_documented(
        self, stack: Stack, secret: secretsmanager.Secret, name: str
    ) -> None:
        """
        Of every event of the guides, the body says what happened, to what, and the detail.
        """
        event = SAMPLES[name]
        EventWebhook(stack, "Webhook", all=True, url=URL, secret=secret)
        (body,) = sent(stack, event)
        happened = next(
            event["detail"][field]
            for field in ("event_name", "recording_status", "limit_name")
            if field in event["detail"]
        )
        expected = {
            "id": "01234567-0123-0123-0123-012345678901",
            "type": event["detail-type"],
            "event": happened,
            "time": "2024-09-09T16:17:26Z",
            "account": "123456789012",
            "region": "us-west-2",
            "resources": event["resources"],
            "detail": event["detail"],
        }
        if name in CHANNEL_SAMPLES:
            expected["resource"] = CHANNEL
        if name in STAGE_SAMPLES:
            expected["resource"] = STAGE
        assert body == expected

    def test_of_a_composition_has_both(self, stack: Stack, secret: secretsmanager.Secret) -> None:
        """
        A composition is among the resources, and the resource is its stage.
        """
        EventWebhook(stack, "Webhook", all=True, url=URL, secret=secret)
        (body,) = sent(stack, SAMPLES["composition start"])
        assert (body["resource"], body["resources"]) == (STAGE, [COMPOSITION])


class TestDelivery:
    def test_is_tried_again_and_then_kept(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        Each target has the retries that are given, and the queue, which takes of these rules only.
        """
        EventWebhook(
            stack,
            "Webhook",
            channels=[channel],
            url=URL,
            secret=secret,
            max_event_age=Duration.hours(2),
            retry_attempts=7,
        )
        rules = resources_of(stack, "AWS::Events::Rule")
        (queue,) = resources_of(stack, "AWS::SQS::Queue")
        for rule in rules.values():
            (target,) = rule["Properties"]["Targets"]
            assert target["RetryPolicy"] == {
                "MaximumEventAgeInSeconds": 7200,
                "MaximumRetryAttempts": 7,
            }
            assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}
        statements = only(stack, "AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
        allowed = [each for each in statements if each["Effect"] == "Allow"]
        assert [each["Condition"] for each in allowed] == [
            {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [rule, "Arn"]}}} for rule in rules
        ]
        assert len(rules) == 5

    def test_may_have_a_queue_of_its_own(
        self, stack: Stack, channel: ivs.IChannel, secret: secretsmanager.Secret
    ) -> None:
        """
        A queue that is given is used, and none is created.
        """
        queue = sqs.Queue(stack, "Queue")
        webhook = EventWebhook(
            stack, "Webhook", channels=[channel], url=URL, secret=secret, dead_letter_queue=queue
        )
        assert webhook.dead_letter_queue is queue
        assert len(resources_of(stack, "AWS::SQS::Queue")) == 1
