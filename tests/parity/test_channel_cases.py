"""Channels render the same as alpha's, for every parameter and its combinations."""

from __future__ import annotations

import itertools
from types import ModuleType

import pytest
from aws_cdk import NestedStack, PhysicalName, Stack
from constructs import Construct

from .assemblies import assert_same_in_stack
from .values import TEXTS

_FLAGS = (None, False, True)
_LATENCIES = (None, "LOW", "NORMAL")
_PRESETS = (None, "HIGHER_BANDWIDTH_DELIVERY", "CONSTRAINED_BANDWIDTH_DELIVERY")
_TYPES_AND_PRESETS = (
    (None, None),
    *itertools.product(("STANDARD", "BASIC", "ADVANCED_SD", "ADVANCED_HD"), _PRESETS),
)


def test_without_parameters() -> None:
    """
    A channel without any parameter gets the same generated name and nothing else.
    """
    assert_same_in_stack(lambda stack, ivs: ivs.Channel(stack, "Channel"))


def test_types_presets_latencies_and_flags() -> None:
    """
    Every type with every preset it takes, latency, authorization and kind of ingest.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        combinations = itertools.product(_TYPES_AND_PRESETS, _LATENCIES, _FLAGS, _FLAGS)
        for number, ((type_, preset), latency, authorized, insecure) in enumerate(combinations):
            ivs.Channel(
                stack,
                f"Channel{number}",
                type=type_ and ivs.ChannelType[type_],
                preset=preset and ivs.Preset[preset],
                latency_mode=latency and ivs.LatencyMode[latency],
                authorized=authorized,
                insecure_ingest=insecure,
            )

    assert_same_in_stack(build)


@pytest.mark.parametrize("type_", [None, "STANDARD"])
@pytest.mark.parametrize("container_format", [None, "FRAGMENTED_MP4"])
def test_multitrack_input(type_: str | None, container_format: str | None) -> None:
    """
    Multitrack input of every resolution and policy brings fragmented MP4 along.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for resolution, policy in itertools.product(ivs.MaximumResolution, ivs.Policy):
            ivs.Channel(
                stack,
                f"{resolution.name}-{policy.name}",
                type=type_ and ivs.ChannelType[type_],
                container_format=container_format and ivs.ContainerFormat[container_format],
                multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                    maximum_resolution=resolution, policy=policy
                ),
            )

    assert_same_in_stack(build)


def test_multitrack_input_as_a_dictionary() -> None:
    """
    The configuration may be a dictionary, as for every struct of the CDK.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.Channel(
            stack,
            "Channel",
            multitrack_input_configuration={
                "maximum_resolution": ivs.MaximumResolution.HD,
                "policy": ivs.Policy.REQUIRE,
            },
        )
    )


@pytest.mark.parametrize("type_", [None, "STANDARD", "BASIC", "ADVANCED_SD", "ADVANCED_HD"])
def test_container_formats(type_: str | None) -> None:
    """
    Both container formats are rendered for every type.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for container_format in ivs.ContainerFormat:
            ivs.Channel(
                stack,
                container_format.name,
                type=type_ and ivs.ChannelType[type_],
                container_format=container_format,
            )

    assert_same_in_stack(build)


@pytest.mark.parametrize(
    "name", ["", "a", "0", "-", "_", "Live-Channel_1", "x" * 128], ids=lambda name: name[:20]
)
def test_given_names(name: str) -> None:
    """
    A name that IVS takes is rendered as it is, the empty one too.
    """
    assert_same_in_stack(lambda stack, ivs: ivs.Channel(stack, "Channel", channel_name=name))


@pytest.mark.parametrize("form", TEXTS)
def test_names_known_at_deployment(form: str) -> None:
    """
    A name may be, or hold, any kind of token.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.Channel(stack, "Channel", channel_name=TEXTS[form](stack, "Name"))
    )


def test_name_generated_if_needed() -> None:
    """
    PhysicalName.GENERATE_IF_NEEDED leaves the name out where nobody needs it.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.Channel(
            stack, "Channel", channel_name=PhysicalName.GENERATE_IF_NEEDED
        )
    )


@pytest.mark.parametrize(
    "id",
    [
        "Default",
        "Resource",
        "a/b c.é$",
        "channel_with-marks",
        "Live" * 60,
        "日本 channel",
        "ChannelChannel",
        "${Odd}",
    ],
    ids=lambda id: id[:20],
)
def test_generated_names(id: str) -> None:
    """
    The name made from the path is the same for odd ids, at every depth.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        group = Construct(stack, "Group")
        for scope in (group, Construct(group, "Inner"), NestedStack(stack, "Nested")):
            ivs.Channel(scope, id)

    assert_same_in_stack(build)


def test_recording_configuration() -> None:
    """
    A channel records with an imported configuration, by ARN and by id.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        configurations = ivs.RecordingConfiguration
        arn = "arn:aws:ivs:us-west-2:123456789012:recording-configuration/abc"
        for id, recording in (
            ("ByArn", configurations.from_arn(stack, "Arn", arn)),
            ("ById", configurations.from_recording_configuration_id(stack, "Id", "abcDEF123")),
        ):
            ivs.Channel(stack, id, recording_configuration=recording)

    assert_same_in_stack(build)


def test_everything_at_once() -> None:
    """
    All parameters together are rendered in the same order.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.Channel(
            stack,
            "Channel",
            authorized=True,
            channel_name="Live",
            container_format=ivs.ContainerFormat.FRAGMENTED_MP4,
            insecure_ingest=True,
            latency_mode=ivs.LatencyMode.NORMAL,
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution=ivs.MaximumResolution.FULL_HD, policy=ivs.Policy.ALLOW
            ),
            preset=ivs.Preset.CONSTRAINED_BANDWIDTH_DELIVERY,
            recording_configuration=ivs.RecordingConfiguration.from_recording_configuration_id(
                stack, "Recording", "abc"
            ),
            type=ivs.ChannelType.STANDARD,
        )
    )


def test_subclass() -> None:
    """
    A class of the user's that extends Channel renders the same.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        # Of either module, which type checkers cannot know.
        class House(ivs.Channel):  # type: ignore[misc, name-defined]
            def __init__(self, scope: Construct, id: str) -> None:
                super().__init__(scope, id, authorized=True)
                self.key = self.add_stream_key("Key")

        House(stack, "Channel").key.node.add_dependency(House(stack, "Other"))

    assert_same_in_stack(build)
