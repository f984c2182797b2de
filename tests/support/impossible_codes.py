"""Codes that the code of a method comes by, and that its own arguments cannot lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .reference import Entry

_OPTIONS = {"RuleDescription", "RuleName", "Target"}
_OF_FILTERS = {"FilterValue", "ListToken", "NoFilterValues"}
_OF_RULES = {"FieldOfEvent", "LimitScope", "NoEventNames", *_OF_FILTERS}
_OF_METRICS = {"MetricDimensionValue", "MetricDimensions", "MetricName"}
_METRIC = r".*\.metric_(?!all$)\w+"
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
        least: How many of these keywords it takes. One that has to be given counts twice: it can
            be given in a wrong way, and as None.
    """

    names: str
    without: str
    codes: set[str]
    least: int = 1


_REASONS = (
    # One resource and the rules need a newer aws-cdk-lib than the oldest.
    _Reason(r"(?!cdk_ivs\.(AdConfiguration|rules)\b).*", r"", {"AwsCdkLibVersion"}),
    # The error itself is created.
    _Reason(r"cdk_ivs\.ArgumentTypeError", r"", {"ArgumentType"}),
    # A method for each kind of value gives the others no arguments.
    _Reason(r".*\.CompositionLayout\.(grid|pip)", r"", {"LayoutKind"}),
    _Reason(r".*\.MessageReviewHandler\.from_function", r"", {"FallbackUnused"}),
    _Reason(r".*\.RenditionConfiguration\.custom", r"", {"RenditionsUnused"}),
    _Reason(r".*\.(Participant)?ThumbnailConfiguration\.interval", r"", {"ThumbnailsUnused"}),
    # What is checked with all constructs and value classes, whether they have the keyword or not.
    _Reason(r".*", r"\w*name: .*", {"Name"}),
    _Reason(r".*", r"tags: .*", {"TagCount", "TagForm", "TagKey", "TagValue"}),
    # One check is for three kinds of attachments.
    _Reason(r".*\.attach_(?!ad_)\w+", r"", {"AdsContainerFormat"}),
    _Reason(r".*\.attach_(?!playback_)\w+", r"", {"PolicyOnAuthorizedChannel"}),
    # The method names the metric itself, and the dimensions that it takes.
    _Reason(_METRIC, r"", {"MetricName"}),
    _Reason(_METRIC, r"\w+: str( \| None)?", {"MetricDimensionValue"}),
    _Reason(_METRIC, r"\w+: str( \| None)?", {"MetricDimensions"}, least=2),
    # The method names the type of the events itself.
    _Reason(r".*\.on_(?!\w*limit_breach)\w+", r"", {"LimitScope"}),
    _Reason(r".*\.on_\w+", rf"({'|'.join(_OF_SOME_EVENTS)}): .*", {"FieldOfEvent"}),
    _Reason(r".*\.on_\w+", r"event_names: .*", {"NoEventNames"}),
    _Reason(r".*\.on_\w+", r"\w+: Sequence\[str\].*", _OF_FILTERS),
    _Reason(r".*\.on_concurrent_\w+", r"", {"Environment"}),
    # There is no resource, and the percentage has a check of its own.
    _Reason(r"cdk_ivs\.QuotaAlarms", r"", {"DynamicReference", "Threshold"}),
    # Alarms and patterns name their metrics, events, rules and resources themselves.
    _Reason(
        r"cdk_ivs\.\w+Alarms",
        r"",
        {"DurationToken", "MetricOption", "MetricPeriod", *_OPTIONS, *_OF_METRICS, *_OF_RULES},
    ),
    _Reason(
        r"cdk_ivs\.patterns\.(EventWebhook|RecordingIndex|StageBroadcast)",
        r"",
        {*_OPTIONS, *_OF_RULES},
    ),
    _Reason(r"cdk_ivs\.patterns\.IdleGuard", r"", {*_OPTIONS, *(_OF_RULES - {"NoFilterValues"})}),
    _Reason(r"cdk_ivs\.patterns\.StageBroadcast", r"", {"NumberRange", "OddSize", "TooManyPixels"}),
    # Tokens are refused before the unit is looked at.
    _Reason(r"cdk_ivs\.patterns\.(IdleGuard|StreamKeyRotation)", r"", {"DurationUnit"}),
    # Its name is that of the alias, which has a check of its own.
    _Reason(r"cdk_ivs\.SigningKey", r"", {"Name"}),
)


def impossible_codes(entry: Entry) -> set[str]:
    """The codes that no arguments of a name lead to, if it has some."""
    return {code for reason in _reasons(entry) for code in reason.codes}


def _reasons(entry: Entry) -> Iterator[_Reason]:
    parameters = [f"{each.name}: {each.annotation}" for each in entry.parameters]
    for reason in _REASONS:
        keywords = sum(
            1 if each.endswith("| None") else 2
            for each in parameters
            if re.fullmatch(reason.without, each)
        )
        if re.fullmatch(reason.names, entry.name) and keywords < reason.least:
            yield reason
