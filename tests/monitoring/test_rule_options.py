"""What the rules of events take, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.aws_events import IRuleTarget, Rule, RuleTargetInput
from aws_cdk.aws_events_targets import LambdaFunction, SfnStateMachine, SnsTopic, SqsQueue
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sqs import Queue
from aws_cdk.aws_stepfunctions import DefinitionBody, Pass, StateMachine

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._monitoring import rules
from tests.monitoring.makers import MAKERS, rule_in
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
every_method = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


@pytest.fixture
def channel(stack: Stack) -> ivs.Channel:
    """A channel of the stack."""
    return ivs.Channel(stack, "Channel")


def queue_of(stack: Stack) -> SqsQueue:
    """A queue, with another one for what cannot be delivered."""
    return SqsQueue(Queue(stack, "Queue"), dead_letter_queue=Queue(stack, "DeadLetters"))


def function_of(stack: Stack) -> LambdaFunction:
    """A function."""
    return LambdaFunction(
        Function(
            stack,
            "Function",
            code=Code.from_inline("def handler(event, context): pass"),
            handler="index.handler",
            runtime=Runtime.PYTHON_3_13,
        )
    )


def machine_of(stack: Stack) -> SfnStateMachine:
    """A state machine."""
    return SfnStateMachine(
        StateMachine(
            stack, "Machine", definition_body=DefinitionBody.from_chainable(Pass(stack, "Pass"))
        ),
        input=RuleTargetInput.from_event_path("$.detail"),
    )


def topic_of(stack: Stack) -> SnsTopic:
    """A topic."""
    return SnsTopic(Topic(stack, "Topic"))


class TestOptions:
    @every_method
    def test_are_rendered(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        Every rule can have a name and a description, and be switched off.
        """
        make(stack, description="What it is for", enabled=False, rule_name="live")
        rule = rule_in(stack)
        assert (rule["Description"], rule["Name"], rule["State"]) == (
            "What it is for",
            "live",
            "DISABLED",
        )

    @every_method
    def test_are_left_out(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        A rule has no name, no description and no target unless they are given, and is enabled.
        """
        make(stack)
        rule = rule_in(stack)
        assert set(rule) == {"EventPattern", "State"}
        assert rule["State"] == "ENABLED"

    @every_method
    def test_of_other_names_are_type_errors(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        A keyword that there is not is refused: ``event_name`` would match everything.
        """
        with pytest.raises(TypeError, match="'event_name'"):
            make(stack, event_name=["Stream Start"])

    @every_method
    def test_without_a_name_that_is_looked_up_later(
        self, stack: Stack, make: Callable[..., Rule]
    ) -> None:
        """
        A name that the CDK made up before the look-up is left out, because the CDK refuses it.
        """
        make(stack, rule_name="dummy-value-for-/live/name")
        assert "Name" not in rule_in(stack)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"description": 5}, "'description' must be str, got 5 of type 'int'"),
            ({"enabled": "no"}, "'enabled' must be bool, got 'no' of type 'str'"),
            ({"rule_name": 5}, "'rule_name' must be str, got 5 of type 'int'"),
            (
                {"cross_stack_scope": "Stack"},
                "'cross_stack_scope' must be a construct, got 'Stack' of type 'str'",
            ),
            (
                {"description": "x" * 513},
                "'description' must have at most 512 characters, got 513 characters",
            ),
            (
                {"rule_name": "my rule"},
                (
                    "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', got "
                    "'my rule' of 7 characters"
                ),
            ),
            (
                {"rule_name": ""},
                (
                    "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', got '' of 0 "
                    "characters"
                ),
            ),
            (
                {"rule_name": "x" * 65},
                (
                    "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', got "
                    f"'{'x' * 65}' of 65 characters"
                ),
            ),
            (
                # The CDK checks a reference that is written out as if it were the name.
                {"rule_name": "{{resolve:ssm:/live/name}}"},
                (
                    "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', got "
                    "'{{resolve:ssm:/live/name}}' of 26 characters"
                ),
            ),
        ],
        ids=[
            "description of a number",
            "enabled of a text",
            "name of a number",
            "scope of a text",
            "long description",
            "name with a space",
            "empty name",
            "long name",
            "name with a written reference",
        ],
    )
    @every_method
    def test_that_eventbridge_refuses_are_refused(
        self,
        stack: Stack,
        make: Callable[..., Rule],
        options: dict[str, object],
        message: str,
    ) -> None:
        """
        Names, descriptions and types are checked before there is a rule.
        """
        with pytest.raises(ValidationError) as error:
            make(stack, **options)
        assert error.value.message == message
        assert resources_of(stack, "AWS::Events::Rule") == {}

    @every_method
    def test_may_be_as_long_as_eventbridge_takes(
        self, stack: Stack, make: Callable[..., Rule]
    ) -> None:
        """
        Tokens pass, and so do the longest names and descriptions.
        """
        make(stack, description="x" * 512, rule_name="a.B-c_9" + "x" * 57)
        rule = rule_in(stack)
        assert (len(rule["Description"]), len(rule["Name"])) == (512, 64)

    def test_may_be_tokens(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A description of parts that are known at deployment is not measured, and a name is not read.
        """
        channel.on_stream_state_change("Rule", description=token() * 20, rule_name=token("Name"))
        assert rule_in(stack)["Name"] == {"Ref": "Name"}

    @every_method
    def test_give_the_rule(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        What is given back is the rule of EventBridge.
        """
        rule = make(stack)
        assert stack.resolve(rule.rule_arn) == {
            "Fn::GetAtt": [stack.get_logical_id(rule.node.default_child), "Arn"]
        }


class TestScope:
    @pytest.mark.parametrize(
        ("make", "path"),
        [
            pytest.param(
                lambda stack: ivs.Channel(stack, "Owner"), "Stack/Owner/Rule", id="construct"
            ),
            pytest.param(
                lambda stack: ivs.Channel.from_channel_arn(stack, "Owner", CHANNEL_ARN),
                "Stack/Owner/Rule",
                id="imported",
            ),
            pytest.param(
                lambda stack: ivs.ChannelMonitoring.from_channel(CfnChannel(stack, "Owner")),
                "Stack/Owner/Rule",
                id="l1",
            ),
        ],
    )
    def test_is_the_resource(self, stack: Stack, make: Callable[..., Any], path: str) -> None:
        """
        A rule is made in the channel, so that those of two channels may have the same id.
        """
        assert make(stack).on_stream_state_change("Rule").node.path == path

    def test_of_limits_of_the_account_is_given(self, stack: Stack) -> None:
        """
        The rule for the account is made where it is said.
        """
        assert ivs.Channel.on_concurrent_limit_breach(stack, "Rule").node.path == "Stack/Rule"

    def test_makes_a_taken_id_an_error(self, channel: ivs.Channel) -> None:
        """
        Two rules of a channel cannot have the same id.
        """
        channel.on_stream_state_change("Rule")
        with pytest.raises(RuntimeError, match="already a Construct with name 'Rule'"):
            channel.on_stream_health_change("Rule")


class TestTargets:
    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            pytest.param(
                queue_of,
                {
                    "Arn": {"Fn::GetAtt": ["Queue4A7E3555", "Arn"]},
                    "DeadLetterConfig": {"Arn": {"Fn::GetAtt": ["DeadLettersBBF8BAAB", "Arn"]}},
                    "Id": "Target0",
                },
                id="queue",
            ),
            pytest.param(
                function_of,
                {"Arn": {"Fn::GetAtt": ["Function76856677", "Arn"]}, "Id": "Target0"},
                id="function",
            ),
            pytest.param(
                machine_of,
                {
                    "Arn": {"Ref": "Machine6FC8AE80"},
                    "Id": "Target0",
                    "InputPath": "$.detail",
                    "RoleArn": {"Fn::GetAtt": ["MachineEventsRoleC8089716", "Arn"]},
                },
                id="machine",
            ),
            pytest.param(topic_of, {"Arn": {"Ref": "TopicBFC7AF6E"}, "Id": "Target0"}, id="topic"),
        ],
    )
    def test_are_of_any_kind(
        self, stack: Stack, target: Callable[[Stack], IRuleTarget], expected: dict[str, Any]
    ) -> None:
        """
        A rule has the target that it is given, whatever kind that is.
        """
        ivs.Channel(stack, "Channel").on_recording_state_change("Rule", target=target(stack))
        assert rule_in(stack)["Targets"] == [expected]

    @every_method
    def test_can_be_given_to_every_method(self, stack: Stack, make: Callable[..., Rule]) -> None:
        """
        Every rule takes a target.
        """
        make(stack, target=topic_of(stack))
        assert rule_in(stack)["Targets"] == [{"Arn": {"Ref": "TopicBFC7AF6E"}, "Id": "Target0"}]

    def test_can_be_added_later(self, stack: Stack, channel: ivs.Channel) -> None:
        """
        A rule without a target can be given some.
        """
        rule = channel.on_stream_state_change("Rule")
        rule.add_target(topic_of(stack))
        rule.add_target(queue_of(stack))
        assert [target["Id"] for target in rule_in(stack)["Targets"]] == ["Target0", "Target1"]


