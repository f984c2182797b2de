"""What the alarms of channels, stages and quotas have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import jsii
import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_cloudwatch import AlarmActionConfig, IAlarmAction
from aws_cdk.aws_cloudwatch_actions import Ec2Action, Ec2InstanceAction, LambdaAction, SnsAction
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_sns import CfnTopic, Topic

import cdk_ivs as ivs
from cdk_ivs._monitoring.alarms.alarm_set import AlarmSet
from tests.monitoring.alarm_properties import alarms_of, rules_of
from tests.support.annotations import warnings_of
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of

TOPIC_ARN = "arn:aws:sns:us-west-2:123456789012:alarms"
ANOTHER = "arn:aws:ssm:us-west-2:123456789012:opsitem:1"

Make: TypeAlias = Callable[..., AlarmSet]


def of_channel(stack: Stack, id: str = "Alarms", **given: Any) -> AlarmSet:
    """The alarms of a channel that the stack makes."""
    return ivs.ChannelAlarms(stack, id, channel=ivs.Channel(stack, f"{id}Channel"), **given)


def of_stage(stack: Stack, id: str = "Alarms", **given: Any) -> AlarmSet:
    """The alarms of a stage that the stack makes."""
    return ivs.StageAlarms(stack, id, stage=ivs.Stage(stack, f"{id}Stage"), **given)


def of_quotas(stack: Stack, id: str = "Alarms", **given: Any) -> AlarmSet:
    """The alarms on the quotas."""
    return ivs.QuotaAlarms(stack, id, **given)


@pytest.fixture(params=[of_channel, of_stage, of_quotas], ids=["channel", "stage", "quotas"])
def make(request: pytest.FixtureRequest) -> Make:
    """A way to make a set of alarms."""
    found: Make = request.param
    return found


@jsii.implements(IAlarmAction)
class _Own:
    """An action that a user wrote."""

    @jsii.member(jsii_name="bind")
    def bind(self, scope: Any, alarm: Any) -> AlarmActionConfig:
        """What the alarm calls."""
        return AlarmActionConfig(alarm_action_arn=ANOTHER)


def actions_of(stack: Stack, alarms: AlarmSet) -> list[tuple[object, object]]:
    """What the alarms do, and what they do when it is over: one for all if they agree."""
    found = [
        (alarm.get("AlarmActions"), alarm.get("OKActions"))
        for alarm in alarms_of(stack, alarms).values()
    ]
    assert len(found) == len(alarms.alarms) > 2
    return [one for index, one in enumerate(found) if one not in found[:index]]


class TestActions:
    def test_are_none_by_default(self, stack: Stack, make: Make) -> None:
        """
        An alarm only has a state, which a dashboard shows.
        """
        assert actions_of(stack, make(stack)) == [(None, None)]

    @pytest.mark.parametrize("nothing", [None, []], ids=["None", "empty"])
    def test_may_be_given_as_none(self, stack: Stack, make: Make, nothing: Any) -> None:
        """
        None and an empty list are as if nothing was given.
        """
        alarms = make(stack, actions=nothing, ok_actions=nothing, topic=None, exclude=nothing)
        assert actions_of(stack, alarms) == [(None, None)]

    def test_are_messages_to_a_topic(self, stack: Stack, make: Make) -> None:
        """
        A topic gets a message for each alarm, and none when it is over.
        """
        alarms = make(stack, topic=Topic(stack, "Topic"))
        assert actions_of(stack, alarms) == [([{"Ref": "TopicBFC7AF6E"}], None)]

    def test_are_messages_to_a_topic_of_elsewhere(self, stack: Stack, make: Make) -> None:
        """
        A topic that is known by its ARN is used as it is.
        """
        alarms = make(stack, topic=Topic.from_topic_arn(stack, "Topic", TOPIC_ARN))
        assert actions_of(stack, alarms) == [([TOPIC_ARN], None)]

    def test_are_messages_to_an_l1(self, stack: Stack, make: Make) -> None:
        """
        So is an L1, for which nothing is made but the alarms.
        """
        alarms = make(stack, topic=CfnTopic(stack, "Topic"))
        assert actions_of(stack, alarms) == [([{"Ref": "Topic"}], None)]
        assert len(resources_of(stack, "AWS::SNS::Topic")) == 1

    def test_are_those_that_were_given(self, stack: Stack, make: Make) -> None:
        """
        Beside the topic, alarms do what the user wants, also by a class of the user's.
        """
        alarms = make(
            stack,
            topic=Topic.from_topic_arn(stack, "Topic", TOPIC_ARN),
            actions=[_Own(), Ec2Action(Ec2InstanceAction.REBOOT)],
        )
        reboot = {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":automate:",
                    {"Ref": "AWS::Region"},
                    ":ec2:reboot",
                ],
            ]
        }
        assert actions_of(stack, alarms) == [([TOPIC_ARN, ANOTHER, reboot], None)]

    def test_are_calls_of_a_function(self, app: App, make: Make) -> None:
        """
        A function is called, and each alarm may call it.
        """
        # As in a new project; without, an action of this kind goes with one alarm only.
        app.node.set_context(
            "@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction",
            True,
        )
        stack = Stack(app, "Stack")
        alarms = make(stack, actions=[LambdaAction(function_of(stack))])
        get_arn = {"Fn::GetAtt": ["Function76856677", "Arn"]}
        assert actions_of(stack, alarms) == [([get_arn], None)]
        permissions = resources_of(stack, "AWS::Lambda::Permission").values()
        assert {one["Properties"]["Principal"] for one in permissions} == {
            "lambda.alarms.cloudwatch.amazonaws.com"
        }
        assert sorted(one["Properties"]["SourceArn"]["Fn::GetAtt"][0] for one in permissions) == (
            sorted(
                stack.get_logical_id(alarm.node.default_child) for alarm in alarms.alarms.values()
            )
        )

    def test_when_it_is_over_are_those_that_were_given(self, stack: Stack, make: Make) -> None:
        """
        A topic may be told so by an action of its own.
        """
        topic = Topic(stack, "Topic")
        alarms = make(stack, topic=topic, ok_actions=(SnsAction(topic), _Own()))
        ref = {"Ref": "TopicBFC7AF6E"}
        assert actions_of(stack, alarms) == [([ref], [ref, ANOTHER])]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"topic": TOPIC_ARN}, "'topic' must be ITopicRef, got 'arn:aws:sns:"),
            ({"topic": 1}, "'topic' must be ITopicRef, got 1 of type 'int'"),
            ({"actions": TOPIC_ARN}, "'actions' must be Sequence"),
            ({"actions": _Own()}, "'actions' must be Sequence"),
            ({"ok_actions": _Own()}, "'ok_actions' must be Sequence"),
        ],
        ids=["ARN", "number", "text", "one action", "one action when it is over"],
    )
    def test_of_another_type_are_refused(
        self, stack: Stack, make: Make, given: dict[str, object], message: str
    ) -> None:
        """
        A topic is a construct and not its ARN, actions are a list; nothing is made else.
        """
        with pytest.raises(TypeError, match=re.escape(message)):
            make(stack, **given)
        assert stack.node.try_find_child("Alarms") is None


class TestExclude:
    def test_may_leave_all_out(self, stack: Stack, make: Make) -> None:
        """
        What is left is nothing, no topic of an L1 and no rule either.
        """
        names = list(make(stack, "Other").alarms)
        alarms = make(stack, exclude=names, topic=CfnTopic(stack, "Topic"))
        assert alarms.alarms == {}
        assert alarms.node.children == []

    def test_takes_names_as_text(self, stack: Stack, make: Make) -> None:
        """
        The value of a member stands for it, and a name that stands twice for one.
        """
        name, *others = make(stack, "Other").alarms
        assert list(make(stack, exclude=[str(name), str(name)]).alarms) == others

    @pytest.mark.parametrize("names", [["LIKES"], "LIKES", [1]], ids=["unknown", "text", "number"])
    def test_refuses_other_names(self, stack: Stack, make: Make, names: Any) -> None:
        """
        A name that no alarm has is an error that shows those that there are.
        """
        with pytest.raises(TypeError, match=r"'exclude' must be Sequence\[\w+Alarm \([A-Z_]+, "):
            make(stack, exclude=names)


class TestAlarms:
    def test_are_there_by_name(self, stack: Stack, make: Make) -> None:
        """
        An alarm can be had, by the member and by its value, to do more with it.
        """
        alarms = make(stack)
        for name, alarm in alarms.alarms.items():
            assert alarms.alarms[str(name)] is alarm
            assert alarm.node.path == f"Stack/Alarms/{name.title().replace('_', '')}"

    def test_can_be_changed(self, stack: Stack, make: Make) -> None:
        """
        An action can be added to one alarm afterwards.
        """
        alarms = make(stack)
        name, *_ = alarms.alarms
        alarms.alarms[name].add_insufficient_data_action(_Own())
        found = alarms_of(stack, alarms)
        assert found[name]["InsufficientDataActions"] == [ANOTHER]
        assert [one for one in found if "InsufficientDataActions" in found[one]] == [name]

    def test_say_what_to_do(self, stack: Stack, make: Make) -> None:
        """
        The description, which is in the message, is a sentence that CloudWatch takes.
        """
        for alarm in alarms_of(stack, make(stack)).values():
            assert re.fullmatch(r"[A-Z].{20,1022}\.", alarm["AlarmDescription"])


class TestStack:
    def test_may_have_several_sets(self, stack: Stack) -> None:
        """
        Sets for several channels, stages and the account do not get into each other's way.
        """
        topic = CfnTopic(stack, "Topic")
        for id, make in (
            ("One", of_channel),
            ("Two", of_channel),
            ("Three", of_stage),
            ("Four", of_stage),
            ("Five", of_quotas),
        ):
            make(stack, id, topic=topic)
        assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == 6 + 6 + 7 + 7 + 3
        assert len(rules_of(stack)) == 2 + 2 + 3 + 3

    def test_may_have_two_sets_for_a_channel(self, stack: Stack) -> None:
        """
        A second set may warn earlier than the first.
        """
        channel = ivs.Channel(stack, "Channel")
        first = ivs.ChannelAlarms(stack, "Late", channel=channel)
        second = ivs.ChannelAlarms(
            stack, "Early", channel=channel, concurrent_views_threshold=1_000
        )
        assert alarms_of(stack, first)["CONCURRENT_VIEWS"]["Threshold"] == 12_000
        assert alarms_of(stack, second)["CONCURRENT_VIEWS"]["Threshold"] == 1_000
        assert len(rules_of(stack)) == 4

    def test_is_what_cfn_lint_wants(self, located_stack: Stack, make: Make) -> None:
        """
        cfn-lint has nothing to say to a set that was given all it takes.
        """
        topic = Topic(located_stack, "Topic")
        make(located_stack, topic=topic, ok_actions=[SnsAction(topic)])
        assert cfn_lint_findings(json.dumps(template_of(located_stack))) == []
        assert warnings_of(located_stack) == []

    @pytest.mark.newest
    def test_is_what_the_cdk_wants(self, app: App, make: Make, tmp_path: Any) -> None:
        """
        The CDK's own validation has nothing to say either.
        """
        app.node.set_context("@aws-cdk/core:validateAgainstDefaultRules", True)
        stack = Stack(app, "Stack")
        make(stack, topic=Topic(stack, "Topic"))
        assert template_of(stack)["Resources"]
        assert cdk_findings(tmp_path / "cdk.out") == []


def test_alarms_of_events_count_their_rules(stack: Stack) -> None:
    """
    Each rule is counted by the alarm of its name, in the namespace where EventBridge counts.
    """
    channel = of_channel(stack, "One")
    stage = of_stage(stack, "Two")
    counted = {
        alarm["Dimensions"][0]["Value"]["Ref"]: (alarm["Namespace"], alarm["MetricName"])
        for alarms in (channel, stage)
        for alarm in alarms_of(stack, alarms).values()
        if alarm["Dimensions"][0]["Name"] == "RuleName"
    }
    assert counted == dict.fromkeys(rules_of(stack), ("AWS/Events", "Invocations"))
    assert len(counted) == 5


def function_of(stack: Stack) -> Function:
    """A function that does nothing."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )
