"""
Templates that violate a rule, each with the nearest one that does not.

Each module has the cases of the rules in the module of the catalog that has its name.
"""

from __future__ import annotations

from . import alarms, buckets, channels, chat, environments, events, permissions, real_time
from .parts import Case, Json

# Sorted by rule, as the catalog is. The cases of one rule stay in the order of their module.
CASES: tuple[Case, ...] = tuple(
    sorted(
        (
            case
            for module in (
                alarms,
                buckets,
                channels,
                chat,
                environments,
                events,
                permissions,
                real_time,
            )
            for case in module.CASES
        ),
        key=lambda case: case.rule,
    )
)

__all__ = ["CASES", "Case", "Json"]
