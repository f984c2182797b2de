"""
What the AWS documentation says of the metrics of IVS, read on 2026-11-21.

Low latency: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html
Real time: https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/stage-health.html
Chat: https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-health.html
Usage: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
and https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html
"""

from __future__ import annotations

from typing import NamedTuple

DimensionSet = frozenset[str]


class Published(NamedTuple):
    """
    A row of the documentation.

    Attributes:
        unit: The unit.
        dimensions: The sets of dimensions, each a series of its own.
        statistics: The statistics that are offered.
        high_resolution: Whether the documentation calls it a high-resolution metric.
    """

    unit: str
    dimensions: frozenset[DimensionSet]
    statistics: tuple[str, ...]
    high_resolution: bool = False


def _sets(*rows: str) -> frozenset[DimensionSet]:
    """Sets of dimensions, each written with a ``+`` between them, and ``none`` for none."""
    return frozenset(frozenset(() if row == "none" else row.split("+")) for row in rows)


_GAUGE = ("Average", "Maximum", "Minimum")
_TIME = ("Sum",)
_CHAT = ("Sum", "Average", "Maximum", "Minimum")

LOW_LATENCY = {
    "ConcurrentViews": Published("Count", _sets("none", "Channel"), _GAUGE),
    "ConcurrentStreams": Published("Count", _sets("none", "Health", "StreamerCountryCode"), _GAUGE),
    "IngestAudioBitrate": Published(
        "Bits/Second", _sets("Channel", "Channel+Track"), _GAUGE, high_resolution=True
    ),
    "IngestBitrate": Published(
        "Bits/Second", _sets("none", "Channel"), _GAUGE, high_resolution=True
    ),
    "IngestFramerate": Published(
        "Count/Second", _sets("none", "Channel", "Channel+Track"), _GAUGE, high_resolution=True
    ),
    "IngestVideoBitrate": Published(
        "Bits/Second", _sets("Channel", "Channel+Track"), _GAUGE, high_resolution=True
    ),
    "KeyframeInterval": Published(
        "Seconds", _sets("Channel", "Channel+Track"), _GAUGE, high_resolution=True
    ),
    "LiveDeliveredTime": Published(
        "Seconds", _sets("none", "Channel", "Channel+ViewerCountryCode"), _TIME
    ),
    "LiveInputTime": Published("Seconds", _sets("none", "Channel"), _TIME),
    "RecordedTime": Published("Seconds", _sets("none", "Channel"), _TIME),
}

REAL_TIME = {
    "ConcurrentPublishers": Published("Count", _sets("none"), _GAUGE),
    "ConcurrentSubscriptions": Published("Count", _sets("none"), _GAUGE),
    "DownloadPacketLoss": Published(
        "Percent",
        _sets(
            "none",
            "Platform",
            "Platform+SDKVersion",
            "Stage",
            "Stage+Participant",
            "Stage+Platform",
            "Stage+Platform+SDKVersion",
            "Stage+SubscriberCountryCode",
            "SubscriberCountryCode",
        ),
        _GAUGE,
    ),
    "DroppedFrames": Published(
        "Percent",
        _sets(
            "none",
            "Platform",
            "Platform+SDKVersion",
            "Stage",
            "Stage+Participant",
            "Stage+Platform",
            "Stage+Platform+SDKVersion",
            "Stage+SubscriberCountryCode",
            "SubscriberCountryCode",
        ),
        _GAUGE,
    ),
    "PublishBitrate": Published(
        "Bits/Second",
        _sets("none", "Platform", "Stage", "Stage+Participant+SimulcastLayer+MediaType"),
        _GAUGE,
    ),
    "Publishers": Published("Count", _sets("Stage"), _GAUGE),
    "PublishFramerate": Published(
        "Count/Second",
        _sets("Stage+Participant", "Stage+Participant+SimulcastLayer+MediaType"),
        _GAUGE,
    ),
    "PublishResolution": Published(
        "Count", _sets("Stage+Participant+SimulcastLayer+MediaType"), _GAUGE
    ),
    "SubscribeBitrate": Published(
        "Bits/Second",
        _sets(
            "none",
            "Platform",
            "Platform+SDKVersion",
            "Stage",
            "Stage+Participant+MediaType",
            "Stage+Platform",
            "Stage+Platform+SDKVersion",
            "Stage+SubscriberCountryCode",
            "SubscriberCountryCode",
        ),
        _GAUGE,
    ),
    "Subscribers": Published("Count", _sets("Stage"), _GAUGE),
}

CHAT = {
    "ConcurrentChatConnections": Published("Count", _sets("none"), _CHAT),
    "Deliveries": Published("Count", _sets("Action"), _CHAT),
    "InvocationErrors": Published("Count", _sets("Uri"), _CHAT),
    "LogDestinationAccessDeniedError": Published("Count", _sets("LoggingConfiguration"), _CHAT),
    "LogDestinationErrors": Published("Count", _sets("LoggingConfiguration"), _CHAT),
    "LogDestinationResourceNotFoundErrors": Published(
        "Count", _sets("LoggingConfiguration"), _CHAT
    ),
    "MessagingDeliveries": Published("Count", _sets("none"), _CHAT),
    "MessagingRequests": Published("Count", _sets("none"), _CHAT),
    "Requests": Published("Count", _sets("Action"), _CHAT),
    "ResponseValidationErrors": Published("Count", _sets("Uri"), _CHAT),
}

# The namespaces as CloudWatch spells them.
NAMESPACES = {"AWS/IVS": LOW_LATENCY, "AWS/IVSRealTime": REAL_TIME, "AWS/IVSChat": CHAT}

# What is used of the quotas, as the metric ResourceCount of AWS/Usage: by the dimension Service,
# the values of the dimension Resource. Class is None, Type is Resource, the statistic Maximum.
USAGE = {
    "IVS": ("ConcurrentStreams", "ConcurrentViews"),
    "IVS Chat": ("ConcurrentChatConnections",),
}
