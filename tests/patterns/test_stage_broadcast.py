"""StageBroadcast: its parts, its rules, and the number of its messages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import CfnParameter, Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Match, Template
from aws_cdk.aws_ivs import CfnChannel, CfnEncoderConfiguration, CfnStage

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError
from cdk_ivs.patterns import CompositionLayout, StageBroadcast
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.broadcasting import VALUES
from tests.patterns.by_hand import machine_by_hand, rule_by_hand
from tests.patterns.state_machines import definitions_of
from tests.support.events import (
    COMPOSITION,
    COMPOSITION_STATE,
    OTHER_STAGE,
    STAGE,
    STAGE_UPDATE,
    event,
)
from tests.support.messages import count
from tests.support.oracles import template_of
from tests.support.tokens import token


class TestParts:
    def test_are_created(self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel) -> None:
        """
        A state machine that keeps its history, logs and traces, and a queue that takes no HTTP.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        template = Template.from_stack(stack)
        template.has_resource_properties(
            "AWS::StepFunctions::StateMachine",
            {
                "LoggingConfiguration": {"Level": "ALL"},
                "StateMachineType": Match.absent(),
                "TracingConfiguration": {"Enabled": True},
            },
        )
        template.has_resource_properties("AWS::Logs::LogGroup", {"RetentionInDays": 30})
        template.has_resource_properties(
            "AWS::SQS::Queue", {"MessageRetentionPeriod": 1_209_600, "SqsManagedSseEnabled": True}
        )
        template.has_resource_properties(
            "AWS::IVS::EncoderConfiguration", {"Video": Match.absent()}
        )
        assert broadcast.state_machine.state_machine_arn
        assert broadcast.dead_letter_queue.queue_arn
        assert broadcast.log_group.log_group_arn
        assert isinstance(broadcast.encoder_configuration, ivs.EncoderConfiguration)

    def test_can_be_given(
        self,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        encoder: ivs.IEncoderConfiguration,
    ) -> None:
        """
        What is given is used, kept as it is, and not created.
        """
        queue, group = sqs.Queue(stack, "Queue"), logs.LogGroup(stack, "Group")
        broadcast = StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            dead_letter_queue=queue,
            encoder_configuration=encoder,
            log_group=group,
        )
        assert broadcast.dead_letter_queue is queue
        assert broadcast.log_group is group
        assert broadcast.encoder_configuration is encoder
        template = Template.from_stack(stack)
        template.resource_count_is("AWS::SQS::Queue", 1)
        template.resource_count_is("AWS::Logs::LogGroup", 1)
        template.resource_count_is("AWS::IVS::EncoderConfiguration", 0)

    def test_of_other_kinds_are_taken(self, stack: Stack) -> None:
        """
        An L1 of a stage, and alpha's channel, are as good as those of this library.
        """
        channel = alpha.Channel(stack, "Alpha")
        StageBroadcast(stack, "Broadcast", stage=CfnStage(stack, "Cfn"), channel=channel)
        StageBroadcast(
            stack, "Second", stage=CfnStage(stack, "Cfn2"), channel=CfnChannel(stack, "CfnChannel")
        )
        Template.from_stack(stack).resource_count_is("AWS::StepFunctions::StateMachine", 2)

    def test_tokens_pass(
        self, stack: Stack, storage: ivs.IStorageConfiguration, channel: ivs.IChannel
    ) -> None:
        """
        Numbers and texts that are known at deployment stand in the definition without quotation
        marks where they are numbers.
        """
        number: Any = CfnParameter(stack, "Number", type="Number").value_as_number
        StageBroadcast(
            stack,
            "Broadcast",
            stage=ivs.Stage.from_stage_arn(stack, "Stage", token("Stage")),
            channel=channel,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(number),
            layout=CompositionLayout.pip(
                grid_gap=number,
                pip_participant_attribute=token("Guest"),
                pip_position=token("Corner"),  # type: ignore[arg-type] # a token for a member
            ),
            stop_after=Duration.seconds(number),
            thumbnail_interval=Duration.seconds(number),
        )
        (machine,) = (
            Template.from_stack(stack).find_resources("AWS::StepFunctions::StateMachine").values()
        )
        properties = machine["Properties"]
        for name in ("GridGap", "HlsSegmentSeconds", "StopAfter", "ThumbnailIntervalSeconds"):
            assert properties["DefinitionSubstitutions"][name] == {"Ref": "Number"}
            assert f": ${{{name}}}" in properties["DefinitionString"]
        for name, parameter in {
            "PipParticipantAttribute": "Guest",
            "PipPosition": "Corner",
        }.items():
            assert properties["DefinitionSubstitutions"][name] == {"Ref": parameter}
            assert f': "${{{name}}}"' in properties["DefinitionString"]
        assert properties["DefinitionSubstitutions"]["StageArn"] == {"Ref": "Stage"}

    def test_stop_after_is_waited_for(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        The grace period is what was given, 0 seconds included, and 10 seconds if nothing was.
        """
        for index, seconds in enumerate((None, 0, 45)):
            duration = None if seconds is None else Duration.seconds(seconds)
            StageBroadcast(
                stack, f"Broadcast{index}", stage=stage, channel=channel, stop_after=duration
            )
        definitions = definitions_of(template_of(stack), VALUES).values()
        waits = [each["States"]["GracePeriod"]["Seconds"] for each in definitions]
        assert waits == [10, 0, 45]


def stage_update(name: str, stage: str = STAGE, *, replica: bool = False) -> dict[str, Any]:
    """An event of a stage."""
    detail = {
        "session_id": "st-ZyXwvu1T2s",
        "event_name": name,
        "participant_id": "xYz1c2d3e4f",
        "replica": replica,
    }
    return event(STAGE_UPDATE, [stage], detail)


class TestRules:
    def test_matches_who_publishes(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        Publishing and stopping on this stage start it, and nothing else.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        patterns = patterns_of(stack, {"rule": broadcast.rule}, {})
        assert matching(patterns, stage_update("Participant Published")) == {"rule"}
        assert matching(patterns, stage_update("Participant Unpublished")) == {"rule"}
        assert matching(patterns, stage_update("Participant Published", replica=True)) == {"rule"}
        assert matching(patterns, stage_update("Participant Published", OTHER_STAGE)) == set()
        assert matching(patterns, stage_update("Participant Publish Error")) == set()

    def test_leaves_replicas_out(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        Replicas start nothing where they do not count.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel, replicas=False)
        patterns = patterns_of(stack, {"rule": broadcast.rule}, {})
        assert matching(patterns, stage_update("Participant Published")) == {"rule"}
        assert matching(patterns, stage_update("Participant Published", replica=True)) == set()

    @pytest.mark.parametrize(
        ("status", "machine", "expected"),
        [
            ("FAILED", "arn:machine", True),
            ("TIMED_OUT", "arn:machine", True),
            ("ABORTED", "arn:machine", True),
            ("SUCCEEDED", "arn:machine", False),
            ("FAILED", "arn:other", False),
        ],
    )
    def test_failures_of_executions(
        self,
        *,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        status: str,
        machine: str,
        expected: bool,
    ) -> None:
        """
        An execution that did not succeed is a failure, of this state machine only.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        rule = broadcast.on_failure("Failure")
        name = stack.get_logical_id(broadcast.state_machine.node.default_child)  # type: ignore[arg-type] # an L1
        patterns = patterns_of(stack, {"rule": rule}, {name: "arn:machine"})
        failed = event(
            "Step Functions Execution Status Change",
            [f"{machine}:execution"],
            {"stateMachineArn": machine, "status": status},
            source="aws.states",
        )
        assert bool(matching(patterns, failed)) is expected

    @pytest.mark.parametrize(
        ("name", "stage_arn", "expected"),
        [
            ("Session Failure", STAGE, True),
            ("Destination Failure", STAGE, True),
            ("Destination Reconnecting", STAGE, False),
            ("Session End", STAGE, False),
            ("Session Failure", OTHER_STAGE, False),
        ],
    )
    def test_failures_of_compositions(
        self,
        *,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        name: str,
        stage_arn: str,
        expected: bool,
    ) -> None:
        """
        A composition of the stage that fails, or a destination of one, is a failure.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        rule = broadcast.on_failure("Failure")
        machine = stack.get_logical_id(broadcast.state_machine.node.default_child)  # type: ignore[arg-type] # an L1
        patterns = patterns_of(stack, {"rule": rule}, {machine: "arn:machine"})
        failed = event(
            COMPOSITION_STATE, [COMPOSITION], {"event_name": name, "stage_arn": stage_arn}
        )
        assert bool(matching(patterns, failed)) is expected

    def test_failures_have_targets_and_options(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        A target and the options of rules are taken, and the rule may be in another scope.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        queue = sqs.Queue(stack, "Queue")
        rule = broadcast.on_failure(
            "Failure",
            target=targets.SqsQueue(queue),
            cross_stack_scope=stack,
            description="Tells us",
            rule_name="failures",
        )
        assert rule.node.path == "Stack/Failure"
        Template.from_stack(stack).has_resource_properties(
            "AWS::Events::Rule",
            {"Description": "Tells us", "Name": "failures", "Targets": Match.any_value()},
        )

    def test_failures_need_a_target_of_the_cdk(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        A queue is no target, and the class that wraps it is named.
        """
        broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        with pytest.raises(ArgumentTypeError, match=r"aws_events_targets\.SqsQueue\(\)"):
            broadcast.on_failure("Failure", target=sqs.Queue(stack, "Queue"))  # type: ignore[arg-type] # refused


class TestMessages:
    def test_are_fewer_than_by_hand(self, stack: Stack) -> None:
        """
        18 messages, where the same states as constructs take over a hundred.
        """
        stage, channel = ivs.Stage(stack, "Stage"), ivs.Channel(stack, "Channel")
        assert stage.stage_arn
        assert channel.channel_arn
        ours = count(lambda: StageBroadcast(stack, "Broadcast", stage=stage, channel=channel))
        values = {name: name for name in VALUES}
        (definition,) = definitions_of(template_of(stack), values).values()
        other = Stack()

        def create_by_hand() -> None:
            encoder = CfnEncoderConfiguration(other, "Encoder")
            assert encoder.attr_arn
            statements = [
                iam.PolicyStatement(actions=[action], resources=["*"])
                for action in ("ivs:StartComposition", "ivs:StopComposition", "ivs:TagResource")
            ]
            machine = machine_by_hand(other, definition, statements)
            rule_by_hand(other, machine, {"source": ["aws.ivs"]})

        by_hand = count(create_by_hand)
        assert (ours, by_hand) == (18, 178)
        assert ours <= 0.8 * by_hand


def test_definition_is_text(stack: Stack, stage: ivs.IStage, channel: ivs.IChannel) -> None:
    """
    The definition can be read in the template: CloudFormation puts the ARNs in.
    """
    StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
    (machine,) = (
        Template.from_stack(stack).find_resources("AWS::StepFunctions::StateMachine").values()
    )
    assert json.loads(machine["Properties"]["DefinitionString"])["StartAt"] == "WhatHappened"


def test_events_can_be_stopped(stack: Stack, stage: ivs.IStage, channel: ivs.IChannel) -> None:
    """
    The rule is an attribute, and its L1 can be disabled.
    """
    broadcast = StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
    cfn: Any = broadcast.rule.node.default_child
    assert isinstance(cfn, events.CfnRule)
    cfn.state = "DISABLED"
    Template.from_stack(stack).has_resource_properties("AWS::Events::Rule", {"State": "DISABLED"})
