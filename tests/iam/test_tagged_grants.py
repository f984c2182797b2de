"""Permissions for applications that make resources."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from aws_cdk import App, Aws, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.iam.cases import BY_ID, given
from tests.iam.resources import (
    ALL_CHANNELS,
    ALL_COMPOSITIONS,
    ALL_KEY_PAIRS,
    ALL_PUBLIC_KEYS,
    ALL_ROOMS,
    ALL_STAGES,
    ALL_STREAM_KEYS,
    IN_REQUEST,
    NO_OTHER,
    ON_RESOURCE,
    TO_START,
    TO_TAG,
    Statement,
    on,
    place,
    statements_of,
)
from tests.support.tokens import token

# What is not on one resource by a name of its own.
APART = {"actions", "list_all", "revoke_connection_token"}


def found_by(choose: Callable[[Statement], bool]) -> dict[str, set[str]]:
    """The actions of the chosen statements, by the id of the case without its class."""
    found: dict[str, set[str]] = {}
    for id, case in BY_ID.items():
        if case.method[0] == "TaggedGrants":
            for statement in filter(choose, given(id).statements):
                found.setdefault(id.partition(".")[2], set()).update(statement.actions)
    return found


def allowed(statements: list[Statement]) -> set[tuple[str, str, str]]:
    """What statements allow: each action on each resource, with the conditions as a text."""
    return {
        (action, resource, str(statement.conditions))
        for statement in statements
        for action in statement.actions
        for resource in statement.resources
    }


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


class TestTags:
    def test_are_all_needed(self) -> None:
        """
        Several tags are keys of one condition, all of which must hold.
        """
        stack, role = place()
        ivs.TaggedGrants(stack, tags={"app": "ugc", "team:name": "live"}).manage_rooms(role)
        in_request = {"aws:RequestTag/app": "ugc", "aws:RequestTag/team:name": "live"}
        on_resource = {"aws:ResourceTag/app": "ugc", "aws:ResourceTag/team:name": "live"}
        assert statements_of(stack) == [
            on(ALL_ROOMS, actions="ivschat:CreateRoom", conditions={"StringEquals": in_request}),
            on(
                ALL_ROOMS,
                actions="ivschat:CreateChatToken ivschat:DeleteMessage ivschat:DeleteRoom "
                "ivschat:DisconnectUser ivschat:GetRoom ivschat:SendEvent ivschat:UpdateRoom",
                conditions={"StringEquals": on_resource},
            ),
            on(
                ALL_ROOMS,
                actions="ivschat:TagResource",
                conditions={"StringEquals": in_request, "StringEqualsIfExists": on_resource},
            ),
        ]

    def test_may_have_a_token_as_value(self, stack: Stack, role: Role) -> None:
        """
        A value may be known at deployment only.
        """
        ivs.TaggedGrants(stack, tags={"app": token("AWS::StackName")}).manage_rooms(role)
        (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        create, use, *_ = policy["Properties"]["PolicyDocument"]["Statement"]
        assert [create["Condition"], use["Condition"]] == [
            {"StringEquals": {"aws:RequestTag/app": {"Ref": "AWS::StackName"}}},
            {"StringEquals": {"aws:ResourceTag/app": {"Ref": "AWS::StackName"}}},
        ]

    def test_may_have_a_variable_as_value(self) -> None:
        """
        A value may be a variable of policies, for instance a tag of who asks.
        """
        stack, role = place()
        ivs.TaggedGrants(stack, tags={"tenant": "${aws:PrincipalTag/tenant}"}).manage_rooms(role)
        create, *_ = statements_of(stack)
        assert create.conditions == {
            "StringEquals": {"aws:RequestTag/tenant": "${aws:PrincipalTag/tenant}"}
        }

    def test_are_those_that_were_given(self, stack: Stack, role: Role) -> None:
        """
        A later change of the mapping changes nothing.
        """
        tags = {"app": "ugc"}
        grants = ivs.TaggedGrants(stack, tags=tags)
        tags["app"] = "other"
        create, *_ = grants.manage_rooms(role).principal_statements
        assert create.conditions == {"StringEquals": {"aws:RequestTag/app": "ugc"}}

    @pytest.mark.parametrize(
        ("tags", "message"),
        [
            (
                {},
                (
                    "'tags' must have at least one tag, got none; give at least one, such as "
                    '{"team": "video"} [cdk-ivs:TagCount at \'Stack\']'
                ),
            ),
            (
                {"aws:app": "a"},
                (
                    "'tags' must not have keys that begin with 'aws:', which is reserved, "
                    "got 'aws:app' [cdk-ivs:TagKey at 'Stack']"
                ),
            ),
            (
                {"": "a"},
                "'tags' must have keys of 1 to 128 characters, got '' [cdk-ivs:TagKey at 'Stack']",
            ),
            (
                {"app": "a" * 257},
                (
                    "'tags' must have values of at most 256 characters, got 257 characters "
                    "for 'app' [cdk-ivs:TagValue at 'Stack']"
                ),
            ),
            (
                {"app": 1},
                "'tags' must map str to str, got 'app': 1 [cdk-ivs:ArgumentType at 'Stack']",
            ),
            (
                {f"key-{index}": "a" for index in range(51)},
                "'tags' must have at most 50 tags, got 51 [cdk-ivs:TagCount at 'Stack']",
            ),
        ],
        ids=["none", "reserved", "empty key", "long value", "number", "many"],
    )
    def test_are_checked(self, stack: Stack, tags: dict[str, str], message: str) -> None:
        """
        There is a tag at least, and each is one that AWS takes.
        """
        with pytest.raises(ValidationError) as caught:
            ivs.TaggedGrants(stack, tags=tags)
        assert str(caught.value) == message

    @pytest.mark.parametrize(
        "method", ["read_stream_key", "delete_stream_key", "manage_stream_keys"]
    )
    def test_are_left_out_by_a_bool_only(self, stack: Stack, role: Role, method: str) -> None:
        """
        What includes keys without tags is a bool, and the error says about which grants it is.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        with pytest.raises(ValidationError) as caught:
            getattr(grants, method)(role, include_untagged="yes")
        assert str(caught.value) == (
            "'include_untagged' must be bool, got 'yes' of type 'str' "
            "[cdk-ivs:ArgumentType at 'Stack']"
        )

    def test_have_no_token_as_key(self, stack: Stack) -> None:
        """
        A key is part of the name of a condition, which must be known at synthesis.
        """
        with pytest.raises(ValidationError) as caught:
            ivs.TaggedGrants(stack, tags={"app": "ugc", Fn.ref("AWS::StackName"): "a"})
        assert str(caught.value) == (
            "'tags' must have keys that are known at synthesis, got '<token>': the names of "
            "condition keys contain them [cdk-ivs:TagKey at 'Stack']"
        )


