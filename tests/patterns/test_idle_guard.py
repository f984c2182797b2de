"""IdleGuard: what it creates, permits and refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack, Token
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import aws_logs as logs
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as scheduler_targets
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import IdleGuard
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.api_models import Needed, needed_by
from tests.patterns.by_hand import machine_by_hand, rule_by_hand
from tests.patterns.state_machines import definitions_of
from tests.support.events import CHANNEL, OTHER_CHANNEL, STREAM_STATE, event
from tests.support.messages import count
from tests.support.oracles import template_of
from tests.support.tokens import token

HALF_AN_HOUR = Duration.minutes(30)
TAGS = {"app": "ugc"}
IN_REGION = "arn:<Partition>:{}:<Region>:<AccountId>:{}"


def text_of(value: Any) -> Any:
    """A resource of a statement as text, with gaps for what CloudFormation fills in."""
    match value:
        case {"Fn::Join": ["", parts]}:
            return "".join(map(text_of, parts))
        case {"Ref": name}:
            return f"<{name.removeprefix('AWS::')}>"
        case list():
            return [text_of(item) for item in value]
    return value


def statements_of(stack: Stack, policy: str) -> list[tuple[Any, Any, Any]]:
    """Actions, resources and conditions in policies whose logical ids begin in a way."""
    return [
        (each["Action"], text_of(each["Resource"]), each.get("Condition"))
        for name, resource in Template.from_stack(stack).find_resources("AWS::IAM::Policy").items()
        if name.startswith(policy)
        for each in resource["Properties"]["PolicyDocument"]["Statement"]
        if not str(each["Action"]).startswith(("['logs:", "['xray:"))
    ]


REPORTS = (
    "events:PutEvents",
    IN_REGION.format("events", "event-bus/default"),
    {"StringEquals": {"events:source": "cdk-ivs.idle-guard"}},
)


class TestPermissions:
    def test_of_channels(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        Streams of the channels can be looked at and stopped, and of no others.
        """
        IdleGuard(stack, "Guard", channels=[channel], no_viewers_for=HALF_AN_HOUR)
        assert statements_of(stack, "GuardStreamsStateMachineRole") == [
            (["ivs:GetStream", "ivs:StopStream"], CHANNEL, None),
            REPORTS,
        ]

    def test_of_all_channels(self, stack: Stack) -> None:
        """
        To find all streams they are listed, which is authorized on channels.
        """
        IdleGuard(stack, "Guard", all_channels=True, no_viewers_for=HALF_AN_HOUR)
        channels = IN_REGION.format("ivs", "channel/*")
        assert statements_of(stack, "GuardStreamsStateMachineRole") == [
            (["ivs:GetStream", "ivs:StopStream"], channels, None),
            ("ivs:ListStreams", channels, None),
            REPORTS,
        ]

    def test_of_a_dry_run(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        What is only reported cannot be stopped or deleted.
        """
        IdleGuard(
            stack,
            "Guard",
            channels=[channel],
            delete_stages=True,
            dry_run=True,
            no_viewers_for=HALF_AN_HOUR,
            stage_tags=TAGS,
        )
        assert not re.search("StopStream|DeleteStage", str(statements_of(stack, "Guard")))

    def test_of_stages(self, stack: Stack) -> None:
        """
        Stages can be deleted that have the tags, and of all others only the list is read.
        """
        IdleGuard(stack, "Guard", delete_stages=True, stage_tags={"App": "UGC", "may go": "yes"})
        stages = IN_REGION.format("ivs", "stage/*")
        assert statements_of(stack, "GuardStagesStateMachineRole") == [
            ("ivs:ListStages", stages, None),
            (
                ["ivs:DeleteStage", "ivs:GetStage", "ivs:ListStageSessions"],
                stages,
                {"StringEquals": {"aws:ResourceTag/App": "UGC", "aws:ResourceTag/may go": "yes"}},
            ),
            REPORTS,
        ]

    def test_to_start_itself(self, stack: Stack) -> None:
        """
        A state machine may start itself, by a policy that it does not wait for.
        """
        IdleGuard(stack, "Guard", stage_tags=TAGS)
        ((action, resource, _),) = statements_of(stack, "GuardStagesStartItself")
        machines = Template.from_stack(stack).find_resources("AWS::StepFunctions::StateMachine")
        ((name, machine),) = machines.items()
        assert (action, resource) == ("states:StartExecution", f"<{name}>")
        assert not any("StartItself" in each for each in machine["DependsOn"])

    def test_reference_names_the_same(self, stack: Stack) -> None:
        """
        The Service Authorization Reference authorizes each call on what was granted.
        """
        IdleGuard(
            stack,
            "Guard",
            all_channels=True,
            delete_stages=True,
            no_viewers_for=HALF_AN_HOUR,
            stage_tags=TAGS,
        )
        definitions = definitions_of(template_of(stack), {"Tag0": "ugc"})
        needed = {each for definition in definitions.values() for each in needed_by(definition)}
        assert needed == {
            Needed("events:PutEvents", frozenset({"event-bus", "event-busv2"})),
            Needed("ivs:DeleteStage", frozenset({"stage"})),
            Needed("ivs:GetStage", frozenset({"stage"})),
            Needed("ivs:GetStream", frozenset({"channel"})),
            Needed("ivs:ListStageSessions", frozenset({"stage"})),
            Needed("ivs:ListStages", frozenset({"stage"})),
            Needed("ivs:ListStreams", frozenset({"channel"})),
            Needed("ivs:StopStream", frozenset({"channel"})),
            Needed("states:StartExecution", frozenset({"statemachine"})),
        }


def stream_event(name: str, channel: str = CHANNEL) -> dict[str, Any]:
    """An event of a stream."""
    return event(STREAM_STATE, [channel], {"event_name": name, "stream_id": "st-1"})


class TestRules:
    def test_watches_from_the_start(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The start of a stream of the channels is matched, and nothing else.
        """
        guard = IdleGuard(stack, "Guard", channels=[channel], no_viewers_for=HALF_AN_HOUR)
        assert guard.rule is not None
        patterns = patterns_of(stack, {"rule": guard.rule}, {})
        assert matching(patterns, stream_event("Stream Start")) == {"rule"}
        assert matching(patterns, stream_event("Stream End")) == set()
        assert matching(patterns, stream_event("Stream Start", OTHER_CHANNEL)) == set()

    def test_watches_all(self, stack: Stack) -> None:
        """
        Of all channels, the start of every stream is matched.
        """
        guard = IdleGuard(stack, "Guard", all_channels=True, starving_for=HALF_AN_HOUR)
        assert guard.rule is not None
        patterns = patterns_of(stack, {"rule": guard.rule}, {})
        assert matching(patterns, stream_event("Stream Start", OTHER_CHANNEL)) == {"rule"}

    def test_reports_are_its_own(self, stack: Stack) -> None:
        """
        A guard hears its own reports, and not those of another.
        """
        one = IdleGuard(stack, "One", stage_tags=TAGS)
        two = IdleGuard(stack, "Two", stage_tags=TAGS)
        rules = {"one": one.on_report("Report"), "two": two.on_report("Report")}
        patterns = patterns_of(stack, rules, {})
        definitions = definitions_of(template_of(stack), {"Tag0": "ugc"})
        for name, definition in definitions.items():
            items = definition["States"]["WhichStillAre"]["ItemProcessor"]["States"]
            (entry,) = items["Report"]["Parameters"]["Entries"]
            report = event(entry["DetailType"], [], entry["Detail"], source=entry["Source"])
            assert matching(patterns, report) == {"one" if name.startswith("One") else "two"}

    def test_failures_are_of_both_machines(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        One rule hears of failures of both state machines.
        """
        guard = IdleGuard(
            stack, "Guard", channels=[channel], no_viewers_for=HALF_AN_HOUR, stage_tags=TAGS
        )
        rule = guard.on_failure("Failure", target=targets.SqsQueue(sqs.Queue(stack, "Queue")))
        names = [
            stack.get_logical_id(machine.node.default_child)  # type: ignore[union-attr, arg-type] # an L1
            for machine in (guard.stream_state_machine, guard.stage_state_machine)
        ]
        patterns = patterns_of(stack, {"rule": rule}, {name: name for name in names})
        for name in names:
            failed = event(
                "Step Functions Execution Status Change",
                [],
                {"stateMachineArn": name, "status": "TIMED_OUT"},
                source="aws.states",
            )
            assert matching(patterns, failed) == {"rule"}

    def test_topic_gets_reports(self, stack: Stack) -> None:
        """
        A topic is a target of the reports, and its policy lets EventBridge publish.
        """
        IdleGuard(stack, "Guard", stage_tags=TAGS, topic=sns.Topic(stack, "Topic"))
        template = Template.from_stack(stack)
        template.has_resource_properties(
            "AWS::Events::Rule", {"Targets": [{"Arn": {"Ref": "TopicBFC7AF6E"}, "Id": "Target0"}]}
        )
        (policy,) = template.find_resources("AWS::SNS::TopicPolicy").values()
        (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Service": "events.amazonaws.com"}


class TestParts:
    def test_are_for_what_is_guarded(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        There is nothing for streams without channels, and nothing for stages without tags.
        """
        streams = IdleGuard(stack, "Streams", channels=[channel], no_viewers_for=HALF_AN_HOUR)
        stages = IdleGuard(stack, "Stages", stage_tags=TAGS)
        assert streams.stream_state_machine is not None
        assert streams.stream_schedule is not None
        assert (streams.stage_state_machine, streams.stage_schedule) == (None, None)
        assert stages.stage_state_machine is not None
        assert stages.stage_schedule is not None
        assert (stages.rule, stages.stream_state_machine, stages.stream_schedule) == (None,) * 3

    def test_schedules(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        Streams are gone through every hour, stages as often as they may be idle.
        """
        IdleGuard(
            stack,
            "Guard",
            channels=[channel],
            no_viewers_for=HALF_AN_HOUR,
            stage_tags=TAGS,
            stages_idle_for=Duration.days(3),
        )
        schedules = Template.from_stack(stack).find_resources("AWS::Scheduler::Schedule")
        assert {
            name[:12]: each["Properties"]["ScheduleExpression"] for name, each in schedules.items()
        } == {"GuardStreams": "rate(1 hour)", "GuardStagesS": "rate(3 days)"}
        (machine,) = (
            each
            for each in definitions_of(
                template_of(stack), {"Channel0": CHANNEL, "Tag0": "ugc"}
            ).values()
            if "WhichPage" in each["States"]
        )
        assert machine["States"]["Wait"]["Seconds"] == 259_200
        assert machine["TimeoutSeconds"] == 259_200 + 7200

    def test_can_be_given(self, stack: Stack) -> None:
        """
        A queue and a log group that are given are used, and none is created.
        """
        queue, group = sqs.Queue(stack, "Queue"), logs.LogGroup(stack, "Group")
        guard = IdleGuard(stack, "Guard", dead_letter_queue=queue, log_group=group, stage_tags=TAGS)
        assert (guard.dead_letter_queue, guard.log_group) == (queue, group)
        template = Template.from_stack(stack)
        template.resource_count_is("AWS::SQS::Queue", 1)
        template.resource_count_is("AWS::Logs::LogGroup", 1)

    def test_tokens_pass(self, stack: Stack) -> None:
        """
        The value of a tag, and a channel, may be known at deployment only.
        """
        IdleGuard(
            stack,
            "Guard",
            channels=[ivs.Channel(stack, "New"), alpha.Channel(stack, "Alpha")],
            no_viewers_for=HALF_AN_HOUR,
            stage_tags={"app": token("App")},
        )
        machines = Template.from_stack(stack).find_resources("AWS::StepFunctions::StateMachine")
        given = [each["Properties"]["DefinitionSubstitutions"] for each in machines.values()]
        assert {"Tag0": {"Ref": "App"}} in given
        assert [[*each] for each in given if "Tag0" not in each] == [["Channel0", "Channel1"]]


HOURS = Duration.hours(2)


class TestRefused:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({}, "'channels', 'all_channels' or 'stage_tags' must be given"),
            (
                {"all_channels": True},
                "at least one of 'no_viewers_for' and 'starving_for' must be given with channels",
            ),
            (
                {"all_channels": True, "channels": True, "starving_for": HOURS},
                "'channels' must not be given with 'all_channels'",
            ),
            ({"channels": [], "starving_for": HOURS}, "'channels' must have at least one channel"),
            (
                {"stage_tags": TAGS, "starving_for": HOURS},
                (
                    "'starving_for' must not be given without 'channels' or 'all_channels'"
                    ", got 2 hours"
                ),
            ),
            (
                {"stage_tags": TAGS, "no_viewers_for": HOURS},
                (
                    "'no_viewers_for' must not be given without 'channels' or 'all_channels'"
                    ", got 2 hours"
                ),
            ),
            (
                {"stage_tags": TAGS, "check_every": HOURS},
                "'check_every' must not be given without 'channels' or 'all_channels', got 2 hours",
            ),
            (
                {"channels": True, "starving_for": HOURS, "delete_stages": True},
                "'delete_stages' must not be given without 'stage_tags', got True",
            ),
            (
                {"channels": True, "starving_for": HOURS, "stages_idle_for": HOURS},
                "'stages_idle_for' must not be given without 'stage_tags', got 2 hours",
            ),
            ({"stage_tags": {}}, "'stage_tags' must have at least one tag, got none"),
            (
                {"stage_tags": {"it's": "a"}},
                "'stage_tags' must have keys of letters, digits, spaces and '_.:/=+@-', got \"it's",
            ),
            (
                {"stage_tags": {"a": f"b{Token.as_number({'Ref': 'Number'})}"}},
                "'stage_tags' must not contain a token for a number, got {'a': ",
            ),
            ({"stage_tags": {"a": f"{'b' * 257}{token()}"}}, "'stage_tags' must have values of "),
            ({"stage_tags": {"a": 1}}, "'stage_tags' must map str to str, got 'a': 1"),
            ({"stage_tags": {1: "a"}}, "'stage_tags' must map str to str, got 1: 'a'"),
            ({"stage_tags": {"a": '"'}}, "'stage_tags' must have values of letters, digits"),
            ({"stage_tags": {"a" * 129: "b"}}, "'stage_tags' must have keys of letters, digits"),
            ({"stage_tags": {token(): "b"}}, "'stage_tags' must have keys of letters, digits"),
            (
                {"channels": True, "starving_for": Duration.minutes(4)},
                "'starving_for' must be at least 300 seconds, got 240 seconds",
            ),
            (
                {"channels": True, "no_viewers_for": Duration.days(31)},
                "'no_viewers_for' must be at most 2592000 seconds",
            ),
            (
                {"channels": True, "no_viewers_for": HOURS, "check_every": HOURS},
                "'check_every' must be at most 3600 seconds, got 7200 seconds",
            ),
            (
                {
                    "channels": True,
                    "no_viewers_for": HOURS,
                    "check_every": Duration.seconds(90),
                },
                "'check_every' must be a whole number of minutes, got 90 seconds",
            ),
            (
                {"stage_tags": TAGS, "stages_idle_for": HALF_AN_HOUR},
                "'stages_idle_for' must be at least 3600 seconds, got 1800 seconds",
            ),
            (
                {"stage_tags": TAGS, "stages_idle_for": Duration.seconds(0)},
                "'stages_idle_for' must be at least 3600 seconds, got 0 seconds",
            ),
            ({"stage_tags": TAGS, "topic": "arn"}, "'topic' must be ITopicRef, got 'arn'"),
            ({"stage_tags": TAGS, "dry_run": 1}, "'dry_run' must be bool, got 1"),
            ({"stage_tags": TAGS, "log_group": "a"}, "'log_group' must be ILogGroup, got 'a'"),
        ],
    )
    def test_arguments(
        self, stack: Stack, channel: ivs.IChannel, arguments: dict[str, Any], message: str
    ) -> None:
        """
        What cannot be is refused with the keyword, and nothing of it stays in the tree.
        """
        given = dict(arguments)
        if given.get("channels") is True:
            given["channels"] = [channel]
        with pytest.raises(ValidationError, match=re.escape(message)) as raised:
            IdleGuard(stack, "Guard", **given)
        assert raised.value.path == "Stack/Guard"
        assert stack.node.try_find_child("Guard") is None

    def test_durations_must_be_known(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        How many looks a duration takes is counted at synthesis.
        """
        number: Any = CfnParameter(stack, "Number", type="Number").value_as_number
        for keyword in ("no_viewers_for", "check_every"):
            given = {"starving_for": HOURS, keyword: Duration.seconds(number)}
            with pytest.raises(ValidationError, match=f"'{keyword}' must be known at synthesis"):
                IdleGuard(stack, "Guard", channels=[channel], **given)  # type: ignore[arg-type] # durations

    def test_channel_elsewhere(self, app: App) -> None:
        """
        A channel of another Region is refused: no event of it would come.
        """
        stack = Stack(app, "Here", env=Environment(region="eu-west-1"))
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)
        with pytest.raises(ValidationError, match="'channels' must be in the Region of the stack"):
            IdleGuard(stack, "Guard", channels=[channel], starving_for=HOURS)


class TestLooks:
    def test_are_counted(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        Looks every 10 minutes span 30 minutes with the fourth, and 31 minutes with the fifth.
        """
        IdleGuard(
            stack,
            "Guard",
            channels=[channel],
            check_every=Duration.minutes(10),
            no_viewers_for=HALF_AN_HOUR,
            starving_for=Duration.minutes(31),
        )
        (definition,) = definitions_of(template_of(stack), {"Channel0": CHANNEL}).values()
        quiet, starving, _ = definition["States"]["IsItEnough"]["Choices"]
        assert (quiet["Variable"], quiet["NumericGreaterThanEquals"]) == ("$.quiet.count", 4)
        assert (starving["Variable"], starving["NumericGreaterThanEquals"]) == (
            "$.starving.count",
            5,
        )


class TestMessages:
    def test_are_fewer_than_by_hand(self, stack: Stack) -> None:
        """
        22 messages, where the same states as constructs take over a hundred.
        """
        channel = ivs.Channel(stack, "Channel")
        assert channel.channel_arn

        def guard() -> IdleGuard:
            return IdleGuard(stack, "Guard", channels=[channel], no_viewers_for=HALF_AN_HOUR)

        ours = count(guard)
        (definition,) = definitions_of(template_of(stack), {"Channel0": "arn"}).values()
        other = Stack()

        def create_by_hand() -> None:
            statements = [
                iam.PolicyStatement(actions=[action], resources=["*"])
                for action in ("ivs:GetStream", "ivs:StopStream", "states:StartExecution")
            ]
            machine = machine_by_hand(other, definition, statements)
            rule_by_hand(other, machine, {"source": ["aws.ivs"]})
            scheduler.Schedule(
                other,
                "Schedule",
                schedule=scheduler.ScheduleExpression.rate(Duration.hours(1)),
                target=scheduler_targets.StepFunctionsStartExecution(machine),
            )

        by_hand = count(create_by_hand)
        # The duration, which tests share, is read once.
        assert (ours, by_hand) in {(22, 135), (23, 135)}
        assert ours <= 0.8 * by_hand
