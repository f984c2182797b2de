"""The time of tests."""

from __future__ import annotations


class Clock:
    """
    A clock that goes on when somebody sleeps.

    Attributes:
        now: The seconds since it began.
        pauses: How long somebody slept, each time.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        """The seconds since it began."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.now += seconds
        self.pauses.append(seconds)
