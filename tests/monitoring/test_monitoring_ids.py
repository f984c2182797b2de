"""The ids of what ChannelMonitoring and StageMonitoring look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk import aws_ivs as l1

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.support.arns import arn

READ: dict[str, Callable[[Any], str]] = {
    "channel": lambda channel: ivs.ChannelMonitoring.from_channel(channel).channel_id,
    "stage": lambda stage: ivs.StageMonitoring.from_stage(stage).stage_id,
}


@pytest.mark.parametrize(
    ("kind", "make"),
    [("channel", l1.CfnChannel), ("stage", l1.CfnStage)],
)
def test_of_an_l1_is_the_last_part_of_its_arn(stack: Stack, kind: str, make: Any) -> None:
    """
    The ARN of an L1, which CloudFormation returns for Ref, is known at deployment.
    """
    id = READ[kind](make(stack, "L1"))
    assert stack.resolve(id) == {"Fn::Select": [1, {"Fn::Split": ["/", {"Ref": "L1"}]}]}


@pytest.mark.parametrize(
    ("kind", "refer"),
    [("channel", ivs.Channel.from_channel_arn), ("stage", ivs.Stage.from_stage_arn)],
)
def test_of_a_reference_is_that_in_its_arn(stack: Stack, kind: str, refer: Any) -> None:
    """
    An ARN that is written out has the id in it.
    """
    reference = refer(stack, "Reference", arn(f"{kind}/AbCdef1G2hij"))
    assert READ[kind](reference) == "AbCdef1G2hij"


def test_is_read_once(stack: Stack) -> None:
    """
    What the id of an L1 took is not sent again.
    """
    monitoring = ivs.ChannelMonitoring.from_channel(l1.CfnChannel(stack, "L1"))
    assert monitoring.channel_id
    with sent_messages() as messages:
        assert monitoring.channel_id
    assert messages == []
