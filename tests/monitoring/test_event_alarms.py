"""The alarms on events: what their rules call, and whom the events are sent to."""

from __future__ import annotations

import json
from typing import Any

import jsii
import pytest
from aws_cdk import App, CfnParameter, Environment, NestedStack, Stack
from aws_cdk.aws_cloudwatch import AlarmActionConfig, IAlarmAction
from aws_cdk.aws_cloudwatch_actions import SnsAction
from aws_cdk.aws_iam import ServicePrincipal
from aws_cdk.aws_kms import Key
from aws_cdk.aws_sns import CfnTopic, Topic

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.alarm_properties import TO_LOG_GROUP, alarms_of, rules_of
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT
from tests.support.oracles import cfn_lint_findings, resources_of, template_of

TOPIC_ARN = "arn:aws:sns:us-west-2:123456789012:alarms"
TO_TOPIC = [{"Arn": {"Ref": "TopicBFC7AF6E"}, "Id": "Target0"}]
ALARMS_OF_ACCOUNT = {
    "ArnLike": {
        "aws:SourceArn": {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":cloudwatch:",
                    {"Ref": "AWS::Region"},
                    ":",
                    {"Ref": "AWS::AccountId"},
                    ":alarm:*",
                ],
            ]
        }
    },
    "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
}


def targets_of(stack: Stack) -> dict[str, Any]:
    """The targets of the rules of a stack, by the last part of the logical id."""
    return {
        logical_id.rpartition("Rule")[0].removeprefix("Alarms"): rule["Targets"]
        for logical_id, rule in rules_of(stack).items()
    }


def statements_of(stack: Stack) -> list[tuple[Any, ...]]:
    """Who may publish to the topic of a stack, and under which condition."""
    (policy,) = resources_of(stack, "AWS::SNS::TopicPolicy").values()
    return [
        (one["Principal"]["Service"], one["Action"], one.get("Condition"))
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        if one["Effect"] == "Allow"
    ]


def make_channel_alarms(stack: Stack, **given: Any) -> ivs.ChannelAlarms:
    """The alarms of a channel that is known by its ARN."""
    channel = ivs.Channel.from_channel_arn(
        stack, "Channel", f"arn:aws:ivs:us-west-2:{ACCOUNT}:channel/one"
    )
    return ivs.ChannelAlarms(stack, "Alarms", channel=channel, **given)


