"""Metrics as they should be, and as they are."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, NamedTuple

from aws_cdk import Stack
from aws_cdk.aws_cloudwatch import GraphWidget, Metric


class Case(NamedTuple):
    """
    A way to get a metric.

    Attributes:
        method: The method.
        arguments: What it is given.
        metric: The name of the metric that it gives.
        dimensions: The dimensions of the metric, None for none.
        statistic: Its statistic.
    """

    method: str
    arguments: Mapping[str, str]
    metric: str
    dimensions: Mapping[str, str] | None
    statistic: str

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{self.method}({','.join(self.arguments)})"

    @property
    def series(self) -> tuple[str, frozenset[str]]:
        """The metric and the names of its dimensions."""
        return self.metric, frozenset(self.dimensions or ())


def facts_of(stack: Stack, metric: Metric) -> tuple[str, str, Any, str]:
    """The namespace, the name, the dimensions and the statistic of a metric."""
    return (
        metric.namespace,
        metric.metric_name,
        stack.resolve(metric.dimensions),
        metric.statistic,
    )


def methods_of(kind: type) -> dict[str, set[str]]:
    """The methods of a class that give a metric, by their own keywords: of one metric."""
    return {
        name: {
            parameter.name
            for parameter in inspect.signature(getattr(kind, name)).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }
        for name in dir(kind)
        if name.startswith("metric_")
        and not name.startswith("metric_usage_")
        and name != "metric_all"
    }


def keywords_of(cases: tuple[Case, ...]) -> dict[str, set[str]]:
    """The methods in the cases, with all keywords that they are given."""
    found: dict[str, set[str]] = {}
    for case in cases:
        found.setdefault(case.method, set()).update(case.arguments)
    return found


def graphed(stack: Stack, metric: Metric) -> list[Any]:
    """A metric as a graph of a dashboard in the stack names it."""
    (widget,) = stack.resolve(GraphWidget(left=[metric]).to_json())
    (line,) = widget["properties"]["metrics"]
    return line
