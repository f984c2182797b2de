"""
The metrics that IVS publishes.

The sources are the guides to monitoring low-latency streams, stages and chat, as of 2026-11-21.
"""

from __future__ import annotations

import functools
from typing import NamedTuple


class PublishedMetric(NamedTuple):
    """
    A metric.

    Attributes:
        unit: The unit of its values.
        statistic: The default statistic, which is the most meaningful one.
        dimensions: The sets of dimensions with which IVS publishes it. Each set is a series of its
            own.
        high_resolution: Whether IVS publishes it every second. CloudWatch keeps these values for 3
            hours.
    """

    unit: str
    statistic: str
    dimensions: tuple[tuple[str, ...], ...]
    high_resolution: bool = False


class MetricNamespace(NamedTuple):
    """The metrics of a namespace, by name."""

    name: str
    metrics: dict[str, PublishedMetric]


def _published(
    statistic: str, unit: str, *dimensions: tuple[str, ...], high_resolution: bool = False
) -> PublishedMetric:
    return PublishedMetric(unit, statistic, dimensions, high_resolution)


_average = functools.partial(_published, "Average")
_maximum = functools.partial(_published, "Maximum")
_sum = functools.partial(_published, "Sum")

_NONE: tuple[str, ...] = ()
_CHANNEL = ("Channel",)
_TRACK = ("Channel", "Track")
_STAGE = ("Stage",)
_PARTICIPANT = ("Stage", "Participant")
_LAYER = ("Stage", "Participant", "SimulcastLayer", "MediaType")


def _sets_of_subscribers(of_participant: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return (
        _NONE,
        ("Platform",),
        ("Platform", "SDKVersion"),
        _STAGE,
        of_participant,
        ("Stage", "Platform"),
        ("Stage", "Platform", "SDKVersion"),
        ("Stage", "SubscriberCountryCode"),
        ("SubscriberCountryCode",),
    )


LOW_LATENCY = MetricNamespace(
    "AWS/IVS",
    {
        "ConcurrentStreams": _maximum("Count", _NONE, ("Health",), ("StreamerCountryCode",)),
        "ConcurrentViews": _maximum("Count", _NONE, _CHANNEL),
        "IngestAudioBitrate": _average("Bits/Second", _CHANNEL, _TRACK, high_resolution=True),
        "IngestBitrate": _average("Bits/Second", _NONE, _CHANNEL, high_resolution=True),
        "IngestFramerate": _average("Count/Second", _NONE, _CHANNEL, _TRACK, high_resolution=True),
        "IngestVideoBitrate": _average("Bits/Second", _CHANNEL, _TRACK, high_resolution=True),
        "KeyframeInterval": _average("Seconds", _CHANNEL, _TRACK, high_resolution=True),
        "LiveDeliveredTime": _sum("Seconds", _NONE, _CHANNEL, ("Channel", "ViewerCountryCode")),
        "LiveInputTime": _sum("Seconds", _NONE, _CHANNEL),
        "RecordedTime": _sum("Seconds", _NONE, _CHANNEL),
    },
)

REAL_TIME = MetricNamespace(
    "AWS/IVSRealTime",
    {
        "ConcurrentPublishers": _maximum("Count", _NONE),
        "ConcurrentSubscriptions": _maximum("Count", _NONE),
        "DownloadPacketLoss": _average("Percent", *_sets_of_subscribers(_PARTICIPANT)),
        "DroppedFrames": _average("Percent", *_sets_of_subscribers(_PARTICIPANT)),
        "PublishBitrate": _average("Bits/Second", _NONE, ("Platform",), _STAGE, _LAYER),
        "Publishers": _maximum("Count", _STAGE),
        "PublishFramerate": _average("Count/Second", _PARTICIPANT, _LAYER),
        "PublishResolution": _average("Count", _LAYER),
        "SubscribeBitrate": _average(
            "Bits/Second", *_sets_of_subscribers((*_PARTICIPANT, "MediaType"))
        ),
        "Subscribers": _maximum("Count", _STAGE),
    },
)

CHAT = MetricNamespace(
    "AWS/IVSChat",
    {
        "ConcurrentChatConnections": _maximum("Count", _NONE),
        "Deliveries": _sum("Count", ("Action",)),
        "InvocationErrors": _sum("Count", ("Uri",)),
        "LogDestinationAccessDeniedError": _sum("Count", ("LoggingConfiguration",)),
        "LogDestinationErrors": _sum("Count", ("LoggingConfiguration",)),
        "LogDestinationResourceNotFoundErrors": _sum("Count", ("LoggingConfiguration",)),
        "MessagingDeliveries": _sum("Count", _NONE),
        "MessagingRequests": _sum("Count", _NONE),
        "Requests": _sum("Count", ("Action",)),
        "ResponseValidationErrors": _sum("Count", ("Uri",)),
    },
)

# The values of dimensions that are not IDs.
DIMENSION_VALUES = {
    "MediaType": ("video", "audio"),
    "SimulcastLayer": ("hi", "mid", "low", "none"),
}

# The namespaces of metrics of single resources, by the kind of the resource.
RESOURCE_NAMESPACES = {"channel": LOW_LATENCY, "stage": REAL_TIME}

# The usage of quotas, in the namespace AWS/Usage: the service and the resources that its
# metrics name. Only these quotas can be compared with their usage.
USAGE = {
    "IVS": ("ConcurrentStreams", "ConcurrentViews"),
    "IVS Chat": ("ConcurrentChatConnections",),
}
USAGE_METRIC = _maximum("not stated", ("Class", "Resource", "Service", "Type"))
