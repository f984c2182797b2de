"""Endpoints that the API returns and CloudFormation does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import CfnOutput, Stack

import cdk_ivs as ivs
from tests.rehearsal.apps import NAME, deploy, destroy
from tests.rehearsal.emulation import Cloud

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]


def test_srt_endpoint_is_that_of_the_channel(cloud: Cloud, tmp_path: Path) -> None:
    """
    The SRT endpoint is read of the channel when the stack is deployed, its passphrase is in no
    output, and nothing is called when the stack is destroyed but to delete the channel.
    """

    def build(stack: Stack) -> ivs.Channel:
        channel = ivs.Channel(stack, "Channel")
        CfnOutput(stack, "Srt", value=channel.srt_endpoint)
        return channel

    deploy(cloud, tmp_path / "first", build)
    srt = cloud.ivs.only("Channel").details["srt"]
    assert cloud.outputs(NAME) == {"Srt": srt["endpoint"]}
    calls = len(cloud.ivs.calls)
    destroy(cloud, tmp_path / "first")
    assert [call.action for call in cloud.ivs.calls[calls:]] == ["DeleteChannel"]
