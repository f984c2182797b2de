"""The alarms that a stage should have."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk.interfaces.aws_ivs import IStageRef

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_place
from cdk_ivs._core.props import Options
from cdk_ivs._monitoring.catalog.enums import (
    CompositionStateEvent,
    RecordingStatus,
    StageUpdateEvent,
)
from cdk_ivs._monitoring.facades import StageMonitoring
from cdk_ivs._validation.arns import check_has_id
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import check_number

from .construct import AlarmActions, AlarmCondition, AlarmSet, check_exclude, check_thresholds

if TYPE_CHECKING:
    from aws_cdk.aws_cloudwatch import IAlarmAction
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct


class StageAlarm(enum.StrEnum):
    """An alarm of StageAlarms."""

    DROPPED_FRAMES = "DROPPED_FRAMES"
    """Subscribers drop frames: they see the video stutter."""

    PACKET_LOSS = "PACKET_LOSS"
    """Subscribers lose packets on the way."""

    PUBLISHERS = "PUBLISHERS"
    """The stage has as many publishers as it can have."""

    SUBSCRIBERS = "SUBSCRIBERS"
    """The stage has nearly as many subscribers as it can have."""

    PUBLISH_ERRORS = "PUBLISH_ERRORS"
    """Participants could not publish, or no longer."""

    RECORDING_FAILURE = "RECORDING_FAILURE"
    """The recording of a participant did not begin, or ended with an error."""

    COMPOSITION_FAILURE = "COMPOSITION_FAILURE"
    """A composition of the stage, or a destination of one, failed."""


@dataclass(frozen=True, kw_only=True)
class _Arguments(Options):
    stage: IStageRef
    composition_failure_threshold: int
    dropped_frames_threshold: float
    evaluation_minutes: int
    exclude: Sequence[StageAlarm] | None = None
    packet_loss_threshold: float
    publish_errors_threshold: int
    publishers_threshold: int
    recording_failure_threshold: int
    subscribers_threshold: int

    def thresholds(self) -> dict[str, float]:
        """The numbers, by keyword."""
        return {
            name: value
            for name, value in vars(self).items()
            if name.endswith("_threshold") or name == "evaluation_minutes"
        }


class StageAlarms(AlarmSet):
    """
    Define the alarms that a stage should have.

    While nobody takes part there is no data, and no alarm. Failures are told by events only, which
    may come late. A rule sends each event to the topic, or to a log group of the stack that keeps
    it for a day, and the alarm is on how often the rule did. EventBridge sends this metric as well
    as it can: a message that must arrive is the event.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        stage: The stage.

        actions: What an alarm does, beside a message to the topic. Default: nothing.

        composition_failure_threshold: The failures in a minute from which on there is an alarm.
            Default: 1. With more than 1, the events are not sent to the topic.

        dropped_frames_threshold: The percentage from which on there is an alarm. Default: 5,
            which is one frame or two of 30 in a second.

        evaluation_minutes: How many minutes in a row the threshold of a metric is crossed before
            there is an alarm. Events give one at once. Default: 3, so that one participant who
            joins over a bad network gives none.

        exclude: The alarms that are not made. Default: none.

        ok_actions: What an alarm does when it is over, which for those of events is a minute
            later. Default: nothing.

        packet_loss_threshold: The percentage from which on there is an alarm. Default: 5.

        publish_errors_threshold: The errors in a minute from which on there is an alarm.
            Default: 5: single ones are participants' own. With 1, the events are sent to the
            topic.

        publishers_threshold: The publishers from which on there is an alarm. Default: 12, all
            that a stage can have: the next is refused.

        recording_failure_threshold: The failures in a minute from which on there is an alarm.
            Default: 1. With more than 1, the events are not sent to the topic.

        subscribers_threshold: The subscribers from which on there is an alarm. Default: 8,000,
            which is 80 % of the quota of a stage.

        topic: The topic that gets a message when there is an alarm, and the events of which one
            is a reason for alarm. The policy of a topic of the app is changed to let it. Default:
            none.

    Raises:
        ValidationError: If a threshold is not more than 0, the stage is in another Region or
            account, or the topic is in another Region.

    Attributes:
        alarms: The alarms that are made, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        stage: IStageRef,
        actions: Sequence[IAlarmAction] | None = None,
        composition_failure_threshold: int = 1,
        dropped_frames_threshold: float = 5,
        evaluation_minutes: int = 3,
        exclude: Sequence[StageAlarm] | None = None,
        ok_actions: Sequence[IAlarmAction] | None = None,
        packet_loss_threshold: float = 5,
        publish_errors_threshold: int = 5,
        publishers_threshold: int = 12,
        recording_failure_threshold: int = 1,
        subscribers_threshold: int = 8_000,
        topic: ITopicRef | None = None,
    ) -> None:
        with error_path(scope, id):
            check_place(scope, id)
            given = _Arguments(
                stage=stage,
                composition_failure_threshold=composition_failure_threshold,
                dropped_frames_threshold=dropped_frames_threshold,
                evaluation_minutes=evaluation_minutes,
                exclude=exclude,
                packet_loss_threshold=packet_loss_threshold,
                publish_errors_threshold=publish_errors_threshold,
                publishers_threshold=publishers_threshold,
                recording_failure_threshold=recording_failure_threshold,
                subscribers_threshold=subscribers_threshold,
            )
            reactions = AlarmActions(actions=actions, ok_actions=ok_actions, topic=topic)
            self._monitoring = StageMonitoring(stage)
            arn = self._monitoring._subject().arn
            check_arn_environment("stage", arn, scope, stage)
            check_has_id(arn)
            self._thresholds = thresholds = given.thresholds()
            check_thresholds(thresholds)
            check_exclude(given.exclude)
            for keyword in ("dropped_frames_threshold", "packet_loss_threshold"):
                check_number(keyword, thresholds[keyword], 0, 100, "percent")
        super().__init__(scope, id, exclude=given.exclude, reactions=reactions)

    def _add_alarms(self) -> None:
        self._add_metric_alarms(self._thresholds)
        self._add_event_alarms(self._thresholds)

    def _add_metric_alarms(self, thresholds: Mapping[str, float]) -> None:
        of = self._monitoring
        minute = self._minute
        minutes = int(thresholds["evaluation_minutes"])
        self._add(
            StageAlarm.DROPPED_FRAMES,
            lambda: of.metric_dropped_frames(period=minute),
            AlarmCondition(thresholds["dropped_frames_threshold"], minutes),
            "Subscribers drop frames and see the video stutter: publish less, or use simulcast.",
        )
        self._add(
            StageAlarm.PACKET_LOSS,
            lambda: of.metric_download_packet_loss(period=minute),
            AlarmCondition(thresholds["packet_loss_threshold"], minutes),
            "Subscribers lose packets on the way: look at which platforms and countries.",
        )
        self._add(
            StageAlarm.PUBLISHERS,
            lambda: of.metric_publishers(period=minute),
            AlarmCondition(thresholds["publishers_threshold"], minutes),
            "The stage has as many publishers as it can have: the next is refused.",
        )
        self._add(
            StageAlarm.SUBSCRIBERS,
            lambda: of.metric_subscribers(period=minute),
            AlarmCondition(thresholds["subscribers_threshold"], minutes),
            "The stage has nearly as many subscribers as it can have: ask for a higher quota.",
        )

    def _add_event_alarms(self, thresholds: Mapping[str, float]) -> None:
        of = self._monitoring
        self._add_counted(
            StageAlarm.PUBLISH_ERRORS,
            lambda target: of.on_stage_update(
                "PublishErrorsRule",
                target=target,
                event_names=[StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR],
                description="Counts errors of publishers for an alarm",
                cross_stack_scope=self,
            ),
            thresholds["publish_errors_threshold"],
            "Participants could not publish, or no longer: look at the events' error_code.",
        )
        self._add_counted(
            StageAlarm.RECORDING_FAILURE,
            lambda target: of.on_participant_recording_state_change(
                "RecordingFailureRule",
                target=target,
                event_names=[
                    RecordingStatus.RECORDING_START_FAILURE,
                    RecordingStatus.RECORDING_END_FAILURE,
                ],
                description="Counts failures of recordings for an alarm",
                cross_stack_scope=self,
            ),
            thresholds["recording_failure_threshold"],
            "The recording of a participant failed: look at the event's error_code and at the "
            "policy of the bucket.",
        )
        self._add_counted(
            StageAlarm.COMPOSITION_FAILURE,
            lambda target: of.on_composition_state_change(
                "CompositionFailureRule",
                target=target,
                event_names=[
                    CompositionStateEvent.DESTINATION_FAILURE,
                    CompositionStateEvent.SESSION_FAILURE,
                ],
                description="Counts failures of compositions for an alarm",
                cross_stack_scope=self,
            ),
            thresholds["composition_failure_threshold"],
            "A composition, or a destination of one, failed: look at the event's error_code.",
        )
