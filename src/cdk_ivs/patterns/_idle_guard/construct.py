"""A guard, which stops idle streams, and reports or deletes idle stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from constructs import Construct

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.tree import register_parent, scope_info
from cdk_ivs._iam.grants import Statement, grant_statements
from cdk_ivs._iam.resource_types import CHANNEL, STAGE
from cdk_ivs._monitoring.catalog.enums import StreamStateEvent
from cdk_ivs._monitoring.catalog.events import STREAM_STATE
from cdk_ivs._monitoring.rules import create_account_rule
from cdk_ivs._validation.errors import (
    error_path,
)
from cdk_ivs.patterns._dead_letters import check_dead_letter_queue, create_dead_letter_queue
from cdk_ivs.patterns._workflow.definition import Definition, first_of
from cdk_ivs.patterns._workflow.environments import short_id
from cdk_ivs.patterns._workflow.state_machine import (
    check_parts,
    create_failure_rule,
    create_log_group,
    create_rule,
    create_schedule,
    create_state_machine,
    let_start_itself,
    machine_target,
)

from .props import GuardProps
from .reports import SOURCE
from .stage_states import StageSweep, stage_states
from .stream_states import MOST_LOOKS, StreamWatch, stream_states
from .validation import (
    check_stage_tags,
    check_what_is_guarded,
    number_of_looks,
    seconds_of_minutes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk import Duration
    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_scheduler import Schedule
    from aws_cdk.aws_sqs import IQueue
    from aws_cdk.aws_stepfunctions import StateMachine
    from aws_cdk.interfaces.aws_ivs import IChannelRef
    from aws_cdk.interfaces.aws_sns import ITopicRef

    from cdk_ivs._core.alpha import AlphaChannel
    from cdk_ivs._monitoring.rule_options import RuleOptions

_CHECK_EVERY = 300
_HOUR = 3600
_DAY = 86_400
# The seconds that an execution can take for retries, in addition to its waits.
_TIME_FOR_CALLS = 7200


class IdleGuard(Construct):
    """
    Stop streams without viewers and starving streams, and report or delete unused stages.

    When a stream starts, an execution of a state machine starts to watch it. The execution checks
    the stream periodically and counts how long it has had no viewers. Once an hour, the guard lists
    the live streams to find those whose start event was lost. Many encoders reconnect by
    themselves. A stopped stream can therefore start again, and the guard then watches it again.

    A stage is idle if it has no participants, and has had no session for the time that you set. The
    guard finds stages by their tags. A stage with a participant is never idle.

    The guard reports its actions with events from the source `cdk-ivs.idle-guard`: see
    `on_report()`.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        all_channels: Whether to watch the streams of all channels of the account and Region,
            including those of other applications. Default: False.

        channels: The channels to watch. Default: no channels.

        check_every: How often the guard checks a stream: from 1 minute to 1 hour, in whole minutes,
            a limit of this library. Default: 5 minutes.

        dead_letter_queue: The queue for events that could not start a state machine. The construct
            adds the permission of the rules to its policy. Default: a new queue, encrypted by SQS,
            that keeps messages for 14 days.

        delete_stages: Whether to delete idle stages. Default: False, the guard only reports them.

        dry_run: Whether to only report the streams and stages that the guard would stop or delete.
            A stream is reported once. Default: False.

        log_group: The log group of the state machines. Default: a new log group that keeps logs for
            one month.

        no_viewers_for: How long a stream must have no viewers before the guard stops it: from
            `check_every` to 30 days, in whole seconds, a limit of this library. Default: the guard
            does not stop streams without viewers.

        stage_tags: The tags of the stages to check. A stage must have all of them. They can contain
            letters, digits, spaces and `_.:/=+@-`. Default: the guard does not check stages.

        stages_idle_for: How long a stage must have no session before it is idle: from 1 hour to 365
            days, in whole minutes, a limit of this library. The guard checks the stages once in
            this time. Default: 1 day.

        starving_for: How long a stream must starve before the guard stops it: from `check_every` to
            30 days, in whole seconds, a limit of this library. Default: the guard does not stop
            starving streams.

        topic: The topic that receives the reports. If the topic is in the app, the construct adds
            the permission to its policy. Default: no topic.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NothingToGuard` if there is nothing to watch or check, or no time after
            which to stop a stream. `GuardedChannels` if both `channels` and `all_channels` are
            given. `GuardUnused` if an argument has no effect. `NoFilterValues` if the list of
            channels is empty. `StageTags` if there is no tag, or a tag has other characters.
            `DurationRange` or `WholeMinutes` if a duration is out of its range. `DurationToken` if
            a duration is a token. `DeadLetterQueue` if the queue is a FIFO queue.
            `DeadLetterQueueStack` if the queue is in another stack of the app. `Environment` if a
            channel is known to be in another account or Region.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        all_channels: bool = False,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        check_every: Duration | None = None,
        dead_letter_queue: IQueue | None = None,
        delete_stages: bool = False,
        dry_run: bool = False,
        log_group: ILogGroup | None = None,
        no_viewers_for: Duration | None = None,
        stage_tags: Mapping[str, str] | None = None,
        stages_idle_for: Duration | None = None,
        starving_for: Duration | None = None,
        topic: ITopicRef | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = GuardProps(
                all_channels=all_channels,
                channels=channels,
                check_every=check_every,
                delete_stages=delete_stages,
                dry_run=dry_run,
                no_viewers_for=no_viewers_for,
                stage_tags=stage_tags,
                stages_idle_for=stages_idle_for,
                starving_for=starving_for,
                topic=topic,
            )
            check_parts(dead_letter_queue, log_group)
            check_dead_letter_queue(
                dead_letter_queue, scope, used_by_rules=channels is not None or all_channels
            )
            check_what_is_guarded(props)
            check_stage_tags(props)
            pause = seconds_of_minutes("check_every", check_every, 60, _HOUR, default=_CHECK_EVERY)
            quiet = number_of_looks("no_viewers_for", no_viewers_for, pause)
            starving = number_of_looks("starving_for", starving_for, pause)
            idle_for = seconds_of_minutes(
                "stages_idle_for", stages_idle_for, _HOUR, 365 * _DAY, default=_DAY
            )
            arns = [
                same_environment_arn("channels", each, "channel", scope) for each in channels or ()
            ]
        super().__init__(scope, id)
        register_parent(self, scope, id)
        guard = short_id(self)
        self._guard = guard
        self._dry_run = dry_run
        self.log_group: ILogGroup = create_log_group(self, log_group)
        """The log group of the state machines."""
        self.dead_letter_queue: IQueue = dead_letter_queue or create_dead_letter_queue(self)
        """The queue for events that could not start a state machine."""
        self.rule: Rule | None = None
        """The rule that starts to watch a stream. None without channels."""
        self.stage_schedule: Schedule | None = None
        """The schedule that checks the stages. None without stages."""
        self.stage_state_machine: StateMachine | None = None
        """The state machine that checks the stages. None without stages."""
        self.stream_schedule: Schedule | None = None
        """The schedule that finds streams that are not watched. None without channels."""
        self.stream_state_machine: StateMachine | None = None
        """The state machine that watches streams. None without channels."""
        if channels is not None or all_channels:
            definition = Definition()
            names = [definition.text(f"Channel{index}", arn) for index, arn in enumerate(arns)]
            watch = StreamWatch(
                channels=None if all_channels else names,
                pause=pause,
                quiet_looks=quiet,
                starving_looks=starving,
                dry_run=dry_run,
                guard=guard,
            )
            self._watch_streams(definition, watch, None if all_channels else arns, channels)
        if stage_tags is not None:
            definition = Definition()
            tags = {
                key: definition.text(f"Tag{index}", value)
                for index, (key, value) in enumerate(stage_tags.items())
            }
            sweep = StageSweep(
                tags=tags, idle_for=idle_for, delete=delete_stages and not dry_run, guard=guard
            )
            self._sweep_stages(definition, sweep, stage_tags)
        if topic is not None:
            # Here and not above: it loads modules of the CDK.
            from cdk_ivs._monitoring.alarms.event_targets import topic_target

            self.on_report("TopicReports", target=topic_target(topic, self))

    def on_report(
        self, id: str, *, target: IRuleTarget | None = None, **options: Unpack[RuleOptions]
    ) -> Rule:
        """
        Create a rule for reports about idle streams and stages, and the actions on them.

        The events have the source `cdk-ivs.idle-guard` and the detail type `IVS Idle Stream` or
        `IVS Idle Stage`. Their detail has `action` (`stopped`, `deleted` or `reported`), `reason`,
        and `channel_arn` with `stream_id`, or `stage_arn`.

        Args:
            id: The ID of the rule, unique in the construct.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            **options: The options of the rule.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RuleName` or `RuleDescription` if EventBridge refuses an option.
                `ConstructId` if the ID is empty or a token.
        """
        pattern = {"source": [SOURCE], "detail": {"guard": [self._guard]}}
        return create_rule(self, id, pattern, target=target, options=options)

    def on_failure(
        self, id: str, *, target: IRuleTarget | None = None, **options: Unpack[RuleOptions]
    ) -> Rule:
        """
        Create a rule for executions of the state machines that fail, time out or are aborted.

        Args:
            id: The ID of the rule, unique in the construct.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            **options: The options of the rule.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RuleName` or `RuleDescription` if EventBridge refuses an option.
                `ConstructId` if the ID is empty or a token.
        """
        machines = [
            machine
            for machine in (self.stream_state_machine, self.stage_state_machine)
            if machine is not None
        ]
        return create_failure_rule(self, id, machines=machines, target=target, options=options)

    def _watch_streams(
        self,
        definition: Definition,
        watch: StreamWatch,
        arns: list[str] | None,
        channels: Sequence[IChannelRef | AlphaChannel] | None,
    ) -> None:
        parent = Construct(self, "Streams")
        every_channel = scope_info(self).arn(CHANNEL.service, f"{CHANNEL.arn_name}/*")
        states = stream_states(watch)
        machine = self.stream_state_machine = create_state_machine(
            parent,
            definition,
            states,
            start=first_of(states),
            timeout=(MOST_LOOKS + 1) * watch.pause + _TIME_FOR_CALLS,
            log_group=self.log_group,
            role=None,
        )
        actions = ["GetStream"] if watch.dry_run else ["GetStream", "StopStream"]
        statements = [Statement(CHANNEL.service, actions, arns or [every_channel])]
        if arns is None:
            statements.append(Statement(CHANNEL.service, ["ListStreams"], [every_channel]))
        grant_statements(self, machine.role, [*statements, self._may_report()])
        let_start_itself(parent, machine)
        self.stream_schedule = create_schedule(
            parent, machine, _HOUR, self.dead_letter_queue, "Finds streams that no one watches"
        )
        self.rule = create_account_rule(
            STREAM_STATE,
            self,
            "StreamStart",
            target=machine_target(machine, self.dead_letter_queue),
            event_names=[StreamStateEvent.STREAM_START],
            options={"description": "Starts to watch a stream"},
            channels=None if arns is None else channels,
        )

    def _sweep_stages(
        self, definition: Definition, sweep: StageSweep, tags: Mapping[str, str]
    ) -> None:
        parent = Construct(self, "Stages")
        every_stage = scope_info(self).arn(STAGE.service, f"{STAGE.arn_name}/*")
        states = stage_states(sweep)
        machine = self.stage_state_machine = create_state_machine(
            parent,
            definition,
            states,
            start=first_of(states),
            timeout=sweep.idle_for + _TIME_FOR_CALLS,
            log_group=self.log_group,
            role=None,
        )
        tagged = {"StringEquals": {f"aws:ResourceTag/{key}": tags[key] for key in tags}}
        actions = ["GetStage", "ListStageSessions", *(["DeleteStage"] if sweep.delete else [])]
        statements = [
            Statement(STAGE.service, ["ListStages"], [every_stage]),
            Statement(STAGE.service, sorted(actions), [every_stage], tagged),
            self._may_report(),
        ]
        grant_statements(self, machine.role, statements)
        let_start_itself(parent, machine)
        self.stage_schedule = create_schedule(
            parent, machine, sweep.idle_for, self.dead_letter_queue, "Finds idle stages"
        )

    def _may_report(self) -> Statement:
        """Return the permission to send events of guards, and no others."""
        bus = scope_info(self).arn("events", "event-bus/default")
        return Statement(
            "events", ["PutEvents"], [bus], {"StringEquals": {"events:source": SOURCE}}
        )
