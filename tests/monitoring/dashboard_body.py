"""What dashboards show, as it is and as it should be."""

from __future__ import annotations

import json
from typing import Any

from aws_cdk import Stack

from tests.support.arns import arn
from tests.support.graph import only
from tests.support.oracles import template_of

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
STAGE_ARN = arn("stage/EfGhij5K6lmn")
ROOM_ARN = arn("room/IjKlmn7O8pqr", service="ivschat")
REGION = "<AWS::Region>"
# Where the six graphs of a section are: x and y, below its title.
PLACES = [(0, 0), (8, 0), (16, 0), (0, 6), (8, 6), (16, 6)]
# Title, unit, metric and statistic, where it is not the average.
CHANNEL_GRAPHS = [
    ("Views", "count", "ConcurrentViews", "Maximum"),
    ("Ingest bitrate", "bits per second", "IngestBitrate", None),
    ("Frames", "frames per second", "IngestFramerate", None),
    ("Key-frame interval", "seconds", "KeyframeInterval", None),
    ("Time watched", "seconds", "LiveDeliveredTime", "Sum"),
    ("Time recorded", "seconds", "RecordedTime", "Sum"),
]
STAGE_GRAPHS = [
    ("Publishers", "count", "Publishers", "Maximum"),
    ("Subscribers", "count", "Subscribers", "Maximum"),
    ("Dropped frames", "percent", "DroppedFrames", None),
    ("Packet loss", "percent", "DownloadPacketLoss", None),
    ("Published", "bits per second", "PublishBitrate", None),
    ("Subscribed to", "bits per second", "SubscribeBitrate", None),
]


def resolved(node: Any) -> Any:
    """A part of the template with names for what is known at deployment."""
    match node:
        case {"Ref": str(name)}:
            return f"<{name}>"
        case {"Fn::GetAtt": [str(logical_id), str(name)]}:
            return f"<{logical_id}.{name}>"
        case {"Fn::Select": [1, {"Fn::Split": ["/", arn]}]}:
            return f"id of {resolved(arn)}"
        case {"Fn::Join": [str(separator), list(parts)]}:
            return separator.join(resolved(part) for part in parts)
    return node


def body_of(stack: Stack) -> dict[str, Any]:
    """The body of the only dashboard of a stack."""
    template = template_of(stack)
    dashboard = template["Resources"][only(template, "AWS::CloudWatch::Dashboard")]
    body: dict[str, Any] = json.loads(resolved(dashboard["Properties"]["DashboardBody"]))
    return body


def titles_of(stack: Stack) -> list[str]:
    """The titles of the sections and graphs, in order."""
    return [
        widget["properties"].get("title") or widget["properties"]["markdown"]
        for widget in body_of(stack)["widgets"]
    ]


def labels_of(stack: Stack) -> list[str]:
    """What the lines of the first graph are called."""
    (graph, *_) = (widget for widget in body_of(stack)["widgets"] if widget["type"] == "metric")
    return [line[-1]["label"] for line in graph["properties"]["metrics"]]


def heading(text: str, y: int) -> dict[str, Any]:
    """The title of a section, over the whole width."""
    return {
        "type": "text",
        "width": 24,
        "height": 1,
        "x": 0,
        "y": y,
        "properties": {"markdown": f"## {text}"},
    }


def graph(
    title: str, unit: str, place: tuple[int, int], metrics: list[list[Any]]
) -> dict[str, Any]:
    """A graph from zero, a third of the width."""
    x, y = place
    return {
        "type": "metric",
        "width": 8,
        "height": 6,
        "x": x,
        "y": y,
        "properties": {
            "view": "timeSeries",
            "title": title,
            "region": REGION,
            "metrics": metrics,
            "yAxis": {"left": {"label": unit, "min": 0, "showUnits": False}},
        },
    }


def section(
    graphs: list[tuple[str, str, str, str | None]],
    start: list[str],
    value: str,
    label: str,
    y: int,
) -> list[dict[str, Any]]:
    """The graphs of one channel or stage."""
    namespace, dimension = start
    return [
        graph(
            title,
            unit,
            (x, y + below),
            [
                [
                    namespace,
                    metric,
                    dimension,
                    value,
                    {"label": label, "period": 60} | ({"stat": statistic} if statistic else {}),
                ]
            ],
        )
        for (title, unit, metric, statistic), (x, below) in zip(graphs, PLACES, strict=True)
    ]


def search(dimension: str, name: str) -> list[dict[str, Any]]:
    """A line for each value of the dimension."""
    return [
        {
            "expression": f"SEARCH('{{AWS/IVSChat,{dimension}}} MetricName=\"{name}\"', 'Sum')",
            "label": name,
            "period": 60,
        }
    ]
