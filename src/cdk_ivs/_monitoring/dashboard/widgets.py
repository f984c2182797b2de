"""The widgets of a dashboard, rendered in Python because those of the CDK need jsii messages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import jsii
from aws_cdk import Aws, Stack
from aws_cdk.aws_cloudwatch import ConcreteWidget

from cdk_ivs._core.environments import environment_of_arn
from cdk_ivs._core.tree import scope_info

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import Construct

    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace
    from cdk_ivs._monitoring.monitored_resource import MonitoredResource

_ROW = 24
_TITLE_HEIGHT = 1
_GRAPH_WIDTH = 8
_GRAPH_HEIGHT = 6
# The defaults of CloudWatch, which the JSON of a metric leaves out.
_PERIOD = 300
_STATISTIC = "Average"

_Json = dict[str, Any]


class Line(NamedTuple):
    """
    A line of a graph.

    Attributes:
        metric: The namespace, the name and the dimensions of the metric, or nothing.
        options: The options of the metric.
    """

    metric: tuple[str, ...]
    options: _Json

    def key(self) -> tuple[object, ...]:
        """The part that lines have in common if they show the same values."""
        options = {name: value for name, value in self.options.items() if name != "label"}
        return (self.metric, *options.items())

    def rendered(self) -> list[object]:
        """The line as CloudWatch reads it."""
        return [*self.metric, self.options]


class Graph(NamedTuple):
    """A graph that starts at zero."""

    title: str
    unit: str
    lines: Sequence[Line]


class Section(NamedTuple):
    """A title with graphs below it, three in a row."""

    title: str
    graphs: Sequence[Graph]


class SectionsWidget(ConcreteWidget):
    """
    All sections of a dashboard as one widget, which is as wide as the dashboard.

    JavaScript calls it back for its content when it renders the template.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._rendered, height = _rendered(sections, Aws.REGION)
        super().__init__(_ROW, height)

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> list[_Json]:
        """The content of the widget, which the dashboard asks for."""
        return self._rendered


def resource_line(
    resource: MonitoredResource,
    name: str,
    seconds: float,
    label: str,
    scope: Construct,
) -> Line:
    """
    A line for a metric of one resource, with the default statistic of the metric.

    Args:
        resource: The resource.
        name: The name of the metric.
        seconds: The time from one point to the next.
        label: The label of the line.
        scope: The scope of the dashboard.
    """
    namespace = resource.namespace
    options = {"label": label, **_place_of(resource, scope), **_view(namespace, name, seconds)}
    return Line((namespace.name, name, resource.dimension, resource.id), options)


def account_line(namespace: MetricNamespace, name: str, seconds: float, label: str | None) -> Line:
    """A line for a metric of the whole account. The default label is the name of the metric."""
    options = {} if label is None else {"label": label}
    return Line((namespace.name, name), options | _view(namespace, name, seconds))


def search_line(namespace: MetricNamespace, name: str, seconds: float) -> Line:
    """A line for every value of the dimension of a metric, which CloudWatch searches for."""
    published = namespace.metrics[name]
    ((dimension,),) = published.dimensions
    expression = (
        f"SEARCH('{{{namespace.name},{dimension}}} MetricName=\"{name}\"', '{published.statistic}')"
    )
    return Line((), {"label": name, "expression": expression, **_period(seconds)})


def _view(namespace: MetricNamespace, name: str, seconds: float) -> _Json:
    statistic = namespace.metrics[name].statistic
    return _period(seconds) | ({} if statistic == _STATISTIC else {"stat": statistic})


def _period(seconds: float) -> _Json:
    return {} if seconds == _PERIOD else {"period": int(seconds)}


def _place_of(resource: MonitoredResource, scope: Construct) -> _Json:
    """The account and Region of the metric, if they differ from those of the dashboard."""
    named = environment_of_arn(resource.arn)
    if named is not None:
        return {"accountId": named.account, "region": named.region}
    # Stack.of() raises the right error for a resource outside of stacks.
    around = scope_info(resource.construct).stack or scope_info(Stack.of(resource.construct))
    theirs, here = around.environment_or_tokens(), scope_info(scope).environment_or_tokens()
    different: _Json = {}
    if theirs.account != here.account and "${Token[" not in theirs.account:
        different["accountId"] = theirs.account
    if theirs.region != here.region and "${Token[" not in theirs.region:
        different["region"] = theirs.region
    return different


def _rendered(sections: Sequence[Section], region: str) -> tuple[list[_Json], int]:
    """The widgets of all sections, and their total height."""
    widgets: list[_Json] = []
    y = 0
    for section in sections:
        title = {"markdown": f"## {section.title}"}
        widgets.append(_widget("text", _ROW, _TITLE_HEIGHT, (0, y), title))
        y += _TITLE_HEIGHT
        for index, graph in enumerate(section.graphs):
            row, column = divmod(index, _ROW // _GRAPH_WIDTH)
            place = (column * _GRAPH_WIDTH, y + row * _GRAPH_HEIGHT)
            properties = {
                "view": "timeSeries",
                "title": graph.title,
                "region": region,
                "metrics": [one.rendered() for one in _without_repetitions(graph.lines)],
                "yAxis": {"left": {"label": graph.unit, "min": 0, "showUnits": False}},
            }
            widgets.append(_widget("metric", _GRAPH_WIDTH, _GRAPH_HEIGHT, place, properties))
        y += _GRAPH_HEIGHT * math.ceil(len(section.graphs) * _GRAPH_WIDTH / _ROW)
    return widgets, y


def _widget(kind: str, width: int, height: int, place: tuple[int, int], properties: _Json) -> _Json:
    x, y = place
    return {
        "type": kind,
        "width": width,
        "height": height,
        "x": x,
        "y": y,
        "properties": properties,
    }


def _without_repetitions(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that show the same values under another label."""
    first: dict[tuple[object, ...], Line] = {}
    for one in lines:
        first.setdefault(one.key(), one)
    return list(first.values())
