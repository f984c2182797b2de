"""Property injectors work on our constructs as they do on alpha's."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

import pytest
from aws_cdk import (
    App,
    Duration,
    Fn,
    NestedStack,
    PropertyInjectors,
    Stack,
    Stage,
    aws_ivs_alpha,
)
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs
from tests.support.injectors import Injector
from tests.support.keys import P384_PEM

from .assemblies import assemble, assert_same
from .injectors import Change, adding, given_to


def _four(app: App, ivs: ModuleType) -> None:
    """A construct of each class, one of them with its key added."""
    stack = Stack(app, "Stack")
    ivs.Channel(stack, "Channel", channel_name="Given").add_stream_key("Key")
    ivs.StreamKey(stack, "Key", channel=ivs.Channel(stack, "Bare"))
    ivs.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM)
    ivs.RecordingConfiguration(stack, "Recording", bucket=s3.Bucket(stack, "Bucket"))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Channel", adding(authorized=True, latencyMode="NORMAL", channelName="Injected")),
        ("Channel", adding(channelName=None)),
        ("Channel", adding(authorized=Fn.condition_equals("a", "b"))),
        ("Channel", adding(type=Fn.import_value("Type"), latencyMode=Fn.import_value("Mode"))),
        (
            "Channel",
            adding(multitrackInputConfiguration={"maximumResolution": "HD", "policy": "ALLOW"}),
        ),
        ("PlaybackKeyPair", adding(playbackKeyPairName="Injected")),
        ("RecordingConfiguration", adding(recordingConfigurationName="Injected")),
        ("RecordingConfiguration", adding(recordingReconnectWindow=Duration.minutes(1))),
    ],
    ids=[
        "several",
        "taken away",
        "resolvable",
        "tokens",
        "nested",
        "key pair",
        "recording name",
        "duration",
    ],
)
def test_changes_the_properties(name: str, change: Change) -> None:
    """
    What the injector gives back is rendered instead of what the user gave.
    """

    def build(app: App, ivs: ModuleType) -> None:
        PropertyInjectors.of(app).add(Injector(getattr(ivs, name), change))
        _four(app, ivs)

    assert_same(build)


def test_replaces_the_channel_of_a_stream_key() -> None:
    """
    An injector reaches keys that are added to a channel, too.
    """

    def build(app: App, ivs: ModuleType) -> None:
        channels: list[Any] = []
        PropertyInjectors.of(app).add(Injector(ivs.StreamKey, lambda _: {"channel": channels[0]}))
        stack = Stack(app, "Stack")
        channels += (ivs.Channel(stack, id) for id in ("First", "Second"))
        channels[1].add_stream_key("Key")

    assert_same(build)


def test_gives_back_value_objects() -> None:
    """
    An injector may give back the props class of the library, and value objects in it.
    """

    def build(app: App, ivs: ModuleType) -> None:
        def multitrack(_: object) -> object:
            return ivs.ChannelProps(
                multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                    maximum_resolution=ivs.MaximumResolution.SD, policy=ivs.Policy.REQUIRE
                )
            )

        def recorded(given: Mapping[str, Any]) -> object:
            return ivs.RecordingConfigurationProps(
                bucket=given["bucket"],
                rendition_configuration=ivs.RenditionConfiguration.none(),
                thumbnail_configuration=ivs.ThumbnailConfiguration.disable(),
            )

        PropertyInjectors.of(app).add(
            Injector(ivs.Channel, multitrack), Injector(ivs.RecordingConfiguration, recorded)
        )
        _four(app, ivs)

    assert_same(build)


def test_keeps_value_objects() -> None:
    """
    An injector that passes everything on changes nothing.
    """

    def build(app: App, ivs: ModuleType) -> None:
        PropertyInjectors.of(app).add(Injector(ivs.RecordingConfiguration, dict))
        stack = Stack(app, "Stack")
        ivs.RecordingConfiguration(
            stack,
            "Recording",
            bucket=s3.Bucket(stack, "Bucket"),
            recording_reconnect_window=Duration.seconds(5),
            rendition_configuration=ivs.RenditionConfiguration.custom([ivs.Resolution.HD]),
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(ivs.Resolution.SD),
        )

    assert_same(build)


def test_reads_value_objects() -> None:
    """
    An injector reads renditions and thumbnails by their attributes.
    """

    def build(app: App, ivs: ModuleType) -> None:
        def unless_custom(given: Mapping[str, Any]) -> object:
            if given["renditionConfiguration"].rendition_selection == ivs.RenditionSelection.CUSTOM:
                return given
            return {**given, "renditionConfiguration": ivs.RenditionConfiguration.all()}

        PropertyInjectors.of(app).add(Injector(ivs.RecordingConfiguration, unless_custom))
        stack = Stack(app, "Stack")
        bucket = s3.Bucket(stack, "Bucket")
        for id, selection in (
            ("None", ivs.RenditionConfiguration.none()),
            ("Custom", ivs.RenditionConfiguration.custom([ivs.Resolution.HD])),
        ):
            ivs.RecordingConfiguration(stack, id, bucket=bucket, rendition_configuration=selection)

    assert_same(build)


def _scopes(app: App) -> list[Construct]:
    stage = Stage(app, "Stage")
    stack = Stack(stage, "Stack")
    group = Construct(stack, "Group")
    return [app, stage, stack, group, NestedStack(group, "Nested"), Construct(stack, "Beside")]


@pytest.mark.parametrize("chosen", [[0], [1], [2], [3], [0, 2], [1, 3], [0, 1, 2, 3, 4], [4, 5]])
def test_nearest_scope_wins(chosen: list[int]) -> None:
    """
    Of the injectors of a class, on the app, the Stage, the stack or a group, the nearest is used.
    """

    def build(app: App, ivs: ModuleType) -> None:
        scopes = _scopes(app)
        for number in chosen:
            PropertyInjectors.of(scopes[number]).add(
                Injector(ivs.Channel, adding(channelName=f"From{number}"))
            )
        for scope in scopes[2:]:
            ivs.Channel(scope, "Channel").add_stream_key("Key")

    assert_same(build)


def test_injectors_of_other_classes_do_not_hide() -> None:
    """
    A nearer scope with injectors for other classes lets the farther one through.
    """

    def build(app: App, ivs: ModuleType) -> None:
        scopes = _scopes(app)
        PropertyInjectors.of(app).add(Injector(ivs.Channel, adding(authorized=True)))
        PropertyInjectors.of(scopes[2]).add(Injector(ivs.PlaybackKeyPair, dict))
        PropertyInjectors.of(scopes[3]).add(Injector(s3.Bucket, dict))
        ivs.Channel(scopes[3], "Channel")

    assert_same(build)


def test_injectors_of_stage_and_stack_parameters() -> None:
    """
    Injectors given to the constructors of Stage and Stack work as well.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stage = Stage(
            app, "Stage", property_injectors=[Injector(ivs.Channel, adding(authorized=True))]
        )
        near = [Injector(ivs.Channel, adding(latencyMode="LOW"))]
        ivs.Channel(Stack(stage, "Far"), "Channel")
        ivs.Channel(Stack(stage, "Near", property_injectors=near), "Channel")

    assert_same(build)