class TestTargets:
    def test_are_a_log_group(self, stack: Stack) -> None:
        """
        Without a topic every rule calls the log group of the stack, and nothing else.
        """
        make_channel_alarms(stack)
        assert targets_of(stack) == {"Starvation": TO_LOG_GROUP, "RecordingFailure": TO_LOG_GROUP}

    def test_are_the_topic_where_one_event_is_enough(self, stack: Stack) -> None:
        """
        A rule calls one target, so that its calls are the events: the topic, or the log group
        where single events are no reason for alarm.
        """
        stage = ivs.Stage(stack, "Stage")
        ivs.StageAlarms(stack, "Alarms", stage=stage, topic=Topic(stack, "Topic"))
        assert targets_of(stack) == {
            "PublishErrors": TO_LOG_GROUP,
            "RecordingFailure": TO_TOPIC,
            "CompositionFailure": TO_TOPIC,
        }

    def test_are_the_log_group_where_it_is_not_known(self, stack: Stack) -> None:
        """
        A threshold that is a token may be more than 1.
        """
        number = CfnParameter(stack, "Number", type="Number").value_as_number
        alarms: Any = {"starvation_threshold": number, "recording_failure_threshold": 2}
        make_channel_alarms(stack, topic=Topic(stack, "Topic"), **alarms)
        assert targets_of(stack) == {"Starvation": TO_LOG_GROUP, "RecordingFailure": TO_LOG_GROUP}

    def test_are_counted_by_the_alarms(self, stack: Stack) -> None:
        """
        The metric is the documented count of calls of a rule's targets, also of failed ones.
        """
        alarms = make_channel_alarms(stack)
        alarm = alarms_of(stack, alarms)["STARVATION"]
        assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == (
            "AWS/Events",
            "Invocations",
            "Sum",
        )
        assert [one["Name"] for one in alarm["Dimensions"]] == ["RuleName"]

    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        A topic that is an L1 gets the events as well.
        """
        make_channel_alarms(stack, topic=CfnTopic(stack, "Topic"))
        to_topic = [{"Arn": {"Ref": "Topic"}, "Id": "Target0"}]
        assert targets_of(stack) == {"Starvation": to_topic, "RecordingFailure": to_topic}

    def test_may_be_of_elsewhere(self, located_stack: Stack) -> None:
        """
        A topic of the account and Region that is known by its ARN gets them too.
        """
        topic = Topic.from_topic_arn(located_stack, "Topic", TOPIC_ARN)
        make_channel_alarms(located_stack, topic=topic)
        to_topic = [{"Arn": TOPIC_ARN, "Id": "Target0"}]
        assert targets_of(located_stack) == {"Starvation": to_topic, "RecordingFailure": to_topic}

    def test_are_no_topic_of_another_account(self, located_stack: Stack) -> None:
        """
        A topic of another account gets the messages of the alarms only.
        """
        other = TOPIC_ARN.replace(ACCOUNT, "999999999999")
        topic = Topic.from_topic_arn(located_stack, "Topic", other)
        alarms = make_channel_alarms(located_stack, topic=topic)
        assert {
            alarm["AlarmActions"][0] for alarm in alarms_of(located_stack, alarms).values()
        } == {other}
        arns = [json.dumps(targets) for targets in targets_of(located_stack).values()]
        assert all("CdkIvsAlarmEvents" in arn for arn in arns)
        assert warnings_of(located_stack) == []

    def test_are_no_topic_of_another_region(self, located_stack: Stack) -> None:
        """
        An alarm cannot publish to another Region, so such a topic is refused.
        """
        topic = Topic.from_topic_arn(
            located_stack, "Topic", TOPIC_ARN.replace("us-west-2", "eu-west-1")
        )
        with pytest.raises(ValidationError) as error:
            make_channel_alarms(located_stack, topic=topic)
        assert (error.value.code, error.value.path) == ("Environment", "Stack/Alarms")
        assert error.value.message == (
            "'topic' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )
        assert located_stack.node.try_find_child("Alarms") is None

    def test_may_be_known_at_deployment(self, app: App) -> None:
        """
        A stack of which only the Region is known takes a topic whose Region and account are not.
        """
        stack = Stack(app, "Stack", env=Environment(region="us-west-2"))
        topic = Topic.from_topic_arn(stack, "Topic", CfnParameter(stack, "Arn").value_as_string)
        make_channel_alarms(stack, topic=topic)
        to_topic = [{"Arn": {"Ref": "Arn"}, "Id": "Target0"}]
        assert targets_of(stack) == {"Starvation": to_topic, "RecordingFailure": to_topic}


@jsii.implements(IAlarmAction)
class _Failing:
    """An action that fails for the last alarm of a channel."""

    def __init__(self) -> None:
        self._left = 5

    @jsii.member(jsii_name="bind")
    def bind(self, scope: Any, alarm: Any) -> AlarmActionConfig:
        """What an alarm calls."""
        if self._left == 0:
            raise ValueError("no more alarms")
        self._left -= 1
        return AlarmActionConfig(alarm_action_arn=TOPIC_ARN)


class TestActions:
    @pytest.mark.parametrize("threshold", [1, 2], ids=["topic", "log group"])
    @pytest.mark.parametrize("keyword", ["actions", "ok_actions"])
    def test_that_fail_leave_nothing(self, stack: Stack, keyword: str, threshold: int) -> None:
        """
        Where an action fails, nobody may publish, and there is no log group.
        """
        given = {"starvation_threshold": threshold, keyword: [_Failing()]}
        with pytest.raises(ValidationError, match="no more alarms") as error:
            make_channel_alarms(stack, topic=Topic(stack, "Topic"), **given)
        assert error.value.code == "AlarmAction"
        assert {child.node.id for child in stack.node.children} == {"Channel", "Topic"}
        assert resources_of(stack, "AWS::SNS::TopicPolicy") == {}

    def test_come_with_the_same_targets(self, stack: Stack) -> None:
        """
        With an action of the user's, rules call what they call without.
        """
        topic = Topic(stack, "Topic")
        make_channel_alarms(stack, topic=topic, actions=[SnsAction(topic)], starvation_threshold=2)
        assert targets_of(stack) == {"Starvation": TO_LOG_GROUP, "RecordingFailure": TO_TOPIC}
        assert statements_of(stack) == [
            ("cloudwatch.amazonaws.com", "sns:Publish", ALARMS_OF_ACCOUNT),
            ("events.amazonaws.com", "sns:Publish", None),
        ]

    def test_are_not_needed_for_a_permission(self, stack: Stack) -> None:
        """
        Where every alarm is left out, the policy of the topic is left as it is.
        """
        topic = Topic(stack, "Topic")
        make_channel_alarms(stack, topic=topic, exclude=list(ivs.ChannelAlarm))
        assert resources_of(stack, "AWS::SNS::TopicPolicy") == {}


class TestLogGroup:
    def test_is_as_eventbridge_needs_it(self, stack: Stack) -> None:
        """
        It keeps events for a day, and has a policy of its own, as there can be 10 of the account.
        """
        make_channel_alarms(stack)
        assert resources_of(stack, "AWS::Logs::LogGroup") == {
            "CdkIvsAlarmEvents": {
                "Type": "AWS::Logs::LogGroup",
                "Properties": {
                    "LogGroupName": {
                        "Fn::Join": ["", ["/aws/events/cdk-ivs/", {"Ref": "AWS::StackName"}]]
                    },
                    "ResourcePolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Principal": {
                                    "Service": [
                                        "delivery.logs.amazonaws.com",
                                        "events.amazonaws.com",
                                    ]
                                },
                                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                                "Resource": {
                                    "Fn::Join": [
                                        "",
                                        [
                                            "arn:",
                                            {"Ref": "AWS::Partition"},
                                            ":logs:",
                                            {"Ref": "AWS::Region"},
                                            ":",
                                            {"Ref": "AWS::AccountId"},
                                            ":log-group:/aws/events/cdk-ivs/",
                                            {"Ref": "AWS::StackName"},
                                            ":*",
                                        ],
                                    ]
                                },
                            }
                        ],
                    },
                    "RetentionInDays": 1,
                },
                "UpdateReplacePolicy": "Delete",
                "DeletionPolicy": "Delete",
            }
        }
        assert resources_of(stack, "AWS::Logs::ResourcePolicy") == {}
        assert resources_of(stack, "AWS::Lambda::Function") == {}

    def test_is_one_for_a_stack(self, stack: Stack) -> None:
        """
        All sets of alarms of a stack share it.
        """
        make_channel_alarms(stack)
        ivs.StageAlarms(stack, "StageAlarms", stage=ivs.Stage(stack, "Stage"))
        assert list(resources_of(stack, "AWS::Logs::LogGroup")) == ["CdkIvsAlarmEvents"]
        assert [rule["Targets"] for rule in rules_of(stack).values()] == [TO_LOG_GROUP] * 5

    def test_is_one_for_a_nested_stack(self, stack: Stack) -> None:
        """
        A nested stack has its own, whose name is that of the nested stack.
        """
        nested = NestedStack(stack, "Nested")
        make_channel_alarms(stack)
        make_channel_alarms(nested)
        for one in (stack, nested):
            assert list(resources_of(one, "AWS::Logs::LogGroup")) == ["CdkIvsAlarmEvents"]

    def test_is_not_there_without_need(self, stack: Stack) -> None:
        """
        Nothing is logged where the topic gets every event, or no event is counted.
        """
        make_channel_alarms(stack, topic=Topic(stack, "Topic"))
        ivs.QuotaAlarms(stack, "QuotaAlarms")
        assert resources_of(stack, "AWS::Logs::LogGroup") == {}

    def test_is_what_cfn_lint_wants(self, located_stack: Stack) -> None:
        """
        cfn-lint knows the properties of the log group and has nothing to say.
        """
        make_channel_alarms(located_stack)
        template = template_of(located_stack)
        assert "CdkIvsAlarmEvents" in template["Resources"]
        assert cfn_lint_findings(json.dumps(template)) == []


class TestPermission:
    def test_is_of_alarms_and_events(self, stack: Stack) -> None:
        """
        The policy of a topic of the app lets alarms of the account publish, and EventBridge.
        """
        make_channel_alarms(stack, topic=Topic(stack, "Topic", enforce_ssl=True))
        assert statements_of(stack) == [
            ("cloudwatch.amazonaws.com", "sns:Publish", ALARMS_OF_ACCOUNT),
            ("events.amazonaws.com", "sns:Publish", None),
        ]
        assert warnings_of(stack) == []

    def test_is_given_once(self, stack: Stack) -> None:
        """
        Many sets of alarms on a topic do not make its policy longer.
        """
        topic = Topic(stack, "Topic")
        make_channel_alarms(stack, topic=topic)
        for index in range(20):
            ivs.StageAlarms(stack, f"Set{index}", stage=ivs.Stage(stack, f"S{index}"), topic=topic)
        assert [service for service, _, _ in statements_of(stack)] == [
            "cloudwatch.amazonaws.com",
            "events.amazonaws.com",
        ]

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack, topic: ivs.QuotaAlarms(stack, "Alarms", topic=topic),
            lambda stack, topic: make_channel_alarms(
                stack, topic=topic, starvation_threshold=2, recording_failure_threshold=2
            ),
        ],
        ids=["quotas", "several events"],
    )
    def test_is_of_alarms_alone_without_events(self, stack: Stack, make: Any) -> None:
        """
        Where no event is sent to the topic, EventBridge gets no permission.
        """
        make(stack, Topic(stack, "Topic"))
        assert statements_of(stack) == [
            ("cloudwatch.amazonaws.com", "sns:Publish", ALARMS_OF_ACCOUNT)
        ]

    def test_is_of_the_account_of_the_alarms(self, app: App, located_stack: Stack) -> None:
        """
        A topic of another stack lets the alarms of this one in.
        """
        other = Stack(app, "Other", env=Environment(account="999999999999", region="us-west-2"))
        make_channel_alarms(located_stack, topic=Topic(other, "Topic", topic_name="alarms"))
        ((service, _, condition),) = statements_of(other)
        assert service == "cloudwatch.amazonaws.com"
        assert condition["StringEquals"] == {"aws:SourceAccount": ACCOUNT}

    def test_is_given_in_another_stack(self, app: App, stack: Stack) -> None:
        """
        A topic of another stack of the account lets alarms and EventBridge in.
        """
        other = Stack(app, "Other")
        make_channel_alarms(stack, topic=Topic(other, "Topic"))
        assert statements_of(other) == [
            ("cloudwatch.amazonaws.com", "sns:Publish", ALARMS_OF_ACCOUNT),
            ("events.amazonaws.com", "sns:Publish", None),
        ]

    def test_is_that_of_the_key_too(self, stack: Stack) -> None:
        """
        Both may use the key of an encrypted topic, EventBridge under no condition.
        """
        topic = Topic(stack, "Topic", master_key=Key(stack, "Key"))
        make_channel_alarms(stack, topic=topic)
        (key,) = resources_of(stack, "AWS::KMS::Key").values()
        assert [
            (one["Principal"]["Service"], one["Action"], one.get("Condition"))
            for one in key["Properties"]["KeyPolicy"]["Statement"][1:]
        ] == [
            (
                "cloudwatch.amazonaws.com",
                ["kms:Decrypt", "kms:GenerateDataKey*"],
                ALARMS_OF_ACCOUNT,
            ),
            ("events.amazonaws.com", ["kms:Decrypt", "kms:GenerateDataKey*"], None),
        ]

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack: Topic.from_topic_arn(stack, "Topic", TOPIC_ARN),
            lambda stack: CfnTopic(stack, "Topic"),
        ],
        ids=["imported", "l1"],
    )
    def test_that_cannot_be_given_is_a_warning(self, stack: Stack, make: Any) -> None:
        """
        The policy of such a topic is not of this app: one warning says what it needs.
        """
        topic = make(stack)
        make_channel_alarms(stack, topic=topic)
        ivs.StageAlarms(stack, "StageAlarms", stage=ivs.Stage(stack, "Stage"), topic=topic)
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Topic"
        assert text == (
            "the app cannot change the policy of this topic, to which alarms are sent: it must "
            "allow sns:Publish to events.amazonaws.com and cloudwatch.amazonaws.com, and the "
            "policy of the topic's key, if it has one, must let both use the key; acknowledge "
            "this warning when they do [ack: cdk-ivs:TopicPolicy]"
        )
        assert resources_of(stack, "AWS::SNS::TopicPolicy") == {}

    def test_that_is_not_needed_is_no_warning(self, stack: Stack) -> None:
        """
        An alarm may publish to an imported topic whose own policy lets it in.
        """
        topic = Topic.from_topic_arn(stack, "Topic", TOPIC_ARN)
        ivs.QuotaAlarms(stack, "Alarms", topic=topic)
        assert warnings_of(stack) == []

    def test_keeps_that_of_others(self, stack: Stack) -> None:
        """
        What the user grants stays.
        """
        topic = Topic(stack, "Topic")
        topic.grant_publish(ServicePrincipal("budgets.amazonaws.com"))
        make_channel_alarms(stack, topic=topic)
        assert [service for service, _, _ in statements_of(stack)] == [
            "budgets.amazonaws.com",
            "cloudwatch.amazonaws.com",
            "events.amazonaws.com",
        ]
