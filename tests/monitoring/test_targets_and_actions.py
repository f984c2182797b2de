"""Targets of rules and actions of alarms: what is one, and what is said of other things."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jsii
import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_cloudwatch import AlarmActionConfig, IAlarmAction
from aws_cdk.aws_cloudwatch_actions import Ec2Action, Ec2InstanceAction, LambdaAction, SnsAction
from aws_cdk.aws_events import IRuleTarget, Rule, RuleTargetConfig
from aws_cdk.aws_events_targets import CloudWatchLogGroup, LambdaFunction, SqsQueue
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_sns import CfnTopic, Topic
from aws_cdk.aws_sns_subscriptions import SqsSubscription
from aws_cdk.aws_sqs import Queue
from aws_cdk.aws_stepfunctions import StateMachine
from jsii._reference_map import InterfaceDynamicProxy

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.monitoring.makers import MAKERS, rule_in
from tests.support.oracles import resources_of

FUNCTION_ARN = "arn:aws:lambda:us-west-2:123456789012:function:one"
MACHINE_ARN = "arn:aws:states:us-west-2:123456789012:stateMachine:one"
every_method = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
every_set = pytest.mark.parametrize(
    "make",
    [
        lambda stack, **given: ivs.ChannelAlarms(
            stack, "Alarms", channel=ivs.Channel(stack, "Owner"), **given
        ),
        lambda stack, **given: ivs.StageAlarms(
            stack, "Alarms", stage=ivs.Stage(stack, "Owner"), **given
        ),
        lambda stack, **given: ivs.QuotaAlarms(stack, "Alarms", **given),
    ],
    ids=["channel", "stage", "quotas"],
)


def function_of(stack: Stack) -> Function:
    """A function of the stack."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )


def imported_function(stack: Stack) -> Any:
    """An imported function."""
    return Function.from_function_arn(stack, "Function", FUNCTION_ARN)


def proxy_of(made: Any) -> Any:
    """What Python has of an object that JavaScript made of a class that Python does not know."""
    proxy: Any = InterfaceDynamicProxy([made])
    proxy.__jsii_ref__ = made.__jsii_ref__
    return proxy


@jsii.implements(IRuleTarget)
class _OwnTarget:
    """A target that a user wrote."""

    @jsii.member(jsii_name="bind")
    def bind(self, rule: Any, id: Any = None) -> RuleTargetConfig:
        """What the rule calls."""
        return RuleTargetConfig(arn=FUNCTION_ARN)


class _Heir(_OwnTarget):
    """One that inherits."""


@jsii.implements(IRuleTarget)
class _Failing:
    """A target that no rule can have."""

    @jsii.member(jsii_name="bind")
    def bind(self, rule: Any, id: Any = None) -> RuleTargetConfig:
        """What the rule calls."""
        message = "not on a Friday"
        raise ValueError(message)


@jsii.implements(IAlarmAction)
class _FailingAction:
    """An action that no alarm can have."""

    @jsii.member(jsii_name="bind")
    def bind(self, scope: Any, alarm: Any) -> AlarmActionConfig:
        """What the alarm calls."""
        message = "not on a Friday"
        raise ValueError(message)


