"""Markdown tables of the measurements."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MEBIBYTE = 2**20


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def seconds(values: Sequence[float]) -> str:
    """The median in seconds, with the lowest and the highest."""
    return f"{statistics.median(values):.2f} s ({min(values):.2f} to {max(values):.2f})"


def milliseconds(values: Sequence[float]) -> str:
    """The median in milliseconds, with the lowest and the highest."""
    low, middle, high = (
        f"{1000 * value:.1f}" for value in (min(values), statistics.median(values), max(values))
    )
    return f"{middle} ms ({low} to {high})"


def ratio(values: Sequence[float], others: Sequence[float]) -> str:
    """
    The median of the ratios of each run to the other's of the same round, with both extremes.

    A machine that slows down slows both, so this varies less than the ratio of the medians.
    """
    ratios = [value / other for value, other in zip(values, others, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def per_second(values: Sequence[float]) -> str:
    """How many a second there are if one takes so many seconds: the median, and both extremes."""
    low, middle, high = (
        f"{1 / value:,.0f}" for value in (max(values), statistics.median(values), min(values))
    )
    return f"{middle} ({low} to {high})"


def mebibytes(values: Sequence[int]) -> str:
    """The median in mebibytes."""
    return f"{statistics.median(values) / _MEBIBYTE:.0f} MiB"
