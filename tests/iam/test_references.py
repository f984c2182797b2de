"""Permissions on resources of all origins: constructs, L1s, alpha's, and imported ones."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Environment, Fn, Stack, aws_ivs
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION, arn

OTHER_REGION = "eu-west-1"
# The keywords of what a composition needs, and what each takes.
PARTS = [
    ("encoder_configuration", "IEncoderConfigurationRef"),
    ("storage_configuration", "IStorageConfigurationRef"),
    ("channel", "IChannelRef"),
]


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def resources_of(stack: Stack) -> list[Any]:
    """The resources of the statements of the role's only policy."""
    policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy")
    (policy,) = (each for key, each in policies.items() if key.startswith("RoleDefaultPolicy"))
    return [item["Resource"] for item in policy["Properties"]["PolicyDocument"]["Statement"]]


def all_of(name: str, account: object, region: object, service: str = "ivs") -> dict[str, Any]:
    """The ARN of all resources of a type, in an account and a Region that are not known."""
    partition = {"Ref": "AWS::Partition"}
    parts = ["arn:", partition, f":{service}:", region, ":", account, f":{name}/*"]
    return {"Fn::Join": ["", parts]}


class TestConstructs:
    def test_of_another_stack_are_exported(self, app: App, stack: Stack, role: Role) -> None:
        """
        A role can be given a channel of another stack.
        """
        ivs.Channel(Stack(app, "Other"), "Channel").grants.put_metadata(role)
        assert resources_of(stack) == [
            {"Fn::ImportValue": "Other:ExportsOutputFnGetAttChannel4048F119Arn6BD23211"}
        ]

    def test_have_all_of_a_type_in_their_own_place(self, stack: Stack, role: Role) -> None:
        """
        In an agnostic stack, all stream keys and compositions are those where it is deployed.
        """
        ivs.Channel(stack, "Channel").grants.manage_stream_keys(role)
        channel = {"Fn::GetAtt": ["Channel4048F119", "Arn"]}
        account, region = {"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"}
        assert resources_of(stack) == [all_of("stream-key", account, region), channel]


class TestL1s:
    def test_have_all_of_a_type_in_their_own_place(self, app: App) -> None:
        """
        In a known stack, all compositions are those of its account and Region.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        stage = aws_ivs.CfnStage(stack, "Stage")
        encoder = aws_ivs.CfnEncoderConfiguration(stack, "Encoder")
        channel = aws_ivs.CfnChannel(stack, "Channel")
        ivs.StageGrants.from_stage(stage).start_composition(
            role, encoder_configuration=encoder, channel=channel
        )
        assert resources_of(stack) == [
            [{"Ref": "Stage"}, {"Ref": "Encoder"}, {"Ref": "Channel"}],
            {
                "Fn::Join": [
                    "",
                    [
                        "arn:",
                        {"Ref": "AWS::Partition"},
                        ":ivs:us-west-2:123456789012:composition/*",
                    ],
                ]
            },
        ]


class TestAlpha:
    def test_has_channels_that_can_be_granted(self, stack: Stack, role: Role) -> None:
        """
        A channel of alpha's has the ARN and the place that are needed.
        """
        channel = alpha.Channel(stack, "Channel")
        ivs.ChannelGrants.from_channel(channel).manage_stream_keys(role)
        account, region = {"Ref": "AWS::AccountId"}, {"Ref": "AWS::Region"}
        assert resources_of(stack) == [
            all_of("stream-key", account, region),
            {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
        ]

    def test_has_references_that_can_be_granted(self, stack: Stack, role: Role) -> None:
        """
        So has one that alpha imported.
        """
        channel = alpha.Channel.from_channel_arn(stack, "Channel", arn("channel/a"))
        ivs.ChannelGrants.from_channel(channel).put_metadata(role)
        assert resources_of(stack) == [arn("channel/a")]


class TestElsewhere:
    def test_has_its_own_stream_keys(self, located_stack: Stack) -> None:
        """
        All stream keys are those of the channel's account and Region, not of the stack's.
        """
        role = Role(located_stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", "arn:aws:ivs:eu-west-1:210987654321:channel/a"
        )
        channel.grants.manage_stream_keys(role)
        assert resources_of(located_stack) == [
            {
                "Fn::Join": [
                    "",
                    ["arn:", {"Ref": "AWS::Partition"}, ":ivs:eu-west-1:210987654321:stream-key/*"],
                ]
            },
            "arn:aws:ivs:eu-west-1:210987654321:channel/a",
        ]

    def test_has_its_own_compositions(self, stack: Stack, role: Role) -> None:
        """
        All compositions are those of the stage's account and Region.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", arn("stage/a", region=OTHER_REGION))
        stage.grants.start_composition(
            role,
            encoder_configuration=ivs.EncoderConfiguration.from_encoder_configuration_arn(
                stack, "Encoder", arn("encoder-configuration/b", region=OTHER_REGION)
            ),
            channel=ivs.Channel.from_channel_arn(
                stack, "Channel", arn("channel/c", region=OTHER_REGION)
            ),
        )
        assert resources_of(stack) == [
            [
                arn("stage/a", region=OTHER_REGION),
                arn("encoder-configuration/b", region=OTHER_REGION),
                arn("channel/c", region=OTHER_REGION),
            ],
            {
                "Fn::Join": [
                    "",
                    [
                        "arn:",
                        {"Ref": "AWS::Partition"},
                        ":ivs:eu-west-1:123456789012:composition/*",
                    ],
                ]
            },
        ]


