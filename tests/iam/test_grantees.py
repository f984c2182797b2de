"""Who can be given permissions."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import (
    ArnPrincipal,
    Group,
    IGrantable,
    ManagedPolicy,
    Role,
    ServicePrincipal,
    User,
)
from aws_cdk.aws_lambda import Code, Function, Runtime

import cdk_ivs as ivs

READ = {
    "Action": ["ivs:GetChannel", "ivs:GetStream", "ivs:GetStreamSession", "ivs:ListStreamSessions"],
    "Effect": "Allow",
    "Resource": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
}
ROLE = "arn:aws:iam::123456789012:role/role"


def function(stack: Stack) -> Function:
    """A function."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )


def policies_of(stack: Stack, kind: str = "AWS::IAM::Policy") -> list[dict[str, Any]]:
    """The properties of the policies of a kind."""
    return [
        policy["Properties"] for policy in Template.from_stack(stack).find_resources(kind).values()
    ]


class TestPolicy:
    @pytest.mark.parametrize(
        ("make", "holder"),
        [
            pytest.param(
                lambda stack: Role(
                    stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com")
                ),
                {"Roles": [{"Ref": "Role1ABCC5F0"}]},
                id="role",
            ),
            pytest.param(
                function, {"Roles": [{"Ref": "FunctionServiceRole675BB04A"}]}, id="function"
            ),
            pytest.param(
                lambda stack: User(stack, "User"), {"Users": [{"Ref": "User00B015A1"}]}, id="user"
            ),
            pytest.param(
                lambda stack: Group(stack, "Group"),
                {"Groups": [{"Ref": "GroupC77FDACD"}]},
                id="group",
            ),
            pytest.param(
                lambda stack: Role.from_role_arn(stack, "Role", ROLE),
                {"Roles": ["role"]},
                id="imported role",
            ),
        ],
    )
    def test_is_of_the_grantee(self, stack: Stack, make: object, holder: dict[str, Any]) -> None:
        """
        The policy of the grantee has the statement, and is attached to the grantee.
        """
        grant = ivs.Channel(stack, "Channel").grants.read(make(stack))
        (policy,) = policies_of(stack)
        assert policy["PolicyDocument"]["Statement"] == [READ]
        assert {key: policy[key] for key in holder} == holder
        assert grant.success

    def test_may_be_a_managed_one(self, stack: Stack) -> None:
        """
        A managed policy is a grantee as well.
        """
        grant = ivs.Channel(stack, "Channel").grants.read(ManagedPolicy(stack, "Policy"))
        (policy,) = policies_of(stack, "AWS::IAM::ManagedPolicy")
        assert policy["PolicyDocument"]["Statement"] == [READ]
        assert grant.success

    def test_is_none_for_a_role_that_must_not_change(self, stack: Stack) -> None:
        """
        A role that was imported as immutable gets no policy, and the CDK calls that a success.
        """
        role = Role.from_role_arn(stack, "Role", ROLE, mutable=False)
        grant = ivs.Channel(stack, "Channel").grants.read(role)
        assert policies_of(stack) == []
        assert grant.success

    @pytest.mark.parametrize(
        "principal",
        [ServicePrincipal("lambda.amazonaws.com"), ArnPrincipal(ROLE)],
        ids=["service", "arn"],
    )
    def test_is_none_for_a_bare_principal(self, stack: Stack, principal: IGrantable) -> None:
        """
        Who has no policy of his own gets none, and the grant says so: IVS has no resource policies.
        """
        grant = ivs.Channel(stack, "Channel").grants.read(principal)
        assert policies_of(stack) == []
        assert not grant.success
        with pytest.raises(RuntimeError, match="could not be added"):
            grant.assert_success()

    def test_has_what_was_given_one_after_another(self, stack: Stack) -> None:
        """
        Several grants are in one policy, each with its statement.
        """
        user = User(stack, "User")
        channel = ivs.Channel(stack, "Channel")
        channel.grants.put_metadata(user)
        channel.grants.stop_stream(user)
        (policy,) = policies_of(stack)
        assert policy["PolicyDocument"]["Statement"] == [
            {"Action": action, "Effect": "Allow", "Resource": READ["Resource"]}
            for action in ("ivs:PutMetadata", "ivs:StopStream")
        ]

    def test_is_there_before_what_waits_for_it(self, stack: Stack) -> None:
        """
        What needs the permission can be made after it.
        """
        user = User(stack, "User")
        other = ivs.Stage(stack, "Stage")
        ivs.Channel(stack, "Channel").grants.read(user).apply_before(other)
        (resource,) = Template.from_stack(stack).find_resources("AWS::IVS::Stage").values()
        assert resource["DependsOn"] == ["UserDefaultPolicy1F97781E"]
