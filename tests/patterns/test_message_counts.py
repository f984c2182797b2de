"""Messages to JavaScript: a pattern against the same resources by the L2s of the CDK."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_pipes as pipes
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs.patterns import EventWebhook, RecordingIndex
from tests.patterns.indexing import definition_of
from tests.support.messages import count
from tests.support.oracles import template_of

MOST = 0.8


def dead_letter_queue(scope: Construct) -> sqs.Queue:
    """The queue that both patterns create."""
    return sqs.Queue(
        scope,
        "DeadLetterQueue",
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
    )


def by_l2_states(scope: Construct, definition: Any) -> sfn.IChainable:
    """The states of a definition, each by the L2 of its type, connected as the definition says."""
    states = {name: l2_state(scope, name, state) for name, state in definition["States"].items()}
    for name, state in definition["States"].items():
        made = states[name]
        for choice in state.get("Choices", []):
            made.when(condition(choice), states[choice["Next"]])
        if "Default" in state:
            made.otherwise(states[state["Default"]])
        for retry in state.get("Retry", []):
            made.add_retry(errors=retry["ErrorEquals"], max_attempts=retry["MaxAttempts"])
        for catch in state.get("Catch", []):
            made.add_catch(states[catch["Next"]], errors=catch["ErrorEquals"])
        if "Next" in state:
            made.next(states[state["Next"]])
    start: sfn.IChainable = states[definition["StartAt"]]
    return start


def l2_state(scope: Construct, name: str, state: Any) -> Any:
    """A state without its connections."""
    match state["Type"]:
        case "Pass":
            return sfn.Pass(
                scope,
                name,
                parameters=state.get("Parameters"),
                input_path=state.get("InputPath"),
                result_path=state.get("ResultPath"),
                result=sfn.Result.from_object(state["Result"]) if "Result" in state else None,
            )
        case "Choice":
            return sfn.Choice(scope, name)
        case "Succeed":
            return sfn.Succeed(scope, name)
        case "Fail":
            return sfn.Fail(scope, name, error=state["Error"], cause=state["Cause"])
    *_, service, action = state["Resource"].split(":")
    return tasks.CallAwsService(
        scope,
        name,
        service=service,
        action=action,
        iam_resources=["*"],
        parameters=state["Parameters"],
        result_path=state.get("ResultPath"),
    )


def condition(choice: Any) -> sfn.Condition:
    """The condition of a choice."""
    for name, combine in (("And", sfn.Condition.and_), ("Or", sfn.Condition.or_)):
        if name in choice:
            return combine(*[condition(each) for each in choice[name]])
    if "Not" in choice:
        return sfn.Condition.not_(condition(choice["Not"]))
    variable = choice["Variable"]
    if "IsPresent" in choice:
        return sfn.Condition.is_present(variable)
    if "StringEquals" in choice:
        return sfn.Condition.string_equals(variable, choice["StringEquals"])
    if "StringEqualsPath" in choice:
        return sfn.Condition.string_equals_json_path(variable, choice["StringEqualsPath"])
    return sfn.Condition.string_greater_than_json_path(variable, choice["StringGreaterThanPath"])


def index_by_hand(scope: Stack, channel: ivs.Channel, definition: Any) -> None:
    """A recording index of a channel with a rule for what is ready, by L2s."""
    queue = dead_letter_queue(scope)
    table = dynamodb.Table(
        scope,
        "Table",
        billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
        partition_key=dynamodb.Attribute(name="recording_id", type=dynamodb.AttributeType.STRING),
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        removal_policy=RemovalPolicy.RETAIN,
        stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    )
    table.add_global_secondary_index(
        index_name="by_resource",
        partition_key=dynamodb.Attribute(name="resource_arn", type=dynamodb.AttributeType.STRING),
        sort_key=dynamodb.Attribute(name="started_at", type=dynamodb.AttributeType.STRING),
    )
    group = logs.LogGroup(scope, "Logs", retention=logs.RetentionDays.ONE_MONTH)
    machine = sfn.StateMachine(
        scope,
        "StateMachine",
        definition_body=sfn.DefinitionBody.from_chainable(by_l2_states(scope, definition)),
        logs=sfn.LogOptions(destination=group, level=sfn.LogLevel.ERROR),
        state_machine_type=sfn.StateMachineType.EXPRESS,
        timeout=Duration.minutes(5),
    )
    table.grant(machine, "dynamodb:UpdateItem")
    queue.grant_send_messages(machine)
    events.Rule(
        scope,
        "ChannelRecordings",
        event_pattern=events.EventPattern(
            source=["aws.ivs"],
            detail_type=["IVS Recording State Change"],
            resources=[channel.channel_arn],
        ),
        targets=[targets.SfnStateMachine(machine, dead_letter_queue=queue)],
    )
    bus = events.EventBus.from_event_bus_name(scope, "Bus", "default")
    role = iam.Role(scope, "PipeRole", assumed_by=iam.ServicePrincipal("pipes.amazonaws.com"))
    table.grant_stream_read(role)
    queue.grant_send_messages(role)
    bus.grant_put_events_to(role)
    pipes.CfnPipe(
        scope,
        "Pipe",
        role_arn=role.role_arn,
        source=str(table.table_stream_arn),
        target=bus.event_bus_arn,
    )
    events.Rule(
        scope,
        "Ready",
        event_pattern=events.EventPattern(
            source=["cdk-ivs.recording-index"],
            detail_type=["IVS Recording Ready"],
            resources=[table.table_arn],
        ),
    )


def webhook_by_hand(
    scope: Stack, channel: ivs.Channel, secret: secretsmanager.Secret, kinds: list[tuple[str, str]]
) -> None:
    """A webhook for types of events of a channel, by L2s."""
    queue = dead_letter_queue(scope)
    connection = events.Connection(
        scope,
        "Connection",
        authorization=events.Authorization.api_key("Authorization", secret.secret_value),
    )
    destination = events.ApiDestination(
        scope, "ApiDestination", connection=connection, endpoint="https://example.com/ivs"
    )
    for detail_type, field in kinds:
        body = events.RuleTargetInput.from_object(
            {
                "id": events.EventField.event_id,
                "type": events.EventField.detail_type,
                "time": events.EventField.time,
                "account": events.EventField.account,
                "region": events.EventField.region,
                "event": events.EventField.from_path(f"$.detail.{field}"),
                "resource": events.EventField.from_path("$.resources[0]"),
                "resources": events.EventField.from_path("$.resources"),
                "detail": events.EventField.from_path("$.detail"),
            }
        )
        events.Rule(
            scope,
            detail_type,
            event_pattern=events.EventPattern(
                source=["aws.ivs"], detail_type=[detail_type], resources=[channel.channel_arn]
            ),
            targets=[targets.ApiDestination(destination, dead_letter_queue=queue, event=body)],
        )


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel whose ARN was read before."""
    channel = ivs.Channel(stack, "Channel")
    assert channel.channel_arn
    return channel


