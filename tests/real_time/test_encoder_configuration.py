"""Encoder configurations."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, PropertyInjectors, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.injectors import Injector
from tests.support.tokens import token


def properties_of(stack: Stack) -> dict[str, Any]:
    """The properties of the only encoder configuration."""
    resources = Template.from_stack(stack).find_resources("AWS::IVS::EncoderConfiguration")
    (resource,) = resources.values()
    properties: dict[str, Any] = resource.get("Properties", {})
    return properties


def number(stack: Stack, id: str) -> Any:
    """A number that is known at deployment, which the CDK gives as a float."""
    return CfnParameter(stack, id, type="Number").value_as_number


class TestTemplate:
    def test_is_one_resource(self, stack: Stack) -> None:
        """
        Without arguments it is one resource with the service's defaults.
        """
        ivs.EncoderConfiguration(stack, "Encoder")
        Template.from_stack(stack).template_matches(
            {"Resources": {"EncoderE3A800B5": {"Type": "AWS::IVS::EncoderConfiguration"}}}
        )
        assert properties_of(stack) == {}

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.EncoderConfiguration(
            stack,
            "Encoder",
            bitrate=6_000_000,
            encoder_configuration_name="hd",
            framerate=29.97,
            height=1080,
            tags={"team": "live"},
            width=1920,
        )
        assert properties_of(stack) == {
            "Name": "hd",
            "Tags": [{"Key": "team", "Value": "live"}],
            "Video": {"Bitrate": 6_000_000, "Framerate": 29.97, "Height": 1080, "Width": 1920},
        }
        assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        ("keyword", "value", "name"),
        [
            ("bitrate", 1000, "Bitrate"),
            ("framerate", 25, "Framerate"),
            ("height", 480, "Height"),
            ("width", 640, "Width"),
        ],
    )
    def test_renders_what_is_given_alone(
        self, stack: Stack, keyword: str, value: Any, name: str
    ) -> None:
        """
        What is not given is left to the service.
        """
        arguments: dict[str, Any] = {keyword: value}
        ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert properties_of(stack) == {"Video": {name: value}}

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A name and a framerate that are known at deployment are left to IVS.
        """
        ivs.EncoderConfiguration(
            stack,
            "Encoder",
            encoder_configuration_name=token("Name"),
            framerate=number(stack, "Framerate"),
        )
        assert properties_of(stack) == {
            "Name": {"Ref": "Name"},
            "Video": {"Framerate": {"Ref": "Framerate"}},
        }

    @pytest.mark.parametrize("keywords", [["bitrate"], ["width"], ["height"], ["width", "height"]])
    def test_lets_tokens_through_for_whole_numbers(self, stack: Stack, keywords: list[str]) -> None:
        """
        Whole numbers that are known at deployment are left to IVS.
        """
        arguments = {keyword: number(stack, keyword.title()) for keyword in keywords}
        ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert properties_of(stack) == {
            "Video": {keyword.title(): {"Ref": keyword.title()} for keyword in keywords}
        }

    def test_takes_what_an_injector_gives(self, stack: Stack) -> None:
        """
        An injector sees what was given and may add to it; what it gives is checked.
        """
        injector = Injector(ivs.EncoderConfiguration, lambda props: {**props, "framerate": 61})
        PropertyInjectors.of(stack).add(injector)
        with pytest.raises(ValidationError, match="'framerate' must be at most 60"):
            ivs.EncoderConfiguration(stack, "Encoder", width=640)
        assert injector.calls == [({"width": 640}, "Encoder", stack)]


class TestNumbers:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("bitrate", 1),
            ("bitrate", 8_500_000),
            ("framerate", 1),
            ("framerate", 60),
            ("framerate", 59.94),
            ("height", 2),
            ("height", 1620),
            ("width", 2),
            ("width", 1920),
        ],
    )
    def test_accept_the_limits(self, stack: Stack, keyword: str, value: Any) -> None:
        """
        The least and the most of each, both included; a framerate may be a fraction.
        """
        arguments: dict[str, Any] = {keyword: value}
        ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert properties_of(stack)["Video"] == {keyword.title(): value}

    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            ("bitrate", 0, "at least 1 bit per second, got 0 (allowed: 1 to 8500000)"),
            ("bitrate", -1, "at least 1 bit per second, got -1 (allowed: 1 to 8500000)"),
            (
                "bitrate",
                8_500_001,
                "at most 8500000 bits per second, got 8500001 (allowed: 1 to 8500000)",
            ),
            ("framerate", 0, "at least 1 frame per second, got 0 (allowed: 1 to 60)"),
            ("framerate", 0.99, "at least 1 frame per second, got 0.99 (allowed: 1 to 60)"),
            ("framerate", 60.01, "at most 60 frames per second, got 60.01 (allowed: 1 to 60)"),
            ("height", 0, "at least 2 pixels, got 0 (allowed: 2 to 1920)"),
            ("height", 1, "at least 2 pixels, got 1 (allowed: 2 to 1920)"),
            ("height", 1921, "at most 1920 pixels, got 1921 (allowed: 2 to 1920)"),
            ("height", 1922, "at most 1920 pixels, got 1922 (allowed: 2 to 1920)"),
            ("width", 0, "at least 2 pixels, got 0 (allowed: 2 to 1920)"),
            ("width", 1, "at least 2 pixels, got 1 (allowed: 2 to 1920)"),
            ("width", 1921, "at most 1920 pixels, got 1921 (allowed: 2 to 1920)"),
            ("width", 1922, "at most 1920 pixels, got 1922 (allowed: 2 to 1920)"),
        ],
    )
    def test_refuse_what_is_beyond(
        self, stack: Stack, keyword: str, value: Any, problem: str
    ) -> None:
        """
        The message says which limit was passed, the value and the range.
        """
        arguments: dict[str, Any] = {keyword: value}
        with pytest.raises(ValidationError) as error:
            ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert error.value.code == "NumberRange"
        assert error.value.message == f"'{keyword}' must be {problem}"
        assert stack.node.children == []


