"""Property injection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, PropertyInjectors, Stack, Stage
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.injectors import Injector


def naming(name: str) -> Injector:
    """An injector of a channel's name, where the user gave none."""
    return Injector(ivs.Channel, lambda props: {"channelName": name, **props})


def channel_names(stack: Stack) -> list[str]:
    """The names of all channels."""
    channels = Template.from_stack(stack).find_resources("AWS::IVS::Channel")
    return [channel["Properties"]["Name"] for channel in channels.values()]


class TestScopes:
    def test_injectors_of_the_app_reach_a_channel(self) -> None:
        """
        An injector of the app applies in its stacks.
        """
        stack = Stack(App(property_injectors=[naming("of-app")]), "Stack")
        ivs.Channel(stack, "Channel")
        assert channel_names(stack) == ["of-app"]

    def test_the_nearest_injector_wins(self, app: App) -> None:
        """
        Construct before stack, stack before stage, stage before app.
        """
        PropertyInjectors.of(app).add(naming("of-app"))
        stage = Stage(app, "Stage")
        PropertyInjectors.of(stage).add(naming("of-stage"))
        plain = Stack(stage, "Plain")
        stack = Stack(stage, "Stack", property_injectors=[naming("of-stack")])
        group = Construct(stack, "Group")
        PropertyInjectors.of(group).add(naming("of-group"))
        ivs.Channel(plain, "Channel")
        ivs.Channel(stack, "Channel")
        ivs.Channel(group, "Channel")
        assert channel_names(plain) == ["of-stage"]
        assert sorted(channel_names(stack)) == ["of-group", "of-stack"]

    def test_an_injector_is_added_to_others(self, stack: Stack) -> None:
        """
        An injector that is added to a scope that has some already applies from then on.
        """
        PropertyInjectors.of(stack).add(Injector(ivs.StreamKey, lambda props: props))
        ivs.Channel(stack, "Before", channel_name="before")
        PropertyInjectors.of(stack).add(naming("injected"))
        ivs.Channel(stack, "After")
        assert sorted(channel_names(stack)) == ["before", "injected"]

    def test_injectors_for_another_class_are_passed_over(self, app: App) -> None:
        """
        A nearer scope with injectors for other classes does not hide a farther one.
        """
        PropertyInjectors.of(app).add(naming("of-app"))
        other = Injector(ivs.PlaybackKeyPair, lambda props: props)
        stack = Stack(app, "Stack", property_injectors=[other])
        ivs.Channel(stack, "Channel")
        assert channel_names(stack) == ["of-app"]
        assert other.calls == []

    def test_a_stream_key_of_add_stream_key_is_injected(self, stack: Stack) -> None:
        """
        The channel is the scope of the key, and its injectors are nearest.
        """
        channel = ivs.Channel(stack, "Channel")
        injector = Injector(ivs.StreamKey, lambda props: {**props, "tags": {"a": "b"}})
        PropertyInjectors.of(channel).add(injector)
        channel.add_stream_key("Key")
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::StreamKey", {"Tags": [{"Key": "a", "Value": "b"}]}
        )
        assert injector.calls == [({"channel": channel}, "Key", channel)]


class TestProps:
    def test_the_injector_gets_the_given_props(self, stack: Stack) -> None:
        """
        What the user gave comes under its JavaScript name, a struct as a dictionary.
        """
        injector = Injector(ivs.Channel, lambda props: props)
        PropertyInjectors.of(stack).add(injector)
        ivs.Channel(
            stack,
            "Channel",
            authorized=True,
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
            ),
        )
        assert injector.calls == [
            (
                {
                    "authorized": True,
                    "multitrackInputConfiguration": {
                        "maximumResolution": "HD",
                        "policy": "ALLOW",
                    },
                },
                "Channel",
                stack,
            )
        ]

    @pytest.mark.parametrize(
        "inject",
        [
            lambda _: {"channelName": "injected", "type": "BASIC"},
            lambda _: {"channel_name": "injected", "type": ivs.ChannelType.BASIC},
            lambda _: ivs.ChannelProps(channel_name="injected", type=ivs.ChannelType.BASIC),
        ],
        ids=["javascript-names", "python-names", "props"],
    )
    def test_the_injector_may_answer_in_several_forms(
        self, stack: Stack, inject: Callable[[dict[str, Any]], object]
    ) -> None:
        """
        A dictionary with names in either form, or a props object, is taken.
        """
        PropertyInjectors.of(stack).add(Injector(ivs.Channel, inject))
        ivs.Channel(stack, "Channel")
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::Channel", {"Name": "injected", "Type": "BASIC"}
        )

    def test_injected_values_are_checked(self, stack: Stack) -> None:
        """
        A value that an injector gives is refused as if the user had given it.
        """
        PropertyInjectors.of(stack).add(naming("bad name"))
        with pytest.raises(ValidationError, match="'channel_name' must contain only letters"):
            ivs.Channel(stack, "Channel")

    def test_unknown_names_are_refused(self, stack: Stack) -> None:
        """
        A name that the class does not have is refused, and nothing is made.
        """
        PropertyInjectors.of(stack).add(Injector(ivs.Channel, lambda _: {"nmae": "x"}))
        with pytest.raises(TypeError, match="'props' has no option 'nmae'"):
            ivs.Channel(stack, "Channel")
        assert stack.node.children == []

    def test_other_answers_are_refused(self, stack: Stack) -> None:
        """
        An injector that forgets to return is told so.
        """
        PropertyInjectors.of(stack).add(Injector(ivs.Channel, lambda _: None))
        with pytest.raises(
            TypeError,
            match=r"the property injector for 'cdk-ivs\.Channel' must return a dictionary or "
            "ChannelProps, got 'NoneType'",
        ):
            ivs.Channel(stack, "Channel")
