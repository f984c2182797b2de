"""What says explicitly that nothing is recorded, as a value."""

from __future__ import annotations

import copy

import pytest
from aws_cdk import PropertyInjectors, Stack

import cdk_ivs as ivs
from tests.support.injectors import Injector
from tests.support.oracles import resources_of

OFF = [ivs.RecordingConfiguration.disable, ivs.ParticipantRecording.disable]


@pytest.mark.parametrize("off", OFF, ids=["channel", "stage"])
def test_equals_itself_and_nothing_else(off: type) -> None:
    """
    It is a value: made twice or copied it is the same, and it is no empty text, False or None.
    """
    value = off()
    for other in (off(), copy.copy(value), copy.deepcopy(value)):
        assert other == value
        assert hash(other) == hash(value)
    assert value not in ("", False, None)
    assert value


def test_of_a_channel_and_of_a_stage_are_the_same() -> None:
    """
    Either is taken by both, since both render an empty ARN.
    """
    assert ivs.RecordingConfiguration.disable() == ivs.ParticipantRecording.disable()


def test_lets_an_injector_turn_off_channels(stack: Stack) -> None:
    """
    An injector sees an explicit off, and may give one for a channel that has nothing.
    """
    off = ivs.RecordingConfiguration.disable()
    injector = Injector(ivs.Channel, lambda props: {**props, "recordingConfiguration": off})
    PropertyInjectors.of(stack).add(injector)
    ivs.Channel(stack, "A", channel_name="a", recording_configuration=off)
    ivs.Channel(stack, "B", channel_name="b")
    assert [props.get("recordingConfiguration") for props, *_ in injector.calls] == [off, None]
    assert [each["Properties"] for each in resources_of(stack, "AWS::IVS::Channel").values()] == [
        {"Name": "a", "RecordingConfigurationArn": ""},
        {"Name": "b", "RecordingConfigurationArn": ""},
    ]


def test_is_turned_on_by_an_injector(stack: Stack) -> None:
    """
    An injector may give a recording for an explicit off, and then that is rendered.
    """
    arn = "arn:aws:ivs:us-west-2:123456789012:recording-configuration/KlMnop3Q4rst"
    recording = ivs.RecordingConfiguration.from_recording_configuration_arn(stack, "R", arn)
    injector = Injector(ivs.Channel, lambda props: {**props, "recordingConfiguration": recording})
    PropertyInjectors.of(stack).add(injector)
    off = ivs.RecordingConfiguration.disable()
    ivs.Channel(stack, "A", channel_name="a", recording_configuration=off)
    (channel,) = resources_of(stack, "AWS::IVS::Channel").values()
    assert channel["Properties"] == {"Name": "a", "RecordingConfigurationArn": arn}
