"""The alarms that a stage should have."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from aws_cdk.interfaces.aws_ivs import IStageRef

from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._monitoring.catalog.enums import CompositionStateEvent, StageUpdateEvent
from cdk_ivs._monitoring.catalog.events import (
    COMPOSITION_STATE,
    PARTICIPANT_RECORDING_STATE,
    RECORDING_FAILURES,
    STAGE_UPDATE,
)
from cdk_ivs._monitoring.monitored_resource import MonitoredResource
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import error_path

from .alarm_set import AlarmSet
from .definitions import EventAlarm, MetricAlarm
from .thresholds import validate_exclude

if TYPE_CHECKING:
    from collections.abc import Sequence

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


_DEFINITIONS = (
    MetricAlarm(
        StageAlarm.DROPPED_FRAMES,
        "dropped_frames_threshold",
        "Subscribers drop frames and see the video stutter: publish less, or use simulcast.",
        metric_name="DroppedFrames",
        value_type=float,
        percent=True,
    ),
    MetricAlarm(
        StageAlarm.PACKET_LOSS,
        "packet_loss_threshold",
        "Subscribers lose packets: check which platforms and countries are affected.",
        metric_name="DownloadPacketLoss",
        value_type=float,
        percent=True,
    ),
    MetricAlarm(
        StageAlarm.PUBLISHERS,
        "publishers_threshold",
        "The stage has the maximum number of publishers: IVS rejects the next one.",
        metric_name="Publishers",
    ),
    MetricAlarm(
        StageAlarm.SUBSCRIBERS,
        "subscribers_threshold",
        "The stage has nearly as many subscribers as the quota allows: request a higher quota.",
        metric_name="Subscribers",
    ),
    EventAlarm(
        StageAlarm.PUBLISH_ERRORS,
        "publish_errors_threshold",
        "Participants could not start or continue to publish: check the events' error_code.",
        event_type=STAGE_UPDATE,
        event_names=[StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR],
        counted="errors of publishers",
    ),
    EventAlarm(
        StageAlarm.RECORDING_FAILURE,
        "recording_failure_threshold",
        "The recording of a participant failed: check the event's error_code and the policy of "
        "the bucket.",
        event_type=PARTICIPANT_RECORDING_STATE,
        event_names=RECORDING_FAILURES,
        counted="failures of recordings",
    ),
    EventAlarm(
        StageAlarm.COMPOSITION_FAILURE,
        "composition_failure_threshold",
        "A composition, or a destination of one, failed: check the event's error_code.",
        event_type=COMPOSITION_STATE,
        event_names=[
            CompositionStateEvent.DESTINATION_FAILURE,
            CompositionStateEvent.SESSION_FAILURE,
        ],
        counted="failures of compositions",
    ),
)


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

        exclude: The alarms that are not created. Default: none.

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
        alarms: The alarms that were created, by name.
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
            check_scope_and_id(scope, id)
            check_type("stage", stage, IStageRef)
            excluded = validate_exclude(StageAlarm, exclude)
            resource = MonitoredResource(stage, "stage")
        super().__init__(
            scope,
            id,
            actions=actions,
            definitions=_DEFINITIONS,
            evaluation_minutes=evaluation_minutes,
            excluded=excluded,
            ok_actions=ok_actions,
            resource=resource,
            thresholds={
                "composition_failure_threshold": composition_failure_threshold,
                "dropped_frames_threshold": dropped_frames_threshold,
                "packet_loss_threshold": packet_loss_threshold,
                "publish_errors_threshold": publish_errors_threshold,
                "publishers_threshold": publishers_threshold,
                "recording_failure_threshold": recording_failure_threshold,
                "subscribers_threshold": subscribers_threshold,
            },
            topic=topic,
        )
