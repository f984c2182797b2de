"""The options of metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from aws_cdk import Duration

from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.errors import ValidationError

from .option_checks import (
    check_account,
    check_color,
    check_metric_id,
    check_region,
    check_statistic,
    check_unit,
)
from .periods import check_period

if TYPE_CHECKING:
    from aws_cdk.aws_cloudwatch import Unit

    from cdk_ivs._monitoring.catalog.metrics import PublishedMetric


class MetricOptions(TypedDict, total=False):
    """
    The options of a metric: the arguments of `cloudwatch.Metric` except name and dimensions.

    Attributes:
        account: The ID of the account of the metric. Default: the account of the resource, or of
            the stack.
        color: The color of the metric in graphs, as a hexadecimal code of six digits such as
            `#1f77b4`
            ([dashboards](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html)).
            Default: CloudWatch chooses.
        id: The ID of the metric in a metric expression: at most 255 letters, digits and
            underscores, of which the first is a lower-case letter
            ([MetricDataQuery](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html)).
            Default: no ID.
        label: The label of the metric in graphs. Default: CloudWatch chooses.
        period: The length of time over which CloudWatch aggregates the values, in seconds: a
            multiple of 60 seconds. For metrics that IVS also publishes every second, 1, 5, 10 and
            30 seconds are possible as well
            ([periods](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html)).
            Default: 5 minutes.
        region: The Region of the metric. Default: the Region of the resource, or of the stack.
        stack_account: The ID of the account of the stack that creates the metric. Default: the
            account of the stack of the resource.
        stack_region: The Region of the stack that creates the metric. Default: the Region of the
            stack of the resource.
        statistic: The statistic, for instance `Average`, `p95` or `TM(10%:90%)`
            ([statistics](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html)).
            Default: the statistic that the description of the method names.
        unit: The unit by which CloudWatch filters the values. It must be the unit of the metric,
            because IVS publishes each metric in one unit. Default: no filter.
        visible: Whether graphs show the metric. Default: True.
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


_CHECKS = {
    "account": check_account,
    "color": check_color,
    "id": check_metric_id,
    "region": check_region,
    "stack_account": check_account,
    "stack_region": check_region,
    "statistic": check_statistic,
}


def validate_metric_options(
    name: str, published: PublishedMetric, options: MetricOptions
) -> MetricOptions:
    """The options with the default statistic, refused if CloudWatch or the CDK refuses them."""
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
    for keyword, check in _CHECKS.items():
        if keyword in given:
            check(keyword, str(given[keyword]))  # type: ignore[literal-required]
    if "unit" in given:
        check_unit(name, published.unit, given["unit"].name)
    if "period" in given:
        check_period(given["period"], name, high_resolution=published.high_resolution)
    return {"statistic": published.statistic, **given}
