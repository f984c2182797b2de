"""The recommended alarms of a stage."""

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
    """An alarm of `StageAlarms`."""

    DROPPED_FRAMES = "DROPPED_FRAMES"
    """Subscribers drop frames, so they see the video stutter."""

    PACKET_LOSS = "PACKET_LOSS"
    """Subscribers lose packets on the network."""

    PUBLISHERS = "PUBLISHERS"
    """The stage has the maximum number of publishers."""

    SUBSCRIBERS = "SUBSCRIBERS"
    """The number of subscribers is close to the quota of the stage."""

    PUBLISH_ERRORS = "PUBLISH_ERRORS"
    """Participants could not publish, or had to stop."""

    RECORDING_FAILURE = "RECORDING_FAILURE"
    """The recording of a participant did not start, or ended with an error."""

    COMPOSITION_FAILURE = "COMPOSITION_FAILURE"
    """A composition of the stage, or one of its destinations, failed."""


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
    Create the recommended alarms of a stage.

    While the stage has no participants there is no data, and no alarm goes off.

    IVS reports failures only as events, which can arrive late. For these alarms a rule sends each
    event to the topic, or to a log group of the stack that keeps it for one day. The alarm counts
    the calls of the rule. EventBridge publishes this count on a best-effort basis, so rely on the
    event for messages that must arrive.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        stage: The stage.

        actions: The actions when an alarm goes off, in addition to the message to the topic.
            Default: no actions.

        composition_failure_threshold: The number of failures in one minute at which the alarm goes
            off. Greater than 0. If it is greater than 1, the rule does not send the events to the
            topic. Default: 1 failure.

        dropped_frames_threshold: The share of dropped frames in percent at which the alarm goes
            off. Greater than 0, and at most 100, a limit of this construct. Default: 5 percent,
            which is one or two of 30 frames.

        evaluation_minutes: How many minutes in a row a metric must cross its threshold before the
            alarm goes off, from 1 to 1,440 minutes
            ([PutMetricAlarm](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html)).
            Alarms on events go off at once. Default: 3 minutes, so that one participant with a bad
            network does not cause an alarm.

        exclude: The alarms to leave out. Default: none.

        ok_actions: The actions when an alarm ends. Alarms on events end after one minute. Default:
            no actions.

        packet_loss_threshold: The share of lost packets in percent at which the alarm goes off.
            Greater than 0, and at most 100, a limit of this construct. Default: 5 percent.

        publish_errors_threshold: The number of errors in one minute at which the alarm goes off.
            Greater than 0. If it is 1, the rule sends the events to the topic. Default: 5 errors,
            because single errors are usually those of one participant.

        publishers_threshold: The number of publishers at which the alarm goes off. Greater than 0.
            Default: 12 publishers, which is the maximum of a stage
            ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)).

        recording_failure_threshold: The number of failures in one minute at which the alarm goes
            off. Greater than 0. If it is greater than 1, the rule does not send the events to the
            topic. Default: 1 failure.

        subscribers_threshold: The number of subscribers at which the alarm goes off. Greater than
            0. Default: 8,000 subscribers, which is 80 percent of the quota of a stage
            ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)).

        topic: The topic that gets a message when an alarm goes off, and the events that cause one.
            The construct adds a statement to the policy of a topic of this app. Default: no topic.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Threshold` or `NumberRange` if a threshold is invalid. `Environment` if
            the stage is in another account or Region, or the topic is in another Region.
            `DynamicReference` if the ARN of an imported stage contains a dynamic reference.
            `ExcludeToken` if `exclude` contains a token. `AlarmAction` if an alarm cannot have one
            of the actions.

    Attributes:
        alarms: The alarms, by name.
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
