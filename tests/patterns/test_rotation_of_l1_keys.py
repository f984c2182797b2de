"""A stream key that is an L1, beside the rotation of the stream key of its channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, CfnCondition, Fn, Stack
from aws_cdk.aws_ivs import CfnChannel, CfnStreamKey

import cdk_ivs as ivs
from cdk_ivs.patterns import StreamKeyRotation
from tests.support.events import CHANNEL

REFUSED = (
    "'channel' must be a channel without a stream key, got one with 'Stack/Key', whose value "
    "CloudFormation would restore; remove that key, and use the 'secret' of this construct "
    "[cdk-ivs:SecondStreamKey at 'Stack/Rotation']"
)


@pytest.fixture
def synthesize(app: App) -> Callable[[], str]:
    """Synthesize the app, and return the error if there is one."""

    def synthesize() -> str:
        try:
            app.synth()
        except RuntimeError as error:
            return str(error)
        return ""

    return synthesize


def own(stack: Stack) -> tuple[Any, str]:
    """A channel of this library, and its ARN."""
    channel = ivs.Channel(stack, "Channel")
    return channel, channel.channel_arn


def l1(stack: Stack) -> tuple[Any, str]:
    """A channel that is an L1, and its ARN as the reference of the L1."""
    channel = CfnChannel(stack, "Channel")
    return channel, channel.ref


def elsewhere(stack: Stack) -> tuple[Any, str]:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL), CHANNEL


def by_import(stack: Stack) -> tuple[Any, str]:
    """A channel whose ARN is a token."""
    arn = Fn.import_value("Arn")
    return ivs.Channel.from_channel_arn(stack, "Channel", arn), arn


CHANNELS = pytest.mark.parametrize("make", [own, l1, elsewhere, by_import])


@CHANNELS
@pytest.mark.parametrize("first", [True, False], ids=["key first", "rotation first"])
def test_is_refused_at_synthesis(
    stack: Stack, synthesize: Callable[[], str], make: Any, first: bool
) -> None:
    """
    The rotation of a channel that has a stream key as an L1 is refused, whichever comes first.
    """
    channel, arn = make(stack)
    if first:
        CfnStreamKey(stack, "Key", channel_arn=arn)
    StreamKeyRotation(stack, "Rotation", channel=channel)
    if not first:
        CfnStreamKey(stack, "Key", channel_arn=arn)
    assert REFUSED in synthesize()


def test_keys_of_other_channels_are_taken(stack: Stack, synthesize: Callable[[], str]) -> None:
    """
    Stream keys of other channels, L1s and others, are no second key.
    """
    StreamKeyRotation(stack, "Rotation", channel=ivs.Channel(stack, "Channel"))
    CfnStreamKey(stack, "Key", channel_arn=CfnChannel(stack, "Other").ref)
    ivs.Channel(stack, "Another").add_stream_key("Key")
    assert synthesize() == ""


def test_conditional_keys_are_taken(stack: Stack, synthesize: Callable[[], str]) -> None:
    """
    A stream key with a condition, which may not be created, is left to the author of the app.
    """
    channel, arn = own(stack)
    StreamKeyRotation(stack, "Rotation", channel=channel)
    condition = CfnCondition(stack, "Condition", expression=Fn.condition_equals("a", "b"))
    CfnStreamKey(stack, "Key", channel_arn=arn).cfn_options.condition = condition
    assert synthesize() == ""


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another one"])
def test_removed_rotations_are_not_checked(
    stack: Stack, synthesize: Callable[[], str], beside: bool
) -> None:
    """
    A rotation that is no longer in the tree refuses nothing.
    """
    channel, arn = own(stack)
    StreamKeyRotation(stack, "Rotation", channel=channel)
    stack.node.try_remove_child("Rotation")
    CfnStreamKey(stack, "Key", channel_arn=arn)
    if beside:
        StreamKeyRotation(stack, "Other", channel=ivs.Channel(stack, "OtherChannel"))
    assert synthesize() == ""
