"""Our constructs and alpha's work together while an app is moved from one to the other."""

from __future__ import annotations

import itertools
from types import ModuleType

import pytest
from aws_cdk import App, CfnOutput, Stack, aws_ivs_alpha
from aws_cdk import aws_s3 as s3

import cdk_ivs
from tests.support.arns import arn

from .assemblies import assemble

_LIBRARIES = (aws_ivs_alpha, cdk_ivs)


@pytest.mark.parametrize(
    ("recordings", "channels", "keys"),
    list(itertools.product(_LIBRARIES, repeat=3)),
    ids=lambda module: module.__name__,
)
def test_any_mix_renders_the_same(
    recordings: ModuleType, channels: ModuleType, keys: ModuleType
) -> None:
    """
    Whichever library each class is taken from, the assembly is that of alpha alone.
    """

    def build(app: App, modules: tuple[ModuleType, ModuleType, ModuleType]) -> None:
        recordings, channels, keys = modules
        stack, other = Stack(app, "Stack"), Stack(app, "Other")
        recording = recordings.RecordingConfiguration(
            stack, "Recording", bucket=s3.Bucket(stack, "Bucket")
        )
        for scope in (stack, other):
            channel = channels.Channel(scope, "Channel", recording_configuration=recording)
            keys.StreamKey(scope, "Key", channel=channel)
            CfnOutput(scope, "Arn", value=channel.channel_arn)

    def built_with(*modules: ModuleType) -> object:
        return assemble(lambda app, _: build(app, (modules[0], modules[1], modules[2])), cdk_ivs)

    assert built_with(recordings, channels, keys) == built_with(*[aws_ivs_alpha] * 3)


@pytest.mark.parametrize(
    ("imports", "constructs"),
    [(aws_ivs_alpha, cdk_ivs), (cdk_ivs, aws_ivs_alpha)],
    ids=["alpha's references", "our references"],
)
def test_references_of_the_other(imports: ModuleType, constructs: ModuleType) -> None:
    """
    What one library imports, the constructs of the other take.
    """

    def build(app: App, imports: ModuleType, constructs: ModuleType) -> None:
        stack = Stack(app, "Stack")
        recordings = imports.RecordingConfiguration
        by_arn = recordings.from_arn(stack, "Arn", arn("recording-configuration/abc"))
        by_id = recordings.from_recording_configuration_id(stack, "Id", "abc")
        for id, recording in (("First", by_arn), ("Second", by_id)):
            constructs.Channel(stack, id, recording_configuration=recording)
        channel = imports.Channel.from_channel_arn(stack, "Imported", arn("channel/abc"))
        constructs.StreamKey(stack, "Key", channel=channel)

    mixed = assemble(lambda app, _: build(app, imports, constructs), cdk_ivs)
    pure = assemble(lambda app, _: build(app, aws_ivs_alpha, aws_ivs_alpha), cdk_ivs)
    assert mixed == pure


def test_moved_one_stack_at_a_time() -> None:
    """
    An app of which one stack is moved and another is not is the same as before.
    """

    def build(app: App, first: ModuleType, second: ModuleType) -> None:
        channels = Stack(app, "Channels")
        channel = first.Channel(channels, "Channel", type=first.ChannelType.BASIC)
        channel.add_stream_key("Key")
        others = Stack(app, "Others")
        second.Channel(others, "Channel", latency_mode=second.LatencyMode.LOW)
        CfnOutput(others, "Url", value=channel.channel_playback_url)

    expected = assemble(lambda app, _: build(app, aws_ivs_alpha, aws_ivs_alpha), cdk_ivs)
    assert assemble(lambda app, _: build(app, cdk_ivs, aws_ivs_alpha), cdk_ivs) == expected
    assert assemble(lambda app, _: build(app, aws_ivs_alpha, cdk_ivs), cdk_ivs) == expected
