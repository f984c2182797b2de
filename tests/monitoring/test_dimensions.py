"""The values that dimensions of metrics can have."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.support.arns import arn
from tests.support.tokens import token

COUNTRY = "a country code of ISO 3166-1 alpha-2, such as 'JP', or 'UNKNOWN'"
PRINTABLE = "1 to 255 printable ASCII characters, not only spaces"
LAYER: dict[str, str] = {"participant": "one", "simulcast_layer": "hi", "media_type": "video"}


@pytest.fixture
def channel(stack: Stack) -> Any:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Channel", arn("channel/AbCdef1G2hij"))


@pytest.fixture
def stage(stack: Stack) -> Any:
    """An imported stage."""
    return ivs.Stage.from_stage_arn(stack, "Stage", arn("stage/AbCdef1G2hij"))


def value_of(metric: Any, dimension: str) -> object:
    """The value of a dimension of a metric."""
    return metric.dimensions[dimension]


class TestCountries:
    @pytest.mark.parametrize("code", ["JP", "US", "UNKNOWN"])
    def test_are_codes(self, channel: Any, stage: Any, code: str) -> None:
        """
        A code of two capital letters is taken, and UNKNOWN.
        """
        viewers = channel.metric_live_delivered_time(viewer_country_code=code)
        streams = ivs.Channel.metric_all_concurrent_streams(streamer_country_code=code)
        subscribers = stage.metric_dropped_frames(subscriber_country_code=code)
        assert [
            value_of(viewers, "ViewerCountryCode"),
            value_of(streams, "StreamerCountryCode"),
            value_of(subscribers, "SubscriberCountryCode"),
        ] == [code] * 3

    @pytest.mark.parametrize("code", ["Japan", "jp", "JPN", "", "unknown", "J1"])
    def test_are_nothing_else(self, channel: Any, stage: Any, code: str) -> None:
        """
        A name, small letters and three letters would match no data.
        """
        for keyword, metric in (
            ("viewer_country_code", channel.metric_live_delivered_time),
            ("streamer_country_code", ivs.Channel.metric_all_concurrent_streams),
            ("subscriber_country_code", stage.metric_dropped_frames),
            ("subscriber_country_code", ivs.Stage.metric_all_dropped_frames),
        ):
            with pytest.raises(ValidationError) as error:
                metric(**{keyword: code})
            assert error.value.code == "MetricDimensionValue"
            assert error.value.message == f"'{keyword}' must be {COUNTRY}, got {code!r}"


class TestHealth:
    @pytest.mark.parametrize("health", ["HEALTHY", "STARVING", "UNKNOWN", "Healthy", "starving"])
    def test_is_a_state(self, health: str) -> None:
        """
        The states of the API are taken in any case: how metrics spell them is UNCONFIRMED.
        """
        metric = ivs.Channel.metric_all_concurrent_streams(health=health)
        assert value_of(metric, "Health") == health

    @pytest.mark.parametrize("health", ["x", "", "HEALTHY "])
    def test_is_nothing_else(self, health: str) -> None:
        """
        Any other text is refused with those that there are.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Channel.metric_all_concurrent_streams(health=health)
        assert error.value.message == (
            f"'health' must be one of HEALTHY, STARVING, UNKNOWN, got {health!r}"
        )


class TestLayers:
    @pytest.mark.parametrize("layer", ["hi", "mid", "low", "none"])
    @pytest.mark.parametrize("media", ["audio", "video"])
    def test_are_of_the_guide(self, stage: Any, layer: str, media: str) -> None:
        """
        The layers and types of media of the guide are taken.
        """
        metric = stage.metric_publish_bitrate(
            participant="one", simulcast_layer=layer, media_type=media
        )
        assert value_of(metric, "SimulcastLayer") == layer
        assert value_of(metric, "MediaType") == media

    @pytest.mark.parametrize(
        ("keyword", "value", "allowed"),
        [
            ("simulcast_layer", "high", "hi, mid, low, none"),
            ("simulcast_layer", "disabled", "hi, mid, low, none"),
            ("media_type", "Video", "video, audio"),
        ],
    )
    def test_are_nothing_else(self, stage: Any, keyword: str, value: str, allowed: str) -> None:
        """
        What looks nearly like one has no data.
        """
        with pytest.raises(ValidationError) as error:
            stage.metric_publish_bitrate(**{**LAYER, keyword: value})
        assert error.value.message == f"'{keyword}' must be one of {allowed}, got {value!r}"


