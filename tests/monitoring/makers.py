"""Rules of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_events import Rule

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.oracles import resources_of

# Every method whose events are of one type, on the resource or the class that has it.
TYPED_MAKERS: dict[str, Callable[..., Rule]] = {
    "stream state": lambda stack, **options: ivs.Channel(stack, "Owner").on_stream_state_change(
        "Rule", **options
    ),
    "stream health": lambda stack, **options: ivs.Channel(stack, "Owner").on_stream_health_change(
        "Rule", **options
    ),
    "recording": lambda stack, **options: ivs.Channel(stack, "Owner").on_recording_state_change(
        "Rule", **options
    ),
    "limit": lambda stack, **options: ivs.Channel(stack, "Owner").on_limit_breach(
        "Rule", **options
    ),
    "concurrent limit": lambda stack, **options: ivs.Channel.on_concurrent_limit_breach(
        stack, "Rule", **options
    ),
    "ad break": lambda stack, **options: ivs.Channel(stack, "Owner").on_ad_break("Rule", **options),
    "stage": lambda stack, **options: ivs.Stage(stack, "Owner").on_stage_update("Rule", **options),
    "participant recording": lambda stack, **options: ivs.Stage(
        stack, "Owner"
    ).on_participant_recording_state_change("Rule", **options),
    "composition": lambda stack, **options: ivs.Stage(stack, "Owner").on_composition_state_change(
        "Rule", **options
    ),
    "all stream states": lambda stack, **options: ivs.Channel.on_all_stream_state_change(
        stack, "Rule", **options
    ),
    "all stream health": lambda stack, **options: ivs.Channel.on_all_stream_health_change(
        stack, "Rule", **options
    ),
    "all recordings": lambda stack, **options: ivs.Channel.on_all_recording_state_change(
        stack, "Rule", **options
    ),
    "all limits": lambda stack, **options: ivs.Channel.on_all_limit_breach(
        stack, "Rule", **options
    ),
    "all ad breaks": lambda stack, **options: ivs.Channel.on_all_ad_break(stack, "Rule", **options),
    "all stages": lambda stack, **options: ivs.Stage.on_all_stage_update(stack, "Rule", **options),
    "all participant recordings": lambda stack, **options: (
        ivs.Stage.on_all_participant_recording_state_change(stack, "Rule", **options)
    ),
    "all compositions": lambda stack, **options: ivs.Stage.on_all_composition_state_change(
        stack, "Rule", **options
    ),
    "calls of chat": lambda stack, **options: chat.Room.on_any_event(stack, "Rule", **options),
}
MAKERS: dict[str, Callable[..., Rule]] = {
    **TYPED_MAKERS,
    "any": lambda stack, **options: ivs.Channel.on_any_event(stack, "Rule", **options),
}


def rule_in(stack: Stack) -> dict[str, Any]:
    """The properties of the only rule of a stack."""
    (rule,) = resources_of(stack, "AWS::Events::Rule").values()
    return rule["Properties"]
