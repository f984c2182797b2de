"""State machines with their logs, their targets, and the rule for failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._monitoring.rule_options import validate_rule_options
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import error_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.aws_iam import IRole
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_scheduler import Schedule
    from aws_cdk.aws_sqs import IQueue
    from aws_cdk.aws_stepfunctions import StateMachine
    from constructs import Construct

    from cdk_ivs._monitoring.rule_options import RuleOptions

    from .definition import Definition, State

_FAILED = ("ABORTED", "FAILED", "TIMED_OUT")


def check_parts(
    dead_letter_queue: IQueue | None = None, log_group: object = None, role: object = None
) -> None:
    """Refuse parts of the wrong type. A part that is None is created."""
    from aws_cdk.aws_iam import IRole
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_sqs import IQueue

    for keyword, value, hint in (
        ("dead_letter_queue", dead_letter_queue, IQueue),
        ("log_group", log_group, ILogGroup),
        ("role", role, IRole),
    ):
        if value is not None:
            check_type(keyword, value, hint)


def create_log_group(scope: Construct, given: ILogGroup | None) -> ILogGroup:
    """Return the given log group, or a new one."""
    from aws_cdk.aws_logs import LogGroup, RetentionDays

    return LogGroup(scope, "Logs", retention=RetentionDays.ONE_MONTH) if given is None else given


def create_state_machine(
    scope: Construct,
    definition: Definition,
    states: Mapping[str, State],
    *,
    start: str,
    timeout: int,
    log_group: ILogGroup,
    role: IRole | None,
) -> StateMachine:
    """
    Create a state machine that keeps the history of its executions.

    Args:
        scope: The scope in which it is created.
        definition: The values for the definition at deployment.
        states: The states by name.
        start: The first state.
        timeout: The maximum seconds of an execution.
        log_group: The log group for its steps.
        role: The role. None: a new role.
    """
    from aws_cdk.aws_stepfunctions import DefinitionBody, LogLevel, LogOptions, StateMachine

    text = definition.render(start, states, timeout)
    return StateMachine(
        scope,
        "StateMachine",
        definition_body=DefinitionBody.from_string(text),
        definition_substitutions=definition.substitutions or None,
        logs=LogOptions(destination=log_group, level=LogLevel.ALL),
        role=role,
        tracing_enabled=True,
    )


def create_failure_rule(
    scope: Construct,
    id: str,
    *,
    machines: Sequence[StateMachine],
    target: IRuleTarget | None,
    options: RuleOptions,
    others: Sequence[Mapping[str, object]] = (),
) -> Rule:
    """
    Create a rule for failed executions, and for other events that are failures.

    Args:
        scope: The scope of the rule, unless the options have one.
        id: The ID of the rule.
        machines: The state machines.
        target: The target of the rule.
        options: The options of the rule.
        others: The details of events of IVS that are failures too.
    """
    arns = [machine.state_machine_arn for machine in machines]
    failed: dict[str, object] = {"stateMachineArn": arns, "status": [*_FAILED]}
    sources, types = ["aws.states"], ["Step Functions Execution Status Change"]
    detail = failed
    if others:
        sources.append("aws.ivs")
        types.append("IVS Composition State Change")
        detail = {"$or": [failed, *others]}
    pattern = {"source": sources, "detail_type": types, "detail": detail}
    return create_rule(scope, id, pattern, target=target, options=options)


def create_rule(
    scope: Construct,
    id: str,
    pattern: Mapping[str, Any],
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
) -> Rule:
    """
    Create a rule for the events that match a pattern.

    Args:
        scope: The scope of the rule, unless the options have one.
        id: The ID of the rule.
        pattern: The pattern, by the keywords of events.EventPattern.
        target: The target of the rule.
        options: The options of the rule.
    """
    from aws_cdk.aws_events import EventPattern, Rule

    with error_path(scope, id):
        given: Any = validate_rule_options(id, target, options)
    rule_scope = given.pop("cross_stack_scope", scope)
    return Rule(
        rule_scope,
        id,
        event_pattern=EventPattern(**pattern),
        targets=None if target is None else [target],
        **given,
    )


def machine_target(machine: StateMachine, dead_letter_queue: IQueue) -> IRuleTarget:
    """Return the state machine as a target for a rule, with a dead-letter queue."""
    from .target import MachineTarget

    return MachineTarget(machine, dead_letter_queue=dead_letter_queue)


def let_start_itself(scope: Construct, machine: StateMachine) -> None:
    """
    Allow a state machine to start its own executions.

    The permission is in a separate policy, because the state machine depends on the policy of its
    role.
    """
    from aws_cdk.aws_iam import Policy, PolicyStatement

    Policy(
        scope,
        "StartItself",
        roles=[machine.role],
        statements=[
            PolicyStatement(
                actions=["states:StartExecution"], resources=[machine.state_machine_arn]
            )
        ],
    )


def create_schedule(
    scope: Construct, machine: StateMachine, seconds: int, queue: IQueue, description: str
) -> Schedule:
    """Create a schedule that starts a state machine periodically, with an empty input."""
    from aws_cdk import Duration
    from aws_cdk.aws_scheduler import Schedule, ScheduleExpression, ScheduleTargetInput
    from aws_cdk.aws_scheduler_targets import StepFunctionsStartExecution

    return Schedule(
        scope,
        "Schedule",
        description=description,
        schedule=ScheduleExpression.rate(Duration.minutes(seconds // 60)),
        target=StepFunctionsStartExecution(
            machine, dead_letter_queue=queue, input=ScheduleTargetInput.from_object({})
        ),
    )
