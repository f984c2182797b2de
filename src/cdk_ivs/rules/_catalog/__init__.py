"""
The catalog of the rules: what each finds, how severe that is, and what to do about it.

The logic of a rule is in the pack, in the language Rego. All text about it is here: the findings,
the SARIF output and the reference in the docs are created from the same texts.
"""

from __future__ import annotations

from . import alarms, buckets, channels, chat, environments, events, permissions, real_time
from .rule import Rule, Severity

RULES: tuple[Rule, ...] = tuple(
    sorted(
        rule
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
        for rule in module.RULES
    )
)

BY_ID = {rule.id: rule for rule in RULES}

__all__ = ["BY_ID", "RULES", "Rule", "Severity"]
