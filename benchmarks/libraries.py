"""The same app with each library."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aws_cdk import Stack

OURS = "cdk-ivs"
ALPHA = "alpha"
L1 = "L1"
BARE = "bare L2"
"""Constructs in Python around the same L1s, with nothing in them: the least that jsii keeps."""

MODULES = {OURS: "cdk_ivs", ALPHA: "aws_cdk.aws_ivs_alpha", L1: "aws_cdk.aws_ivs"}


def add_channels(library: str, stack: Stack, numbers: Iterable[int], *, keys: bool) -> None:
    """Define channels in a stack, each with its stream key or all without."""
    module = importlib.import_module(MODULES[library])
    for number in numbers:
        name = f"Channel{number}"
        if library == L1:
            channel = module.CfnChannel(stack, name, name=name)
            if keys:
                module.CfnStreamKey(stack, f"{name}Key", channel_arn=channel.attr_arn)
        else:
            channel = module.Channel(stack, name)
            if keys:
                channel.add_stream_key("StreamKey")
