"""Compute when a token is issued and when it expires, in whole Unix seconds."""

from __future__ import annotations

import time

from ._errors import TokenError
from ._shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta

VIEWER_SECONDS = 10 * 60
PARTICIPANT_SECONDS = 14 * 24 * 60 * 60
CONNECTION_SECONDS = 28 * 24 * 60 * 60

# A duration of over 31 years must be meant as a time, and a time after the year 5138 must be meant
# in milliseconds.
_LONGEST = 10**9
LATEST = 10**11


def issued_and_end(
    expires_in: timedelta | float, now: datetime | float | None, longest: int | None, of: str
) -> tuple[int, int]:
    """
    Return the second in which a token is issued, and the second in which it expires.

    Args:
        expires_in: How long the token is valid.
        now: The time of issue. Default: the current time.
        longest: The largest number of seconds that is allowed, or None for no limit.
        of: Why there is this limit, for the message.
    """
    issued = int(time.time()) if now is None else _unix_seconds(now)
    seconds = _seconds(expires_in)
    if longest is not None and seconds > longest:
        raise TokenError(
            f"'expires_in' must be at most {longest} seconds {of}, got {seconds}", code="Lifetime"
        )
    return issued, issued + int(seconds)


def _seconds(expires_in: timedelta | float) -> float:
    seconds = _number(expires_in)
    if seconds is None:
        from datetime import timedelta

        if not isinstance(expires_in, timedelta):
            raise TokenError(
                f"'expires_in' must be a timedelta or a number of seconds, got {shown(expires_in)}",
                code="ArgumentType",
            )
        seconds = expires_in.total_seconds()
    # A comparison with NaN is false, so this refuses NaN too.
    if not 1 <= seconds < _LONGEST:
        raise TokenError(
            f"'expires_in' must be at least 1 second and less than {_LONGEST} seconds, got "
            f"{shown(seconds)}; it is how long the token is valid, in seconds, and not the time "
            "at which it expires",
            code="Lifetime",
        )
    return seconds


def _unix_seconds(now: datetime | float) -> int:
    seconds = _number(now)
    if seconds is None:
        from datetime import datetime

        if not isinstance(now, datetime):
            raise TokenError(
                f"'now' must be a datetime with a time zone or Unix seconds, got {shown(now)}",
                code="ArgumentType",
            )
        if now.utcoffset() is None:
            raise TokenError(
                "'now' must be a datetime with a time zone, got one without; use "
                "datetime.now(timezone.utc)",
                code="TimeZone",
            )
        seconds = now.timestamp()
    if not 0 <= seconds < LATEST:
        raise TokenError(
            f"'now' must be Unix seconds from 0 to less than {LATEST}, got {shown(seconds)}; "
            "divide milliseconds by 1000",
            code="Time",
        )
    return int(seconds)


def _number(value: object) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return None
