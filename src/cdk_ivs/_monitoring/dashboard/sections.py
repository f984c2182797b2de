"""The sections of a dashboard: their graphs, and the lines of each graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.tree import id_of
from cdk_ivs._monitoring.catalog.metrics import CHAT
from cdk_ivs._monitoring.monitored_resource import MonitoredResource
from cdk_ivs._validation.arns import arn_of, resource_id

from .widgets import Graph, Section, account_line, resource_line, search_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aws_cdk.interfaces.aws_ivschat import IRoomRef
    from constructs import Construct, IConstruct

    from .widgets import Line


# For channels and stages: the title, the unit and the metric of each graph.
_RESOURCE_GRAPHS = {
    "channel": (
        ("Views", "count", "ConcurrentViews"),
        ("Ingest bitrate", "bits per second", "IngestBitrate"),
        ("Frames", "frames per second", "IngestFramerate"),
        ("Key-frame interval", "seconds", "KeyframeInterval"),
        ("Time watched", "seconds", "LiveDeliveredTime"),
        ("Time recorded", "seconds", "RecordedTime"),
    ),
    "stage": (
        ("Publishers", "count", "Publishers"),
        ("Subscribers", "count", "Subscribers"),
        ("Dropped frames", "percent", "DroppedFrames"),
        ("Packet loss", "percent", "DownloadPacketLoss"),
        ("Published", "bits per second", "PublishBitrate"),
        ("Subscribed to", "bits per second", "SubscribeBitrate"),
    ),
}


def resource_section(
    kind: str, resources: Sequence[IConstruct], scope: Construct, seconds: float
) -> Iterator[Section]:
    """
    The section of channels or stages, if there are any.

    Args:
        kind: The kind of the resources.
        resources: The channels or stages.
        scope: The scope of the dashboard.
        seconds: The time from one point to the next.
    """
    if not resources:
        return
    labelled = _by_label(kind, resources).items()
    graphs = [
        Graph(
            title,
            unit,
            [resource_line(resource, name, seconds, label, scope) for label, resource in labelled],
        )
        for title, unit, name in _RESOURCE_GRAPHS[kind]
    ]
    yield Section(f"{kind.title()}s", graphs)


def chat_section(rooms: Sequence[IRoomRef], seconds: float) -> Iterator[Section]:
    """The section of chat, if there are rooms. It shows all rooms together."""
    if not rooms:
        return

    def of_all(name: str, label: str | None = None) -> Line:
        return account_line(CHAT, name, seconds, label)

    def each(name: str) -> Line:
        return search_line(CHAT, name, seconds)

    graphs = {
        "Connections": [of_all("ConcurrentChatConnections")],
        "Messages": [
            of_all("MessagingRequests", "requests"),
            of_all("MessagingDeliveries", "deliveries"),
        ],
        "Requests by action": [each("Requests")],
        "Errors of review handlers": [each("InvocationErrors"), each("ResponseValidationErrors")],
        "Errors of logging": [
            each("LogDestinationErrors"),
            each("LogDestinationAccessDeniedError"),
            each("LogDestinationResourceNotFoundErrors"),
        ],
    }
    ids = ", ".join(f"`{resource_id(arn_of('rooms', room, 'room'))}`" for room in rooms)
    title = f"Chat: all rooms of the account and Region, among them {ids}"
    yield Section(title, [Graph(graph, "count", lines) for graph, lines in graphs.items()])


def _by_label(kind: str, resources: Sequence[IConstruct]) -> dict[str, MonitoredResource]:
    """The resources by their IDs, or by their paths if an ID occurs twice."""
    ids = [id_of(resource) for resource in resources]
    return {
        own if ids.count(own) == 1 else resource.node.path: MonitoredResource(resource, kind)
        for own, resource in zip(ids, resources, strict=True)
    }
