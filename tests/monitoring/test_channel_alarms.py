"""The alarms of channels."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Duration, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.aws_sns import CfnTopic, Topic

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import TO_LOG_GROUP, alarms_of, rules_of
from tests.support.arns import arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
GET_ARN = {"Fn::GetAtt": ["Channel4048F119", "Arn"]}
CHANNEL_ID = {"Fn::Select": [1, {"Fn::Split": ["/", GET_ARN]}]}

# The alarms as they are by default, and the keyword of the threshold of each.
ALARMS: dict[str, dict[str, Any]] = {
    "NO_FRAMES": {
        "AlarmDescription": "The channel is live, and no frames come in: look at the encoder and "
        "its network.",
        "ComparisonOperator": "LessThanThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "IngestFramerate",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
    "KEYFRAME_INTERVAL": {
        "AlarmDescription": "Key frames come too seldom for low latency: set the encoder to one "
        "every 2 seconds.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "KeyframeInterval",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 3,
        "TreatMissingData": "notBreaching",
    },
    "INGEST_BITRATE": {
        "AlarmDescription": "The encoder sends nearly as much as the type of the channel takes, "
        "above which it is cut off: lower its bitrate.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "IngestBitrate",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 7_650_000,
        "TreatMissingData": "notBreaching",
    },
    "CONCURRENT_VIEWS": {
        "AlarmDescription": "The channel has nearly as many views as the account may have: ask for "
        "a higher quota of concurrent views.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Channel", "Value": CHANNEL_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "ConcurrentViews",
        "Namespace": "AWS/IVS",
        "Period": 60,
        "Statistic": "Maximum",
        "Threshold": 12_000,
        "TreatMissingData": "notBreaching",
    },
    "STARVATION": {
        "AlarmDescription": "Less comes in than is played, and viewers see the video stop: look at "
        "the network of the encoder.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "RuleName", "Value": {"Ref": "AlarmsStarvationRuleB6682468"}}],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
    "RECORDING_FAILURE": {
        "AlarmDescription": "A recording failed: look at the event's recording_status_reason and "
        "at the bucket.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [
            {"Name": "RuleName", "Value": {"Ref": "AlarmsRecordingFailureRule5ED446DC"}}
        ],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
}
THRESHOLDS = {
    "NO_FRAMES": "framerate_threshold",
    "INGEST_BITRATE": "ingest_bitrate_threshold",
    "CONCURRENT_VIEWS": "concurrent_views_threshold",
    "STARVATION": "starvation_threshold",
    "RECORDING_FAILURE": "recording_failure_threshold",
}
WHOLE = [keyword for keyword in THRESHOLDS.values() if keyword != "framerate_threshold"]
OF_METRICS = ["NO_FRAMES", "KEYFRAME_INTERVAL", "INGEST_BITRATE", "CONCURRENT_VIEWS"]


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel of the stack."""
    return ivs.Channel(stack, "Channel")


def bitrate_of(stack: Stack, channel: Any) -> object:
    """The bitrate from which on there is an alarm."""
    alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
    return alarms_of(stack, alarms)["INGEST_BITRATE"]["Threshold"]