class TestCrossStackScope:
    @pytest.fixture
    def consumer(self, app: App) -> Stack:
        """Another stack."""
        return Stack(app, "Consumer")

    def test_breaks_the_cycle(self, stack: Stack, consumer: Stack, channel: ivs.Channel) -> None:
        """
        A rule is made beside its target, if that is in a stack that refers to the channel's.
        """
        queue = Queue(consumer, "Queue")
        channel.on_stream_state_change("Rule", target=SqsQueue(queue), cross_stack_scope=consumer)
        template_of(stack)
        (rule,) = resources_of(consumer, "AWS::Events::Rule").values()
        assert rule["Properties"]["Targets"][0]["Arn"] == {"Fn::GetAtt": ["Queue4A7E3555", "Arn"]}
        assert rule["Properties"]["EventPattern"]["resources"] == [
            {"Fn::ImportValue": "Stack:ExportsOutputFnGetAttChannel4048F119Arn6BD23211"}
        ]
        assert resources_of(stack, "AWS::Events::Rule") == {}

    def test_is_needed_then(
        self, app: App, stack: Stack, consumer: Stack, channel: ivs.Channel
    ) -> None:
        """
        Without it the two stacks would need one another.
        """
        channel.on_stream_state_change("Rule", target=SqsQueue(Queue(consumer, "Queue")))
        with pytest.raises(RuntimeError, match=r"[Cc]yclic"):
            app.synth()

    def test_is_where_the_id_is_unique(self, consumer: Stack, channel: ivs.Channel) -> None:
        """
        The rule has its id in that scope.
        """
        rule = channel.on_stream_state_change("Rule", cross_stack_scope=consumer)
        assert rule.node.path == "Consumer/Rule"

    def test_of_none_is_not_given(self, channel: ivs.Channel) -> None:
        """
        A scope of None is the channel.
        """
        rule = channel.on_stream_state_change("Rule", cross_stack_scope=None)
        assert rule.node.path == "Stack/Channel/Rule"

    def test_must_be_in_the_region_of_the_channel(self, app: App, located_stack: Stack) -> None:
        """
        Events reach rules of their own Region only, so one elsewhere is refused.
        """
        far = Stack(app, "Far", env=Environment(account=ACCOUNT, region="eu-west-1"))
        channel = ivs.Channel.from_channel_arn(located_stack, "Channel", CHANNEL_ARN)
        with pytest.raises(ValidationError, match="'channel_arn' must be in the Region"):
            channel.on_stream_state_change("Rule", cross_stack_scope=far)

    def test_may_be_in_the_region_of_a_reference(self, app: App, located_stack: Stack) -> None:
        """
        A rule that is made in the Region of the channel is right, wherever the reference is.
        """
        far = Stack(app, "Far", env=Environment(account=ACCOUNT, region="eu-west-1"))
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a1", region="eu-west-1")
        )
        assert channel.on_stream_state_change("Rule", cross_stack_scope=far).node.path == "Far/Rule"


