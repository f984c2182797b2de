"""The alarms of channels."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Duration, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import TO_LOG_GROUP, alarms_of, rules_of
from tests.monitoring.channel_alarms import ALARMS, GET_ARN
from tests.support.oracles import resources_of

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
        with pytest.raises(ValidationError, match="longer than 0 seconds, got 0 seconds; leave"):
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