class TestTemplate:
    @pytest.mark.parametrize("name", ALARMS)
    def test_has_each_alarm(self, stack: Stack, channel: ivs.Channel, name: str) -> None:
        """
        An alarm looks at the channel alone, minute by minute, and is quiet without data.
        """
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert alarms_of(stack, alarms)[name] == ALARMS[name]

    def test_has_all_alarms(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        There is an alarm for each member of the enum, and no other.
        """
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert list(alarms.alarms) == list(ALARMS)
        assert set(ALARMS) == set(ivs.ChannelAlarm)
        assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == 6

    def test_has_stable_ids(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        Logical ids are a contract: another one would make the alarm anew.
        """
        ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert sorted(resources_of(stack, "AWS::CloudWatch::Alarm")) == [
            "AlarmsConcurrentViewsD6B18056",
            "AlarmsIngestBitrate6E32292B",
            "AlarmsKeyframeInterval4919643E",
            "AlarmsNoFrames0711188F",
            "AlarmsRecordingFailure1E1CCD77",
            "AlarmsStarvationA4AE7D80",
        ]

    def test_counts_the_events_of_the_channel(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        What is told by events is counted by rules whose only target is the log group of the stack.
        """
        ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert rules_of(stack) == {
            "AlarmsStarvationRuleB6682468": {
                "Description": "Counts starts of starvation for an alarm",
                "EventPattern": {
                    "source": ["aws.ivs"],
                    "detail-type": ["IVS Stream Health Change"],
                    "resources": [GET_ARN],
                    "detail": {"event_name": ["Starvation Start"]},
                },
                "State": "ENABLED",
                "Targets": TO_LOG_GROUP,
            },
            "AlarmsRecordingFailureRule5ED446DC": {
                "Description": "Counts failures of recordings for an alarm",
                "EventPattern": {
                    "source": ["aws.ivs"],
                    "detail-type": ["IVS Recording State Change"],
                    "resources": [GET_ARN],
                    "detail": {
                        "recording_status": ["Recording Start Failure", "Recording End Failure"]
                    },
                },
                "State": "ENABLED",
                "Targets": TO_LOG_GROUP,
            },
        }


class TestExclude:
    @pytest.mark.parametrize("name", ALARMS)
    def test_leaves_an_alarm_out(self, stack: Stack, channel: ivs.Channel, name: str) -> None:
        """
        The others are as they were.
        """
        alarms = ivs.ChannelAlarms(
            stack, "Alarms", channel=channel, exclude=[ivs.ChannelAlarm[name]]
        )
        others = {other: ALARMS[other] for other in ALARMS if other != name}
        assert alarms_of(stack, alarms) == others

    @pytest.mark.parametrize(
        ("name", "left"),
        [
            ("STARVATION", ["AlarmsRecordingFailureRule5ED446DC"]),
            ("RECORDING_FAILURE", ["AlarmsStarvationRuleB6682468"]),
        ],
    )
    def test_leaves_its_rule_out(
        self, stack: Stack, channel: ivs.Channel, name: str, left: list[str]
    ) -> None:
        """
        No rule counts what no alarm is on.
        """
        ivs.ChannelAlarms(stack, "Alarms", channel=channel, exclude=[ivs.ChannelAlarm[name]])
        assert list(rules_of(stack)) == left


class TestThresholds:
    @pytest.mark.parametrize(("name", "keyword"), THRESHOLDS.items())
    @pytest.mark.parametrize("threshold", [1, 7])
    def test_are_what_was_given(
        self, stack: Stack, channel: ivs.Channel, name: str, keyword: str, threshold: int
    ) -> None:
        """
        A threshold changes its alarm and no other, and the lowest whole one is 1.
        """
        given: dict[str, Any] = {keyword: threshold}
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, **given)
        changed = {name: ALARMS[name] | {"Threshold": threshold}}
        assert alarms_of(stack, alarms) == ALARMS | changed

    def test_of_frames_may_be_a_fraction(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A slide show may have less than a frame per second.
        """
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, framerate_threshold=0.5)
        assert alarms_of(stack, alarms)["NO_FRAMES"]["Threshold"] == 0.5

    @pytest.mark.parametrize(
        ("interval", "seconds"),
        [(Duration.seconds(4), 4), (Duration.millis(2500), 2.5), (Duration.minutes(1), 60)],
        ids=["4 s", "2500 ms", "1 min"],
    )
    def test_of_key_frames_are_seconds(
        self, stack: Stack, channel: ivs.Channel, interval: Duration, seconds: float
    ) -> None:
        """
        A duration is compared with the metric, which is in seconds.
        """
        alarms = ivs.ChannelAlarms(
            stack, "Alarms", channel=channel, keyframe_interval_threshold=interval
        )
        changed = {"KEYFRAME_INTERVAL": ALARMS["KEYFRAME_INTERVAL"] | {"Threshold": seconds}}
        assert alarms_of(stack, alarms) == ALARMS | changed

    @pytest.mark.parametrize("minutes", [1, 1440])
    def test_are_looked_at_for_minutes(
        self, stack: Stack, channel: ivs.Channel, minutes: int
    ) -> None:
        """
        The alarms on metrics wait for so many minutes; those on events do not.
        """
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, evaluation_minutes=minutes)
        changed = {name: ALARMS[name] | {"EvaluationPeriods": minutes} for name in OF_METRICS}
        assert alarms_of(stack, alarms) == ALARMS | changed

    def test_may_be_tokens(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A threshold may be known at deployment only.
        """
        number = CfnParameter(stack, "Number", type="Number").value_as_number
        alarms = ivs.ChannelAlarms(
            stack,
            "Alarms",
            channel=channel,
            framerate_threshold=number,
            keyframe_interval_threshold=Duration.seconds(number),
        )
        found = alarms_of(stack, alarms)
        assert found["NO_FRAMES"]["Threshold"] == {"Ref": "Number"}
        assert found["KEYFRAME_INTERVAL"]["Threshold"] == {"Ref": "Number"}

    @pytest.mark.parametrize("keyword", WHOLE)
    def test_that_are_whole_may_be_tokens(
        self, stack: Stack, channel: ivs.Channel, keyword: str
    ) -> None:
        """
        So may one that is a whole number.
        """
        given: dict[str, Any] = {
            keyword: CfnParameter(stack, "Number", type="Number").value_as_number
        }
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, **given)
        (name,) = (name for name in THRESHOLDS if THRESHOLDS[name] == keyword)
        assert alarms_of(stack, alarms)[name]["Threshold"] == {"Ref": "Number"}

    def test_may_be_looked_at_for_a_token(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        The minutes may be known at deployment only.
        """
        minutes: Any = CfnParameter(stack, "Minutes", type="Number").value_as_number
        alarms = ivs.ChannelAlarms(stack, "Alarms", channel=channel, evaluation_minutes=minutes)
        assert alarms_of(stack, alarms)["NO_FRAMES"]["EvaluationPeriods"] == {"Ref": "Minutes"}

    @pytest.mark.parametrize("keyword", [*THRESHOLDS.values(), "evaluation_minutes"])
    @pytest.mark.parametrize("threshold", [0, -1, True])
    def test_must_be_more_than_nothing(
        self, stack: Stack, channel: ivs.Channel, keyword: str, threshold: int
    ) -> None:
        """
        Zero is not a way to switch an alarm off: the error says which one is.
        """
        given: dict[str, Any] = {keyword: threshold}
        with pytest.raises(ValidationError) as error:
            ivs.ChannelAlarms(stack, "Alarms", channel=channel, **given)
        assert str(error.value) == (
            f"'{keyword}' must be a number above 0, got {threshold}; leave an alarm out with "
            "'exclude' [cdk-ivs:Threshold at 'Stack/Alarms']"
        )
        assert stack.node.try_find_child("Alarms") is None

    def test_of_key_frames_must_be_more_than_nothing(
        self, stack: Stack, channel: ivs.Channel
    ) -> None:
        """
        So must a duration.
        """
        with pytest.raises(ValidationError, match="'keyframe_interval_threshold' must be a number"):
            ivs.ChannelAlarms(
                stack,
                "Alarms",
                channel=channel,
                keyframe_interval_threshold=Duration.seconds(0),
            )

    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            *((keyword, "7", f"'{keyword}' must be int, got '7'") for keyword in WHOLE),
            *((keyword, 1.5, f"'{keyword}' must be int, got 1.5") for keyword in WHOLE),
            ("evaluation_minutes", 1.5, "'evaluation_minutes' must be int, got 1.5"),
            ("framerate_threshold", "1", "'framerate_threshold' must be float, got '1'"),
            ("framerate_threshold", None, "'framerate_threshold' must be float, got None"),
            (
                "keyframe_interval_threshold",
                3,
                "'keyframe_interval_threshold' must be Duration, got 3",
            ),
        ],
    )
    def test_of_another_type_are_refused(
        self, stack: Stack, channel: ivs.Channel, keyword: str, value: object, message: str
    ) -> None:
        """
        A string is no number, and only frames are counted in fractions.
        """
        given: dict[str, Any] = {keyword: value}
        with pytest.raises(TypeError, match=message):
            ivs.ChannelAlarms(stack, "Alarms", channel=channel, **given)

    def test_of_key_frames_name_the_unit_of_tokens(
        self, stack: Stack, channel: ivs.Channel
    ) -> None:
        """
        A token in minutes cannot be made seconds, and the error names the keyword.
        """
        number = CfnParameter(stack, "Number", type="Number").value_as_number
        with pytest.raises(ValidationError, match="'keyframe_interval_threshold'"):
            ivs.ChannelAlarms(
                stack,
                "Alarms",
                channel=channel,
                keyframe_interval_threshold=Duration.minutes(number),
            )

    def test_are_looked_at_for_a_day_at_most(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        CloudWatch refuses more than 86,400 seconds of periods that are shorter than an hour.
        """
        with pytest.raises(ValidationError, match="'evaluation_minutes' must be at most 1440"):
            ivs.ChannelAlarms(stack, "Alarms", channel=channel, evaluation_minutes=1441)


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
