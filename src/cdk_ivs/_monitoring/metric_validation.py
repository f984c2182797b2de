"""Checks of the names and dimensions of metrics."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cdk_ivs._monitoring.catalog.metrics import DIMENSION_VALUES
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.carried import check_carried
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import can_become, is_token_beside
from cdk_ivs._validation.type_names import with_type

from .metric_options import validate_metric_options

if TYPE_CHECKING:
    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace, PublishedMetric

    from .metric_options import MetricOptions
    from .monitored_resource import MonitoredResource

_LONGEST = 255
_COUNTRY = re.compile("[A-Z]{2}|UNKNOWN")
_COUNTRIES = ("StreamerCountryCode", "SubscriberCountryCode", "ViewerCountryCode")
# From the guides and the API reference, which do not show the spelling of Health in metrics.
_HEALTH = ("HEALTHY", "STARVING", "UNKNOWN")
_SPELLINGS = (str.upper, str.title, str.lower)


def validate_metric(
    namespace: MetricNamespace,
    name: str,
    options: MetricOptions,
    dimensions_map: object,
    keywords: Mapping[str, str | None],
    *,
    resource: MonitoredResource | None = None,
) -> tuple[dict[str, str], MetricOptions]:
    """
    The dimensions and options of a metric, which IVS must publish.

    Args:
        namespace: The namespace with its metrics.
        name: The name of the metric.
        options: The options of the metric.
        dimensions_map: The dimensions that were given by name.
        keywords: The dimensions with a keyword of their own, by name. None if it was not given.
        resource: The resource of the metric. None for the whole account.
    """
    published = _check_metric_name(namespace, name)
    dimensions = {
        **_check_dimensions_map(dimensions_map),
        **{key: value for key, value in keywords.items() if value is not None},
    }
    own = resource.dimension if resource is not None else ""
    if own in dimensions:
        raise ValidationError(
            f"'dimensions_map' must not have '{own}', got {safe_repr(dimensions[own])}: the "
            "metric has it already, with the ID of the resource",
            code="MetricDimensions",
        )
    for dimension, value in dimensions.items():
        _check_dimension_value(dimension, value, by_keyword=dimensions_map is None)
    if resource is not None:
        dimensions = {own: resource.id, **dimensions}
    _check_dimension_names(name, published, dimensions, own, keywords)
    return dimensions, validate_metric_options(name, published, options)


def _check_metric_name(namespace: MetricNamespace, name: object) -> PublishedMetric:
    check_type("metric_name", name, str)
    published = namespace.metrics.get(str(name))
    if published is None:
        nearest = difflib.get_close_matches(str(name), namespace.metrics, cutoff=0)[0]
        raise ValidationError(
            f"'metric_name' must be a metric of {namespace.name}, got {safe_repr(name)}; the "
            f"nearest is '{nearest}' (allowed: {', '.join(namespace.metrics)})",
            code="MetricName",
        )
    return published


def _check_dimension_names(
    metric_name: str,
    published: PublishedMetric,
    dimensions: Mapping[str, str],
    own: str,
    keywords: Iterable[str],
) -> None:
    if any(set(dimensions) == set(known) for known in published.dimensions):
        return
    keywords = set(keywords)
    allowed = [
        [_keyword_of_dimension(key) if keywords else key for key in known if key != own]
        for known in published.dimensions
        if (not own or own in known) and (not keywords or {*known} <= {own, *keywords})
    ]
    beside = {key: value for key, value in dimensions.items() if key != own}
    if keywords:
        got = " with ".join(
            f"{safe_text(_keyword_of_dimension(key))} {safe_repr(value)}"
            for key, value in beside.items()
        )
        what = f"'{metric_name}' is not published with these dimensions"
    else:
        got = safe_repr(beside) if beside else ""
        what = f"'dimensions_map' must have dimensions with which '{metric_name}' is published"
    shown = "; ".join(" with ".join(each) or "none" for each in allowed)
    raise ValidationError(
        f"{what}, got {got or 'none'} (allowed: {shown or 'nothing here'})",
        code="MetricDimensions",
    )


def _check_dimensions_map(dimensions: object) -> Mapping[str, str]:
    if dimensions is None:
        return {}
    if not isinstance(dimensions, Mapping):
        raise ArgumentTypeError(
            f"'dimensions_map' must be Mapping[str, str], got {with_type(dimensions)}"
        )
    for name, value in dimensions.items():
        for part in (name, value):
            if not isinstance(part, str):
                raise ArgumentTypeError(
                    "'dimensions_map' must be Mapping[str, str], got one item "
                    f"{safe_repr(name)}: {safe_repr(value)} with {with_type(part)}"
                )
    return dimensions


def _check_dimension_value(dimension: str, value: object, *, by_keyword: bool) -> None:
    where = (
        f"'{safe_text(_keyword_of_dimension(dimension))}'"
        if by_keyword
        else f"'dimensions_map' for {safe_repr(dimension)}"
    )
    if not isinstance(value, str):
        raise ArgumentTypeError(f"{where} must be str, got {with_type(value)}")
    check_carried(_keyword_of_dimension(dimension) if by_keyword else "dimensions_map", value)
    allowed = _nearest_value(dimension, value)
    if allowed is not None and not _can_be_value(dimension, value):
        raise ValidationError(
            f"{where} must be {allowed}, got {safe_repr(value)}", code="MetricDimensionValue"
        )


def _can_be_value(name: str, value: str) -> bool:
    """Whether a value with a token can become one of the dimension at deployment."""
    if name in _COUNTRIES:
        return is_token_beside(value, "[A-Z]", 2) or can_become(value, ["UNKNOWN"])
    if name == "Health":
        return can_become(value, [spell(each) for each in _HEALTH for spell in _SPELLINGS])
    # Of the others, any printable text is a value, with placeholders or without. The CDK counts the
    # characters of a placeholder too.
    return can_become(value, DIMENSION_VALUES.get(name, []))


def _nearest_value(name: str, value: str) -> str | None:
    """The allowed values of the dimension, if the value is not one of them."""
    if name in _COUNTRIES:
        known = _COUNTRY.fullmatch(value)
        return None if known else "a country code of ISO 3166-1 alpha-2, such as 'JP', or 'UNKNOWN'"
    if name == "Health":
        return None if value.upper() in _HEALTH else f"one of {', '.join(_HEALTH)}"
    if name in DIMENSION_VALUES:
        return (
            None
            if value in DIMENSION_VALUES[name]
            else f"one of {', '.join(DIMENSION_VALUES[name])}"
        )
    if value.isascii() and value.isprintable() and value.strip() and len(value) <= _LONGEST:
        return None
    return f"1 to {_LONGEST} printable ASCII characters, not only spaces"


def _keyword_of_dimension(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
