"""What patterns withstand: arguments that would be harmful, and what goes on for very long."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import (
    EventWebhook,
    IdleGuard,
    RecordingIndex,
    StageBroadcast,
    StreamKeyRotation,
)
from tests.patterns.idle_service import IdleService
from tests.patterns.real_time_service import RealTimeService
from tests.patterns.state_machines import Ended, definitions_of, run
from tests.support.arns import arn
from tests.support.events import CHANNEL, STAGE, STAGE_UPDATE, event
from tests.support.oracles import template_of

STREAM = "st-1A2b3c4D5e6F78ghij9Klmn"


def guard(stack: Stack, queue: sqs.IQueue) -> object:
    """A guard of streams with a queue."""
    return IdleGuard(
        stack,
        "Pattern",
        all_channels=True,
        dead_letter_queue=queue,
        no_viewers_for=Duration.minutes(15),
    )


def index(stack: Stack, queue: sqs.IQueue) -> object:
    """An index with a queue."""
    return RecordingIndex(stack, "Pattern", all=True, dead_letter_queue=queue)


def webhook(stack: Stack, queue: sqs.IQueue) -> object:
    """A webhook with a queue."""
    secret = secretsmanager.Secret(stack, "Secret")
    return EventWebhook(
        stack,
        "Pattern",
        all=True,
        dead_letter_queue=queue,
        secret=secret,
        url="https://example.com",
    )


def broadcast(stack: Stack, queue: sqs.IQueue) -> object:
    """A broadcast with a queue."""
    channel, stage = ivs.Channel(stack, "Channel"), ivs.Stage(stack, "Stage")
    return StageBroadcast(stack, "Pattern", channel=channel, dead_letter_queue=queue, stage=stage)


@pytest.mark.parametrize("create", [broadcast, guard, index, webhook])
class TestDeadLetterQueues:
    def test_first_in_first_out_is_refused(
        self, stack: Stack, create: Callable[[Stack, sqs.IQueue], object]
    ) -> None:
        """
        EventBridge delivers to standard queues alone.
        """
        queue = sqs.Queue(stack, "Queue", fifo=True)
        with pytest.raises(ValidationError, match="'dead_letter_queue' must be a standard queue"):
            create(stack, queue)
        assert stack.node.try_find_child("Pattern") is None

    def test_of_another_stack_is_refused(
        self, app: App, stack: Stack, create: Callable[[Stack, sqs.IQueue], object]
    ) -> None:
        """
        The policy of the queue would name rules that name the queue: stacks cannot do that.
        """
        queue = sqs.Queue(Stack(app, "Queues"), "Queue")
        with pytest.raises(ValidationError, match="'dead_letter_queue' must be in the stack"):
            create(stack, queue)
        assert stack.node.try_find_child("Pattern") is None

    def test_by_its_arn_is_of_no_stack(
        self, app: App, stack: Stack, create: Callable[[Stack, sqs.IQueue], object]
    ) -> None:
        """
        A queue that is named by its ARN can be of another stack.
        """
        other = Stack(app, "Queues")
        queue_arn = f"arn:aws:sqs:{stack.region}:{stack.account}:queue"
        create(stack, sqs.Queue.from_queue_arn(other, "Queue", queue_arn))
        rules = template_of(stack)["Resources"].values()
        targets = [rule["Properties"]["Targets"] for rule in rules if "Rule" in rule["Type"]]
        queues = {json.dumps(target["DeadLetterConfig"]["Arn"]) for (target,) in targets if target}
        (used,) = queues
        assert used.endswith(':queue"]]}')


def test_queue_of_a_schedule_may_be_of_another_stack(app: App, stack: Stack) -> None:
    """
    A guard of stages has no rule that the policy of its queue would name.
    """
    queue = sqs.Queue(Stack(app, "Queues"), "Queue")
    IdleGuard(stack, "Guard", dead_letter_queue=queue, stage_tags={"app": "ugc"})
    schedules = Template.from_stack(stack).find_resources("AWS::Scheduler::Schedule").values()
    (used,) = (each["Properties"]["Target"]["DeadLetterConfig"]["Arn"] for each in schedules)
    assert used["Fn::ImportValue"].startswith("Queues:")


class TestIndex:
    @pytest.mark.parametrize(
        "base", ["http://a.example", "https://a<b>", 'https://a"', "https://:8"]
    )
    def test_urls_are_https(self, stack: Stack, base: str) -> None:
        """
        What a function returns is checked as a base is: it stands in a template of an event.
        """
        with pytest.raises(ValidationError, match="'url_for' must return an HTTPS URL"):
            RecordingIndex(stack, "Index", all=True, url_for=lambda prefix: f"{base}/{prefix}/a")
        assert stack.node.try_find_child("Index") is None


class TestRotations:
    def test_secret_has_one(self, stack: Stack) -> None:
        """
        A second one of a secret is refused before anything is created.
        """
        secret = secretsmanager.Secret(stack, "Secret")
        StreamKeyRotation(stack, "One", channel=ivs.Channel(stack, "C1"), secret=secret)
        with pytest.raises(ValidationError, match="'secret' must be a secret without a rotation"):
            StreamKeyRotation(stack, "Two", channel=ivs.Channel(stack, "C2"), secret=secret)
        assert stack.node.try_find_child("Two") is None

    def test_secret_is_of_the_stack(self, app: App, stack: Stack) -> None:
        """
        The schedule of a secret stands in its stack, and would need the function of this one.
        """
        secret = secretsmanager.Secret(Stack(app, "Secrets"), "Secret")
        with pytest.raises(ValidationError, match="'secret' must be in the stack"):
            StreamKeyRotation(stack, "Rotation", channel=ivs.Channel(stack, "C"), secret=secret)
        assert stack.node.try_find_child("Rotation") is None

    def test_secret_by_its_name_is_of_no_stack(self, app: App, stack: Stack) -> None:
        """
        A secret that is named passes.
        """
        secret = secretsmanager.Secret.from_secret_name_v2(stack, "Secret", "key")
        StreamKeyRotation(stack, "Rotation", channel=ivs.Channel(stack, "C"), secret=secret)
        schedules = template_of(stack)["Resources"].values()
        (used,) = (
            json.dumps(each["Properties"]["SecretId"])
            for each in schedules
            if each["Type"] == "AWS::SecretsManager::RotationSchedule"
        )
        assert used.endswith(':secret:key"]]}')


@pytest.mark.parametrize("reason", ["no viewers", "starving"])
def test_guard_stops_after_longer_than_an_execution_lasts(stack: Stack, reason: str) -> None:
    """
    What was counted goes on in the next execution: 4 days are 1,153 looks, and one has 801.
    """
    four_days = Duration.days(4)
    IdleGuard(
        stack,
        "Guard",
        channels=[ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)],
        no_viewers_for=four_days if reason == "no viewers" else None,
        starving_for=four_days if reason == "starving" else None,
    )
    (definition,) = definitions_of(template_of(stack), {"Channel0": CHANNEL}).values()
    service = IdleService()
    health = "STARVING" if reason == "starving" else "HEALTHY"
    service.live(CHANNEL, STREAM, viewers=1 if reason == "starving" else 0, health=health)
    given: object = {
        "watch": {"channel": CHANNEL, "stream": STREAM, "round": 1, "quiet": 0, "starving": 0}
    }
    context = {"StateMachine": {"Id": "arn:machine"}}
    (first,) = run(definition, [given], service, context=context)
    assert (first.states[-1], service.reports) == ("WatchedOn", [])
    (second,) = run(definition, [service.executions[f"{STREAM}-2"]], service, context=context)
    assert second.states[-1] == "Reported"
    assert [detail["reason"] for _, detail in service.reports] == [reason]
    assert service.calls.count("getStream") == 4 * 288 + 1


def test_two_broadcasts_of_a_stage_have_a_composition_each(stack: Stack) -> None:
    """
    IVS gives who comes with a token the composition of that token: each broadcast has its own.
    """
    stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE)
    for name in ("One", "Two"):
        channel = ivs.Channel.from_channel_arn(stack, f"Channel{name}", arn(f"channel/{name}"))
        StageBroadcast(stack, name, channel=channel, stage=stage)
    values = {"StageArn": STAGE, "ChannelArn": CHANNEL, "EncoderConfigurationArn": arn("e/1")}
    definitions = definitions_of(template_of(stack), values)
    service = RealTimeService()
    service.publish("anna")
    detail = {
        "event_name": "Participant Published",
        "participant_id": "anna",
        "session_id": "st-ZyXwvu1T2sRqP",
    }
    for definition in definitions.values():
        (ended,) = run(definition, [event(STAGE_UPDATE, [STAGE], detail)], service)
        assert "Started" in ended.states
    assert len(service.running()) == len(definitions) == 2


class TestGuardOutlastsFailures:
    def _watch(self, stack: Stack, service: IdleService) -> Ended:
        IdleGuard(
            stack,
            "Guard",
            channels=[ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)],
            no_viewers_for=Duration.minutes(15),
        )
        (definition,) = definitions_of(template_of(stack), {"Channel0": CHANNEL}).values()
        given: object = {
            "watch": {"channel": CHANNEL, "stream": STREAM, "round": 1, "quiet": 0, "starving": 0}
        }
        service.live(CHANNEL, STREAM)
        (ended,) = run(
            definition, [given], service, context={"StateMachine": {"Id": "arn:machine"}}
        )
        return ended

    @pytest.mark.parametrize("action", ["getStream", "stopStream"])
    def test_of_a_service_for_long(self, stack: Stack, action: str) -> None:
        """
        A stream has one execution: where IVS fails for minutes it looks, or stops, the next time.
        """
        service = IdleService(errors={action: ["Ivs.InternalServerException"] * 13})
        ended = self._watch(stack, service)
        assert (ended.error, ended.states[-1]) == (None, "Reported")
        assert service.streams == {}

    @pytest.mark.parametrize("action", ["getStream", "stopStream"])
    def test_but_not_what_is_denied(self, stack: Stack, action: str) -> None:
        """
        What no time mends fails at once, for somebody to see.
        """
        service = IdleService(errors={action: ["Ivs.AccessDeniedException"]})
        ended = self._watch(stack, service)
        assert (ended.error, service.errors[action]) == ("CannotWatch", [])

    def test_no_longer_than_an_execution_lasts(self, stack: Stack) -> None:
        """
        Looks that fail count: an execution that sees nothing ends, and another one goes on.
        """
        service = IdleService(errors={"getStream": ["Ivs.InternalServerException"] * 6 * 801})
        ended = self._watch(stack, service)
        assert (ended.states[-1], service.errors["getStream"]) == ("WatchedOn", [])
