"""Checks of the parameters that decide when an alarm goes off."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token
from cdk_ivs._validation.values import check_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .definitions import MetricAlarm

_Name = TypeVar("_Name", bound=enum.StrEnum)

# The largest value that CloudWatch accepts.
_LARGEST = 2.0**360


def check_thresholds(definitions: Sequence[MetricAlarm], thresholds: Mapping[str, float]) -> None:
    """Refuse thresholds that no value crosses."""
    for definition in definitions:
        keyword, value = definition.threshold, thresholds[definition.threshold]
        _check_threshold(keyword, value, definition.value_type)
        if definition.percent:
            check_number(keyword, value, 0, 100, "percent")


def check_evaluation_minutes(minutes: int) -> None:
    """Refuse more than a day, which is the longest time that CloudWatch evaluates."""
    _check_threshold("evaluation_minutes", minutes, int)
    check_number("evaluation_minutes", minutes, 1, 1_440, "minutes")


def _check_threshold(keyword: str, value: float, value_type: type) -> None:
    check_type(keyword, value, value_type)
    if isinstance(value, bool) or (not 0 < value <= _LARGEST and not is_token(value)):
        most = " and at most 2**360" if value > _LARGEST else ""
        raise ValidationError(
            f"'{keyword}' must be a number above 0{most}, got {safe_repr(value)}; leave an "
            "alarm out with 'exclude'",
            code="Threshold",
        )


def validate_exclude(kind: type[_Name], names: object) -> set[_Name]:
    """Return the alarms to leave out. Refuse tokens, because alarms are chosen at synthesis."""
    if names is None:
        return set()
    excluded: Any = check_type("exclude", names, Sequence[kind])  # type: ignore[valid-type]
    if any(not isinstance(name, enum.StrEnum) for name in excluded):
        raise ValidationError(
            "'exclude' must be known at synthesis, got a token; name the alarms to leave out",
            code="ExcludeToken",
        )
    return set(excluded)
