"""Checks of durations for CloudWatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk import Duration

from cdk_ivs._core.tree import TreeState, scope_info
from cdk_ivs._validation.errors import ValidationError, number_text
from cdk_ivs._validation.values import keep_seconds, read_seconds

if TYPE_CHECKING:
    from constructs import IConstruct

_MINUTE = 60
# One duration for each app.
_ONE_MINUTE = TreeState(lambda _: keep_seconds(Duration.minutes(1), _MINUTE))
# The periods below a minute that the CDK accepts.
_SUBMINUTE_PERIODS = (1, 5, 10, 30)


def one_minute(scope: IConstruct) -> Duration:
    """A minute, created once in an app."""
    return _ONE_MINUTE.of(scope_info(scope).root)


def seconds_at_synthesis(keyword: str, duration: Duration) -> float:
    """The duration in seconds. A token is refused, because the CDK cannot render it."""
    seconds = read_seconds(duration)
    # A duration is never negative, but a token is a large negative number.
    if seconds is None or seconds < 0:
        raise ValidationError(
            f"'{keyword}' must be known at synthesis, got a token; give a number to Duration",
            code="DurationToken",
        )
    return seconds


def check_period(period: Duration, name: str, *, high_resolution: bool = False) -> None:
    """Refuse a period that CloudWatch does not offer, or for which IVS publishes no data."""
    seconds = seconds_at_synthesis("period", period)
    if (seconds >= _MINUTE and seconds % _MINUTE == 0) or (
        high_resolution and seconds in _SUBMINUTE_PERIODS
    ):
        return
    why = ""
    if high_resolution:
        rule = f"1, 5, 10 or 30 seconds or a multiple of {_MINUTE}"
    elif seconds < _MINUTE:
        rule, why = f"at least {_MINUTE}", f": '{name}' is not published every second"
    else:
        rule = f"a multiple of {_MINUTE}"
    raise ValidationError(
        f"'period' must be {rule} seconds, got {number_text(seconds)} seconds{why}",
        code="MetricPeriod",
    )
