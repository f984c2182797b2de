"""The recommended alarms of a channel."""

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
from cdk_ivs._validation.errors import ValidationError, error_path
from cdk_ivs._validation.values import in_seconds

from .alarm_set import AlarmSet
from .definitions import EventAlarm, MetricAlarm
from .thresholds import validate_exclude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_cloudwatch import IAlarmAction
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct

# The quotas of ingest bitrates by type. That of BASIC is the one above 480p.
_BITRATES = {"BASIC": 3_500_000}
_BITRATE = 8_500_000
_MULTITRACK_BITRATE = 15_000_000
# Below the limit, because IVS disconnects a stream above it and nothing is left to measure.
_PART = 0.9
_KEYFRAME_INTERVAL = 3


class ChannelAlarm(enum.StrEnum):
    """An alarm of `ChannelAlarms`."""

    STARVATION = "STARVATION"
    """The encoder sends less video than viewers play, so they see the video stop."""

    NO_FRAMES = "NO_FRAMES"
    """The channel is live and gets no frames. That IVS then publishes 0 is UNCONFIRMED."""

    KEYFRAME_INTERVAL = "KEYFRAME_INTERVAL"
    """The keyframes are too far apart for low latency. Not for the latency mode `NORMAL`."""

    INGEST_BITRATE = "INGEST_BITRATE"
    """The bitrate is close to what the type of the channel accepts."""

    CONCURRENT_VIEWS = "CONCURRENT_VIEWS"
    """The views of the channel alone are close to the quota of the account."""

    RECORDING_FAILURE = "RECORDING_FAILURE"
    """A recording did not start, or ended with an error."""


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
    The settings of a channel that are known, if it is in the app.

    Attributes:
        type: The type.
        latency_mode: The latency mode.
        multitrack: Whether the channel has multitrack input.
    """

    type: object
    latency_mode: object
    multitrack: bool

    @classmethod
    def of(cls, channel: Any) -> _ChannelSettings:  # noqa: ANN401 - of any kind
        cfn_channel = (
            channel if isinstance(channel, CfnChannel) else getattr(channel, "_ivs_cfn", None)
        )
        # A channel of this library without an L1 is not of this app.
        if cfn_channel is None and not isinstance(channel, IvsResource):
            cfn_channel = channel.node.default_child or channel
        if not isinstance(cfn_channel, CfnChannel):
            return cls(
                getattr(cfn_channel, "type", None),
                getattr(cfn_channel, "latency_mode", None),
                multitrack=False,
            )
        # One message reads all properties.
        properties = cfn_properties(cfn_channel)
        multitrack = properties.get("multitrackInputConfiguration")
        enabled = (
            multitrack.get("enabled")
            if isinstance(multitrack, dict)
            else getattr(multitrack, "enabled", None)
        )
        return cls(properties.get("type"), properties.get("latencyMode"), enabled is True)

    def bitrate_near_limit(self) -> int:
        """The bitrate that is close to the limit of the type, as far as the type is known."""
        limit = _BITRATES.get(str(self.type), _BITRATE)
        return round((_MULTITRACK_BITRATE if self.multitrack else limit) * _PART)


class ChannelAlarms(AlarmSet):
    """
    Create the recommended alarms of a channel.

    While the channel is offline there is no data, and no alarm goes off.

    IVS reports starvation and recording failures only as events, which can arrive late. For these
    alarms a rule sends each event to the topic, or to a log group of the stack that keeps it for
    one day. The alarm counts the calls of the rule. EventBridge publishes this count on a
    best-effort basis, so rely on the event for messages that must arrive.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        channel: The channel.

        actions: The actions when an alarm goes off, in addition to the message to the topic.
            Default: no actions.

        concurrent_views_threshold: The number of views of this channel at which the alarm goes off.
            Greater than 0. To watch the quota itself, use `QuotaAlarms`. Default: 12,000 views,
            which is 80 percent of the default quota of an account
            ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).

        evaluation_minutes: How many minutes in a row a metric must cross its threshold before the
            alarm goes off, from 1 to 1,440 minutes
            ([PutMetricAlarm](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html)).
            Alarms on events go off at once. Default: 3 minutes, because the first seconds of a
            stream are uneven.

        exclude: The alarms to leave out. Default: none.

        framerate_threshold: The frame rate in frames per second below which the alarm goes off.
            Greater than 0. Default: 1 frame per second, so that a slide show does not cause an
            alarm.

        ingest_bitrate_threshold: The bitrate in bits per second at which the alarm goes off.
            Greater than 0. IVS disconnects an encoder that exceeds the limit of the channel type
            ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).
            Default: 90 percent of that limit, which is 3,150,000 bits per second for `BASIC`,
            13,500,000 with multitrack input, and otherwise 7,650,000. The last value also applies
            to channels outside this app.

        keyframe_interval_threshold: The time from one keyframe to the next, in seconds, at which
            the alarm goes off. Greater than 0. Default: 3 seconds. The guide recommends 2 seconds,
            which streams with 29.97 frames per second slightly exceed.

        ok_actions: The actions when an alarm ends. Alarms on events end after one minute. Default:
            no actions.

        recording_failure_threshold: The number of failures in one minute at which the alarm goes
            off. Greater than 0. If it is greater than 1, the rule does not send the events to the
            topic. Default: 1 failure.

        starvation_threshold: The number of starts of starvation in one minute at which the alarm
            goes off. Greater than 0. If it is greater than 1, the rule does not send the events to
            the topic. Default: 1 start.

        topic: The topic that gets a message when an alarm goes off, and the events that cause one.
            The construct adds a statement to the policy of a topic of this app. Default: no topic.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Threshold` or `NumberRange` if a threshold is invalid. `DurationUnit` if
            `keyframe_interval_threshold` is a token in another unit than seconds. `Environment` if
            the channel is in another account or Region, or the topic is in another Region.
            `DynamicReference` if the ARN of an imported channel contains a dynamic reference.
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
                if keyframe_interval == 0:
                    raise ValidationError(
                        f"'{keyword}' must be longer than 0 seconds, got 0 seconds; leave the "
                        "alarm out with 'exclude'",
                        code="Threshold",
                    )
            # Keyframes can be further apart if low latency does not matter.
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
