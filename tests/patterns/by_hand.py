"""What patterns create, created by hand with the CDK's L2s, to compare the messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from tests.patterns.state_machines import Definition, called


def machine_by_hand(
    stack: Stack, definition: Definition, statements: Sequence[iam.PolicyStatement]
) -> sfn.StateMachine:
    """A state machine of the same states, with its log group, its queue and its permissions."""
    group = logs.LogGroup(stack, "Logs", retention=logs.RetentionDays.ONE_MONTH)
    machine = sfn.StateMachine(
        stack,
        "StateMachine",
        definition_body=sfn.DefinitionBody.from_chainable(
            _states(stack, definition["StartAt"], definition["States"])
        ),
        logs=sfn.LogOptions(destination=group, level=sfn.LogLevel.ALL),
        timeout=Duration.seconds(definition["TimeoutSeconds"]),
        tracing_enabled=True,
    )
    for statement in statements:
        machine.add_to_role_policy(statement)
    return machine


def target_by_hand(stack: Stack, machine: sfn.StateMachine) -> targets.SfnStateMachine:
    """The target of a rule for a state machine, with a queue for what is not delivered."""
    queue = sqs.Queue(
        stack,
        "Undelivered",
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=Duration.days(14),
    )
    return targets.SfnStateMachine(machine, dead_letter_queue=queue)


def rule_by_hand(
    stack: Stack, machine: sfn.StateMachine, pattern: Mapping[str, Any]
) -> events.Rule:
    """The rule that starts a state machine."""
    return events.Rule(
        stack,
        "Rule",
        event_pattern=events.EventPattern(**pattern),
        targets=[target_by_hand(stack, machine)],
    )


def _states(scope: Construct, start: str, states: Mapping[str, Any]) -> Any:
    """The states as constructs; those of a map are in its scope."""
    made = {name: _state(scope, name, state) for name, state in states.items()}
    for name, state in states.items():
        for rule in state.get("Choices", ()):
            made[name].when(_condition(rule), made[rule["Next"]])
        if "Default" in state:
            made[name].otherwise(made[state["Default"]])
        if "Next" in state:
            made[name].next(made[state["Next"]])
        for catcher in state.get("Catch", ()):
            made[name].add_catch(
                made[catcher["Next"]],
                errors=catcher["ErrorEquals"],
                result_path=sfn.JsonPath.DISCARD,
            )
    return made[start]


def _state(scope: Construct, name: str, state: Mapping[str, Any]) -> Any:  # noqa: PLR0911 - one for each type
    match state["Type"]:
        case "Task":
            service, action = called(state)
            task = tasks.CallAwsService(
                scope,
                name,
                service=service,
                action=action,
                iam_action=f"ivs:{action}",
                iam_resources=["*"],
                parameters=state["Parameters"],
                result_path=state.get("ResultPath"),
                result_selector=state.get("ResultSelector"),
            )
            for retry in state["Retry"]:
                task.add_retry(errors=retry["ErrorEquals"], max_attempts=retry["MaxAttempts"])
            return task
        case "Choice":
            return sfn.Choice(scope, name)
        case "Map":
            of_each = sfn.Map(
                scope,
                name,
                item_selector=state["ItemSelector"],
                items_path=state["ItemsPath"],
                result_path=state["ResultPath"] or sfn.JsonPath.DISCARD,
            )
            processor = state["ItemProcessor"]
            return of_each.item_processor(
                _states(of_each, processor["StartAt"], processor["States"])
            )
        case "Pass":
            return sfn.Pass(scope, name, parameters=state["Parameters"])
        case "Wait":
            return sfn.Wait(
                scope, name, time=sfn.WaitTime.duration(Duration.seconds(state["Seconds"]))
            )
        case "Succeed":
            return sfn.Succeed(scope, name)
        case _:
            return sfn.Fail(scope, name, cause=state["Cause"], error=state["Error"])


def _condition(rule: Mapping[str, Any]) -> sfn.Condition:  # noqa: PLR0911 - one for each operator
    match rule:
        case {"And": parts}:
            return sfn.Condition.and_(*map(_condition, parts))
        case {"IsPresent": True, "Variable": path}:
            return sfn.Condition.is_present(path)
        case {"StringEquals": text, "Variable": path}:
            return sfn.Condition.string_equals(path, text)
        case {"Not": part}:
            return sfn.Condition.not_(_condition(part))
        case {"StringEqualsPath": other, "Variable": path}:
            return sfn.Condition.string_equals_json_path(path, other)
        case {"NumericEquals": number, "Variable": path}:
            return sfn.Condition.number_equals(path, number)
        case {"NumericGreaterThan": number, "Variable": path}:
            return sfn.Condition.number_greater_than(path, number)
        case {"NumericGreaterThanEquals": number, "Variable": path}:
            return sfn.Condition.number_greater_than_equals(path, number)
        case _:
            return sfn.Condition.number_greater_than_json_path(
                rule["Variable"], rule["NumericGreaterThanPath"]
            )