class TestTarget:
    @pytest.mark.parametrize(
        ("make_target", "type_name", "advice"),
        [
            (function_of, "Function", "wrap it in aws_events_targets.LambdaFunction()"),
            (imported_function, "FunctionBase", "wrap it in aws_events_targets.LambdaFunction()"),
            (
                lambda stack: Queue(stack, "Queue"),
                "Queue",
                "wrap it in aws_events_targets.SqsQueue()",
            ),
            (
                lambda stack: proxy_of(Queue(stack, "Queue")),
                "Queue",
                "wrap it in aws_events_targets.SqsQueue()",
            ),
            (
                lambda stack: Topic(stack, "Topic"),
                "Topic",
                "wrap it in aws_events_targets.SnsTopic()",
            ),
            (
                lambda stack: LogGroup(stack, "Logs"),
                "LogGroup",
                "wrap it in aws_events_targets.CloudWatchLogGroup()",
            ),
            (
                lambda stack: StateMachine.from_state_machine_arn(stack, "Machine", MACHINE_ARN),
                "IStateMachine",
                "wrap it in aws_events_targets.SfnStateMachine()",
            ),
            (lambda stack: FUNCTION_ARN, "str", "use a class of aws_events_targets"),
            (lambda stack: 3, "int", "use a class of aws_events_targets"),
            (lambda stack: [_OwnTarget()], "list", "use a class of aws_events_targets"),
            # Both have a method of the name of a target's.
            (
                lambda stack: Ec2Action(Ec2InstanceAction.REBOOT),
                "Ec2Action",
                "use a class of aws_events_targets",
            ),
            (
                lambda stack: SqsSubscription(Queue(stack, "Queue")),
                "SqsSubscription",
                "use a class of aws_events_targets",
            ),
        ],
        ids=[
            "function",
            "imported function",
            "queue",
            "proxy of a queue",
            "topic",
            "log group",
            "machine",
            "text",
            "number",
            "list",
            "action",
            "subscription",
        ],
    )
    def test_that_is_none_names_the_class(
        self, stack: Stack, make_target: Callable[[Stack], Any], type_name: str, advice: str
    ) -> None:
        """
        What is no target is refused before there is a rule, with the class that makes it one.
        """
        channel = ivs.Channel(stack, "Channel")
        target = make_target(stack)
        with pytest.raises(ValidationError) as error:
            channel.on_stream_state_change("Rule", target=target)
        assert isinstance(error.value, TypeError)
        assert error.value.path == "Stack/Channel/Rule"
        assert error.value.message.startswith("'target' must be IRuleTarget, got ")
        assert error.value.message.endswith(f" of type '{type_name}'; {advice}")
        assert channel.node.try_find_child("Rule") is None

    @every_method
    def test_is_checked_by_every_method(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        No method makes a rule of something else.
        """
        queue = Queue(stack, "Queue")
        with pytest.raises(TypeError, match=r"aws_events_targets\.SqsQueue\(\)"):
            make(stack, target=queue)
        assert resources_of(stack, "AWS::Events::Rule") == {}

    @pytest.mark.parametrize(
        "make_target",
        [
            lambda stack: LambdaFunction(imported_function(stack)),
            lambda stack: SqsQueue(Queue(stack, "Queue")),
            lambda stack: CloudWatchLogGroup(LogGroup(stack, "Logs")),
            lambda stack: _OwnTarget(),
            lambda stack: _Heir(),
        ],
        ids=["function", "queue", "log group", "own", "inherited"],
    )
    def test_may_be_any(self, stack: Stack, make_target: Callable[[Stack], Any]) -> None:
        """
        Every target is taken, also one that a user wrote.
        """
        ivs.Channel(stack, "Channel").on_stream_state_change("Rule", target=make_target(stack))
        assert [target["Id"] for target in rule_in(stack)["Targets"]] == ["Target0"]

    def test_may_be_a_proxy(self, stack: Stack) -> None:
        """
        A target that JavaScript made is a proxy, whose members are those of the interface.
        """
        target = proxy_of(SqsQueue(Queue(stack, "Queue")))
        ivs.Channel(stack, "Channel").on_stream_state_change("Rule", target=target)
        assert len(rule_in(stack)["Targets"]) == 1

    @every_method
    def test_that_fails_leaves_no_rule(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        A target that refuses the rule takes it with it, and what the target said is told.
        """
        with pytest.raises(ValidationError, match="not on a Friday") as error:
            make(stack, target=_Failing())
        assert error.value.code == "Target"
        assert (error.value.path or "").endswith("/Rule")
        assert resources_of(stack, "AWS::Events::Rule") == {}

    def test_of_a_taken_id_does_not_remove_the_first_rule(self, stack: Stack) -> None:
        """
        The rule that has the id already stays.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.on_stream_state_change("Rule", description="first")
        with pytest.raises(RuntimeError, match="already a Construct with name 'Rule'"):
            channel.on_stream_state_change("Rule", target=_OwnTarget())
        assert rule_in(stack)["Description"] == "first"


class TestActions:
    @pytest.mark.parametrize("keyword", ["actions", "ok_actions"])
    @pytest.mark.parametrize(
        ("make_actions", "message"),
        [
            (
                lambda stack: [function_of(stack)],
                (
                    r"got one item, an object of type 'Function'; wrap it in "
                    r"aws_cloudwatch_actions\.LambdaAction\(\)$"
                ),
            ),
            (
                lambda stack: [imported_function(stack)],
                r"got one item, .+; wrap it in aws_cloudwatch_actions\.LambdaAction\(\)$",
            ),
            (
                lambda stack: [Topic(stack, "Topic")],
                r"of type 'Topic'; wrap it in aws_cloudwatch_actions\.SnsAction\(\)$",
            ),
            (
                lambda stack: Topic(stack, "Topic"),
                r"of type 'Topic'; wrap it in aws_cloudwatch_actions\.SnsAction\(\), in a list$",
            ),
            (
                lambda stack: [SqsQueue(Queue(stack, "Queue"))],
                "of type 'SqsQueue'; use a class of aws_cloudwatch_actions$",
            ),
            (
                lambda stack: Ec2Action(Ec2InstanceAction.REBOOT),
                "of type 'Ec2Action'; put it in a list$",
            ),
            (
                lambda stack: [Ec2Action(Ec2InstanceAction.REBOOT), None],
                "got one item, None of type 'NoneType'; use a class of aws_cloudwatch_actions$",
            ),
            (
                lambda stack: FUNCTION_ARN,
                "of type 'str'; use a class of aws_cloudwatch_actions, in a list$",
            ),
        ],
        ids=[
            "function",
            "imported function",
            "topics",
            "topic",
            "target",
            "one action",
            "None",
            "text",
        ],
    )
    @every_set
    def test_that_are_none_name_the_class(
        self,
        stack: Stack,
        make: Callable[..., Any],
        make_actions: Callable[[Stack], Any],
        message: str,
        keyword: str,
    ) -> None:
        """
        What is no action is refused before there is an alarm, with the class that makes it one.
        """
        actions = make_actions(stack)
        with pytest.raises(ValidationError) as error:
            make(stack, **{keyword: actions})
        assert isinstance(error.value, TypeError)
        assert error.value.message.startswith(f"'{keyword}' must be Sequence[IAlarmAction], got ")
        assert re.search(message, error.value.message)
        assert stack.node.try_find_child("Alarms") is None

    @every_set
    @pytest.mark.parametrize("keyword", ["actions", "ok_actions"])
    def test_that_fail_leave_no_alarms(
        self, stack: Stack, make: Callable[..., Any], keyword: str
    ) -> None:
        """
        An action that refuses an alarm takes all of the set with it, and what it said is told.
        """
        topic = Topic(stack, "Topic")
        with pytest.raises(ValidationError, match="not on a Friday") as error:
            make(stack, topic=topic, **{keyword: [_FailingAction()]})
        assert (error.value.code, error.value.path) == ("AlarmAction", "Stack/Alarms")
        assert stack.node.try_find_child("Alarms") is None
        assert stack.node.try_find_child("CdkIvsAlarmEvents") is None
        assert topic.node.try_find_child("Policy") is None

    def test_of_one_function_go_with_one_set(self, app: App) -> None:
        """
        The CDK's action of a function names its permission after the alarm: a second set of the
        same alarms is an error, and the first stays.
        """
        app.node.set_context(
            "@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction",
            True,
        )
        stack = Stack(app, "Stack")
        action = LambdaAction(function_of(stack))
        first = ivs.QuotaAlarms(stack, "First", actions=[action])
        with pytest.raises(ValidationError, match="'actions' and 'ok_actions' must be accepted by"):
            ivs.QuotaAlarms(stack, "Second", actions=[action])
        assert stack.node.try_find_child("Second") is None
        assert len(resources_of(stack, "AWS::CloudWatch::Alarm")) == len(first.alarms)


class TestTopic:
    @pytest.mark.parametrize(
        "make_topic",
        [
            lambda stack: Queue(stack, "Queue"),
            lambda stack: SnsAction(Topic(stack, "Topic")),
            lambda stack: [Topic(stack, "Topic")],
        ],
        ids=["queue", "action", "list"],
    )
    @every_set
    def test_that_is_none_names_the_class(
        self, stack: Stack, make: Callable[..., Any], make_topic: Callable[[Stack], Any]
    ) -> None:
        """
        What is no topic is refused, with how to have one of an ARN.
        """
        topic = make_topic(stack)
        with pytest.raises(ValidationError) as error:
            make(stack, topic=topic)
        assert isinstance(error.value, TypeError)
        assert error.value.message.startswith("'topic' must be ITopicRef, got ")
        assert error.value.message.endswith(
            f" of type '{type(topic).__name__}'; use aws_sns.Topic, or Topic.from_topic_arn() for "
            "an ARN"
        )
        assert stack.node.try_find_child("Alarms") is None

    @every_set
    def test_that_is_an_arn_gets_the_call(self, stack: Stack, make: Callable[..., Any]) -> None:
        """
        The ARN of a topic is refused with the one call that makes a construct of it.
        """
        topic_arn = "arn:aws:sns:us-west-2:123456789012:alarms"
        with pytest.raises(ValidationError) as error:
            make(stack, topic=topic_arn)
        assert error.value.message == (
            f"'topic' must be ITopicRef, got '{topic_arn}' of type 'str'; "
            f"""use aws_sns.Topic.from_topic_arn(self, "…", '{topic_arn}')"""
        )
        assert stack.node.try_find_child("Alarms") is None

    @pytest.mark.parametrize(
        "make_topic",
        [
            lambda stack: Topic(stack, "Topic"),
            lambda stack: CfnTopic(stack, "Topic"),
            lambda stack: Topic.from_topic_arn(
                stack, "Topic", "arn:aws:sns:us-west-2:123456789012:alarms"
            ),
        ],
        ids=["L2", "L1", "imported"],
    )
    @every_set
    def test_may_be_any(
        self, stack: Stack, make: Callable[..., Any], make_topic: Callable[[Stack], Any]
    ) -> None:
        """
        A topic of any kind gets a message of every alarm.
        """
        make(stack, topic=make_topic(stack))
        found = resources_of(stack, "AWS::CloudWatch::Alarm").values()
        assert all(len(one["Properties"]["AlarmActions"]) == 1 for one in found)
