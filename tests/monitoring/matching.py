"""The rules of a stack, and which of them an event matches: moto's reading of EventBridge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_events import Rule
from moto.events.models import EventPattern

from tests.support.oracles import template_of
from tests.support.resolving import value_of


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event matches a pattern."""
    return EventPattern.load(json.dumps(pattern)).matches_event(dict(event))


def patterns_of(
    stack: Stack, rules: Mapping[str, Rule], values: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """
    The patterns of rules, as they are in the template after deployment.

    Args:
        stack: The stack of the rules.
        rules: The rules, by any name.
        values: What stands for the resources, as ``Ref`` or as ``LogicalId.Attribute``.
    """
    resources = template_of(stack)["Resources"]
    return {
        name: value_of(
            resources[stack.get_logical_id(rule.node.default_child)]["Properties"]["EventPattern"],
            values,
        )
        for name, rule in rules.items()
    }


def matching(patterns: Mapping[str, Mapping[str, Any]], event: Mapping[str, Any]) -> set[str]:
    """The names of the patterns that an event matches."""
    return {name for name, pattern in patterns.items() if matches(pattern, event)}
