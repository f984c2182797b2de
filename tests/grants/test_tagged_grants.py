"""Permissions for applications that make resources."""

from __future__ import annotations

import pytest
from aws_cdk import App, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.grants.cases import ALL_ROOMS, on, place, statements_of
from tests.support.tokens import token

METHODS = ["manage_channels", "manage_rooms", "manage_stages", "manage_stream_keys"]


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
            ({}, "'tags' must have at least one tag, got none [cdk-ivs:TagCount]"),
            (
                {"aws:app": "a"},
                (
                    "'tags' must not have keys that begin with 'aws:', which is reserved, "
                    "got 'aws:app' [cdk-ivs:TagKey]"
                ),
            ),
            ({"": "a"}, "'tags' must have keys of 1 to 128 characters, got '' [cdk-ivs:TagKey]"),
            (
                {"app": "a" * 257},
                (
                    "'tags' must have values of at most 256 characters, got 257 characters "
                    "for 'app' [cdk-ivs:TagValue]"
                ),
            ),
            ({"app": 1}, "'tags' must map str to str, got 'app': 1 [cdk-ivs:ArgumentType]"),
            (
                {f"key-{index}": "a" for index in range(51)},
                "'tags' must be at most 50 tags, got 51 [cdk-ivs:TagCount]",
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

    def test_have_no_token_as_key(self, stack: Stack) -> None:
        """
        A key is part of the name of a condition, which must be known at synthesis.
        """
        with pytest.raises(ValidationError, match="'tags'"):
            ivs.TaggedGrants(stack, tags={Fn.ref("AWS::StackName"): "a"})


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
    @pytest.mark.parametrize("method", METHODS)
    def test_hold_for_all_but_the_key_of_a_channel(
        self, stack: Stack, role: Role, method: str
    ) -> None:
        """
        No statement is without a condition on tags, but that the key of a deleted channel goes too.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        free = [
            statement.actions
            for statement in getattr(grants, method)(role).principal_statements
            if not statement.conditions
        ]
        assert free == ([["ivs:DeleteChannel"]] if method == "manage_channels" else [])

    @pytest.mark.parametrize("method", METHODS)
    def test_cannot_be_taken_away(self, stack: Stack, role: Role, method: str) -> None:
        """
        Nobody may untag, so that nothing with the tags loses them.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        statements = getattr(grants, method)(role).principal_statements
        names = {action for statement in statements for action in statement.actions}
        assert names.isdisjoint({"ivs:UntagResource", "ivschat:UntagResource"})

    @pytest.mark.parametrize(
        ("method", "tagging"),
        [
            ("manage_channels", "ivs:TagResource"),
            ("manage_rooms", "ivschat:TagResource"),
            ("manage_stages", "ivs:TagResource"),
            ("manage_stream_keys", "ivs:TagResource"),
        ],
    )
    def test_let_resources_be_made(
        self, stack: Stack, role: Role, method: str, tagging: str
    ) -> None:
        """
        What may be made only with tags may be tagged when it is made.

        The Reference's table of operations has TagResource under CreateChannel, CreateRoom,
        CreateStage and CreateStreamKey, beside the action of the same name.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        statements = getattr(grants, method)(role).principal_statements
        assert tagging in {action for statement in statements for action in statement.actions}


def test_tags_that_differ_in_case_are_refused(stack: Stack) -> None:
    """
    The names of condition keys know no case, so that one of two would be lost.
    """
    with pytest.raises(ivs.ValidationError, match="'tags' must have keys that differ"):
        ivs.TaggedGrants(stack, tags={"App": "a", "app": "b"})
