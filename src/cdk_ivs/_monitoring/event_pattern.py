"""The event patterns of rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aws_cdk import Annotations

from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._monitoring.catalog.events import SOURCE
from cdk_ivs._validation.errors import ArgumentTypeError
from cdk_ivs._validation.type_names import with_type

from .event_filters import (
    check_field_matches_events,
    refuse_empty_list,
    validate_event_names_of_type,
    validate_filter_values,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_events import Rule
    from constructs import Construct

    from cdk_ivs._monitoring.catalog.events import EventType

_PATTERN_LENGTH = 2048


def event_pattern(
    event_type: EventType, detail: dict[str, list[object]], arns: list[str] | None
) -> dict[str, Any]:
    """
    The pattern of a rule, by the keywords of `events.EventPattern`.

    Args:
        event_type: The type of the events.
        detail: The pattern of `detail`.
        arns: The ARNs of the channels or stages. None: all.
    """
    pattern: dict[str, Any] = {"source": [SOURCE], "detail_type": [event_type.detail_type]}
    if arns is not None and event_type.resource == "resources":
        pattern["resources"] = arns
    elif arns is not None:
        detail = {event_type.resource: [*arns], **detail}
    if detail:
        pattern["detail"] = detail
    return pattern


def detail_pattern(
    event_type: EventType, event_names: object, filters: Mapping[str, object]
) -> dict[str, list[object]]:
    """
    The pattern of `detail`. The function refuses a pattern that no event matches.

    Args:
        event_type: The type of the events.
        event_names: The names of the events.
        filters: The values of other fields, by keyword. None: any.
    """
    names = validate_event_names_of_type(event_type, event_names)
    detail: dict[str, list[object]] = {} if names is None else {event_type.field: list(names)}
    for keyword, values in filters.items():
        if values is not None:
            field = event_type.fields[keyword]
            detail[field.name] = validate_filter_values(keyword, field, values)
            check_field_matches_events(keyword, field, names)
    return detail


def check_resource_arns(
    keyword: str, kind: str, resources: object, scope: Construct
) -> list[str] | None:
    """The ARNs of channels or stages, which must be where the rule gets their events."""
    if resources is None:
        return None
    if not isinstance(resources, Sequence) or isinstance(resources, str | bytes | bytearray):
        advice = "; put it into a list" if hasattr(resources, f"{kind}_arn") else ""
        raise ArgumentTypeError(
            f"'{keyword}' must be Sequence[I{kind.title()}Ref], got {with_type(resources)}{advice}"
        )
    refuse_empty_list(keyword, resources, kind)
    return [same_environment_arn(keyword, resource, kind, scope) for resource in resources]


def warn_about_size(rule: Rule, pattern: Mapping[str, Any]) -> None:
    """Warn about a pattern that is longer than the default quota of EventBridge."""
    size = len(json.dumps(pattern, ensure_ascii=False, separators=(",", ":")))
    if size > _PATTERN_LENGTH:
        Annotations.of(rule).add_warning_v2(
            "cdk-ivs:EventPatternSize",
            f"the event pattern of this rule has about {size} characters, more than the default "
            f"quota of {_PATTERN_LENGTH}: request a higher quota in Service Quotas, match fewer "
            "values, for example with aws_events.Match.prefix(), or create several rules",
        )
