"""The texts among the options of metrics, of every method that has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack, Token
from aws_cdk.aws_cloudwatch import Stats, Unit

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME
from tests.monitoring.calls import call_of, names
from tests.support.tokens import token

METHODS = [name for name in names() if ".metric" in name]
# The units of CloudWatch by their names, from its reference.
UNITS = {
    "Bits/Second": Unit.BITS_PER_SECOND,
    "Count": Unit.COUNT,
    "Count/Second": Unit.COUNT_PER_SECOND,
    "Percent": Unit.PERCENT,
    "Seconds": Unit.SECONDS,
}
STATISTIC = "a statistic of CloudWatch, such as 'Average', 'p95' or 'TM(10%:90%)'"
REGION = "the name of a Region, such as 'us-east-1'"
RIGHT: dict[str, list[str]] = {
    "account": ["123456789012", "000000000000"],
    "color": ["#1f77b4", "#ABCDEF"],
    "id": ["m", "m1", "aB_9", "m" * 255],
    "label": ["", "Views", "[max: ${MAX}] é"],
    "region": ["us-east-1", "us-gov-west-1", "ap-southeast-5", "eusc-de-east-1"],
    "statistic": [
        *("Average", "Minimum", "Maximum", "SampleCount", "Sum", "IQM", "avg", "min", "max", "n"),
        *("p95", "p99.9", "p0", "p100", "p100.0", "P50", "tm90", "wm98", "tc90", "ts90"),
        *("p99.1234567890", "TM(10%:90%)", "tm(10%:90%)", "WM(:95%)", "TC(5%:)", "TS(80:)"),
        *("PR(:300)", "PR(100:2000)", "TM(150:1000)", "TM(0.5%:99.5%)"),
    ],
}
WRONG: dict[str, tuple[str, list[str]]] = {
    "account": (
        "the 12 digits of an account",
        ["x", " ", "12345678901", "1234567890123", "\uff11" * 12, "12345678901\n"],
    ),
    "color": (
        "'#' and six hexadecimal digits, such as '#1f77b4'",
        ["red", "#fff", "1f77b4", "#1f77b45", "#1f77bg", "#1f77b4\n", "rgb(0,0,0)"],
    ),
    "id": (
        "at most 255 letters, digits and '_', of which the first is a lower-case letter",
        ["M1", "1", "_a", "m-1", "m 1", "é", "m" * 256, "m\n"],
    ),
    "region": (
        REGION,
        ["x", "US-EAST-1", "us east 1", "us-east-1a", "us-east-\uff11", "us-east-1\n"],
    ),
    "statistic": (
        STATISTIC,
        [
            *("x", " ", "Mean", "Max imum", "p", "p101", "p-1", "p100.1", "p99.12345678901", "95p"),
            *("TM()", "TM(:)", "TM(10%:90)", "TM(10:90%)", "TM(101%:)", "TM(10%:90%", "PR(a:b)"),
            *("PR(1x:2)", "pr95", "iqm50", "p9\uff15", "Average\n", "TM(10% : 90%)", "TM(1:2:3)"),
        ],
    ),
}
WRONG["stack_account"], WRONG["stack_region"] = WRONG["account"], WRONG["region"]


@pytest.fixture(scope="module")
def calls() -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
    """Every method with what it needs, made once."""
    return {name: call_of(Stack(App(), f"Stack{at}"), name) for at, name in enumerate(METHODS)}


def test_all_methods_are_found() -> None:
    """
    The methods of channels, stages and rooms are looked at.
    """
    assert {name.partition(".")[0] for name in METHODS} == {"Channel", "Stage", "Room"}
    assert len(METHODS) > 45


@pytest.mark.parametrize("name", METHODS)
class TestEveryMethod:
    def test_takes_what_cloudwatch_takes(self, calls: Any, name: str) -> None:
        """
        Every right text passes, and is that of the metric.
        """
        method, needed = calls[name]
        for keyword, texts in RIGHT.items():
            for text in texts:
                assert method(**{**needed, keyword: text})

    def test_refuses_anything_else(self, calls: Any, name: str) -> None:
        """
        The error names the keyword and the text.
        """
        method, needed = calls[name]
        for keyword, (rule, texts) in WRONG.items():
            for text in texts:
                with pytest.raises(ValidationError) as error:
                    method(**{**needed, keyword: text})
                assert error.value.code == "MetricOption"
                assert error.value.message.startswith(f"'{keyword}' must be {rule}"), text

    def test_takes_tokens(self, calls: Any, name: str) -> None:
        """
        A text that is known at deployment passes, and so does a part of one.
        """
        method, needed = calls[name]
        for keyword in WRONG:
            assert method(**{**needed, keyword: token()})

    @pytest.mark.parametrize("seconds", [0, 0.5, 20, 61, 90, 3599])
    def test_refuses_periods_that_cloudwatch_does_not_have(
        self, calls: Any, name: str, seconds: float
    ) -> None:
        """
        Periods are whole minutes, or 1, 5, 10 and 30 seconds where IVS publishes every second.
        """
        method, needed = calls[name]
        with pytest.raises(ValidationError) as error:
            method(**needed, period=Duration.millis(seconds * 1000))
        assert error.value.code == "MetricPeriod"

    @pytest.mark.parametrize("unit", [Duration.seconds, Duration.minutes, Duration.days])
    def test_refuses_periods_that_are_tokens(self, calls: Any, name: str, unit: Any) -> None:
        """
        The CDK cannot render a period that is known at deployment.
        """
        method, needed = calls[name]
        with pytest.raises(ValidationError) as error:
            method(**needed, period=unit(Token.as_number({"Ref": "Period"})))
        assert error.value.code == "DurationToken"


@pytest.mark.parametrize(
    "statistic",
    [
        *(Stats.AVERAGE, Stats.IQM, Stats.MAXIMUM, Stats.MINIMUM, Stats.SAMPLE_COUNT, Stats.SUM),
        *(Stats.percentile(99.9), Stats.p(50), Stats.percentile_rank(10, 20), Stats.pr(10)),
        *(Stats.trimmed_mean(10, 90), Stats.tm(5), Stats.winsorized_mean(10, 90), Stats.wm(5)),
        *(Stats.trimmed_count(10, 90), Stats.tc(5), Stats.trimmed_sum(10, 90), Stats.ts(5)),
    ],
)
def test_all_statistics_of_the_cdk_are_taken(stack: Stack, statistic: str) -> None:
    """
    What `aws_cloudwatch.Stats` makes is a statistic.
    """
    metric = ivs.Channel(stack, "Channel").metric_ingest_bitrate(statistic=statistic)
    assert metric.statistic == statistic


class TestUnits:
    @pytest.mark.parametrize(
        ("namespace", "name"),
        [
            (space, name)
            for space in (LOW_LATENCY, REAL_TIME)
            for name, published in space.metrics.items()
            if any(set(each) <= {"Channel", "Stage"} and each for each in published.dimensions)
        ],
    )
    def test_are_those_of_the_metric(self, stack: Stack, namespace: Any, name: str) -> None:
        """
        IVS publishes a metric in one unit, and another finds no values.
        """
        kind: Any = ivs.Channel if namespace is LOW_LATENCY else ivs.Stage
        resource = kind(stack, "It")
        right = UNITS[namespace.metrics[name].unit]
        assert resource.metric(name, unit=right).unit == right
        for unit in set(Unit) - {right}:
            with pytest.raises(ValidationError) as error:
                resource.metric(name, unit=unit)
            assert error.value.message == (
                f"'unit' must be {right.name} for '{name}', got {unit.name}: CloudWatch would find "
                "no values; leave it out"
            )

    def test_are_any_where_the_guide_states_none(self) -> None:
        """
        The guide does not state the unit of the usage of quotas.
        """
        assert ivs.Channel.metric_usage_concurrent_views(unit=Unit.NONE).unit == Unit.NONE

    def test_are_known_for_all_metrics(self) -> None:
        """
        Every unit of the catalog is one of CloudWatch.
        """
        spaces = (LOW_LATENCY, REAL_TIME, CHAT)
        assert {each.unit for space in spaces for each in space.metrics.values()} == set(UNITS)