def test_of_an_index(stack: Stack, channel: ivs.Channel) -> None:
    """
    An index of a channel with a rule for what is ready takes 27 messages, by hand 108.
    """

    def ours() -> None:
        RecordingIndex(stack, "Index", channels=[channel]).on_ready("Ready")

    messages = count(ours)
    definition = definition_of(template_of(stack))
    other = Stack(None, "Other")
    by_hand = count(lambda: index_by_hand(other, channel, definition))
    assert (messages, by_hand) == (27, 108)
    assert messages <= MOST * by_hand


@pytest.mark.parametrize(
    ("chosen", "kinds", "expected"),
    [
        (
            [ivs.RecordingStatus.RECORDING_END],
            [("IVS Recording State Change", "recording_status")],
            (12, 18),
        ),
        (
            None,
            [
                ("IVS Stream State Change", "event_name"),
                ("IVS Stream Health Change", "event_name"),
                ("IVS Limit Breach", "limit_name"),
                ("IVS Recording State Change", "recording_status"),
                ("IVS Ad Break State Change", "event_name"),
            ],
            (28, 66),
        ),
    ],
    ids=["one type", "all of a channel"],
)
def test_of_a_webhook(
    stack: Stack,
    channel: ivs.Channel,
    chosen: Any,
    kinds: list[tuple[str, str]],
    expected: tuple[int, int],
) -> None:
    """
    A webhook takes at most 0.8 of the messages that it takes by hand.
    """
    secret = secretsmanager.Secret(stack, "Secret")
    messages = count(
        lambda: EventWebhook(
            stack,
            "Webhook",
            channels=[channel],
            url="https://example.com/ivs",
            secret=secret,
            events=chosen,
        )
    )
    scope = Stack(None, "Other")
    by_hand = count(lambda: webhook_by_hand(scope, channel, secret, kinds))
    assert (messages, by_hand) == expected
    assert messages <= MOST * by_hand


def test_by_hand_is_the_same_state_machine(stack: Stack, channel: ivs.Channel) -> None:
    """
    What is counted by hand has the same states.
    """
    RecordingIndex(stack, "Index", channels=[channel])
    definition = definition_of(template_of(stack))
    other = Stack(None, "Other")
    sfn.StateMachine(
        other,
        "StateMachine",
        definition_body=sfn.DefinitionBody.from_chainable(by_l2_states(other, definition)),
    )
    (machine,) = (
        resource["Properties"]
        for resource in template_of(other)["Resources"].values()
        if resource["Type"] == "AWS::StepFunctions::StateMachine"
    )
    text = machine["DefinitionString"]
    joined = (
        text
        if isinstance(text, str)
        else "".join(part if isinstance(part, str) else "aws" for part in text["Fn::Join"][1])
    )
    assert set(json.loads(joined)["States"]) == set(definition["States"])
