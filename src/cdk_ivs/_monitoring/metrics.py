"""Making metrics of CloudWatch from the tables."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from aws_cdk import Duration

from cdk_ivs._core.environments import environment_of_arn
from cdk_ivs._core.tree import known_stack
from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.errors import ValidationError, safe_repr

from .dimensions import check_map, check_set, check_values
from .periods import check_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_cloudwatch import Metric, Unit
    from constructs import IConstruct

    from cdk_ivs._core.tree import ScopeInfo
    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace, PublishedMetric


class MetricOptions(TypedDict, total=False):
    """
    How a metric is looked at: what cloudwatch.Metric takes beside its name and dimensions.

    ``period`` is 5 minutes if it is not given, a multiple of a minute, and may be 1, 5, 10 or 30
    seconds for what is published every second. ``statistic`` is the one that the metric is best
    read by. ``unit`` is a filter and left out, as CloudWatch advises: each metric has one unit
    only.
    """

    account: str
    color: str
    id: str
    label: str
    period: Duration
    region: str
    stack_account: str
    stack_region: str
    statistic: str
    unit: Unit
    visible: bool


class MonitoredResource(NamedTuple):
    """
    What metrics and events are about.

    Attributes:
        construct: The resource, in the tree of the app.
        arn: Its ARN.
        kind: What it is: ``channel`` or ``stage``.
    """

    construct: IConstruct
    arn: str
    kind: str


def resource_metric(
    namespace: MetricNamespace,
    name: str,
    options: MetricOptions,
    given: Mapping[str, str | None],
    *,
    dimensions_map: object = None,
    subject: MonitoredResource | None = None,
    id: str = "",
) -> Metric:
    """
    A published metric.

    Args:
        namespace: The metrics that there are.
        name: The name of the metric.
        options: How it is looked at.
        given: The dimensions that were given as keywords; those with None were not.
        dimensions_map: The dimensions that were given by name.
        subject: The resource that it is about. None for the whole account.
        id: The id of that resource.
    """
    from aws_cdk.aws_cloudwatch import Metric

    published = _published(namespace, name)
    dimensions = {
        **check_map(dimensions_map),
        **{key: value for key, value in given.items() if value is not None},
    }
    own = subject.kind.title() if subject is not None else ""
    if own in dimensions:
        raise ValidationError(
            f"'dimensions_map' must not have '{own}', which is the resource's own: "
            f"its id, and not its ARN; got {safe_repr(dimensions[own])}",
            code="MetricDimensions",
        )
    check_values(dimensions, "dimensions_map" if dimensions_map is not None else None)
    if subject is not None:
        dimensions = {own: id, **dimensions}
    check_set(name, published, dimensions, own)
    options = _checked(name, options, high_resolution=published.high_resolution)
    elsewhere = environment_of_arn(subject.arn) if subject is not None else None
    if elsewhere is not None:
        options = {"account": elsewhere.account, "region": elsewhere.region, **options}
    stack = known_stack(subject.construct) if subject is not None and elsewhere is None else None
    if stack is not None:
        options = {**options, **_place_of(stack)}
    options = {"statistic": published.statistic, **options}
    metric = Metric(
        namespace=namespace.name, metric_name=name, dimensions_map=dimensions or None, **options
    )
    if subject is None or elsewhere is not None or stack is not None:
        return metric
    return metric.attach_to(subject.construct)


def usage_metric(service: str, resource: str, options: MetricOptions) -> Metric:
    """How much of a quota of the account is used."""
    from aws_cdk.aws_cloudwatch import Metric

    options = {"statistic": "Maximum", **_checked(resource, options)}
    return Metric(
        namespace="AWS/Usage",
        metric_name="ResourceCount",
        dimensions_map={
            "Class": "None",
            "Resource": resource,
            "Service": service,
            "Type": "Resource",
        },
        **options,
    )


def _place_of(stack: ScopeInfo) -> MetricOptions:
    """What Metric.attach_to() sets: where the stack is, as far as it is known at synthesis."""
    place = stack.place()
    known: MetricOptions = {}
    if "${Token[" not in place.account:
        known["stack_account"] = place.account
    if "${Token[" not in place.region:
        known["stack_region"] = place.region
    return known


def _published(namespace: MetricNamespace, name: object) -> PublishedMetric:
    check_type("metric_name", name, str)
    published = namespace.metrics.get(str(name))
    if published is None:
        nearest = difflib.get_close_matches(str(name), namespace.metrics, n=1, cutoff=0)[0]
        raise ValidationError(
            f"'metric_name' must be a metric of {namespace.name}, got {safe_repr(name)}; the "
            f"nearest is '{nearest}' (allowed: {', '.join(namespace.metrics)})",
            code="MetricName",
        )
    return published


def _checked(name: str, options: MetricOptions, *, high_resolution: bool = False) -> MetricOptions:
    """The options that were given, refused if CloudWatch or the CDK would refuse one."""
    from aws_cdk.aws_cloudwatch import Unit

    given: MetricOptions = validate_options(options, MetricOptions)
    hints: dict[str, object] = {"period": Duration, "unit": Unit, "visible": bool}
    for keyword, value in given.items():
        check_type(keyword, value, hints.get(keyword, str))
        if value == "" and keyword != "label":
            raise ValidationError(
                f"'{keyword}' must not be empty, got ''; leave it out for the default",
                code="MetricOption",
            )
    if "period" in given:
        check_period(given["period"], name, high_resolution=high_resolution)
    return given
