"""Alarms of one channel: by its bitrate, of imported channels, and by their latency."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.aws_sns import CfnTopic, Topic

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import alarms_of, rules_of
from tests.monitoring.channel_alarms import ALARMS
from tests.support.arns import arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel of the stack."""
    return ivs.Channel(stack, "Channel")


def bitrate_of(stack: Stack, channel: Any) -> object:
    """The bitrate from which on there is an alarm."""
    alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
    return alarms_of(stack, alarms)["INGEST_BITRATE"]["Threshold"]


class TestBitrate:
    @pytest.mark.parametrize("as_text", [False, True], ids=["enum", "string"])
    @pytest.mark.parametrize(
        ("channel_type", "bitrate"),
        [
            ("STANDARD", 7_650_000),
            ("BASIC", 3_150_000),
            ("ADVANCED_SD", 7_650_000),
            ("ADVANCED_HD", 7_650_000),
        ],
    )
    def test_is_what_the_type_takes(
        self, stack: Stack, channel_type: str, bitrate: int, as_text: bool
    ) -> None:
        """
        The service quota of the type is the threshold.
        """
        given: Any = channel_type if as_text else ivs.ChannelType[channel_type]
        assert bitrate_of(stack, ivs.Channel(stack, "Channel", type=given)) == bitrate

    def test_is_higher_with_multitrack_input(self, stack: Stack) -> None:
        """
        All tracks together may have more.
        """
        channel = ivs.Channel(
            stack,
            "Channel",
            container_format=ivs.ContainerFormat.FRAGMENTED_MP4,
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution=ivs.MaximumResolution.FULL_HD, policy=ivs.Policy.ALLOW
            ),
            type=ivs.ChannelType.STANDARD,
        )
        assert bitrate_of(stack, channel) == 13_500_000

    @pytest.mark.parametrize(
        ("properties", "bitrate"),
        [
            ({}, 7_650_000),
            ({"type": "BASIC"}, 3_150_000),
            ({"type": "LUXURY"}, 7_650_000),
            (
                {
                    "multitrack_input_configuration": (
                        CfnChannel.MultitrackInputConfigurationProperty(enabled=True)
                    )
                },
                13_500_000,
            ),
        ],
        ids=["default", "BASIC", "unknown type", "multitrack"],
    )
    def test_is_that_of_an_l1(self, stack: Stack, properties: dict[str, Any], bitrate: int) -> None:
        """
        An L1 says its type too; one that is not known is taken for the usual.
        """
        assert bitrate_of(stack, CfnChannel(stack, "Channel", **properties)) == bitrate

    def test_is_not_higher_with_multitrack_input_off(self, stack: Stack) -> None:
        """
        An L1 may say that there is no multitrack input.
        """
        off = CfnChannel.MultitrackInputConfigurationProperty(enabled=False)
        channel = CfnChannel(stack, "Channel", multitrack_input_configuration=off)
        assert bitrate_of(stack, channel) == 7_650_000

    def test_is_the_usual_of_a_type_known_at_deployment(self, stack: Stack) -> None:
        """
        A token says no type.
        """
        assert bitrate_of(stack, CfnChannel(stack, "Channel", type=token("Type"))) == 7_650_000

    def test_is_the_usual_of_a_channel_of_elsewhere(self, stack: Stack) -> None:
        """
        An ARN says no type.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)
        assert bitrate_of(stack, channel) == 7_650_000

    def test_is_what_was_given(self, stack: Stack) -> None:
        """
        A threshold that was given is not overridden by the type.
        """
        channel = ivs.Channel(stack, "Channel", type=ivs.ChannelType.BASIC)
        alarms = ivs.ChannelAlarms(
            stack, "Alarms", channel=channel, ingest_bitrate_threshold=1_500_000
        )
        assert alarms_of(stack, alarms)["INGEST_BITRATE"]["Threshold"] == 1_500_000


class TestChannel:
    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        The alarms of an L1 are those of its construct.
        """
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=CfnChannel(stack, "Channel"))
        ref = {"Ref": "Channel"}
        found = alarms_of(stack, alarms)
        assert list(found) == list(ALARMS)
        assert found["NO_FRAMES"]["Dimensions"] == [
            {"Name": "Channel", "Value": {"Fn::Select": [1, {"Fn::Split": ["/", ref]}]}}
        ]
        patterns = [rule["EventPattern"]["resources"] for rule in rules_of(stack).values()]
        assert patterns == [[ref], [ref]]

    def test_may_be_of_alpha(self, stack: Stack) -> None:
        """
        So are those of a channel of alpha's, which ChannelMonitoring and IvsDashboard take too.
        """
        channel: Any = alpha.Channel(stack, "Channel")
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert alarms_of(stack, alarms) == ALARMS

    def test_may_be_of_elsewhere(self, located_stack: Stack) -> None:
        """
        The id in the ARN is the dimension.
        """
        channel = ivs.Channel.from_channel_arn(located_stack, "Channel", CHANNEL_ARN)
        alarms = ivs.ChannelAlarms(located_stack, "Alarms", channel=channel)
        assert alarms_of(located_stack, alarms)["NO_FRAMES"] == ALARMS["NO_FRAMES"] | {
            "Dimensions": [{"Name": "Channel", "Value": "AbCdef1G2hij"}]
        }
        patterns = [rule["EventPattern"]["resources"] for rule in rules_of(located_stack).values()]
        assert patterns == [[CHANNEL_ARN], [CHANNEL_ARN]]

    def test_may_be_known_at_deployment(self, stack: Stack) -> None:
        """
        The id is taken from the ARN then.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
        CfnParameter(stack, "ChannelArn")
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        ref = {"Ref": "ChannelArn"}
        assert alarms_of(stack, alarms)["NO_FRAMES"] == ALARMS["NO_FRAMES"] | {
            "Dimensions": [
                {"Name": "Channel", "Value": {"Fn::Select": [1, {"Fn::Split": ["/", ref]}]}}
            ]
        }

    @pytest.mark.parametrize(
        ("other", "message"),
        [
            (
                arn("channel/a", region="eu-west-1"),
                "'channel' must be in the Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                arn("channel/a").replace("123456789012", "210987654321"),
                "'channel' must be in the account of the stack, 123456789012, got one in 21098",
            ),
        ],
        ids=["Region", "account"],
    )
    def test_must_be_where_the_alarms_are(
        self, located_stack: Stack, other: str, message: str
    ) -> None:
        """
        Alarms and rules see nothing of another Region or account.
        """
        channel = ivs.Channel.from_channel_arn(located_stack, "Channel", other)
        with pytest.raises(ValidationError, match=message) as error:
            ivs.ChannelAlarms(located_stack, "Alarms", channel=channel)
        assert (error.value.code, error.value.path) == ("Environment", "Stack/Alarms")
        assert located_stack.node.try_find_child("Alarms") is None

    @pytest.mark.parametrize(
        "make",
        [lambda stack: CHANNEL_ARN, lambda stack: None, lambda stack: CfnTopic(stack, "Topic")],
        ids=["ARN", "None", "topic"],
    )
    def test_must_be_a_channel(self, stack: Stack, make: Any) -> None:
        """
        Nothing else has such metrics.
        """
        with pytest.raises(TypeError, match="'channel' must be IChannelRef"):
            ivs.ChannelAlarms(stack, "Alarms", channel=make(stack))

    def test_whose_id_is_not_known_makes_nothing(self, stack: Stack) -> None:
        """
        The ARN may be a dynamic reference, the id of which is not known: the error has a path.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", "{{resolve:ssm:/channel-arn}}")
        with pytest.raises(ValidationError) as error:
            ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert error.value.path == "Stack/Alarms"
        assert stack.node.try_find_child("Alarms") is None

    def test_may_be_in_another_stack(self, app: Any) -> None:
        """
        Alarms and rules are in the stack of the set.
        """
        channel = ivs.Channel(Stack(app, "Channels"), "Channel")
        stack = Stack(app, "Alarms")
        ivs.ChannelAlarms(stack, "Alarms", channel=channel, topic=Topic(stack, "Topic"))
        assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == 6
        assert len(rules_of(stack)) == 2


class TestLatency:
    @pytest.mark.parametrize("mode", ["NORMAL", "LOW"])
    def test_decides_on_the_alarm_about_key_frames(self, stack: Stack, mode: str) -> None:
        """
        Where latency does not matter, key frames may be further apart.
        """
        channel = ivs.Channel(stack, "Channel", latency_mode=ivs.LatencyMode(mode))
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel).alarms
        assert (ivs.ChannelAlarm.KEYFRAME_INTERVAL in alarms) == (mode == "LOW")

    def test_of_alphas_channel_is_read_as_well(self, stack: Stack) -> None:
        """
        The type of alpha's channel is that of its L1.
        """
        channel: Any = alpha.Channel(stack, "Channel", type=alpha.ChannelType.BASIC)
        assert bitrate_of(stack, channel) == 3_150_000
