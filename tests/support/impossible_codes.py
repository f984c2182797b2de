"""Codes that the code of a method comes by, and that its own arguments cannot lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .reference import Entry

_OF_FILTERS = {"FilterValue", "ListToken", "NoFilterValues"}
_OF_RULES = {"FieldOfEvent", "LimitScope", "NoEventNames", *_OF_FILTERS}
_OF_METRICS = {"MetricDimensionValue", "MetricDimensions", "MetricName"}
# Fields that only some events of a type have.
_OF_SOME_EVENTS = {"codes", "destination_ids", "error_codes", "replica"}


class _Reason(NamedTuple):
    """
    Why codes are impossible.

    Attributes:
        names: The names that users write, as a regular expression.
        without: Keywords without which they are impossible, as a regular expression of the
            keyword and its type.
        codes: The codes.
        least: How many of these keywords it takes.
    """

    names: str
    without: str
    codes: set[str]
    least: int = 1


_REASONS = (
    # One resource is newer than the oldest aws-cdk-lib.
    _Reason(r"(?!cdk_ivs\.AdConfiguration\b).*", r"", {"AwsCdkLibVersion"}),
    # What is checked with all constructs and value classes, whether they have the keyword or not.
    _Reason(r".*", r"\w*name: .*", {"Name"}),
    _Reason(r".*", r"tags: .*", {"TagCount", "TagForm", "TagKey", "TagValue"}),
    # One check is for three kinds of attachments.
    _Reason(r".*\.attach_(?!ad_)\w+", r"", {"AdsContainerFormat"}),
    _Reason(r".*\.attach_(?!playback_)\w+", r"", {"PolicyOnAuthorizedChannel"}),
    # The method names the metric itself, and the dimensions that it takes.
    _Reason(r".*\.metric_\w+", r"", {"MetricName"}),
    _Reason(r".*\.metric_\w+", r"\w+: str \| None", {"MetricDimensionValue"}),
    _Reason(r".*\.metric_\w+", r"\w+: str \| None", {"MetricDimensions"}, least=2),
    # The method names the type of the events itself.
    _Reason(r".*\.on_(?!\w*limit_breach)\w+", r"", {"LimitScope"}),
    _Reason(r".*\.on_\w+", rf"({'|'.join(_OF_SOME_EVENTS)}): .*", {"FieldOfEvent"}),
    _Reason(r".*\.on_\w+", r"event_names: .*", {"NoEventNames"}),
    _Reason(r".*\.on_\w+", r"\w+: Sequence\[str\].*", _OF_FILTERS),
    _Reason(r".*\.on_concurrent_\w+", r"", {"Environment"}),
    # There is no resource, and the percentage has a check of its own.
    _Reason(r"cdk_ivs\.QuotaAlarms", r"", {"DynamicReference", "Threshold"}),
    # Alarms name their metrics, events and rules themselves.
    _Reason(
        r"cdk_ivs\.\w+Alarms",
        r"",
        {
            "DurationToken",
            "MetricOption",
            "MetricPeriod",
            "RuleDescription",
            "RuleName",
            "Target",
            *_OF_METRICS,
            *_OF_RULES,
        },
    ),
)


def impossible_codes(entry: Entry) -> set[str]:
    """The codes that no arguments of a name lead to."""
    return {code for reason in _reasons(entry) for code in reason.codes}


def _reasons(entry: Entry) -> Iterator[_Reason]:
    parameters = [f"{each.name}: {each.annotation}" for each in entry.parameters]
    for reason in _REASONS:
        keywords = [each for each in parameters if re.fullmatch(reason.without, each)]
        if re.fullmatch(reason.names, entry.name) and len(keywords) < reason.least:
            yield reason
