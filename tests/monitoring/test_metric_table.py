"""The table of metrics against the documentation."""

from __future__ import annotations

import pytest

from cdk_ivs._monitoring.catalog import metrics as metric_table
from tests.monitoring import published_metrics

TABLES = {
    "AWS/IVS": metric_table.LOW_LATENCY,
    "AWS/IVSRealTime": metric_table.REAL_TIME,
    "AWS/IVSChat": metric_table.CHAT,
}

every_namespace = pytest.mark.parametrize(
    "namespace", ["AWS/IVS", "AWS/IVSRealTime", "AWS/IVSChat"]
)
every_metric = pytest.mark.parametrize(
    ("namespace", "name"),
    [
        pytest.param(namespace, name, id=name)
        for namespace, metrics in published_metrics.NAMESPACES.items()
        for name in metrics
    ],
)


class TestNames:
    @every_namespace
    def test_of_namespaces_are_those_of_cloudwatch(self, namespace: str) -> None:
        """
        A namespace is spelled as it is published.
        """
        assert TABLES[namespace].name == namespace

    @every_namespace
    def test_that_are_published_are_in_the_table(self, namespace: str) -> None:
        """
        No metric that the documentation has is missing.
        """
        published = published_metrics.NAMESPACES[namespace]
        assert [name for name in published if name not in TABLES[namespace].metrics] == []

    @every_namespace
    def test_in_the_table_are_published(self, namespace: str) -> None:
        """
        No metric is there that the documentation does not have.
        """
        published = published_metrics.NAMESPACES[namespace]
        assert [name for name in TABLES[namespace].metrics if name not in published] == []


class TestRow:
    @every_metric
    def test_has_the_published_unit(self, namespace: str, name: str) -> None:
        """
        The unit of a metric is the published one.
        """
        published = published_metrics.NAMESPACES[namespace][name]
        assert TABLES[namespace].metrics[name].unit == published.unit

    @every_metric
    def test_has_the_published_dimensions(self, namespace: str, name: str) -> None:
        """
        The sets of dimensions of a metric are the published ones, each once.
        """
        published = published_metrics.NAMESPACES[namespace][name]
        rows = TABLES[namespace].metrics[name].dimensions
        assert {frozenset(row) for row in rows} == published.dimensions
        assert len(rows) == len(published.dimensions)

    @every_metric
    def test_has_a_published_statistic(self, namespace: str, name: str) -> None:
        """
        The default statistic of a metric is one of those that are offered for it.
        """
        published = published_metrics.NAMESPACES[namespace][name]
        assert TABLES[namespace].metrics[name].statistic in published.statistics

    @every_metric
    def test_has_the_published_resolution(self, namespace: str, name: str) -> None:
        """
        A metric is a high-resolution one if the documentation says so, and only then.
        """
        published = published_metrics.NAMESPACES[namespace][name]
        assert TABLES[namespace].metrics[name].high_resolution is published.high_resolution


def test_usage_is_of_the_published_quotas() -> None:
    """
    The quotas whose use is measured are the published ones.
    """
    assert metric_table.USAGE == published_metrics.USAGE


def test_no_metric_of_chat_is_of_a_room() -> None:
    """
    A room has no metrics of its own.
    """
    dimensions = {
        key
        for metric in metric_table.CHAT.metrics.values()
        for row in metric.dimensions
        for key in row
    }
    assert dimensions == {"Action", "LoggingConfiguration", "Uri"}