class TestTexts:
    @pytest.mark.parametrize("value", ["x", "Track0", "a b", "x" * 255])
    def test_are_printable(self, channel: Any, value: str) -> None:
        """
        Where the guide says no values, any that CloudWatch has is taken.
        """
        assert value_of(channel.metric_ingest_framerate(track=value), "Track") == value

    @pytest.mark.parametrize("value", ["", " ", "x" * 256, "Spur\xe4", "a\tb"])
    def test_are_those_of_cloudwatch(self, channel: Any, value: str) -> None:
        """
        CloudWatch has no empty, long or other values.
        """
        with pytest.raises(ValidationError) as error:
            channel.metric_ingest_framerate(track=value)
        assert error.value.code == "MetricDimensionValue"
        assert error.value.message.startswith(f"'track' must be {PRINTABLE}, got ")

    @pytest.mark.parametrize(
        ("method", "keyword"),
        [
            ("metric_all_requests", "action"),
            ("metric_all_invocation_errors", "uri"),
            ("metric_all_log_destination_errors", "logging_configuration"),
        ],
    )
    def test_of_chat_are_checked_too(self, method: str, keyword: str) -> None:
        """
        So are those of chat.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must be 1 to 255"):
            getattr(chat.Room, method)(**{keyword: ""})

    def test_may_be_tokens(self, stack: Stack, channel: Any) -> None:
        """
        A value that is known at deployment is not checked, not even its length.
        """
        metric = channel.metric_live_delivered_time(viewer_country_code=token())
        assert stack.resolve(value_of(metric, "ViewerCountryCode")) == {"Ref": "Parameter"}

    @pytest.mark.parametrize(
        ("keyword", "text", "is_taken"),
        [
            ("viewer_country_code", "J", True),
            ("viewer_country_code", "JP", True),
            ("viewer_country_code", "JPN", False),
            ("viewer_country_code", "j", False),
            ("viewer_country_code", "UNKN", True),
            ("viewer_country_code", "UNKM", False),
            ("streamer_country_code", "JPN", False),
            ("health", "HEAL", True),
            ("health", "STARV", True),
            ("health", "UNK", True),
            ("health", "Heal", True),
            ("health", "starv", True),
            ("health", "hEAL", False),
            ("health", "BAD", False),
            ("track", " ~", True),
            ("track", "\xe4", False),
        ],
    )
    def test_may_have_text_before_a_token(
        self, channel: Any, keyword: str, text: str, is_taken: bool
    ) -> None:
        """
        The text beside a token is that of a value which the dimension can have.
        """
        create, dimension = {
            "health": (ivs.Channel.metric_all_concurrent_streams, "Health"),
            "streamer_country_code": (
                ivs.Channel.metric_all_concurrent_streams,
                "StreamerCountryCode",
            ),
            "track": (channel.metric_ingest_framerate, "Track"),
            "viewer_country_code": (channel.metric_live_delivered_time, "ViewerCountryCode"),
        }[keyword]
        value = text + token()
        if is_taken:
            assert value_of(create(**{keyword: value}), dimension) == value
        else:
            with pytest.raises(ValidationError, match=f"'{keyword}' must be ") as error:
                create(**{keyword: value})
            assert error.value.code == "MetricDimensionValue"

    def test_count_the_placeholder_of_a_token(self, channel: Any) -> None:
        """
        The CDK counts the characters of the placeholder, and fails above 255 in all.
        """
        placeholder = token()
        longest = "x" * (255 - len(placeholder)) + placeholder
        assert value_of(channel.metric_ingest_framerate(track=longest), "Track") == longest
        with pytest.raises(ValidationError, match=f"'track' must be {PRINTABLE}, got "):
            channel.metric_ingest_framerate(track=f"x{longest}")

    @pytest.mark.parametrize(
        ("layer", "is_taken"), [("h", True), ("lo", True), ("x", False), ("video", False)]
    )
    def test_of_a_layer_may_have_text_before_a_token(
        self, stage: Any, layer: str, is_taken: bool
    ) -> None:
        """
        A layer begins as one of those in the guide does.
        """
        given = {**LAYER, "simulcast_layer": layer + token()}
        if is_taken:
            assert value_of(stage.metric_publish_bitrate(**given), "SimulcastLayer").startswith(  # type: ignore[attr-defined] - a text
                layer
            )
        else:
            with pytest.raises(ValidationError, match="'simulcast_layer' must be one of hi, mid"):
                stage.metric_publish_bitrate(**given)

    def test_hold_no_token_for_a_number(self, stack: Stack, channel: Any) -> None:
        """
        The CDK does not resolve a number in a text; the error names the keyword.
        """
        number = CfnParameter(stack, "Number", type="Number").value_as_number
        with pytest.raises(ValidationError, match="'track' must not contain a token for a number"):
            channel.metric_ingest_framerate(track=f"Track{number}")
        with pytest.raises(
            ValidationError, match="'dimensions_map' must not contain a token for a number"
        ):
            channel.metric("IngestFramerate", dimensions_map={"Track": f"Track{number}"})

    def test_of_the_longest_keyword_are_named(self, stage: Any) -> None:
        """
        A keyword is said as it is written, abbreviations of the dimension included.
        """
        with pytest.raises(ValidationError, match="'sdk_version' must be str, got 1"):
            stage.metric_dropped_frames(platform="iOS", sdk_version=1)


class TestMap:
    @pytest.mark.parametrize(
        ("dimensions", "message"),
        [
            (5, "'dimensions_map' must be Mapping[str, str], got 5 of type 'int'"),
            ([], "'dimensions_map' must be Mapping[str, str], got [] of type 'list'"),
            (
                {5: "x"},
                (
                    "'dimensions_map' must be Mapping[str, str], got one item 5: 'x' with 5 of "
                    "type 'int'"
                ),
            ),
            (
                {"Track": 5},
                (
                    "'dimensions_map' must be Mapping[str, str], got one item 'Track': 5 with 5 of "
                    "type 'int'"
                ),
            ),
            (
                {"Track": None},
                (
                    "'dimensions_map' must be Mapping[str, str], got one item 'Track': None with "
                    "None of type 'NoneType'"
                ),
            ),
            (
                {"Track": ""},
                f"'dimensions_map' for 'Track' must be {PRINTABLE}, got ''",
            ),
            (
                {"Channel": "x"},
                (
                    "'dimensions_map' must not have 'Channel', got 'x': the metric has it "
                    "already, with the ID of the resource"
                ),
            ),
        ],
        ids=["number", "list", "key", "value", "None", "empty", "own"],
    )
    def test_is_of_texts(self, channel: Any, dimensions: Any, message: str) -> None:
        """
        Whatever else it is, the error names the keyword and the item.
        """
        with pytest.raises(ValidationError) as error:
            channel.metric("IngestFramerate", dimensions_map=dimensions)
        assert error.value.message == message

    def test_may_be_one(self, channel: Any) -> None:
        """
        A mapping of texts is taken, and so is None.
        """
        metric = channel.metric("IngestFramerate", dimensions_map={"Track": "Track0"})
        assert value_of(metric, "Track") == "Track0"
        assert list(channel.metric("IngestFramerate", dimensions_map=None).dimensions) == [
            "Channel"
        ]

    @pytest.mark.parametrize(
        "metric",
        [
            lambda channel, stage: channel.metric,
            lambda channel, stage: stage.metric,
            lambda channel, stage: chat.Room.metric_all,
        ],
        ids=["channel", "stage", "room"],
    )
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            (5, "'metric_name' must be str, got 5 of type 'int'"),
            (None, "'metric_name' must be str, got None of type 'NoneType'"),
        ],
    )
    def test_goes_with_a_name(
        self, channel: Any, stage: Any, metric: Any, name: Any, message: str
    ) -> None:
        """
        A name of another type is refused with its keyword, an empty one with those that there are.
        """
        with pytest.raises(TypeError, match=message):
            metric(channel, stage)(name)
        with pytest.raises(ValidationError, match="'metric_name' must be a metric of AWS/IVS"):
            metric(channel, stage)("")
