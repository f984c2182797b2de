"""How metrics are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from aws_cdk import Duration

from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.errors import ValidationError

from .periods import check_period

if TYPE_CHECKING:
    from aws_cdk.aws_cloudwatch import Unit

    from cdk_ivs._monitoring.catalog.metrics import PublishedMetric


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


def validate_metric_options(
    name: str, published: PublishedMetric, options: MetricOptions
) -> MetricOptions:
    """The options with the statistic, refused if CloudWatch or the CDK would refuse one."""
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
        check_period(given["period"], name, high_resolution=published.high_resolution)
    return {"statistic": published.statistic, **given}
