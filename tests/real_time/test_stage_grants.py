"""Permissions on stages."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Fn, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Grant, Role, ServicePrincipal, User
from aws_cdk.aws_ivs import (
    CfnChannel,
    CfnEncoderConfiguration,
    CfnStage,
    CfnStorageConfiguration,
)
from botocore.session import get_session

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn

STAGE = arn("stage/a")
ENCODER = arn("encoder-configuration/b")
STORAGE = arn("storage-configuration/c")
CHANNEL = arn("channel/d")
# Of a stage whose environment is not known.
COMPOSITIONS = {
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


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a state machine."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("states.amazonaws.com"))


@pytest.fixture
def stage(stack: Stack) -> ivs.Stage:
    """A stage of the stack."""
    return ivs.Stage(stack, "Stage")


@pytest.fixture
def encoder(stack: Stack) -> ivs.IEncoderConfiguration:
    """An imported encoder configuration."""
    return ivs.EncoderConfiguration.from_encoder_configuration_arn(stack, "Encoder", ENCODER)


@pytest.fixture
def storage(stack: Stack) -> ivs.IStorageConfiguration:
    """An imported storage configuration."""
    return ivs.StorageConfiguration.from_storage_configuration_arn(stack, "Storage", STORAGE)


@pytest.fixture
def channel(stack: Stack) -> ivs.IChannel:
    """An imported channel."""
    return ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)


@pytest.fixture
def everything(
    encoder: ivs.IEncoderConfiguration,
    storage: ivs.IStorageConfiguration,
    channel: ivs.IChannel,
) -> dict[str, Any]:
    """All arguments but the grantee."""
    return {
        "encoder_configuration": encoder,
        "storage_configuration": storage,
        "channel": channel,
    }


def statements_of(stack: Stack) -> list[dict[str, Any]]:
    """The statements of the only policy."""
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    statements: list[dict[str, Any]] = policy["Properties"]["PolicyDocument"]["Statement"]
    return statements


class TestStartComposition:
    def test_is_on_exactly_what_is_named(
        self, stack: Stack, role: Role, stage: ivs.Stage, everything: dict[str, Any]
    ) -> None:
        """
        A composition of this stage may be started with this encoder, storage and channel, and
        compositions, whose ARNs are not known before, be watched and stopped.
        """
        stage.grants.start_composition(role, **everything)
        assert statements_of(stack) == [
            {
                "Action": "ivs:StartComposition",
                "Effect": "Allow",
                "Resource": [
                    {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
                    ENCODER,
                    STORAGE,
                    CHANNEL,
                ],
            },
            {
                "Action": ["ivs:GetComposition", "ivs:StopComposition"],
                "Effect": "Allow",
                "Resource": COMPOSITIONS,
            },
        ]

    def test_may_be_recorded_only(
        self,
        stack: Stack,
        role: Role,
        stage: ivs.Stage,
        encoder: ivs.IEncoderConfiguration,
        storage: ivs.IStorageConfiguration,
    ) -> None:
        """
        Without a channel there is none among the resources.
        """
        stage.grants.start_composition(
            role, encoder_configuration=encoder, storage_configuration=storage
        )
        assert statements_of(stack)[0]["Resource"] == [
            {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
            ENCODER,
            STORAGE,
        ]

    def test_may_be_streamed_only(
        self,
        stack: Stack,
        role: Role,
        stage: ivs.Stage,
        encoder: ivs.IEncoderConfiguration,
        channel: ivs.IChannel,
    ) -> None:
        """
        Without a storage configuration there is none among the resources.
        """
        stage.grants.start_composition(role, encoder_configuration=encoder, channel=channel)
        assert statements_of(stack)[0]["Resource"] == [
            {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
            ENCODER,
            CHANNEL,
        ]

    def test_needs_a_destination(
        self, stack: Stack, role: Role, stage: ivs.Stage, encoder: ivs.IEncoderConfiguration
    ) -> None:
        """
        A composition that goes nowhere is refused, and nothing is granted.
        """
        with pytest.raises(ValidationError) as error:
            stage.grants.start_composition(role, encoder_configuration=encoder)
        assert error.value.code == "NoDestination"
        assert error.value.message == (
            "at least one of 'storage_configuration' and 'channel' must be given, got none: a "
            "composition needs a destination"
        )
        Template.from_stack(stack).resource_count_is("AWS::IAM::Policy", 0)

    def test_gives_back_all_of_the_grant(
        self,
        role: Role,
        stage: ivs.Stage,
        encoder: ivs.IEncoderConfiguration,
        channel: ivs.IChannel,
    ) -> None:
        """
        The grant has both statements, and its actions are operations of the API.
        """
        operations = get_session().get_service_model("ivs-realtime").operation_names
        grant = stage.grants.start_composition(role, encoder_configuration=encoder, channel=channel)
        assert isinstance(grant, Grant)
        assert grant.success
        actions = [action for item in grant.principal_statements for action in item.actions]
        assert actions == ["ivs:StartComposition", "ivs:GetComposition", "ivs:StopComposition"]
        assert {action.removeprefix("ivs:") for action in actions} <= set(operations)

    def test_is_for_any_grantee(
        self,
        stack: Stack,
        stage: ivs.Stage,
        encoder: ivs.IEncoderConfiguration,
        channel: ivs.IChannel,
    ) -> None:
        """
        A user is a grantee too.
        """
        user = User(stack, "User")
        stage.grants.start_composition(user, encoder_configuration=encoder, channel=channel)
        assert len(statements_of(stack)) == 2


class TestStages:
    def test_of_elsewhere_have_their_compositions_there(
        self, stack: Stack, role: Role, encoder: ivs.IEncoderConfiguration, channel: ivs.IChannel
    ) -> None:
        """
        The compositions are in the account and the Region of the stage, by its ARN.
        """
        stage = ivs.Stage.from_stage_arn(
            stack, "Known", "arn:aws:ivs:eu-west-1:210987654321:stage/a"
        )
        stage.grants.start_composition(role, encoder_configuration=encoder, channel=channel)
        start, watch = statements_of(stack)
        assert start["Resource"][0] == "arn:aws:ivs:eu-west-1:210987654321:stage/a"
        assert watch["Resource"] == {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":ivs:eu-west-1:210987654321:composition/*",
                ],
            ]
        }

    def test_known_at_deployment_have_theirs_where_they_are(
        self, stack: Stack, role: Role, encoder: ivs.IEncoderConfiguration, channel: ivs.IChannel
    ) -> None:
        """
        The Region and the account are taken from an ARN that is a token.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Known", Fn.import_value("Arn"))
        stage.grants.start_composition(role, encoder_configuration=encoder, channel=channel)
        parts = {"Fn::Split": [":", {"Fn::ImportValue": "Arn"}]}
        start, watch = statements_of(stack)
        assert start["Resource"][0] == {"Fn::ImportValue": "Arn"}
        assert watch["Resource"] == {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":ivs:",
                    {"Fn::Select": [3, parts]},
                    ":",
                    {"Fn::Select": [4, parts]},
                    ":composition/*",
                ],
            ]
        }

    def test_and_all_else_may_be_l1s(self, stack: Stack, role: Role) -> None:
        """
        from_stage takes an L1, and so does the grant.
        """
        grants = ivs.StageGrants.from_stage(CfnStage(stack, "Stage"))
        grants.start_composition(
            role,
            encoder_configuration=CfnEncoderConfiguration(stack, "Encoder"),
            storage_configuration=CfnStorageConfiguration(
                stack,
                "Storage",
                s3=CfnStorageConfiguration.S3StorageConfigurationProperty(bucket_name="videos"),
            ),
            channel=CfnChannel(stack, "Channel"),
        )
        start, watch = statements_of(stack)
        assert start["Resource"] == [
            {"Ref": "Stage"},
            {"Ref": "Encoder"},
            {"Ref": "Storage"},
            {"Ref": "Channel"},
        ]
        assert watch["Resource"] == COMPOSITIONS

    def test_take_a_channel_of_alpha(
        self, stack: Stack, role: Role, stage: ivs.Stage, encoder: ivs.IEncoderConfiguration
    ) -> None:
        """
        A channel of alpha's is one too.
        """
        channel: Any = alpha.Channel(stack, "Channel")
        stage.grants.start_composition(role, encoder_configuration=encoder, channel=channel)
        assert statements_of(stack)[0]["Resource"][2] == {"Fn::GetAtt": ["Channel4048F119", "Arn"]}

    def test_are_not_texts(self) -> None:
        """
        An ARN is not taken for a stage.
        """
        with pytest.raises(TypeError, match="'stage' must be IStageRef, got 'arn:aws:ivs:"):
            ivs.StageGrants.from_stage(STAGE)  # type: ignore[arg-type] - the mistake

    @pytest.mark.parametrize(
        ("keyword", "kind"),
        [
            ("encoder_configuration", "IEncoderConfigurationRef"),
            ("storage_configuration", "IStorageConfigurationRef"),
            ("channel", "IChannelRef"),
        ],
    )
    def test_refuse_what_is_no_reference(
        self, role: Role, stage: ivs.Stage, everything: dict[str, Any], keyword: str, kind: str
    ) -> None:
        """
        The keyword and what it takes stand in the message, and nothing is granted.
        """
        with pytest.raises(TypeError, match=f"'{keyword}' must be {kind}, got 'arn' of"):
            stage.grants.start_composition(role, **{**everything, keyword: "arn"})
        Template.from_stack(Stack.of(stage)).resource_count_is("AWS::IAM::Policy", 0)
