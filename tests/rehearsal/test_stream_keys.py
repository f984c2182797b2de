"""Giving a channel another stream key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from tests.rehearsal.apps import deploy
from tests.rehearsal.emulation import Cloud

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]


def _with_key(id: str) -> Callable[[Stack], ivs.Channel]:
    def build(stack: Stack) -> ivs.Channel:
        channel = ivs.Channel(stack, "Channel")
        if id:
            channel.add_stream_key(id)
        return channel

    return build


def test_two_deployments_give_another_key(cloud: Cloud, tmp_path: Path) -> None:
    """
    Without the key in between, the channel stays and gets another key.
    """
    deploy(cloud, tmp_path / "first", _with_key("First"))
    channel = cloud.ivs.only("Channel").arn
    before = cloud.ivs.only("StreamKey").details["value"]
    deploy(cloud, tmp_path / "between", _with_key(""))
    assert cloud.ivs.of_kind("StreamKey") == []
    deploy(cloud, tmp_path / "second", _with_key("Second"))
    assert cloud.ivs.only("StreamKey").details["value"] != before
    assert cloud.ivs.only("Channel").arn == channel
