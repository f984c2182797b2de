"""
The rules of a stack, and which of them an event matches.

Judged by two readings of EventBridge that share no code: moto's, and that of the emulator
MiniStack, whose TestEventPattern also refuses what EventBridge refuses. Both have every operator.
The package event-ruler has few: it refuses prefixes and wildcards, cannot read the sample of Token
Exchanged, and has wheels for CPython 3.11 on Linux only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_events import Rule
from ministack.services import eventbridge
from moto.events.models import EventPattern

from tests.support.oracles import template_of
from tests.support.resolving import value_of

Matcher = Callable[[Mapping[str, Any], Mapping[str, Any]], bool]


def by_moto(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event matches a pattern, by moto."""
    return EventPattern.load(json.dumps(pattern)).matches_event(dict(event))


def by_ministack(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event matches a pattern, by MiniStack's TestEventPattern."""
    status, _, body = eventbridge._test_event_pattern(
        {"Event": json.dumps(event), "EventPattern": json.dumps(pattern)}
    )
    answer: dict[str, Any] = json.loads(body)
    assert status == 200, answer
    found: bool = answer["Result"]
    return found


MATCHERS: dict[str, Matcher] = {"moto": by_moto, "ministack": by_ministack}


def matches(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether an event matches a pattern, as both matchers say."""
    verdicts = {name: matcher(pattern, event) for name, matcher in MATCHERS.items()}
    assert len(set(verdicts.values())) == 1, (verdicts, pattern, event)
    return verdicts["moto"]


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
        name: _deployed(
            resources[stack.get_logical_id(rule.node.default_child)]["Properties"]["EventPattern"],
            values,
        )
        for name, rule in rules.items()
    }


def _deployed(node: Any, values: Mapping[str, str]) -> Any:
    """A part of a pattern after deployment, in which a boolean stays one."""
    match node:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _}:
            return value_of(node, values)
        case dict():
            return {key: _deployed(item, values) for key, item in node.items()}
        case list():
            return [_deployed(item, values) for item in node]
    return node


def matching(patterns: Mapping[str, Mapping[str, Any]], event: Mapping[str, Any]) -> set[str]:
    """The names of the patterns that an event matches."""
    return {name for name, pattern in patterns.items() if matches(pattern, event)}
