"""Checks of the filters of rules, which match fields in the detail of events."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from aws_cdk import Stack

from cdk_ivs._core.synth_validation import check_each, validate_at_synth
from cdk_ivs._monitoring.catalog.events import ANY, EVENT_TYPES, EventField, EventType, Text
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.carried import LIST_TOKEN
from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    ValidationError,
    safe_repr,
    safe_text,
)
from cdk_ivs._validation.tokens import is_token, is_token_beside
from cdk_ivs._validation.type_names import with_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aws_cdk.aws_events import Rule
    from constructs import Construct

# The placeholder of a token in text, such as the values of aws_events.Match, begins with it.
_PLACEHOLDER = "{Token["
# The operators with which EventBridge compares numbers and addresses.
_NOT_OF_TEXT = {"numeric", "cidr"}


class _Tokens(NamedTuple):
    """Values of a filter that `aws_events.Match` creates, or that are known at deployment."""

    rule: Rule
    keyword: str
    allowed: Text
    values: Sequence[str]


def refuse_other_filters(
    options: Mapping[str, object],
    filters: Mapping[str, object],
    event_type: EventType | None = None,
    *,
    what: str = "",
) -> None:
    """
    Refuse an option that is a filter of other rules.

    Args:
        options: The options, which are not filters of this rule.
        filters: The filters of this rule.
        event_type: The type of the events, if the rule matches one type.
        what: A plural noun for the events that the rule matches, if it matches several types.
    """
    for keyword in options:
        having = [other for other in EVENT_TYPES if keyword in other.fields]
        if not having:
            continue
        if event_type in having:
            raise ArgumentTypeError(
                f"'{safe_text(keyword)}' is not a filter of a rule for one {event_type.kind}, "
                f"which is matched by its ARN; use {_all_method(event_type)}"
            )
        field = having[0].fields[keyword].name
        # The limits of the account and those of channels have the same detail type.
        same = [
            other for other in having if event_type and other.detail_type == event_type.detail_type
        ]
        methods = " or ".join(_all_method(other) for other in same or having)
        # A rule for events of another type is no replacement for this rule.
        if event_type is None or same:
            having_it, instead = "not all of which have", f"use {methods}"
        else:
            having_it = "which never have"
            instead = f"leave it out (events of {methods} have it)"
        raise ArgumentTypeError(
            f"'{safe_text(keyword)}' is not a filter of "
            f"{what if event_type is None else f'{event_type.detail_type} events'}, {having_it} "
            f"the field '{field}' (filters here: {', '.join(sorted(filters)) or 'none'}); {instead}"
        )


def check_tokens_at_synth(
    rule: Rule, scope: Construct, event_type: EventType, filters: Mapping[str, Any]
) -> None:
    """
    Check values that are tokens until synthesis, for instance for operators that match no text.

    Args:
        rule: The rule.
        scope: The scope of the rule.
        event_type: The type of the events.
        filters: The checked values of fields, by keyword.
    """
    for keyword, values in filters.items():
        allowed = event_type.fields[keyword].values
        if values is None or not isinstance(allowed, Text):
            continue
        tokens = [value for value in values if _PLACEHOLDER in value]
        if tokens:
            validate_at_synth(scope, _check_all_tokens, _Tokens(rule, keyword, allowed, tokens))


def _check_all_tokens(_: Construct, given: Sequence[_Tokens]) -> Iterable[ValidationError]:
    return check_each(((tokens.rule, tokens) for tokens in given), _check_tokens)


def _check_tokens(tokens: _Tokens) -> None:
    stack = Stack.of(tokens.rule)
    for value in tokens.values:
        _check_resolved(tokens.keyword, tokens.allowed, stack.resolve([value]))


def _check_resolved(keyword: str, allowed: Text, resolved: object) -> None:
    for item in resolved if isinstance(resolved, list) else ():
        if isinstance(item, dict) and item.keys() & _NOT_OF_TEXT:
            raise ValidationError(
                f"'{keyword}' must be matched as text, as the events have it, got "
                f"{safe_repr(item)}: nothing would match; use another method of aws_events.Match",
                code="FilterValue",
            )
        if isinstance(item, str):
            _check_text(keyword, allowed, item)


def _all_method(event_type: EventType) -> str:
    return f"{event_type.kind.title()}.on_all_{event_type.method}()"


def refuse_empty_list(
    keyword: str, values: Sequence[object], what: str, *, code: str = "NoFilterValues"
) -> None:
    """Refuse an empty list, which matches nothing."""
    if not values:
        raise ValidationError(
            f"'{keyword}' must have at least one {what}, got none; leave it out to match all",
            code=code,
        )


def validate_event_names(
    keyword: str, kind: type[enum.StrEnum], values: object
) -> Sequence[str] | None:
    """The values, which must be members of the enum."""
    if values is None:
        return None
    names: Any = check_type(keyword, values, Sequence[kind])  # type: ignore[valid-type]
    refuse_empty_list(keyword, names, kind.__name__, code="NoEventNames")
    return list(names)


def validate_event_names_of_type(event_type: EventType, values: object) -> Sequence[str] | None:
    """The names, which must be names of events of the type."""
    names = validate_event_names("event_names", event_type.names, values)
    for name in names or ():
        if event_type.limits and name not in event_type.limits and not is_token(name):
            raise ValidationError(
                "'event_names' must be limits that this method can match, got "
                f"'{safe_text(name)}' (allowed: "
                f"{', '.join(limit.name for limit in event_type.limits)}); "
                f"use {event_type.methods_of_other_limits}",
                code="LimitScope",
            )
    return names


def validate_filter_values(keyword: str, field: EventField, values: object) -> list[object]:
    """The values of a field, which must be values that events have."""
    if isinstance(field.values, Text):
        return list(_validate_texts(keyword, field.values, values))
    if issubclass(field.values, enum.StrEnum):
        return list(validate_event_names(keyword, field.values, values) or ())
    return [check_type(keyword, values, field.values)]


def _validate_texts(keyword: str, allowed: Text, values: object) -> Sequence[str]:
    _refuse_operators(keyword, values)
    _refuse_part_of_list(keyword, values)
    texts = cast("Sequence[str]", check_type(keyword, values, Sequence[str]))
    refuse_empty_list(keyword, texts, "value")
    for text in texts:
        _check_text(keyword, allowed, text)
    return texts


def _check_text(keyword: str, allowed: Text, text: str) -> None:
    # A value of aws_events.Match is a token, and a list token has one item.
    if re.fullmatch(allowed.pattern, text):
        return
    if is_token_beside(text, allowed.characters) or is_token([text]):
        return
    if "*" in text:
        raise ValidationError(
            f"'{keyword}' matches plain text exactly, got {safe_repr(text)}; "
            f"{_wildcard(allowed, text)}",
            code="FilterValue",
        )
    raise ValidationError(
        f"'{keyword}' must contain only {allowed.described}, as the events do, got "
        f"{safe_repr(text)}: nothing would match",
        code="FilterValue",
    )


def _wildcard(allowed: Text, text: str) -> str:
    """The call to use in place of a text with asterisks, which may already be escaped."""
    part, literal = re.sub(r"(\\?\*)+", "*", text), re.sub(r"\\?\*", r"\\*", text)
    if safe_repr(literal) != repr(literal):
        # The user cannot copy a text that the message abbreviates.
        part, literal = "a*", r"a\*"
    advice = f"use aws_events.Match.wildcard({safe_repr(part)})"
    if allowed != ANY:
        return advice
    return f"{advice}, or Match.wildcard({safe_repr(literal)}) for an asterisk itself"


def _refuse_part_of_list(keyword: str, values: object) -> None:
    """Refuse a list that mixes a token for a list with other values."""
    items = values if isinstance(values, (list, tuple)) else ()
    if len(items) > 1 and any(isinstance(item, str) and LIST_TOKEN in item for item in items):
        raise ValidationError(
            f"'{keyword}' must be a list that is known at deployment or a list of values, got "
            "both in one list: CloudFormation cannot add values to the first; create two rules",
            code="ListToken",
        )


def _refuse_operators(keyword: str, values: object) -> None:
    """Refuse an operator that is written out, and a list of lists."""
    items = values if isinstance(values, (list, tuple)) else [values]
    if any(isinstance(item, (Mapping, list, tuple)) for item in items):
        raise ArgumentTypeError(
            f"'{keyword}' must be Sequence[str], got {with_type(values)}; "
            f"use a method of aws_events.Match, such as {keyword}=Match.prefix('a'), "
            "which gives a list, and Match.any_of() for several"
        )


def check_field_matches_events(
    keyword: str, field: EventField, names: Sequence[str] | None
) -> None:
    """Refuse values of a field that none of the named events has."""
    if not field.events or names is None:
        return
    if not any(name in field.events or is_token(name) for name in names):
        raise ValidationError(
            f"'{keyword}' needs an event that has this field in 'event_names', got "
            f"event_names=[{', '.join(safe_text(str(name)) for name in names)}]; leave "
            f"'{keyword}' out, or add one of the events that have it: "
            f"{', '.join(field.events)}",
            code="FieldOfEvent",
        )