class TestArns:
    def test_are_those_of_the_stack(self, stack: Stack, role: Role) -> None:
        """
        Where the stack does not know its account and Region, deployment does.
        """
        ivs.TaggedGrants(Construct(stack, "Inner"), tags={"app": "ugc"}).manage_stages(role)
        (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        stages = {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":ivs:",
                    {"Ref": "AWS::Region"},
                    ":",
                    {"Ref": "AWS::AccountId"},
                    ":stage/*",
                ],
            ]
        }
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        assert all(statement["Resource"] == stages for statement in statements)

    def test_are_of_the_scope_and_not_of_the_grantee(self, located_stack: Stack, app: App) -> None:
        """
        The grantee may be in another stack.
        """
        other = Stack(app, "Other")
        role = Role(other, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        ivs.TaggedGrants(located_stack, tags={"app": "ugc"}).manage_stages(role)
        (policy,) = Template.from_stack(other).find_resources("AWS::IAM::Policy").values()
        create, *_ = policy["Properties"]["PolicyDocument"]["Statement"]
        assert create["Resource"] == {
            "Fn::Join": [
                "",
                ["arn:", {"Ref": "AWS::Partition"}, ":ivs:us-west-2:123456789012:stage/*"],
            ]
        }


class TestLimits:
    def test_hold_for_all_but_what_goes_with_a_channel(self) -> None:
        """
        Only the keys of a deleted or a listed channel need no tag: the channel needs it.
        """
        assert found_by(lambda one: one.conditions is None) == {
            "delete_channel": {"ivs:DeleteChannel"},
            "manage_channels": {"ivs:DeleteChannel"},
            "manage_stream_keys": {"ivs:ListStreamKeys"},
            "manage_stream_keys untagged": {"ivs:ListStreamKeys"},
            "reset_stream_key": {"ivs:ListStreamKeys"},
        }

    def test_leave_out_resources_without_the_keys_for_stream_keys_only(self) -> None:
        """
        The key that a channel is created with has no tags: where it is meant, keys without are.
        """
        assert found_by(lambda one: one.conditions == NO_OTHER) == {
            "delete_stream_key untagged": {"ivs:DeleteStreamKey"},
            "manage_stream_keys": {"ivs:DeleteStreamKey"},
            "manage_stream_keys untagged": {
                "ivs:BatchGetStreamKey",
                "ivs:DeleteStreamKey",
                "ivs:GetStreamKey",
            },
            "read_stream_key untagged": {"ivs:BatchGetStreamKey", "ivs:GetStreamKey"},
            "reset_stream_key": {"ivs:DeleteStreamKey"},
        }

    def test_have_five_forms(self) -> None:
        """
        A statement has one of these conditions, or none.
        """
        known = [IN_REQUEST, ON_RESOURCE, NO_OTHER, TO_TAG, TO_START, None]
        assert found_by(lambda one: one.conditions not in known) == {}

    def test_cannot_be_taken_away(self) -> None:
        """
        Nobody may untag, so that nothing with the tags loses them.
        """
        assert found_by(lambda one: any("Untag" in action for action in one.actions)) == {}

    def test_let_resources_be_created(self) -> None:
        """
        What may be created only with tags may be tagged when it is created, and nothing else may.

        The Reference's table of operations has TagResource under CreateChannel, CreateRoom,
        CreateStage and CreateStreamKey, beside the action of the same name.
        """
        tagging = found_by(lambda one: one.conditions == TO_TAG)
        assert set(tagging) == set(found_by(lambda one: one.conditions in (IN_REQUEST, TO_START)))
        assert set().union(*tagging.values()) == {"ivs:TagResource", "ivschat:TagResource"}

    @pytest.mark.parametrize(
        ("method", "resource_type"),
        [
            ("create_channel", "AWS::IVS::Channel"),
            ("create_room", "AWS::IVSChat::Room"),
            ("create_stage", "AWS::IVS::Stage"),
            ("create_stream_key", "AWS::IVS::StreamKey"),
            ("import_playback_key_pair", "AWS::IVS::PlaybackKeyPair"),
            ("import_public_key", "AWS::IVS::PublicKey"),
        ],
    )
    def test_let_be_tagged_what_cloudformation_tags(self, method: str, resource_type: str) -> None:
        """
        To create or import the same, CloudFormation asks for TagResource too, by its schemas.
        """
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
        *_, tagging = given(f"TaggedGrants.{method}").statements
        assert tagging.actions <= {*schema["handlers"]["create"]["permissions"]}

    @pytest.mark.parametrize(
        ("method", "created"),
        [
            ("create_channel", ALL_CHANNELS),
            ("create_room", ALL_ROOMS),
            ("create_stage", ALL_STAGES),
            ("create_stream_key", ALL_STREAM_KEYS),
            ("import_playback_key_pair", ALL_KEY_PAIRS),
            ("import_public_key", ALL_PUBLIC_KEYS),
            ("start_composition", ALL_COMPOSITIONS),
        ],
    )
    def test_let_nothing_else_be_tagged(self, method: str, created: str) -> None:
        """
        Tagging is on the type that is created: the key of a new channel gets no tags.
        """
        *_, tagging = given(f"TaggedGrants.{method}").statements
        assert tagging.resources == {created}
        assert tagging.conditions == TO_TAG


class TestSums:
    @pytest.mark.parametrize(
        ("method", "parts"),
        [
            (
                "manage_channels",
                "create_channel read_channel update_channel stop_stream delete_channel",
            ),
            ("manage_stream_keys", "read_stream_key reset_stream_key"),
            (
                "manage_playback_key_pairs",
                "import_playback_key_pair read_playback_key_pair delete_playback_key_pair",
            ),
            (
                "manage_stages",
                (
                    "create_stage read_stage update_stage delete_stage create_participant_token "
                    "disconnect_participant"
                ),
            ),
            ("manage_public_keys", "import_public_key read_public_key delete_public_key"),
            (
                "manage_rooms",
                (
                    "create_room read_room update_room delete_room create_chat_token send_event "
                    "moderate"
                ),
            ),
        ],
    )
    def test_are_made_of_their_parts(self, method: str, parts: str) -> None:
        """
        To manage is what the parts allow together, and not more.
        """
        whole = allowed(given(f"TaggedGrants.{method}").statements)
        assert whole == set().union(
            *(allowed(given(f"TaggedGrants.{part}").statements) for part in parts.split())
        )

    def test_of_compositions_are_made_of_their_parts(self) -> None:
        """
        So it is with compositions, that are given the same resources.
        """
        parts = ("start_composition recorded", "read_composition", "stop_composition")
        assert allowed(given("TaggedGrants.manage_compositions").statements) == set().union(
            *(allowed(given(f"TaggedGrants.{part}").statements) for part in parts)
        )


class TestNames:
    @pytest.mark.parametrize(
        ("kind", "names"),
        [
            (
                ivs.ChannelGrants,
                {
                    "insert_ad_break": "insert_ad_break",
                    "manage_stream_keys": "manage_stream_keys untagged",
                    "put_metadata": "put_metadata",
                    "read": "read_channel",
                    "revoke_viewer_sessions": "revoke_viewer_sessions",
                    "stop_stream": "stop_stream",
                    "update": "update_channel",
                },
            ),
            (ivs.StreamKeyGrants, {"delete": "delete_stream_key", "read": "read_stream_key"}),
            (
                ivs.StageGrants,
                {
                    "create_participant_token": "create_participant_token",
                    "disconnect_participant": "disconnect_participant",
                    "read": "read_stage",
                    "replicate_participants": "replicate_participants",
                    "start_composition recorded": "manage_compositions",
                    "update": "update_stage",
                },
            ),
            (
                chat.RoomGrants,
                {
                    "create_chat_token": "create_chat_token",
                    "moderate": "moderate",
                    "read": "read_room",
                    "send_event": "send_event",
                    "update": "update_room",
                },
            ),
            (ivs.PublicKeyGrants, {"read": "read_public_key"}),
            (ivs.PlaybackKeyPairGrants, {"read": "read_playback_key_pair"}),
        ],
    )
    def test_are_those_on_one_resource(self, kind: type, names: dict[str, str]) -> None:
        """
        Each method on one resource has one by tags, that gives the same actions.

        But for the actions that give tags to what is created.
        """
        methods = {
            name
            for name, _ in inspect.getmembers(kind, callable)
            if not name.startswith(("_", "from_")) and name not in APART
        }
        assert {name.partition(" ")[0] for name in names} == methods
        for name, by_tags in names.items():
            one = {
                action
                for statement in given(f"{kind.__name__}.{name}").statements
                for action in statement.actions
            }
            several = {
                action
                for statement in given(f"TaggedGrants.{by_tags}").statements
                for action in statement.actions
            }
            assert several - {"ivs:TagResource", "ivschat:TagResource"} == one


def test_tags_that_differ_in_case_are_refused(stack: Stack) -> None:
    """
    The names of condition keys know no case, so that one of two would be lost.
    """
    with pytest.raises(ivs.ValidationError) as caught:
        ivs.TaggedGrants(stack, tags={"App": "a", "app": "b"})
    assert str(caught.value) == (
        "'tags' must have keys that differ in more than case, got App, app: IAM ignores the case "
        "of condition keys [cdk-ivs:TagKey at 'Stack']"
    )


@pytest.mark.parametrize(
    ("key", "shown"),
    [("{{resolve:ssm:/live/name:1}}", "{{resolve:ssm:/live/name:1}}"), (Aws.REGION, "<token AWS")],
)
def test_keys_are_known_at_synthesis(stack: Stack, key: str, shown: str) -> None:
    """
    CloudFormation resolves values only, and the names of condition keys contain the keys.
    """
    with pytest.raises(ivs.ValidationError, match="known at synthesis") as error:
        ivs.TaggedGrants(stack, tags={key: "live"})
    assert f"got '{shown}" in error.value.message
    ivs.TaggedGrants(stack, tags={"team": key})
