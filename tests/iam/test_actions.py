"""Actions by their names."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from cdk_ivs._iam.grants import Grants
from tests.iam.resources import (
    CHANNEL,
    ads,
    channel,
    encoder,
    key_pair,
    on,
    place,
    room,
    stage,
    statements_of,
    stream_key,
)
from tests.support.attachments import with_ads


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


class TestNames:
    @pytest.mark.parametrize(
        ("names", "given"),
        [
            (["ListTagsForResource"], "ivs:ListTagsForResource"),
            (["ivs:ListTagsForResource"], "ivs:ListTagsForResource"),
            (
                ["ivs:TagResource", "BatchGetChannel", "UntagResource"],
                "ivs:BatchGetChannel ivs:TagResource ivs:UntagResource",
            ),
            (["GetChannel", "ivs:GetChannel"], "ivs:GetChannel"),
        ],
        ids=["without prefix", "with prefix", "several", "twice"],
    )
    def test_have_a_prefix_or_not(self, names: list[str], given: str) -> None:
        """
        Names are taken with the prefix of the service and without, and given with it.
        """
        stack, role = place()
        channel(stack).actions(role, *names)
        assert statements_of(stack) == [on(CHANNEL, actions=given)]

    def test_have_the_prefix_of_chat_on_a_room(self) -> None:
        """
        The prefix is that of the service that the resource is of.
        """
        stack, role = place()
        room(stack).actions(role, "DeleteRoom", "ivschat:TagResource")
        (statement,) = statements_of(stack)
        assert statement.actions == {"ivschat:DeleteRoom", "ivschat:TagResource"}


class TestRefused:
    def test_without_a_name(self, stack: Stack, role: Role) -> None:
        """
        There must be an action.
        """
        with pytest.raises(ValidationError) as caught:
            ivs.Channel(stack, "Channel").grants.actions(role)
        assert str(caught.value) == (
            "'actions' must have at least one action, got none [cdk-ivs:Action at 'Stack/Channel']"
        )

    @pytest.mark.parametrize(
        ("name", "kind"),
        [(3, "int"), (None, "NoneType"), (["GetChannel"], "list")],
        ids=["number", "None", "list"],
    )
    def test_of_another_type(self, stack: Stack, role: Role, name: object, kind: str) -> None:
        """
        A name is a text.
        """
        with pytest.raises(TypeError, match=f"'actions' must be str, got .* of type '{kind}'"):
            ivs.Channel(stack, "Channel").grants.actions(role, name)

    def test_says_what_is_allowed(self, stack: Stack, role: Role) -> None:
        """
        An unknown action is shown with the nearest and with all that there are.
        """
        with pytest.raises(ValidationError) as caught:
            key_pair(stack).actions(role, "ivs:ReadPlaybackKeyPair")
        assert str(caught.value) == (
            "'actions' must be actions on playback-key resources, got "
            "'ivs:ReadPlaybackKeyPair'; the nearest is 'ivs:GetPlaybackKeyPair' (allowed: "
            "DeletePlaybackKeyPair, GetPlaybackKeyPair, ListTagsForResource, TagResource, "
            "UntagResource) [cdk-ivs:Action at 'Stack/Pair']"
        )

    @pytest.mark.parametrize(
        ("make", "name", "nearest"),
        [
            pytest.param(channel, "ivs:ListStreamsKeys", "ivs:ListStreamKeys", id="sample-1"),
            pytest.param(channel, "ivs:BatchGetStream", "ivs:GetStream", id="sample-2"),
            pytest.param(room, "ivschat:SendMessage", "ivschat:DeleteMessage", id="sample-3"),
            pytest.param(channel, "putMetadata", "ivs:PutMetadata", id="case"),
            pytest.param(channel, "PutMetaData", "ivs:PutMetadata", id="case within"),
            pytest.param(room, "ivs:GetRoom", "ivschat:GetRoom", id="prefix of ivs"),
            pytest.param(
                stage,
                "ivsrealtime:GetStage",
                "ivs:GetStage",
                id="prefix of no service",
            ),
        ],
    )
    def test_suggests_the_nearest(
        self, stack: Stack, role: Role, make: object, name: str, nearest: str
    ) -> None:
        """
        What applications got wrong, and what else is nearly right, is answered with what is right.
        """
        with pytest.raises(ValidationError, match=f"got '{name}'; the nearest is '{nearest}'"):
            make(stack).actions(role, name)

    @pytest.mark.parametrize(
        "name", ["ivsrealtime:*", "ivs:*", "*", "Get*", "GetStag?", "", "ivs:"]
    )
    def test_wildcards(self, stack: Stack, role: Role, name: str) -> None:
        """
        What stands for several actions, or for none, is no action.
        """
        with pytest.raises(
            ValidationError, match="'actions' must be actions on stage resources, got"
        ):
            stage(stack).actions(role, name)

    @pytest.mark.parametrize(
        ("make", "name", "kind"),
        [
            (channel, "GetStreamKey", "channel"),
            (channel, "ivs:GetStage", "channel"),
            (stage, "ivs:PutMetadata", "stage"),
            (stage, "ivs:StopComposition", "stage"),
            (room, "ivschat:UpdateLoggingConfiguration", "room"),
            (room, "ivs:PutMetadata", "room"),
        ],
        ids=["key of channel", "stage", "channel", "composition", "logging", "other service"],
    )
    def test_of_another_resource(
        self, stack: Stack, role: Role, make: object, name: str, kind: str
    ) -> None:
        """
        An action that is not authorized on the type of the resource is refused.
        """
        with pytest.raises(
            ValidationError, match=f"must be actions on {kind} resources, got '{name}'"
        ):
            make(stack).actions(role, name)

    @pytest.mark.parametrize(
        ("make", "name", "rest"),
        [
            pytest.param(
                channel,
                "ivs:ListChannels",
                "channel, got 'ivs:ListChannels', which is authorized on channel/*; "
                "use ChannelGrants.list_all()",
                id="list",
            ),
            pytest.param(
                channel,
                "CreateChannel",
                "channel, got 'CreateChannel', which is authorized on channel/*; use TaggedGrants",
                id="create",
            ),
            pytest.param(
                stream_key,
                "ListStreamKeys",
                "stream-key, got 'ListStreamKeys', which is authorized on stream-key/*; "
                "use StreamKeyGrants.list_all()",
                id="list of keys",
            ),
            pytest.param(
                room,
                "ivschat:CreateRoom",
                "room, got 'ivschat:CreateRoom', which is authorized on room/*; use TaggedGrants",
                id="room",
            ),
            pytest.param(
                encoder,
                "ListEncoderConfigurations",
                "encoder-configuration, got 'ListEncoderConfigurations', which is authorized on *; "
                "use EncoderConfigurationGrants.list_all()",
                id="encoders",
            ),
            pytest.param(
                key_pair,
                "ImportPlaybackKeyPair",
                "playback-key, got 'ImportPlaybackKeyPair', which is authorized on "
                "playback-key/*; use TaggedGrants",
                id="import",
            ),
            pytest.param(
                stage,
                "RevokeConnectionToken",
                "stage, got 'RevokeConnectionToken', which is authorized on *; use "
                "StageGrants.revoke_connection_token()",
                id="connection token",
            ),
            pytest.param(
                ads,
                "UpdateAdConfiguration",
                "ad-configuration, got 'UpdateAdConfiguration', which is authorized on *; "
                "use a policy statement of your own",
                id="ads",
                marks=with_ads,
            ),
        ],
    )
    def test_about_all(self, stack: Stack, role: Role, make: object, name: str, rest: str) -> None:
        """
        An action about all resources of the type is refused, with where it is authorized.
        """
        with pytest.raises(ValidationError) as caught:
            make(stack).actions(role, name)
        assert caught.value.message == f"'actions' must be about one {rest}"
        assert caught.value.code == "ActionOnAll"

    def test_wildcards_are_refused(self, stack: Stack, role: Role) -> None:
        """
        A wildcard is refused with the advice to name the actions.
        """
        with pytest.raises(ValidationError, match=r"got 'ivs:\*'; name the actions one by one"):
            ivs.Channel(stack, "Channel").grants.actions(role, "ivs:*")

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("ivs:GetStreamKey", "it is an action on stream-key resources"),
            ("GetStage", "it is an action on stage resources"),
            ("ivs:StopComposition", "it is an action on composition resources"),
            ("ivschat:SendEvent", "it is an action on room resources"),
            # Only the last of several prefixes is before the name.
            ("ivs:ivs:GetStage", "it is an action on stage resources"),
        ],
    )
    def test_of_another_type_names_it(self, stack: Stack, role: Role, name: str, hint: str) -> None:
        """
        Where the action exists, the error says of what.
        """
        with pytest.raises(ValidationError, match=rf"got '{name}'; {hint} \(allowed: "):
            ivs.Channel(stack, "Channel").grants.actions(role, name)

    def test_of_several_other_types_names_them(self, stack: Stack, role: Role) -> None:
        """
        IAM authorizes the start of a composition on all that it needs, and not on stream keys.
        """
        with pytest.raises(ValidationError) as caught:
            stream_key(stack).actions(role, "StartComposition")
        assert caught.value.message == (
            "'actions' must be actions on stream-key resources, got 'StartComposition'; it is an "
            "action on channel and encoder-configuration and stage and storage-configuration "
            "resources (allowed: BatchGetStreamKey, DeleteChannel, DeleteStreamKey, GetStreamKey, "
            "ListTagsForResource, TagResource, UntagResource)"
        )

    def test_gives_nothing(self, stack: Stack, role: Role) -> None:
        """
        One wrong name among right ones leaves the role without any.
        """
        with pytest.raises(ValidationError, match="got 'ivs:ListStreamsKeys'"):
            ivs.Channel(stack, "Channel").grants.actions(role, "GetChannel", "ivs:ListStreamsKeys")
        Template.from_stack(stack).resource_count_is("AWS::IAM::Policy", 0)


class TestOwn:
    @pytest.mark.parametrize(
        "kind",
        [
            ivs.AdConfigurationGrants,
            ivs.ChannelGrants,
            ivs.EncoderConfigurationGrants,
            ivs.FailoverSlateConfigurationGrants,
            ivs.IngestConfigurationGrants,
            ivs.PlaybackKeyPairGrants,
            ivs.PlaybackRestrictionPolicyGrants,
            ivs.PublicKeyGrants,
            ivs.RecordingConfigurationGrants,
            ivs.StageGrants,
            ivs.StorageConfigurationGrants,
            ivs.StreamKeyGrants,
            chat.LoggingConfigurationGrants,
            chat.RoomGrants,
        ],
    )
    def test_are_all_taken(self, stack: Stack, role: Role, kind: type[Grants]) -> None:
        """
        Each action that the table has for one resource of a type can be given by name.
        """
        grants = kind(ivs.Channel(stack, "Any"), "arn")
        (statement,) = grants.actions(
            role, *kind._RESOURCE_TYPE.resource_actions
        ).principal_statements
        assert len(statement.actions) == len(kind._RESOURCE_TYPE.resource_actions)
