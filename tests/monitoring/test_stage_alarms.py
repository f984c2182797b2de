"""The alarms of stages."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import CfnParameter, Stack
from aws_cdk.aws_ivs import CfnStage

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import TO_LOG_GROUP, alarms_of, rules_of
from tests.support.arns import arn
from tests.support.oracles import resources_of
from tests.support.tokens import token

STAGE_ARN = arn("stage/AbCdef1G2hij")
GET_ARN = {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]}
STAGE_ID = {"Fn::Select": [1, {"Fn::Split": ["/", GET_ARN]}]}
PUBLISH_ERRORS_RULE = "AlarmsPublishErrorsRule8926AA0F"
RECORDING_RULE = "AlarmsRecordingFailureRule5ED446DC"
COMPOSITION_RULE = "AlarmsCompositionFailureRuleF40019F6"

# The alarms as they are by default.
ALARMS: dict[str, dict[str, Any]] = {
    "DROPPED_FRAMES": {
        "AlarmDescription": "Subscribers drop frames and see the video stutter: publish less, or "
        "use simulcast.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Stage", "Value": STAGE_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "DroppedFrames",
        "Namespace": "AWS/IVSRealTime",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 5,
        "TreatMissingData": "notBreaching",
    },
    "PACKET_LOSS": {
        "AlarmDescription": (
            "Subscribers lose packets: check which platforms and countries are affected."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Stage", "Value": STAGE_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "DownloadPacketLoss",
        "Namespace": "AWS/IVSRealTime",
        "Period": 60,
        "Statistic": "Average",
        "Threshold": 5,
        "TreatMissingData": "notBreaching",
    },
    "PUBLISHERS": {
        "AlarmDescription": "The stage has the maximum number of publishers: IVS rejects the "
        "next one.",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Stage", "Value": STAGE_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "Publishers",
        "Namespace": "AWS/IVSRealTime",
        "Period": 60,
        "Statistic": "Maximum",
        "Threshold": 12,
        "TreatMissingData": "notBreaching",
    },
    "SUBSCRIBERS": {
        "AlarmDescription": (
            "The stage has nearly as many subscribers as the quota allows: request a higher quota."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "Stage", "Value": STAGE_ID}],
        "EvaluationPeriods": 3,
        "MetricName": "Subscribers",
        "Namespace": "AWS/IVSRealTime",
        "Period": 60,
        "Statistic": "Maximum",
        "Threshold": 8_000,
        "TreatMissingData": "notBreaching",
    },
    "PUBLISH_ERRORS": {
        "AlarmDescription": (
            "Participants could not start or continue to publish: check the events' error_code."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "RuleName", "Value": {"Ref": PUBLISH_ERRORS_RULE}}],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 5,
        "TreatMissingData": "notBreaching",
    },
    "RECORDING_FAILURE": {
        "AlarmDescription": (
            "The recording of a participant failed: check the event's error_code and "
            "the policy of the bucket."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "RuleName", "Value": {"Ref": RECORDING_RULE}}],
        "EvaluationPeriods": 1,
        "MetricName": "Invocations",
        "Namespace": "AWS/Events",
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "TreatMissingData": "notBreaching",
    },
    "COMPOSITION_FAILURE": {
        "AlarmDescription": (
            "A composition, or a destination of one, failed: check the event's error_code."
        ),
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Dimensions": [{"Name": "RuleName", "Value": {"Ref": COMPOSITION_RULE}}],
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
    "DROPPED_FRAMES": "dropped_frames_threshold",
    "PACKET_LOSS": "packet_loss_threshold",
    "PUBLISHERS": "publishers_threshold",
    "SUBSCRIBERS": "subscribers_threshold",
    "PUBLISH_ERRORS": "publish_errors_threshold",
    "RECORDING_FAILURE": "recording_failure_threshold",
    "COMPOSITION_FAILURE": "composition_failure_threshold",
}
PERCENTAGES = ["dropped_frames_threshold", "packet_loss_threshold"]
WHOLE = [keyword for keyword in THRESHOLDS.values() if keyword not in PERCENTAGES]
OF_METRICS = ["DROPPED_FRAMES", "PACKET_LOSS", "PUBLISHERS", "SUBSCRIBERS"]


@pytest.fixture
def stage(stack: Stack) -> ivs.Stage:
    """A stage of the stack."""
    return ivs.Stage(stack, "Stage")


class TestTemplate:
    @pytest.mark.parametrize("name", ALARMS)
    def test_has_each_alarm(self, stack: Stack, stage: ivs.Stage, name: str) -> None:
        """
        An alarm looks at the stage alone, minute by minute, and is quiet without data.
        """
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage)
        assert alarms_of(stack, alarms)[name] == ALARMS[name]

    def test_has_all_alarms(self, stack: Stack, stage: ivs.Stage) -> None:
        """
        There is an alarm for each member of the enum, and no other.
        """
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage)
        assert list(alarms.alarms) == list(ALARMS)
        assert set(ALARMS) == set(ivs.StageAlarm)
        assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == 7

    def test_has_stable_ids(self, stack: Stack, stage: ivs.Stage) -> None:
        """
        Logical ids are a contract: another one would make the alarm anew.
        """
        ivs.StageAlarms(stack, "Alarms", stage=stage)
        assert sorted(resources_of(stack, "AWS::CloudWatch::Alarm")) == [
            "AlarmsCompositionFailure838A8C58",
            "AlarmsDroppedFramesEC31492C",
            "AlarmsPacketLossB90F35F5",
            "AlarmsPublishErrors138FEED5",
            "AlarmsPublishersE71BB805",
            "AlarmsRecordingFailure1E1CCD77",
            "AlarmsSubscribers23A46BB7",
        ]

    def test_counts_the_events_of_the_stage(self, stack: Stack, stage: ivs.Stage) -> None:
        """
        Events of compositions have the stage in the detail, the others among the resources.
        """
        ivs.StageAlarms(stack, "Alarms", stage=stage)
        assert rules_of(stack) == {
            PUBLISH_ERRORS_RULE: {
                "Description": "Counts errors of publishers for an alarm",
                "EventPattern": {
                    "source": ["aws.ivs"],
                    "detail-type": ["IVS Stage Update"],
                    "resources": [GET_ARN],
                    "detail": {"event_name": ["Participant Publish Error"]},
                },
                "State": "ENABLED",
                "Targets": TO_LOG_GROUP,
            },
            RECORDING_RULE: {
                "Description": "Counts failures of recordings for an alarm",
                "EventPattern": {
                    "source": ["aws.ivs"],
                    "detail-type": ["IVS Participant Recording State Change"],
                    "resources": [GET_ARN],
                    "detail": {"event_name": ["Recording Start Failure", "Recording End Failure"]},
                },
                "State": "ENABLED",
                "Targets": TO_LOG_GROUP,
            },
            COMPOSITION_RULE: {
                "Description": "Counts failures of compositions for an alarm",
                "EventPattern": {
                    "source": ["aws.ivs"],
                    "detail-type": ["IVS Composition State Change"],
                    "detail": {
                        "stage_arn": [GET_ARN],
                        "event_name": ["Destination Failure", "Session Failure"],
                    },
                },
                "State": "ENABLED",
                "Targets": TO_LOG_GROUP,
            },
        }


class TestExclude:
    @pytest.mark.parametrize("name", ALARMS)
    def test_leaves_an_alarm_out(self, stack: Stack, stage: ivs.Stage, name: str) -> None:
        """
        The others are as they were.
        """
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, exclude=[ivs.StageAlarm[name]])
        others = {other: ALARMS[other] for other in ALARMS if other != name}
        assert alarms_of(stack, alarms) == others

    @pytest.mark.parametrize(
        ("name", "left"),
        [
            ("PUBLISH_ERRORS", [COMPOSITION_RULE, RECORDING_RULE]),
            ("RECORDING_FAILURE", [COMPOSITION_RULE, PUBLISH_ERRORS_RULE]),
            ("COMPOSITION_FAILURE", [PUBLISH_ERRORS_RULE, RECORDING_RULE]),
        ],
        ids=["PUBLISH_ERRORS", "RECORDING_FAILURE", "COMPOSITION_FAILURE"],
    )
    def test_leaves_its_rule_out(
        self, stack: Stack, stage: ivs.Stage, name: str, left: list[str]
    ) -> None:
        """
        No rule counts what no alarm is on.
        """
        ivs.StageAlarms(stack, "Alarms", stage=stage, exclude=[ivs.StageAlarm[name]])
        assert sorted(rules_of(stack)) == left


class TestThresholds:
    @pytest.mark.parametrize(("name", "keyword"), THRESHOLDS.items())
    @pytest.mark.parametrize("threshold", [1, 7])
    def test_are_what_was_given(
        self, stack: Stack, stage: ivs.Stage, name: str, keyword: str, threshold: int
    ) -> None:
        """
        A threshold changes its alarm and no other, and the lowest whole one is 1.
        """
        given: dict[str, Any] = {keyword: threshold}
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, **given)
        changed = {name: ALARMS[name] | {"Threshold": threshold}}
        assert alarms_of(stack, alarms) == ALARMS | changed

    @pytest.mark.parametrize(
        ("name", "keyword"),
        [
            ("DROPPED_FRAMES", "dropped_frames_threshold"),
            ("PACKET_LOSS", "packet_loss_threshold"),
        ],
    )
    @pytest.mark.parametrize("percentage", [0.5, 100])
    def test_of_percentages_may_be_fractions(
        self, stack: Stack, stage: ivs.Stage, name: str, keyword: str, percentage: float
    ) -> None:
        """
        Half a percent is a threshold, and so is all.
        """
        given: dict[str, Any] = {keyword: percentage}
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, **given)
        assert alarms_of(stack, alarms)[name]["Threshold"] == percentage

    @pytest.mark.parametrize("minutes", [1, 1440])
    def test_are_looked_at_for_minutes(self, stack: Stack, stage: ivs.Stage, minutes: int) -> None:
        """
        The alarms on metrics wait for so many minutes; those on events do not.
        """
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, evaluation_minutes=minutes)
        changed = {name: ALARMS[name] | {"EvaluationPeriods": minutes} for name in OF_METRICS}
        assert alarms_of(stack, alarms) == ALARMS | changed

    @pytest.mark.parametrize(
        "keyword",
        [
            *PERCENTAGES,
            *(pytest.param(keyword) for keyword in WHOLE),
        ],
    )
    def test_may_be_tokens(self, stack: Stack, stage: ivs.Stage, keyword: str) -> None:
        """
        A threshold may be known at deployment only.
        """
        given: dict[str, Any] = {
            keyword: CfnParameter(stack, "Number", type="Number").value_as_number
        }
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, **given)
        (name,) = (name for name in THRESHOLDS if THRESHOLDS[name] == keyword)
        assert alarms_of(stack, alarms)[name]["Threshold"] == {"Ref": "Number"}

    def test_may_be_looked_at_for_a_token(self, stack: Stack, stage: ivs.Stage) -> None:
        """
        The minutes may be known at deployment only.
        """
        minutes: Any = CfnParameter(stack, "Minutes", type="Number").value_as_number
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage, evaluation_minutes=minutes)
        assert alarms_of(stack, alarms)["PUBLISHERS"]["EvaluationPeriods"] == {"Ref": "Minutes"}

    @pytest.mark.parametrize("keyword", [*THRESHOLDS.values(), "evaluation_minutes"])
    @pytest.mark.parametrize("threshold", [0, -1, True])
    def test_must_be_more_than_nothing(
        self, stack: Stack, stage: ivs.Stage, keyword: str, threshold: int
    ) -> None:
        """
        Zero is not a way to switch an alarm off: the error says which one is.
        """
        given: dict[str, Any] = {keyword: threshold}
        with pytest.raises(ValidationError) as error:
            ivs.StageAlarms(stack, "Alarms", stage=stage, **given)
        assert str(error.value) == (
            f"'{keyword}' must be a number above 0, got {threshold}; leave an alarm out with "
            "'exclude' [cdk-ivs:Threshold at 'Stack/Alarms']"
        )
        assert stack.node.try_find_child("Alarms") is None

    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            *((keyword, "7", f"'{keyword}' must be int, got '7'") for keyword in WHOLE),
            *((keyword, 1.5, f"'{keyword}' must be int, got 1.5") for keyword in WHOLE),
            *((keyword, "7", f"'{keyword}' must be float, got '7'") for keyword in PERCENTAGES),
            ("evaluation_minutes", 1.5, "'evaluation_minutes' must be int, got 1.5"),
            ("publishers_threshold", None, "'publishers_threshold' must be int, got None"),
        ],
    )
    def test_of_another_type_are_refused(
        self, stack: Stack, stage: ivs.Stage, keyword: str, value: object, message: str
    ) -> None:
        """
        A string is no number, and participants and events are counted in whole ones.
        """
        given: dict[str, Any] = {keyword: value}
        with pytest.raises(TypeError, match=message):
            ivs.StageAlarms(stack, "Alarms", stage=stage, **given)


class TestStage:
    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        The alarms of an L1 are those of its construct.
        """
        alarms = ivs.StageAlarms(stack, "Alarms", stage=CfnStage(stack, "Stage"))
        ref = {"Ref": "Stage"}
        found = alarms_of(stack, alarms)
        assert list(found) == list(ALARMS)
        patterns = [rule["EventPattern"] for rule in rules_of(stack).values()]
        assert [str(pattern).count(str([ref])) for pattern in patterns] == [1, 1, 1]

    def test_may_be_of_elsewhere(self, located_stack: Stack) -> None:
        """
        The id in the ARN is the dimension, and the ARN is in the patterns.
        """
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", STAGE_ARN)
        alarms = ivs.StageAlarms(located_stack, "Alarms", stage=stage)
        assert alarms_of(located_stack, alarms)["PUBLISHERS"] == ALARMS["PUBLISHERS"] | {
            "Dimensions": [{"Name": "Stage", "Value": "AbCdef1G2hij"}]
        }
        patterns = [rule["EventPattern"] for rule in rules_of(located_stack).values()]
        assert [pattern.get("resources") for pattern in patterns] == [
            None if "stage_arn" in pattern["detail"] else [STAGE_ARN] for pattern in patterns
        ]
        assert [
            pattern["detail"]["stage_arn"]
            for pattern in patterns
            if pattern["detail-type"] == ["IVS Composition State Change"]
        ] == [[STAGE_ARN]]

    def test_may_be_known_at_deployment(self, stack: Stack) -> None:
        """
        The id is taken from the ARN then.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", token("StageArn"))
        CfnParameter(stack, "StageArn")
        alarms = ivs.StageAlarms(stack, "Alarms", stage=stage)
        ref = {"Ref": "StageArn"}
        assert alarms_of(stack, alarms)["PUBLISHERS"] == ALARMS["PUBLISHERS"] | {
            "Dimensions": [
                {"Name": "Stage", "Value": {"Fn::Select": [1, {"Fn::Split": ["/", ref]}]}}
            ]
        }

    @pytest.mark.parametrize(
        ("other", "message"),
        [
            (
                arn("stage/a", region="eu-west-1"),
                "'stage' must be in the Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                arn("stage/a").replace("123456789012", "210987654321"),
                "'stage' must be in the account of the stack, 123456789012, got one in 21098",
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
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", other)
        with pytest.raises(ValidationError, match=message) as error:
            ivs.StageAlarms(located_stack, "Alarms", stage=stage)
        assert (error.value.code, error.value.path) == ("Environment", "Stack/Alarms")
        assert located_stack.node.try_find_child("Alarms") is None

    @pytest.mark.parametrize(
        "make",
        [lambda stack: STAGE_ARN, lambda stack: None, lambda stack: ivs.Channel(stack, "Channel")],
        ids=["ARN", "None", "channel"],
    )
    def test_must_be_a_stage(self, stack: Stack, make: Any) -> None:
        """
        Nothing else has such metrics.
        """
        with pytest.raises(TypeError, match="'stage' must be IStageRef"):
            ivs.StageAlarms(stack, "Alarms", stage=make(stack))
