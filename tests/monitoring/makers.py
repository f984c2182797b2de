"""Rules of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_cdk import Stack
from aws_cdk.aws_events import Rule

import cdk_ivs as ivs
from tests.support.oracles import resources_of

# Every method, on the resource or the class that has it.
MAKERS: dict[str, Callable[..., Rule]] = {
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
}


def rule_in(stack: Stack) -> dict[str, Any]:
    """The properties of the only rule of a stack."""
    (rule,) = resources_of(stack, "AWS::Events::Rule").values()
    return rule["Properties"]
