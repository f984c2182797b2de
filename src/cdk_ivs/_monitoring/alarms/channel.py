"""The alarms that a channel should have."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import Duration
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.interfaces.aws_ivs import IChannelRef

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._monitoring.catalog.enums import StreamHealthEvent
from cdk_ivs._monitoring.catalog.events import RECORDING_FAILURES, RECORDING_STATE, STREAM_HEALTH
from cdk_ivs._monitoring.monitored_resource import MonitoredResource
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import in_seconds

from .alarm_set import AlarmSet
from .definitions import EventAlarm, MetricAlarm
from .thresholds import validate_exclude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_cloudwatch import IAlarmAction
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct

# The service quotas of ingest bitrates, by type; of BASIC that above 480p.
_BITRATES = {"BASIC": 3_500_000}
_BITRATE = 8_500_000
_MULTITRACK_BITRATE = 15_000_000
# Before the limit: above it the stream is cut off, and there is nothing left to measure.
_PART = 0.9
_KEYFRAME_INTERVAL = 3


class ChannelAlarm(enum.StrEnum):
    """An alarm of ChannelAlarms."""

    STARVATION = "STARVATION"
    """Less comes in than is played: viewers see the video stop."""

    NO_FRAMES = "NO_FRAMES"
    """The channel is live and no frames come in. That IVS then publishes a 0 is UNCONFIRMED."""

    KEYFRAME_INTERVAL = "KEYFRAME_INTERVAL"
    """The encoder sends key frames too seldom for low latency. Not with latency NORMAL."""

    INGEST_BITRATE = "INGEST_BITRATE"
    """The encoder sends nearly as much as the type of the channel takes."""

    CONCURRENT_VIEWS = "CONCURRENT_VIEWS"
    """The channel alone has nearly as many views as the account may have."""

    RECORDING_FAILURE = "RECORDING_FAILURE"
    """A recording did not begin, or ended with an error."""


_DEFINITIONS = (
    MetricAlarm(
        ChannelAlarm.NO_FRAMES,
        "framerate_threshold",
        "The channel is live and receives no frames: check the encoder and its network.",
        metric_name="IngestFramerate",
        value_type=float,
        below=True,
    ),
    MetricAlarm(
        ChannelAlarm.KEYFRAME_INTERVAL,
        "keyframe_interval_threshold",
        "Key frames are too far apart for low latency: set the encoder to one every 2 seconds.",
        metric_name="KeyframeInterval",
        value_type=float,
    ),
    MetricAlarm(
        ChannelAlarm.INGEST_BITRATE,
        "ingest_bitrate_threshold",
        "The bitrate of the encoder is close to the limit of the channel's type, above which "
        "IVS disconnects it: lower the bitrate.",
        metric_name="IngestBitrate",
    ),
    MetricAlarm(
        ChannelAlarm.CONCURRENT_VIEWS,
        "concurrent_views_threshold",
        "The channel has nearly as many views as the quota of the account allows: request a "
        "higher quota of concurrent views.",
        metric_name="ConcurrentViews",
    ),
    EventAlarm(
        ChannelAlarm.STARVATION,
        "starvation_threshold",
        "The channel receives less than it plays, and the video of viewers stops: check the "
        "network of the encoder.",
        event_type=STREAM_HEALTH,
        event_names=[StreamHealthEvent.STARVATION_START],
        counted="starts of starvation",
    ),
    EventAlarm(
        ChannelAlarm.RECORDING_FAILURE,
        "recording_failure_threshold",
        "A recording failed: check the event's recording_status_reason and the bucket.",
        event_type=RECORDING_STATE,
        event_names=RECORDING_FAILURES,
        counted="failures of recordings",
    ),
)


class _ChannelSettings(NamedTuple):
    """
    What is known of a channel, if it is of the app.

    Attributes:
        type: The type.
        latency_mode: The latency.
        multitrack: Whether it takes several tracks.
    """

    type: object
    latency_mode: object
    multitrack: bool

    @classmethod
    def of(cls, channel: Any) -> _ChannelSettings:  # noqa: ANN401 - of any kind
        cfn_channel = (
            channel if isinstance(channel, CfnChannel) else getattr(channel, "_ivs_cfn", None)
        )
        # One of this library without an L1 is of elsewhere.
        if cfn_channel is None and not isinstance(channel, IvsResource):
            cfn_channel = channel.node.default_child or channel
        if not isinstance(cfn_channel, CfnChannel):
            return cls(
                getattr(cfn_channel, "type", None),
                getattr(cfn_channel, "latency_mode", None),
                multitrack=False,
            )
        # All properties together, by one message.
        properties = cfn_properties(cfn_channel)
        multitrack = properties.get("multitrackInputConfiguration")
        enabled = (
            multitrack.get("enabled")
            if isinstance(multitrack, dict)
            else getattr(multitrack, "enabled", None)
        )
        return cls(properties.get("type"), properties.get("latencyMode"), enabled is True)

    def bitrate_near_limit(self) -> int:
        """The bitrate at which the channel is near its limit, as far as its type is known."""
        limit = _BITRATES.get(str(self.type), _BITRATE)
        return round((_MULTITRACK_BITRATE if self.multitrack else limit) * _PART)


class ChannelAlarms(AlarmSet):
    """
    Define the alarms that a channel should have.

    While the channel is offline there is no data, and no alarm. Starvation and recording
    failures are told by events only, which may come late. A rule sends each event to the topic,
    or to a log group of the stack that keeps it for a day, and the alarm is on how often the rule
    did. EventBridge sends this metric as well as it can: a message that must arrive is the event.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        channel: The channel.

        actions: What an alarm does, beside a message to the topic. Default: nothing.

        concurrent_views_threshold: The views of this channel from which on there is an alarm.
            Default: 12,000, which is 80 % of the quota that an account has if it did not ask for
            more. The quota itself is watched by QuotaAlarms.

        evaluation_minutes: How many minutes in a row the threshold of a metric is crossed before
            there is an alarm. Events give one at once. Default: 3, so that the first seconds of
            a stream, which are uneven, give none.

        exclude: The alarms that are not created. Default: none.

        framerate_threshold: The frames per second below which there is an alarm. Default: 1, so
            that a slide show is none.

        ingest_bitrate_threshold: The bits per second from which on there is an alarm. Default:
            90 % of what the type of the channel takes, above which the stream is cut off:
            3,150,000 of BASIC, 13,500,000 with multitrack input, else 7,650,000, which is also
            taken of a channel that is not of this app.

        keyframe_interval_threshold: The time between key frames from which on there is an alarm.
            Default: 3 seconds: the guide asks for 2, which 29.97 frames per second just miss.

        ok_actions: What an alarm does when it is over, which for those of events is a minute
            later. Default: nothing.

        recording_failure_threshold: The failures in a minute from which on there is an alarm.
            Default: 1. With more than 1, the events are not sent to the topic.

        starvation_threshold: The starts of starvation in a minute from which on there is an
            alarm. Default: 1. With more than 1, the events are not sent to the topic.

        topic: The topic that gets a message when there is an alarm, and the events of which one
            is a reason for alarm. The policy of a topic of the app is changed to let it. Default:
            none.

    Raises:
        ValidationError: If a threshold is not more than 0, the channel is in another Region or
            account, or the topic is in another Region.

    Attributes:
        alarms: The alarms that were created, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        channel: IChannelRef | AlphaChannel,
        actions: Sequence[IAlarmAction] | None = None,
        concurrent_views_threshold: int = 12_000,
        evaluation_minutes: int = 3,
        exclude: Sequence[ChannelAlarm] | None = None,
        framerate_threshold: float = 1,
        ingest_bitrate_threshold: int | None = None,
        keyframe_interval_threshold: Duration | None = None,
        ok_actions: Sequence[IAlarmAction] | None = None,
        recording_failure_threshold: int = 1,
        starvation_threshold: int = 1,
        topic: ITopicRef | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            check_type("channel", channel, IChannelRef | AlphaChannel)
            excluded = validate_exclude(ChannelAlarm, exclude)
            resource = MonitoredResource(channel, "channel")
            settings = _ChannelSettings.of(channel)
            if ingest_bitrate_threshold is None:
                ingest_bitrate_threshold = settings.bitrate_near_limit()
            keyframe_interval: float = _KEYFRAME_INTERVAL
            if keyframe_interval_threshold is not None:
                keyword = "keyframe_interval_threshold"
                check_type(keyword, keyframe_interval_threshold, Duration)
                keyframe_interval = in_seconds(keyword, keyframe_interval_threshold)
            # Key frames may be further apart where latency does not matter.
            if settings.latency_mode == "NORMAL":
                excluded.add(ChannelAlarm.KEYFRAME_INTERVAL)
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
                "concurrent_views_threshold": concurrent_views_threshold,
                "framerate_threshold": framerate_threshold,
                "ingest_bitrate_threshold": ingest_bitrate_threshold,
                "keyframe_interval_threshold": keyframe_interval,
                "recording_failure_threshold": recording_failure_threshold,
                "starvation_threshold": starvation_threshold,
            },
            topic=topic,
        )
