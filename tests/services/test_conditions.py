"""Custom resources of what a condition of the template can leave out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import CfnCondition, Fn, Stack

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import arn
from tests.support.oracles import template_of

STORAGE = arn("storage-configuration/a1B2c3D4e5F6")


def with_policy(stack: Stack) -> Any:
    """A channel with a policy, which is stopped before it is deleted."""
    policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
        stack, "Policy", arn("playback-restriction-policy/a")
    )
    return ivs.Channel(stack, "It", playback_restriction_policy=policy, stop_stream_on_delete=True)


def with_recording(stack: Stack) -> Any:
    """A stage with a recording that the API sets."""
    storage = ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE)
    recording = ivs.ParticipantRecording(
        storage_configuration=storage, record_participant_replicas=False
    )
    return ivs.Stage(stack, "It", participant_recording=recording)


def with_rate(stack: Stack) -> Any:
    """A room with a rate that the API sets."""
    return chat.Room(stack, "It", maximum_message_rate_per_second=11)


@pytest.mark.parametrize(
    ("create", "count"),
    [(with_policy, 2), (with_recording, 1), (with_rate, 1)],
)
def test_leave_them_out_too(stack: Stack, create: Callable[[Stack], Any], count: int) -> None:
    """
    What refers to the resource has its condition, also if that is set afterwards.
    """
    resource = create(stack)
    resource.node.default_child.cfn_options.condition = CfnCondition(
        stack, "Live", expression=Fn.condition_equals("a", "b")
    )
    conditions = [
        found.get("Condition")
        for found in template_of(stack)["Resources"].values()
        if found["Type"].startswith("Custom::IVS")
    ]
    assert conditions == ["Live"] * count
