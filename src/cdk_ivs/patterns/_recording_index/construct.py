"""An index of recordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack, cast

from aws_cdk import Duration, RemovalPolicy, Tokenization
from aws_cdk.aws_events import IEventBus
from aws_cdk.aws_sqs import IQueue
from aws_cdk.interfaces.aws_dynamodb import ITableRef
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
from constructs import Construct

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.removal_policies import check_removal_policy
from cdk_ivs._core.tree import register_parent, scope_info
from cdk_ivs._monitoring.catalog.enums import CompositionStateEvent
from cdk_ivs._monitoring.catalog.events import (
    COMPOSITION_STATE,
    PARTICIPANT_RECORDING_STATE,
    RECORDING_STATE,
)
from cdk_ivs._monitoring.rules import create_account_rule, create_service_rule
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import whole_seconds
from cdk_ivs.patterns._dead_letters import (
    check_dead_letter_queue,
    create_dead_letter_queue,
    key_of_queue,
)
from cdk_ivs.patterns._resources import choose_resources
from cdk_ivs.patterns._workflow.state_machine import (
    check_parts,
    create_log_group,
    machine_target,
)

from .definition import index_definition
from .playlists import playlists
from .ready import DETAIL_TYPE, SOURCE, create_pipe
from .table import IndexTable, check_table
from .workflow import Workflow

if TYPE_CHECKING:
    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_pipes import CfnPipe
    from aws_cdk.aws_stepfunctions import StateMachine

    from cdk_ivs._core.tree import ScopeInfo
    from cdk_ivs._monitoring.rule_options import RuleOptions

# DynamoDB deletes an item within a few days after its time.
_SHORTEST, _LONGEST = 86_400, 3_153_600_000
_COMPOSITION_EVENTS = [
    CompositionStateEvent.DESTINATION_START,
    CompositionStateEvent.DESTINATION_END,
    CompositionStateEvent.DESTINATION_FAILURE,
]


@dataclass(frozen=True, kw_only=True)
class _RecordingIndexProps(Options):
    all: bool | None = None
    base_url: str | None = None
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    dead_letter_queue: IQueue | None = None
    event_bus: IEventBus | None = None
    point_in_time_recovery: bool | None = None
    removal_policy: RemovalPolicy | None = None
    stages: Sequence[IStageRef] | None = None
    table: ITableRef | None = None
    time_to_live: Duration | None = None
    tracing_enabled: bool | None = None
    url_for: Callable[[str], str] | None = None


class RecordingIndex(Construct):
    """
    Create an index of recordings: a table with an item for each recording.

    Rules send the events about recordings of channels, of participants and of compositions to a
    state machine, which writes them into the table. Events can be duplicated, late or out of order,
    but the resulting item is the same. If a reconnect window merges several streams into one
    recording, the item lists all of them. An event that cannot be written goes unchanged to the
    dead-letter queue.

    The items have these attributes. Attributes that come from events have the names of the events:

    - `recording_id`: the key. For a channel it is the `recording_session_id`, for a participant the
      prefix, for a composition its ARN with the ID of the destination.
    - `kind`: `CHANNEL`, `PARTICIPANT` or `COMPOSITION`.
    - `resource_arn`: the channel or the stage.
    - `recording_s3_bucket_name`, `recording_s3_key_prefix`: the location of the recording.
    - `playlist_key`: the key of the playlist to play, in the bucket.
    - `recording_status`: `Recording Start`, `Recording Start Failure`, `Recording End Failure` or
      `Recording End`. Each status overrides those before it.
    - `recording_status_reason`: the reason why the recording failed.
    - `recording_duration_ms`: the length of the recording in milliseconds, after it ended. Events
      about compositions do not contain it.
    - `started_at`: the time of the earliest event.
    - `ready_at`: the time at which the recording ended. Only complete recordings have it.
    - `stream_ids`: the streams of a channel, or the sessions of a stage, in the recording.
    - `participant_id`; `composition_arn` and `destination_id`: the recorded part of a stage.
    - `expires_at`: the time at which the item expires, in Unix seconds.
    - `winner`: the event that set the status.

    The index `by_resource` of the table lists the recordings of a channel or stage
    (`resource_arn`), sorted by time (`started_at`).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        all: Whether to index the recordings of all channels and stages of the account and Region.
            Default: False, only those of `channels` and `stages`.

        base_url: The start of the URLs of playlists, before the key, such as
            `https://d111111abcdef8.cloudfront.net`. Default: events about ready recordings have no
            URL.

        channels: The channels. Default: no channels, unless `all` is set.

        dead_letter_queue: The queue for events that could not be written or sent. The construct
            adds the permission of the rules to its policy. Default: a new queue, encrypted by SQS,
            that keeps messages for 14 days.

        event_bus: The event bus to which events about ready recordings are sent. Default: the
            default event bus of the account.

        log_group: The log group of the state machine, which logs errors without the data of events.
            Default: a new log group that keeps logs for one month.

        point_in_time_recovery: Whether the new table can be restored to any second of the last 35
            days
            ([guide](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)).
            Default: True.

        removal_policy: Whether CloudFormation keeps or deletes the new table with the stack.
            Default: RemovalPolicy.RETAIN.

        stages: The stages. Default: no stages, unless `all` is set.

        table: The table, with the partition key `recording_id` of type String and no sort key.
            Define its index and the expiry of items yourself. Default: a new table, with on-demand
            capacity, encrypted with a key that DynamoDB owns.

        time_to_live: How long an item is kept after the event that set its status: 1 to 36,500
            days, in whole seconds, a limit of this library. DynamoDB deletes the item within a few
            days after that
            ([guide](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html)).
            The recording itself is not deleted. Default: items are kept.

        tracing_enabled: Whether AWS X-Ray traces the state machine. Default: False.

        url_for: A function that returns the URL of the playlist for a prefix, such as `url_for` of
            a `RecordingDelivery`. Default: events about ready recordings have no URL.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Resources` if there are no channels and stages, or if they are given
            together with `all`. `IndexUrl` if the URLs are invalid, or both `base_url` and
            `url_for` are given. `IndexTable` if the table has another key, or is given with
            settings of a new table. `RemovalPolicy` if the policy is SNAPSHOT. `DurationRange` or
            `DurationUnit` if the time to live is out of its range, or a token in another unit than
            seconds. `DeadLetterQueue` if the queue is a FIFO queue. `DeadLetterQueueStack` if the
            queue is in another stack of the app.
            `Environment` if a channel or stage is known to be in another account or Region.
    """

    INDEX_NAME = "by_resource"
    """The name of the index of the table by channel or stage and time."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        all: bool | None = None,
        base_url: str | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        dead_letter_queue: IQueue | None = None,
        event_bus: IEventBus | None = None,
        log_group: ILogGroup | None = None,
        point_in_time_recovery: bool | None = None,
        removal_policy: RemovalPolicy | None = None,
        stages: Sequence[IStageRef] | None = None,
        table: ITableRef | None = None,
        time_to_live: Duration | None = None,
        tracing_enabled: bool | None = None,
        url_for: Callable[[str], str] | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _RecordingIndexProps(
                all=all,
                base_url=base_url,
                channels=channels,
                dead_letter_queue=dead_letter_queue,
                event_bus=event_bus,
                point_in_time_recovery=point_in_time_recovery,
                removal_policy=removal_policy,
                stages=stages,
                table=table,
                time_to_live=time_to_live,
                tracing_enabled=tracing_enabled,
                url_for=url_for,
            )
            check_parts(log_group=log_group)
            chosen = choose_resources(
                scope, all=bool(all), channels=props.channels, stages=props.stages
            )
            self._playlists = playlists(props.base_url, props.url_for)
            seconds = _text_of(
                whole_seconds("time_to_live", props.time_to_live, _SHORTEST, _LONGEST)
            )
            check_dead_letter_queue(props.dead_letter_queue, scope)
            check_table(props.table, props.point_in_time_recovery, props.removal_policy)
            check_removal_policy(props.removal_policy, "tables")
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.dead_letter_queue: IQueue = dead_letter_queue or create_dead_letter_queue(self)
        """The queue for events that could not be written or sent."""
        self.log_group: ILogGroup = create_log_group(self, log_group)
        """The log group of the state machine."""
        self._table = IndexTable.of(self, props, expires=seconds is not None)
        self.table: ITableRef = self._table.table
        """The table."""
        self._event_bus = event_bus
        self._queue_key_arn = key_of_queue(dead_letter_queue)
        self.pipe: CfnPipe | None = None
        """The pipe that sends events about ready recordings. None until you call `on_ready()`."""
        workflow = Workflow(
            definition=json.dumps(index_definition(chosen, self._playlists.below, seconds)),
            key_arns=[arn for arn in (self._table.key_arn, self._queue_key_arn) if arn],
            log_group=self.log_group,
            queue=self.dead_letter_queue,
            reads_compositions="stage" in chosen,
            table_arn=self._table.arn,
            table_name=self._table.name,
            tracing_enabled=bool(tracing_enabled),
        )
        self.state_machine: StateMachine = workflow.create(self)
        """The state machine, an Express workflow."""
        target = machine_target(self.state_machine, self.dead_letter_queue)
        self.rules: dict[str, Rule] = {}
        """The rules that start the state machine: `channel`, `participant` and `composition`."""
        if "channel" in chosen:
            self.rules["channel"] = create_account_rule(
                RECORDING_STATE,
                self,
                "ChannelRecordings",
                target=target,
                options={"description": "Indexes recordings of channels"},
                event_names=None,
                channels=chosen["channel"],
            )
        if "stage" in chosen:
            self.rules["participant"] = create_account_rule(
                PARTICIPANT_RECORDING_STATE,
                self,
                "ParticipantRecordings",
                target=target,
                options={"description": "Indexes recordings of participants"},
                event_names=None,
                stages=chosen["stage"],
            )
            self.rules["composition"] = create_account_rule(
                COMPOSITION_STATE,
                self,
                "CompositionRecordings",
                target=target,
                options={"description": "Indexes recordings of compositions"},
                event_names=_COMPOSITION_EVENTS,
                stages=chosen["stage"],
            )

    def on_ready(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Create a rule for complete recordings. The index sends one event for each recording.

        The event has the source `cdk-ivs.recording-index` and the detail type `IVS Recording
        Ready`. Its `detail` has `recording_id`, `kind`, `resource_arn`, `recording_s3_bucket_name`,
        `recording_s3_key_prefix`, `playlist_key`, `recording_duration_ms`, `started_at`,
        `ready_at`, and `url` if the index has a `base_url` or `url_for`. All of them are text,
        including the duration.

        No event is lost. AWS can deliver an event twice, with the same `recording_id`.

        Args:
            id: The ID of the rule, unique in the index.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            **options: The options of the rule.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `IndexStream` if the given table has no stream with new and old images.
                `Target` if the target cannot be added. `RuleName` or `RuleDescription` if
                EventBridge refuses an option. `ConstructId` if the ID is empty or a token.
        """
        with error_path(self, id):
            stream_arn = self._table.stream_arn
        bus = self._event_bus
        rule = create_service_rule(
            self,
            id,
            target=target,
            options=options,
            what="ready recordings",
            event_bus=bus,
            source=[SOURCE],
            detail_type=[DETAIL_TYPE],
            resources=[self._table.arn],
        )
        if self.pipe is None:
            self.pipe = create_pipe(
                self,
                base_url=self._playlists.base_url,
                bus_arn=self._bus_arn(),
                queue_arn=self.dead_letter_queue.queue_arn,
                queue_key_arn=self._queue_key_arn,
                stream_arn=stream_arn,
                table_arn=self._table.arn,
                table_key_arn=self._table.key_arn,
            )
        return rule

    def _bus_arn(self) -> str:
        if self._event_bus is not None:
            return self._event_bus.event_bus_arn
        return cast("ScopeInfo", scope_info(self).stack).arn("events", "event-bus/default")


def _text_of(seconds: int | None) -> str | None:
    """Return the number as text for the definition. A token becomes text too."""
    if seconds is None or _SHORTEST <= seconds <= _LONGEST:
        return None if seconds is None else str(seconds)
    return Tokenization.stringify_number(seconds)
