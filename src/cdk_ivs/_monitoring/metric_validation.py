"""Checks of the names and dimensions of metrics."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace, PublishedMetric

    from .monitored_resource import MonitoredResource

_LONGEST = 255
_COUNTRY = re.compile("[A-Z]{2}|UNKNOWN")
_COUNTRIES = ("StreamerCountryCode", "SubscriberCountryCode", "ViewerCountryCode")
# What the guides and the API reference say. How Health is spelled in metrics, they do not.
_HEALTH = ("HEALTHY", "STARVING", "UNKNOWN")
_VALUES = {
    "MediaType": ("video", "audio"),
    "SimulcastLayer": ("hi", "mid", "low", "none"),
}


def check_metric_name(namespace: MetricNamespace, name: object) -> PublishedMetric:
    """The metric of the name, refused if the namespace has none."""
    check_type("metric_name", name, str)
    published = namespace.metrics.get(str(name))
    if published is None:
        nearest = difflib.get_close_matches(str(name), namespace.metrics, n=1, cutoff=0)[0]
        raise ValidationError(
            f"'metric_name' must be a metric of {namespace.name}, got {safe_repr(name)}; the "
            f"nearest is '{nearest}' (allowed: {', '.join(namespace.metrics)})",
            code="MetricName",
        )
    return published


def validate_dimensions(
    dimensions_map: object,
    keywords: Mapping[str, str | None],
    resource: MonitoredResource | None = None,
) -> dict[str, str]:
    """
    The dimensions that were given, refused if one cannot have its value.

    Args:
        dimensions_map: The dimensions that were given by name.
        keywords: Those that have a keyword of their own, by name; None if it was not given.
        resource: The resource that the metric is about, whose dimension is not to be given.
    """
    dimensions = {
        **_check_map(dimensions_map),
        **{name: value for name, value in keywords.items() if value is not None},
    }
    if resource is not None and resource.dimension in dimensions:
        raise ValidationError(
            f"'dimensions_map' must not have '{resource.dimension}', which is the resource's own: "
            f"its id, and not its ARN; got {safe_repr(dimensions[resource.dimension])}",
            code="MetricDimensions",
        )
    for name, value in dimensions.items():
        where = (
            f"'{safe_text(_keyword_of(name))}'"
            if dimensions_map is None
            else f"'dimensions_map' for {safe_repr(name)}"
        )
        _check_value(where, name, value)
    return dimensions


def check_dimension_set(
    metric_name: str, published: PublishedMetric, dimensions: Mapping[str, str], own: str = ""
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


def _check_map(dimensions: object) -> Mapping[str, str]:
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


def _check_value(where: str, dimension: str, value: object) -> None:
    if not isinstance(value, str):
        raise ArgumentTypeError(
            f"{where} must be str, got {safe_repr(value)} of type '{type(value).__name__}'"
        )
    allowed = _allowed_instead(dimension, value)
    if allowed is not None and not is_token(value):
        raise ValidationError(
            f"{where} must be {allowed}, got {safe_repr(value)}", code="MetricDimensionValue"
        )


def _allowed_instead(name: str, value: str) -> str | None:
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
