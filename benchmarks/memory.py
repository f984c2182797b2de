"""Measures the memory that constructs keep in Python."""

from __future__ import annotations

import gc
import tracemalloc
from typing import TYPE_CHECKING

from aws_cdk import App, Resource, Stack
from aws_cdk.aws_ivs import CfnChannel, CfnStreamKey

from .libraries import BARE, add_channels

if TYPE_CHECKING:
    from constructs import Construct


class _Channel(Resource):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.cfn = CfnChannel(self, "Resource")
        self.arn = self.cfn.attr_arn


class _StreamKey(Resource):
    def __init__(self, channel: _Channel) -> None:
        super().__init__(channel, "StreamKey")
        self.cfn = CfnStreamKey(self, "Resource", channel_arn=channel.arn)


def retained_bytes(library: str, channels: int) -> int:
    """What is allocated by defining channels with stream keys, and stays."""
    # What is kept once for a class or an app is not counted.
    _add(library, Stack(App(), "Before"), 20)
    stack = Stack(App(), "Stack")
    _add(library, stack, 1)
    gc.collect()
    tracemalloc.start()
    _add(library, Stack(stack, "Inner"), channels)
    gc.collect()
    retained, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return retained


def _add(library: str, stack: Stack, channels: int) -> None:
    if library != BARE:
        add_channels(library, stack, range(channels), keys=True)
        return
    for number in range(channels):
        _StreamKey(_Channel(stack, f"Channel{number}"))
