"""
The metrics that the service publishes.

From the guides to monitoring low-latency streams, stages and chat, as of 2026-11-21.
"""

from __future__ import annotations

from typing import NamedTuple

_NONE: tuple[str, ...] = ()
_AVERAGE = "Average"
_MAXIMUM = "Maximum"
_SUM = "Sum"


class PublishedMetric(NamedTuple):
    """
    A metric.

    Attributes:
        unit: The unit of its values.
        statistic: The statistic that says most of it, which is the default.
        dimensions: The sets of dimensions that it is published with, each a series of its own.
        high_resolution: Whether it is published every second, and kept so for 3 hours.
    """

    unit: str
    statistic: str
    dimensions: tuple[tuple[str, ...], ...]
    high_resolution: bool = False


class MetricNamespace(NamedTuple):
    """The metrics of a namespace, by name."""

    name: str
    metrics: dict[str, PublishedMetric]


_CHANNEL = ("Channel",)
_TRACK = ("Channel", "Track")
_OF_STAGE = (
    _NONE,
    ("Platform",),
    ("Platform", "SDKVersion"),
    ("Stage",),
    ("Stage", "Participant"),
    ("Stage", "Platform"),
    ("Stage", "Platform", "SDKVersion"),
    ("Stage", "SubscriberCountryCode"),
    ("SubscriberCountryCode",),
)
_LAYER = ("Stage", "Participant", "SimulcastLayer", "MediaType")

LOW_LATENCY = MetricNamespace(
    "AWS/IVS",
    {
        "ConcurrentStreams": PublishedMetric(
            "Count", _MAXIMUM, (_NONE, ("Health",), ("StreamerCountryCode",))
        ),
        "ConcurrentViews": PublishedMetric("Count", _MAXIMUM, (_NONE, _CHANNEL)),
        "IngestAudioBitrate": PublishedMetric(
            "Bits/Second", _AVERAGE, (_CHANNEL, _TRACK), high_resolution=True
        ),
        "IngestBitrate": PublishedMetric(
            "Bits/Second", _AVERAGE, (_NONE, _CHANNEL), high_resolution=True
        ),
        "IngestFramerate": PublishedMetric(
            "Count/Second", _AVERAGE, (_NONE, _CHANNEL, _TRACK), high_resolution=True
        ),
        "IngestVideoBitrate": PublishedMetric(
            "Bits/Second", _AVERAGE, (_CHANNEL, _TRACK), high_resolution=True
        ),
        "KeyframeInterval": PublishedMetric(
            "Seconds", _AVERAGE, (_CHANNEL, _TRACK), high_resolution=True
        ),
        "LiveDeliveredTime": PublishedMetric(
            "Seconds", _SUM, (_NONE, _CHANNEL, ("Channel", "ViewerCountryCode"))
        ),
        "LiveInputTime": PublishedMetric("Seconds", _SUM, (_NONE, _CHANNEL)),
        "RecordedTime": PublishedMetric("Seconds", _SUM, (_NONE, _CHANNEL)),
    },
)

REAL_TIME = MetricNamespace(
    "AWS/IVSRealTime",
    {
        "ConcurrentPublishers": PublishedMetric("Count", _MAXIMUM, (_NONE,)),
        "ConcurrentSubscriptions": PublishedMetric("Count", _MAXIMUM, (_NONE,)),
        "DownloadPacketLoss": PublishedMetric("Percent", _AVERAGE, _OF_STAGE),
        "DroppedFrames": PublishedMetric("Percent", _AVERAGE, _OF_STAGE),
        "PublishBitrate": PublishedMetric(
            "Bits/Second", _AVERAGE, (_NONE, ("Platform",), ("Stage",), _LAYER)
        ),
        "Publishers": PublishedMetric("Count", _MAXIMUM, (("Stage",),)),
        "PublishFramerate": PublishedMetric(
            "Count/Second", _AVERAGE, (("Stage", "Participant"), _LAYER)
        ),
        "PublishResolution": PublishedMetric("Count", _AVERAGE, (_LAYER,)),
        "SubscribeBitrate": PublishedMetric(
            "Bits/Second",
            _AVERAGE,
            (
                _NONE,
                ("Platform",),
                ("Platform", "SDKVersion"),
                ("Stage",),
                ("Stage", "Participant", "MediaType"),
                ("Stage", "Platform"),
                ("Stage", "Platform", "SDKVersion"),
                ("Stage", "SubscriberCountryCode"),
                ("SubscriberCountryCode",),
            ),
        ),
        "Subscribers": PublishedMetric("Count", _MAXIMUM, (("Stage",),)),
    },
)

CHAT = MetricNamespace(
    "AWS/IVSChat",
    {
        "ConcurrentChatConnections": PublishedMetric("Count", _MAXIMUM, (_NONE,)),
        "Deliveries": PublishedMetric("Count", _SUM, (("Action",),)),
        "InvocationErrors": PublishedMetric("Count", _SUM, (("Uri",),)),
        "LogDestinationAccessDeniedError": PublishedMetric(
            "Count", _SUM, (("LoggingConfiguration",),)
        ),
        "LogDestinationErrors": PublishedMetric("Count", _SUM, (("LoggingConfiguration",),)),
        "LogDestinationResourceNotFoundErrors": PublishedMetric(
            "Count", _SUM, (("LoggingConfiguration",),)
        ),
        "MessagingDeliveries": PublishedMetric("Count", _SUM, (_NONE,)),
        "MessagingRequests": PublishedMetric("Count", _SUM, (_NONE,)),
        "Requests": PublishedMetric("Count", _SUM, (("Action",),)),
        "ResponseValidationErrors": PublishedMetric("Count", _SUM, (("Uri",),)),
    },
)

# What is used of quotas, in the namespace AWS/Usage: the service and the resources that its
# metrics name. Only these quotas can be compared with their use.
USAGE = {
    "IVS": ("ConcurrentStreams", "ConcurrentViews"),
    "IVS Chat": ("ConcurrentChatConnections",),
}
