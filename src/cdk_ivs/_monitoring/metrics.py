"""CloudWatch metrics, created from the catalog."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from cdk_ivs._core.environments import environment_of_arn
from cdk_ivs._core.tree import known_stack
from cdk_ivs._monitoring.catalog.metrics import USAGE, USAGE_METRIC

from .metric_options import validate_metric_options
from .metric_validation import validate_metric
from .monitored_resource import Monitored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric

    from cdk_ivs._core.tree import ScopeInfo
    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace

    from .metric_options import MetricOptions
    from .monitored_resource import MonitoredResource


class ResourceMetrics(Monitored):
    """Base of the metrics of one resource."""

    def _metric(
        self,
        name: str,
        options: MetricOptions,
        dimensions_map: Mapping[str, str] | None = None,
        /,
        **dimensions: str | None,
    ) -> Metric:
        resource = self._monitored_resource()
        return published_metric(
            resource.namespace, name, options, dimensions_map, resource, **dimensions
        )


def published_metric(
    namespace: MetricNamespace,
    name: str,
    options: MetricOptions,
    dimensions_map: Mapping[str, str] | None = None,
    resource: MonitoredResource | None = None,
    /,
    **dimensions: str | None,
) -> Metric:
    """
    A metric of one resource, or of all resources of the account, with its account and Region.

    Args:
        namespace: The namespace with its metrics.
        name: The name of the metric.
        options: The options of the metric.
        dimensions_map: The dimensions by their names, other than that of the resource.
        resource: The resource. None for all.
        **dimensions: The dimensions with a keyword of their own. None if it was not given.
    """
    given, options = validate_metric(
        namespace, name, options, dimensions_map, dimensions, resource=resource
    )
    create = functools.partial(_create_metric, namespace.name, name, given)
    if resource is None:
        return create(options)
    environment = environment_of_arn(resource.arn)
    if environment is not None:
        return create({"account": environment.account, "region": environment.region, **options})
    stack = known_stack(resource.construct)
    if stack is not None:
        return create({**options, **_stack_options(stack)})
    return create(options).attach_to(resource.construct)


def usage_metric(resource: str, options: MetricOptions) -> Metric:
    """The usage of a quota of the account."""
    (service,) = (service for service, resources in USAGE.items() if resource in resources)
    options = validate_metric_options(resource, USAGE_METRIC, options)
    dimensions = {"Class": "None", "Resource": resource, "Service": service, "Type": "Resource"}
    return _create_metric("AWS/Usage", "ResourceCount", dimensions, options)


def _create_metric(
    namespace: str, name: str, dimensions: Mapping[str, str], options: MetricOptions
) -> Metric:
    from aws_cdk.aws_cloudwatch import Metric

    return Metric(
        namespace=namespace, metric_name=name, dimensions_map=dimensions or None, **options
    )


def _stack_options(stack: ScopeInfo) -> MetricOptions:
    """The options that `Metric.attach_to()` sets: the account and Region of the stack, if known."""
    environment = stack.environment_or_tokens()
    options: MetricOptions = {}
    if "${Token[" not in environment.account:
        options["stack_account"] = environment.account
    if "${Token[" not in environment.region:
        options["stack_region"] = environment.region
    return options
