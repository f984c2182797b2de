"""Checks of the dimensions of metrics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from cdk_ivs._monitoring.catalog.metrics import PublishedMetric

_LONGEST = 255
_COUNTRY = re.compile("[A-Z]{2}|UNKNOWN")
_COUNTRIES = ("StreamerCountryCode", "SubscriberCountryCode", "ViewerCountryCode")
# What the guides and the API reference say. How Health is spelled in metrics, they do not.
_HEALTH = ("HEALTHY", "STARVING", "UNKNOWN")
_VALUES = {
    "MediaType": ("video", "audio"),
    "SimulcastLayer": ("hi", "mid", "low", "none"),
}


def check_map(dimensions: object) -> Mapping[str, str]:
    """Refuse a map of dimensions that is no mapping of texts."""
    if dimensions is None:
        return {}
    if not isinstance(dimensions, Mapping):
        raise ArgumentTypeError(
            f"'dimensions_map' must be Mapping[str, str], got {safe_repr(dimensions)} of type "
            f"'{type(dimensions).__name__}'"
        )
    for name, value in dimensions.items():
        for part in (name, value):
            if not isinstance(part, str):
                raise ArgumentTypeError(
                    "'dimensions_map' must be Mapping[str, str], got one item "
                    f"{safe_repr(name)}: {safe_repr(value)} with {safe_repr(part)} of type "
                    f"'{type(part).__name__}'"
                )
    return dimensions


def check_values(dimensions: Mapping[str, str], keyword: str | None) -> None:
    """
    Refuse values that a dimension cannot have.

    Args:
        dimensions: The dimensions, by name.
        keyword: The keyword that all of them were given by. None if each had its own.
    """
    for name, value in dimensions.items():
        where = (
            f"'{keyword}' for {safe_repr(name)}" if keyword else f"'{safe_text(_keyword_of(name))}'"
        )
        if not isinstance(value, str):
            raise ArgumentTypeError(
                f"{where} must be str, got {safe_repr(value)} of type '{type(value).__name__}'"
            )
        allowed = _allowed(name, value)
        if allowed is not None and not is_token(value):
            raise ValidationError(
                f"{where} must be {allowed}, got {safe_repr(value)}", code="MetricDimensionValue"
            )


def check_set(
    metric_name: str, published: PublishedMetric, dimensions: Mapping[str, str], own: str
) -> None:
    """Refuse a set of dimensions that the metric is not published with."""
    if any(set(dimensions) == set(known) for known in published.dimensions):
        return
    allowed = [
        " with ".join(key for key in known if key != own) or "none"
        for known in published.dimensions
        if not own or own in known
    ]
    got = " with ".join(safe_text(key) for key in dimensions if key != own) or "none"
    raise ValidationError(
        f"'{metric_name}' is not published with these dimensions, got {got} "
        f"(allowed: {'; '.join(allowed) or 'nothing here'})",
        code="MetricDimensions",
    )


def _allowed(name: str, value: str) -> str | None:
    """What the dimension can be, if the value is something else."""
    if name in _COUNTRIES:
        known = _COUNTRY.fullmatch(value)
        return None if known else "a country code of ISO 3166-1 alpha-2, as 'JP', or 'UNKNOWN'"
    if name == "Health":
        return None if value.upper() in _HEALTH else f"one of {', '.join(_HEALTH)}"
    if name in _VALUES:
        return None if value in _VALUES[name] else f"one of {', '.join(_VALUES[name])}"
    if value.isascii() and value.isprintable() and value.strip() and len(value) <= _LONGEST:
        return None
    return f"1 to {_LONGEST} printable ASCII characters, not only spaces"


def _keyword_of(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