def test_injector_added_later() -> None:
    """
    An injector works for the constructs that are made after it was added, in every scope.
    """

    def build(app: App, ivs: ModuleType) -> None:
        scopes = _scopes(app)
        for number, place in enumerate(reversed(scopes)):
            for scope in scopes[2:]:
                ivs.Channel(scope, f"Before{number}")
            PropertyInjectors.of(place).add(
                Injector(ivs.Channel, adding(channelName=f"From{number}"))
            )
        ivs.Channel(scopes[3], "Last")

    assert_same(build)


def test_later_injector_replaces_the_earlier() -> None:
    """
    In one scope the injector that was added last is used.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack")
        for name in ("First", "Second"):
            PropertyInjectors.of(stack).add(Injector(ivs.Channel, adding(channelName=name)))
            ivs.Channel(stack, name)

    assert_same(build)


def test_is_given_the_same() -> None:
    """
    The injector gets the names, values, scope and id that alpha's gets.
    """
    made: list[Injector] = []

    def build(app: App, ivs: ModuleType) -> None:
        classes = (ivs.Channel, ivs.StreamKey, ivs.PlaybackKeyPair)
        made.extend(Injector(kind, dict) for kind in classes)
        PropertyInjectors.of(app).add(*made[-3:])
        stack = Stack(app, "Stack")
        ivs.Channel(stack, "Bare")
        ivs.Channel(
            Construct(stack, "Group"),
            "Full",
            authorized=False,
            channel_name="",
            container_format=ivs.ContainerFormat.FRAGMENTED_MP4,
            insecure_ingest=True,
            latency_mode=ivs.LatencyMode.LOW,
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
            ),
            recording_configuration=ivs.RecordingConfiguration.from_recording_configuration_id(
                stack, "Recording", "abc"
            ),
            type=ivs.ChannelType.STANDARD,
        ).add_stream_key("Key")
        ivs.PlaybackKeyPair(stack, "Pair", public_key_material=P384_PEM)

    for module in (aws_ivs_alpha, cdk_ivs):
        assemble(build, module)
    alpha, ours = ([given_to(injector) for injector in half] for half in (made[:3], made[3:]))
    assert alpha[0][0] == ("Stack", "Bare", {})
    assert alpha[1] == [("Stack/Group/Full", "Key", {"channel": "Stack/Group/Full"})]
    assert ours == alpha


def test_subclass() -> None:
    """
    An injector for Channel reaches a class of the user's that extends it.
    """

    def build(app: App, ivs: ModuleType) -> None:
        # Of either module, which type checkers cannot know.
        class House(ivs.Channel):  # type: ignore[misc, name-defined]
            pass

        PropertyInjectors.of(app).add(Injector(ivs.Channel, adding(authorized=True)))
        House(Stack(app, "Stack"), "Channel")

    assert_same(build)
