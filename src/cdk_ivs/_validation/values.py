"""
Checks of values that several constructs share.

Each check looks at the plain value in Python first. Only if that check fails, it asks the CDK
whether the value is a token, because a message to JavaScript takes longer than all checks together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from .errors import ArgumentTypeError, ValidationError, number_text, safe_repr, safe_text
from .tokens import is_token, is_token_beside, literal_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration

_NAME_CHARACTERS = "[A-Za-z0-9_-]"
_NAME = re.compile(f"{_NAME_CHARACTERS}*")
_NAME_LENGTH = 128
_SECONDS_IN = {"days": 24 * 60 * 60, "minutes": 60}
# The name of the attribute of the duration with its length.
_SECONDS = "_cdk_ivs_seconds"


def is_plain_name(name: str) -> bool:
    """Whether IVS accepts the name: 0 to 128 letters, digits, hyphens and underscores."""
    return len(name) <= _NAME_LENGTH and _NAME.fullmatch(name) is not None


def check_name(keyword: str, name: str | None) -> None:
    """Refuse a name that IVS refuses."""
    if name is None or is_plain_name(name) or is_token_beside(name, _NAME_CHARACTERS, _NAME_LENGTH):
        return
    literal = "".join(literal_parts(name))
    rule = (
        f"have at most {_NAME_LENGTH} characters, got {len(literal)} characters"
        if _NAME.fullmatch(literal)
        else f"contain only letters, digits, '-' and '_', got {safe_repr(name)}"
    )
    raise ValidationError(f"'{keyword}' must {rule}", code="Name")


def check_unique(keyword: str, values: Sequence[str]) -> None:
    """Refuse a list in which a value occurs twice."""
    earlier: list[str] = []
    for value in values:
        if value in earlier:
            raise ValidationError(
                f"'{keyword}' must not have a value twice, got '{safe_text(value)}' again; "
                "leave one out",
                code="Duplicate",
            )
        earlier.append(value)


def read_seconds(duration: Duration) -> float | None:
    """The duration in seconds, read once. None if it is a token in another unit."""
    if _SECONDS not in duration.__dict__:
        try:
            seconds = duration.to_seconds(integral=False)
        except RuntimeError:
            seconds = None
        keep_seconds(duration, seconds)
    known: float | None = duration.__dict__[_SECONDS]
    return known


def keep_seconds(duration: Duration, seconds: float | None) -> Duration:
    """Cache the length of a duration, which never changes."""
    duration.__dict__[_SECONDS] = seconds
    return duration


def in_seconds(keyword: str, duration: Duration) -> float:
    """
    The duration in seconds.

    The function refuses a duration that is a token in another unit, because it cannot be converted.
    """
    seconds = read_seconds(duration)
    if seconds is None:
        raise ValidationError(
            f"'{keyword}' must be Duration.seconds() when its value is a token, "
            "got a token in another unit",
            code="DurationUnit",
        )
    return seconds


def whole_seconds(keyword: str, duration: Duration | None, low: int, high: int) -> int | None:
    """
    The duration in seconds, which must be a whole number from low to high.

    A duration that is a token in seconds passes.
    """
    if duration is None:
        return None
    seconds = in_seconds(keyword, duration)
    if low <= seconds <= high and seconds == int(seconds):
        return int(seconds)
    if duration.is_unresolved():
        return cast("int", seconds)
    if seconds > high:
        rule = f"at most {_counted(high, 'seconds')}"
    elif seconds < low:
        rule = f"at least {_counted(low, 'seconds')}"
    else:
        rule = "a whole number of seconds"
    raise ValidationError(
        f"'{keyword}' must be {rule}, got {_counted(seconds, 'seconds')} "
        f"(allowed: {low} to {high} seconds)",
        code="DurationRange",
    )


def checked_seconds(duration: Duration | None) -> int | None:
    """The seconds of a duration that `whole_seconds` accepted, without a message to JavaScript."""
    return None if duration is None else cast("int", read_seconds(duration))


def whole_days(keyword: str, duration: Duration | None, low: int, high: int) -> int | None:
    """The duration in days, which must be a whole number from low to high."""
    return _whole_units(keyword, duration, low, high, "days")


def whole_minutes(keyword: str, duration: Duration | None, low: int, high: int) -> int | None:
    """The duration in minutes, which must be a whole number from low to high."""
    return _whole_units(keyword, duration, low, high, "minutes")


def _whole_units(
    keyword: str, duration: Duration | None, low: int, high: int, unit: str
) -> int | None:
    """
    The duration in a unit, which must be a whole number from low to high.

    A duration that is a token in that unit passes.
    """
    if duration is None:
        return None
    seconds = read_seconds(duration)
    number = None if seconds is None else seconds / _SECONDS_IN[unit]
    if number is not None and low <= number <= high and number == int(number):
        return int(number)
    if duration.is_unresolved():
        try:
            return cast("int", getattr(duration, f"to_{unit}")())
        except RuntimeError:
            raise ValidationError(
                f"'{keyword}' must be Duration.{unit}() when its value is a token, "
                "got a token in another unit",
                code="DurationUnit",
            ) from None
    raise ValidationError(
        f"'{keyword}' must be a whole number of {unit} from {low} to {high}, got "
        f"{_counted(number, unit)}",
        code="DurationRange",
    )


def _counted(number: float | None, unit: str) -> str:
    """The number with its unit, which is a plural, or empty. One takes the singular."""
    text = f"{number_text(number)} {unit}".rstrip()
    return re.sub(r"^1 (\w+)s\b", r"1 \1", text)


def check_number(keyword: str, number: float | None, low: int, high: int, unit: str = "") -> None:
    """Refuse a number that is not from low to high. Tokens pass."""
    if isinstance(number, bool):
        raise ArgumentTypeError(
            f"'{keyword}' must be a number, got {safe_repr(number)} of type 'bool'"
        )
    if number is None or low <= number <= high or is_token(number):
        return
    rule = f"at most {_counted(high, unit)}" if number > high else f"at least {_counted(low, unit)}"
    raise ValidationError(
        f"'{keyword}' must be {rule}, got {safe_repr(number)} (allowed: {low} to {high})",
        code="NumberRange",
    )