class TestSize:
    @pytest.mark.parametrize(
        ("width", "height"),
        [(1920, 1080), (1080, 1920), (1440, 1440), (1620, None), (1920, None), (None, 1620)],
    )
    def test_accepts_as_many_pixels_as_1080p_has(
        self, stack: Stack, width: int | None, height: int | None
    ) -> None:
        """
        2,073,600 pixels in any shape are taken, with the default for a side that is not given.
        """
        ivs.EncoderConfiguration(stack, "Encoder", width=width, height=height)
        video = properties_of(stack)["Video"]
        assert (video.get("Width"), video.get("Height")) == (width, height)

    @pytest.mark.parametrize(
        ("width", "height", "got"),
        [
            (1920, 1082, "1920 x 1082 = 2077440"),
            (1082, 1920, "1082 x 1920 = 2077440"),
            (1442, 1440, "1442 x 1440 = 2076480"),
            (None, 1622, "1280 (the default) x 1622 = 2076160"),
        ],
    )
    def test_refuses_more_pixels(
        self, stack: Stack, width: int | None, height: int | None, got: str
    ) -> None:
        """
        The message has both sides, which of them is the default, and their product.
        """
        with pytest.raises(ValidationError) as error:
            ivs.EncoderConfiguration(stack, "Encoder", width=width, height=height)
        assert error.value.code == "TooManyPixels"
        assert error.value.message == (
            f"'width' times 'height' must be at most 2073600 pixels, as in 1920 x 1080, got {got}"
        )

    @pytest.mark.parametrize("keyword", ["width", "height"])
    @pytest.mark.parametrize(
        ("side", "nearest"), [(3, "2 and 4"), (719, "718 and 720"), (1919, "1918 and 1920")]
    )
    def test_refuses_an_odd_side(self, stack: Stack, keyword: str, side: int, nearest: str) -> None:
        """
        An odd number of pixels is refused, with the even ones beside it.
        """
        arguments: dict[str, Any] = {keyword: side}
        with pytest.raises(ValidationError) as error:
            ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert error.value.code == "OddSize"
        assert error.value.message == (
            f"'{keyword}' must be an even number of pixels, got {side}; the nearest are {nearest}"
        )


class TestFailures:
    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            ({"bitrate": True}, "must be a number, got True of type 'bool'"),
            ({"bitrate": "1000"}, "must be int, got '1000' of type 'str'"),
            ({"framerate": True}, "must be a number, got True of type 'bool'"),
            ({"framerate": "30"}, "must be float, got '30' of type 'str'"),
            ({"width": True}, "must be a number, got True of type 'bool'"),
            ({"width": "640"}, "must be int, got '640' of type 'str'"),
            ({"height": False}, "must be a number, got False of type 'bool'"),
            ({"height": "480"}, "must be int, got '480' of type 'str'"),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, arguments: dict[str, Any], problem: str
    ) -> None:
        """
        What is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError) as error:
            ivs.EncoderConfiguration(stack, "Encoder", **arguments)
        assert error.value.message == f"'{keyword}' {problem}"
        assert error.value.path == "Stack/Encoder"
        assert stack.node.children == []

    @pytest.mark.parametrize("keyword", ["bitrate", "width", "height"])
    def test_are_there_for_fractions(self, stack: Stack, keyword: str) -> None:
        """
        What is counted in pixels or bits is a whole number.
        """
        arguments: dict[str, Any] = {keyword: 640.5}
        with pytest.raises(ValidationError, match=f"'{keyword}' must be .*640.5"):
            ivs.EncoderConfiguration(stack, "Encoder", **arguments)
