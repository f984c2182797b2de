"""A broadcast of a stage to a channel or to S3 while participants publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from constructs import Construct

from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.tree import register_parent, scope_info
from cdk_ivs._iam.grants import Statement, grant_statements
from cdk_ivs._iam.resource_types import CHANNEL, COMPOSITION, STAGE
from cdk_ivs._monitoring.catalog.enums import CompositionStateEvent, StageUpdateEvent
from cdk_ivs._monitoring.catalog.events import STAGE_UPDATE
from cdk_ivs._monitoring.monitored_resource import MonitoredResource
from cdk_ivs._monitoring.rules import create_resource_rule
from cdk_ivs._real_time.encoder_configuration import EncoderConfiguration
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import whole_seconds
from cdk_ivs.patterns._dead_letters import check_dead_letter_queue, create_dead_letter_queue
from cdk_ivs.patterns._workflow.definition import Definition
from cdk_ivs.patterns._workflow.environments import same_environment_arns, short_id
from cdk_ivs.patterns._workflow.state_machine import (
    check_parts,
    create_failure_rule,
    create_log_group,
    create_state_machine,
    machine_target,
)

from .props import BroadcastProps
from .states import (
    LOOK_AGAIN_SECONDS,
    MOST_STARTS,
    POLL_SECONDS,
    TAG,
    Broadcast,
    broadcast_states,
)
from .validation import RecordingSettings, check_destinations, check_recording, most_waits_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration
    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.aws_iam import IRole, Role
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_sqs import IQueue
    from aws_cdk.aws_stepfunctions import StateMachine
    from aws_cdk.interfaces.aws_ivs import (
        IChannelRef,
        IEncoderConfigurationRef,
        IStageRef,
        IStorageConfigurationRef,
    )

    from cdk_ivs._core.alpha import AlphaChannel
    from cdk_ivs._monitoring.rule_options import RuleOptions
    from cdk_ivs._validation.thumbnails import Storage

    from .layout import CompositionLayout

_STOP_AFTER = 10
_LONGEST_STOP_AFTER = 3600
# The seconds for retries, and for the checks after the starts of compositions.
_TIME_FOR_CALLS = 1800 + MOST_STARTS * LOOK_AGAIN_SECONDS
_COMPOSITION_FAILURES = (
    CompositionStateEvent.DESTINATION_FAILURE,
    CompositionStateEvent.SESSION_FAILURE,
)


class StageBroadcast(Construct):
    """
    Create the broadcast of a stage to a channel, to S3 or to both, while participants publish.

    When a participant starts or stops publishing, a rule starts a state machine. The state machine
    reads the state of the stage, and then starts a composition, stops it, or does nothing. Events
    can therefore be duplicated, late or out of order. A session of the stage has one composition at
    a time. Its idempotency token is the ID of the session. If a composition ends during the
    session, another one starts when a participant publishes again.

    A composition to a channel starts when the channel is offline. It stops when no participant
    publishes anymore. IVS itself stops a composition a minute after all participants have left. A
    minute after a composition started, the state machine checks whether a participant publishes,
    because the event may have been late.

    The state machine recognizes its own compositions by a tag, and ignores other compositions of
    the stage.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        stage: The stage.

        channel: The channel to which the stage is streamed, in the account and Region of the stage.
            Default: no channel.

        dead_letter_queue: The queue for events that could not start the state machine. The
            construct adds the permission of the rules to its policy. Default: a new queue,
            encrypted by SQS, that keeps messages for 14 days.

        encoder_configuration: The video settings. Default: a new encoder configuration with the
            defaults of IVS: 1280x720, 30 frames per second and 2,500,000 bits per second.

        hls_segment_duration: The target length of the segments of a recording: 2 to 10 whole
            seconds
            ([CompositionRecordingHlsConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CompositionRecordingHlsConfiguration.html)).
            Default: 2 seconds, the default of IVS.

        layout: The arrangement of the participants. Default: a grid, the default of IVS.

        log_group: The log group of the state machine. Default: a new log group that keeps logs for
            one month.

        offline_timeout: How long to wait for a channel that is live with another stream: from 15
            seconds to 3 hours, in whole seconds, a limit of this library. Default: 10 minutes.

        replicas: Whether participants who are replicated from other stages keep the broadcast
            running. The video shows them in both cases. Default: True.

        role: The role of the state machine, to which the construct adds permissions. Default: a new
            role.

        stop_after: How long to wait after a participant stopped publishing before the state machine
            checks whether a participant still publishes: from 0 seconds to 1 hour, in whole
            seconds, a limit of this library. Default: 10 seconds, so that participants can
            reconnect.

        storage_configuration: The storage configuration to which the broadcast is recorded.
            Default: no recording.

        thumbnail_interval: The time from one thumbnail of a recording to the next: from 1 second to
            24 hours, in whole seconds
            ([CompositionThumbnailConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CompositionThumbnailConfiguration.html)).
            Default: 60 seconds, the default of IVS, if `thumbnail_storage` is given. Otherwise,
            there are no thumbnails.

        thumbnail_storage: The thumbnail files that are written. Default: SEQUENTIAL, the default of
            IVS, if `thumbnail_interval` is given. Otherwise, there are no thumbnails.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NoDestination` if there is neither a channel nor a storage configuration.
            `RecordingUnused` or `OfflineTimeoutUnused` if an argument has no effect.
            `ThumbnailStorageEmpty`, `ThumbnailStorageToken` or `Duplicate` if the list of thumbnail
            files is empty, a token, or has one twice. `DurationRange` or `DurationUnit` if a
            duration is out of its range, or a token in another unit than seconds. `DurationToken`
            if `offline_timeout` is a token.
            `DeadLetterQueue` if the queue is a FIFO queue. `DeadLetterQueueStack` if the queue is
            in another stack of the app. `Environment` if the resources are known to be in different
            accounts or Regions.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        stage: IStageRef,
        channel: IChannelRef | AlphaChannel | None = None,
        dead_letter_queue: IQueue | None = None,
        encoder_configuration: IEncoderConfigurationRef | None = None,
        hls_segment_duration: Duration | None = None,
        layout: CompositionLayout | None = None,
        log_group: ILogGroup | None = None,
        offline_timeout: Duration | None = None,
        replicas: bool = True,
        role: Role | IRole | None = None,
        stop_after: Duration | None = None,
        storage_configuration: IStorageConfigurationRef | None = None,
        thumbnail_interval: Duration | None = None,
        thumbnail_storage: Sequence[Storage] | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = BroadcastProps(
                stage=stage,
                channel=channel,
                encoder_configuration=encoder_configuration,
                hls_segment_duration=hls_segment_duration,
                layout=layout,
                offline_timeout=offline_timeout,
                replicas=replicas,
                stop_after=stop_after,
                storage_configuration=storage_configuration,
                thumbnail_interval=thumbnail_interval,
                thumbnail_storage=thumbnail_storage,
            )
            check_parts(dead_letter_queue, log_group, role)
            check_dead_letter_queue(dead_letter_queue, scope)
            check_destinations(props)
            most_waits = most_waits_for(props)
            stop_seconds = whole_seconds("stop_after", props.stop_after, 0, _LONGEST_STOP_AFTER)
            recording = check_recording(props)
            arns = same_environment_arns(
                scope,
                {
                    "stage": stage,
                    "channel": channel,
                    "storage_configuration": storage_configuration,
                    "encoder_configuration": encoder_configuration,
                },
            )
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self._stage = stage
        self._stage_arn = arns["stage"]
        if encoder_configuration is None:
            created = EncoderConfiguration(self, "Encoder")
            arns["encoder_configuration"] = created.encoder_configuration_arn
            encoder_configuration = created
        self.encoder_configuration: IEncoderConfigurationRef = encoder_configuration
        """The encoder configuration with the video settings."""
        self.log_group: ILogGroup = create_log_group(self, log_group)
        """The log group of the state machine."""
        self.dead_letter_queue: IQueue = dead_letter_queue or create_dead_letter_queue(self)
        """The queue for events that could not start the state machine."""
        definition = Definition()
        stopped = _STOP_AFTER if stop_seconds is None else stop_seconds
        broadcast = Broadcast(
            stage=definition.text("StageArn", arns["stage"]),
            channel=None if channel is None else definition.text("ChannelArn", arns["channel"]),
            destinations=_destinations(definition, arns, recording),
            layout=None if layout is None else layout._render(definition),
            tag=short_id(self),
            replicas=replicas,
            stop_after=definition.number("StopAfter", stopped),
            most_waits=most_waits,
        )
        self.state_machine: StateMachine = create_state_machine(
            self,
            definition,
            broadcast_states(broadcast),
            start="WhatHappened",
            timeout=most_waits * POLL_SECONDS + _LONGEST_STOP_AFTER + _TIME_FOR_CALLS,
            log_group=self.log_group,
            role=role,
        )
        """The state machine."""
        self._let_it_compose(arns, broadcast.tag)
        self.rule: Rule = self._create_rule(replicas=replicas)
        """The rule that starts the state machine. Disable it to pause broadcasting."""

    def on_failure(
        self, id: str, *, target: IRuleTarget | None = None, **options: Unpack[RuleOptions]
    ) -> Rule:
        """
        Create a rule for failures of the broadcast.

        It matches when an execution of the state machine fails, times out or is aborted (`Step
        Functions Execution Status Change`), and when a composition of the stage or one of its
        destinations fails (`IVS Composition State Change`).

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
        return create_failure_rule(
            self,
            id,
            machines=[self.state_machine],
            target=target,
            options=options,
            others=[
                {"stage_arn": [self._stage_arn], "event_name": [*map(str, _COMPOSITION_FAILURES)]}
            ],
        )

    def _let_it_compose(self, arns: dict[str, str], tag: str) -> None:
        """Grant the actions that the states call, on the resources that they need."""
        service = STAGE.service
        composed = ("stage", "encoder_configuration", "storage_configuration", "channel")
        compositions = scope_info(self).arn(service, f"{COMPOSITION.arn_name}/*")
        ours = {"StringEquals": {f"aws:ResourceTag/{TAG}": tag}}
        tagged = {
            "StringEquals": {f"aws:RequestTag/{TAG}": tag},
            "ForAllValues:StringEquals": {"aws:TagKeys": TAG},
        }
        statements = [
            Statement(
                service, ["StartComposition"], [arns[key] for key in composed if key in arns]
            ),
            Statement(service, ["StopComposition"], [compositions], ours),
            Statement(
                service,
                ["GetParticipant", "ListCompositions", "ListParticipantEvents", "ListParticipants"],
                [arns["stage"]],
            ),
            Statement(service, ["TagResource"], [compositions], tagged),
        ]
        if "channel" in arns:
            statements.append(Statement(CHANNEL.service, ["GetStream"], [arns["channel"]]))
        grant_statements(self, self.state_machine.role, statements)

    def _create_rule(self, *, replicas: bool) -> Rule:
        return create_resource_rule(
            STAGE_UPDATE,
            MonitoredResource(self._stage, "stage", self._stage_arn),
            "Publishing",
            target=machine_target(self.state_machine, self.dead_letter_queue),
            event_names=[
                StageUpdateEvent.PARTICIPANT_PUBLISHED,
                StageUpdateEvent.PARTICIPANT_UNPUBLISHED,
            ],
            options={
                "cross_stack_scope": self,
                "description": "Starts and stops the broadcast of a stage",
            },
            replica=None if replicas else False,
        )


def _destinations(
    definition: Definition, arns: dict[str, str], recording: RecordingSettings
) -> list[dict[str, object]]:
    """Return the destinations, in the form of Step Functions."""
    encoder = definition.text("EncoderConfigurationArn", arns["encoder_configuration"])
    destinations: list[dict[str, object]] = []
    if "channel" in arns:
        channel = definition.text("ChannelArn", arns["channel"])
        destinations.append(
            {"Channel": {"ChannelArn": channel, "EncoderConfigurationArn": encoder}}
        )
    if "storage_configuration" in arns:
        s3: dict[str, object] = {
            "StorageConfigurationArn": definition.text(
                "StorageConfigurationArn", arns["storage_configuration"]
            ),
            "EncoderConfigurationArns": [encoder],
        }
        if recording.segment is not None:
            segment = definition.number("HlsSegmentSeconds", recording.segment)
            s3["RecordingConfiguration"] = {
                "HlsConfiguration": {"TargetSegmentDurationSeconds": segment}
            }
        thumbnails: dict[str, object] = {}
        if recording.interval is not None:
            thumbnails["TargetIntervalSeconds"] = definition.number(
                "ThumbnailIntervalSeconds", recording.interval
            )
        if recording.storage is not None:
            thumbnails["Storage"] = [*recording.storage]
        if thumbnails:
            s3["ThumbnailConfigurations"] = [thumbnails]
        destinations.append({"S3": s3})
    return destinations
