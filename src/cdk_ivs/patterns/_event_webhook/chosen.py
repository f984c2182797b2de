"""The events that are sent to an endpoint."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cdk_ivs._monitoring.catalog.enums import (
    AdBreakEvent,
    CompositionStateEvent,
    LimitName,
    RecordingStatus,
    StageUpdateEvent,
    StreamHealthEvent,
    StreamStateEvent,
)
from cdk_ivs._monitoring.catalog.events import ACCOUNT_LIMIT_BREACH, EVENT_TYPES, EventType
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_text
from cdk_ivs._validation.type_names import with_type

_KINDS = (
    StreamStateEvent,
    StreamHealthEvent,
    RecordingStatus,
    LimitName,
    AdBreakEvent,
    StageUpdateEvent,
    CompositionStateEvent,
)
_ALL_TYPES = (*EVENT_TYPES, ACCOUNT_LIMIT_BREACH)


class ChosenType(NamedTuple):
    """
    A type of events, and the events of it to send.

    Attributes:
        event_type: The type.
        names: The names of the events. None: all events of the type.
    """

    event_type: EventType
    names: list[enum.StrEnum] | None


def choose_events(events: object, kinds: Mapping[str, Any]) -> list[ChosenType]:
    """
    Return the types of events to send, or raise if an event does not apply to any given resource.

    Args:
        events: The events to send. None: all events.
        kinds: The resources by kind, and the account under an empty name.
    """
    types = [each for each in _ALL_TYPES if each.kind in kinds]
    if events is None:
        return [ChosenType(each, None) for each in types]
    members = _members(events)
    chosen: list[ChosenType] = []
    for each in types:
        names = [name for name in members if _has(each, name)]
        if names:
            chosen.append(ChosenType(each, names))
    for name in members:
        if not any(name in one.names for one in chosen if one.names is not None):
            kind = _kind_of(name)
            raise ValidationError(
                f"'events' has '{safe_text(name)}', which is about {safe_text(_about(kind))}; "
                f"{safe_text(_advice(kind))}, or leave it out",
                code="WebhookEvents",
            )
    return chosen


def _members(events: object) -> list[enum.StrEnum]:
    if not isinstance(events, Sequence) or isinstance(events, str):
        raise ArgumentTypeError(
            "'events' must be a list of events, such as [RecordingStatus.RECORDING_END], got "
            f"{with_type(events)}"
        )
    if not events:
        raise ValidationError(
            "'events' must have at least one event, got none; leave it out to send all",
            code="WebhookEvents",
        )
    members: list[enum.StrEnum] = []
    for event in events:
        kind = next((kind for kind in _KINDS if _is_value(kind, event)), None)
        if kind is None:
            allowed = ", ".join(each.__name__ for each in _KINDS)
            raise ArgumentTypeError(
                f"'events' must be members of {allowed}, got {with_type(event)}"
            )
        member = kind(event)
        if member not in members:
            members.append(member)
    return members


def _is_value(kind: type[enum.StrEnum], event: object) -> bool:
    # Members of different enums can be equal texts, but are different events.
    if isinstance(event, enum.Enum):
        return isinstance(event, kind)
    return isinstance(event, str) and event in kind.__members__.values()


def _has(event_type: EventType, name: enum.StrEnum) -> bool:
    return isinstance(name, event_type.names) and (
        not event_type.limits or name in event_type.limits
    )


def _about(kind: str) -> str:
    return f"{kind}s" if kind else "the account"


def _advice(kind: str) -> str:
    return f"give '{kind}s'" if kind else "give all=True"


def _kind_of(name: enum.StrEnum) -> str:
    """The resources that send an event. An event of channels and of stages always applies."""
    return next(each.kind for each in _ALL_TYPES if _has(each, name))
