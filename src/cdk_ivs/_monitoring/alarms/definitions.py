"""The definitions of alarms, from which sets of alarms are created."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import enum
    from collections.abc import Sequence

    from cdk_ivs._monitoring.catalog.events import EventType


@dataclass(frozen=True)
class MetricAlarm:
    """
    An alarm on a metric with a period of one minute.

    Attributes:
        name: The name of the alarm.
        threshold: The keyword of the value at which the alarm goes off.
        description: The problem that the alarm reports, and its remedy.
        metric_name: The name of the metric.
        value_type: The type of the value.
        below: Whether the alarm goes off below the value, and not at or above it.
        percent: Whether the value is a percentage.
    """

    name: enum.StrEnum
    threshold: str
    description: str
    _: KW_ONLY
    metric_name: str
    value_type: type = int
    below: bool = False
    percent: bool = False

    @property
    def construct_id(self) -> str:
        """The ID of the alarm in its set, as `NoFrames`."""
        return self.name.title().replace("_", "")


@dataclass(frozen=True, kw_only=True)
class EventAlarm(MetricAlarm):
    """
    An alarm on the number of events in a minute, which is the number of calls of a rule.

    Attributes:
        metric_name: The name of the metric of the rule.
        event_type: The type of the events.
        event_names: The names of the events.
        counted: The events in words, for the description of the rule.
    """

    metric_name: str = "Invocations"
    event_type: EventType
    event_names: Sequence[enum.StrEnum]
    counted: str