class TestEnvironment:
    @pytest.mark.parametrize(
        "method",
        [
            "on_stream_state_change",
            "on_stream_health_change",
            "on_recording_state_change",
            "on_limit_breach",
            "on_ad_break",
        ],
    )
    def test_of_a_channel_must_be_that_of_the_stack(
        self, located_stack: Stack, method: str
    ) -> None:
        """
        A rule sees the events of its own Region, so a channel of another one is refused.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a1", region="eu-west-1")
        )
        with pytest.raises(ValidationError) as error:
            getattr(channel, method)("Rule")
        assert error.value.code == "Environment"
        assert error.value.path == "Stack/Channel/Rule"
        assert error.value.message == (
            "'channel_arn' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )
        assert channel.node.children == []

    @pytest.mark.parametrize(
        "method",
        [
            "on_stage_update",
            "on_participant_recording_state_change",
            "on_composition_state_change",
        ],
    )
    def test_of_a_stage_must_be_that_of_the_stack(self, app: App, method: str) -> None:
        """
        So is a stage of another account.
        """
        stack = Stack(app, "Mine", env=Environment(account="999999999999", region="us-west-2"))
        stage = ivs.Stage.from_stage_arn(stack, "Stage", arn("stage/a1"))
        with pytest.raises(ValidationError) as error:
            getattr(stage, method)("Rule")
        assert error.value.path == "Mine/Stage/Rule"
        assert error.value.message == (
            "'stage_arn' must be in the account of the stack, 999999999999, got one in 123456789012"
        )

    def test_may_not_be_known(self, located_stack: Stack) -> None:
        """
        An ARN that is known at deployment is taken to be right.
        """
        channel = ivs.Channel.from_channel_arn(located_stack, "Channel", token())
        channel.on_stream_state_change("Rule")
        assert rule_in(located_stack)["EventPattern"]["resources"] == [{"Ref": "Parameter"}]


class TestQuota:
    def test_of_rules_is_a_warning(self, located_stack: Stack) -> None:
        """
        The rule after the 300th of the library is over the default quota of a Region.
        """
        channel = ivs.Channel(located_stack, "Channel")
        for index in range(300):
            channel.on_stream_state_change(f"Rule{index}")
        assert warnings_of(located_stack) == []
        channel.on_stream_state_change("Last")
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Channel/Last"
        assert text == (
            "the app has 301 event rules in account 123456789012 and Region us-west-2, more "
            "than the default quota of 300; request a higher quota in Service Quotas, or let "
            "one rule of an on_all_ method match the events of several resources [ack: "
            "cdk-ivs:QuotaEventRules]"
        )

    def test_counts_the_rules_of_alarms(
        self, app: App, located_stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Each set of alarms of a channel has two rules, which are counted over the stacks of an app.
        """
        monkeypatch.setattr(rules, "_MOST_RULES", 3)
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        for stack in (located_stack, other):
            channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)
            ivs.ChannelAlarms(stack, "Alarms", channel=channel)
        assert warnings_of(located_stack) == []
        assert [path for path, _ in warnings_of(other)] == ["/Other/Alarms/RecordingFailureRule"]