class TestTokens:
    def test_are_granted_as_they_are(self, stack: Stack, role: Role) -> None:
        """
        An ARN that is known at deployment only is the resource of the statement.
        """
        room = chat.Room.from_room_arn(stack, "Room", Fn.import_value("RoomArn"))
        room.grants.send_event(role)
        assert resources_of(stack) == [{"Fn::ImportValue": "RoomArn"}]

    def test_have_their_place_in_them(self, stack: Stack, role: Role) -> None:
        """
        The account and the Region of all stream keys are taken from the ARN at deployment.
        """
        parameter = CfnParameter(stack, "Parameter").value_as_string
        channel = ivs.Channel.from_channel_arn(stack, "Channel", parameter)
        channel.grants.manage_stream_keys(role)
        parts = {"Fn::Split": [":", {"Ref": "Parameter"}]}
        assert resources_of(stack) == [
            all_of("stream-key", {"Fn::Select": [4, parts]}, {"Fn::Select": [3, parts]}),
            {"Ref": "Parameter"},
        ]


class TestRefused:
    def test_another_resource(self, stack: Stack) -> None:
        """
        A stage is no channel, and a room no stage.
        """
        with pytest.raises(TypeError, match="'channel' must be IChannelRef, got 'Stage'"):
            ivs.ChannelGrants.from_channel(ivs.Stage(stack, "Stage"))
        with pytest.raises(TypeError, match="'stage' must be IStageRef, got 'Room'"):
            ivs.StageGrants.from_stage(chat.Room(stack, "Room"))

    def test_another_destination_of_replication(self, stack: Stack, role: Role) -> None:
        """
        Participants are shown in a stage.
        """
        with pytest.raises(TypeError, match="'destination' must be IStageRef, got 'Channel'"):
            ivs.Stage(stack, "Stage").grants.replicate_participants(
                role, destination=ivs.Channel(stack, "Channel")
            )

    @pytest.mark.parametrize(("keyword", "interface"), PARTS)
    def test_another_part_of_a_composition(
        self, stack: Stack, role: Role, keyword: str, interface: str
    ) -> None:
        """
        What a composition needs is named if it is something else.
        """
        stage = ivs.Stage(stack, "Stage")
        parts = {
            "encoder_configuration": ivs.EncoderConfiguration(stack, "Encoder"),
            "channel": ivs.Channel(stack, "Channel"),
            keyword: stage,
        }
        with pytest.raises(TypeError, match=f"'{keyword}' must be {interface}, got 'Stage'"):
            stage.grants.start_composition(role, **parts)

    @pytest.mark.parametrize("method", ["start_composition", "manage_compositions"])
    @pytest.mark.parametrize(("keyword", "interface"), PARTS)
    def test_another_part_of_compositions_by_tag(
        self, stack: Stack, role: Role, method: str, keyword: str, interface: str
    ) -> None:
        """
        So it is with permissions by tags, whose error names the scope.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        with pytest.raises(TypeError) as caught:
            getattr(grants, method)(role, **{keyword: ivs.Stage(stack, "Stage")})
        assert str(caught.value) == (
            f"'{keyword}' must be {interface}, got 'Stage' [cdk-ivs:ArgumentType at 'Stack']"
        )

    def test_a_composition_without_destination(self, stack: Stack, role: Role) -> None:
        """
        IVS starts no composition that goes nowhere.
        """
        with pytest.raises(ivs.ValidationError) as caught:
            ivs.Stage(stack, "Stage").grants.start_composition(
                role, encoder_configuration=ivs.EncoderConfiguration(stack, "Encoder")
            )
        assert str(caught.value) == (
            "at least one of 'storage_configuration' and 'channel' must be given, got none: a "
            "composition needs a destination [cdk-ivs:NoDestination at 'Stack/Stage']"
        )
