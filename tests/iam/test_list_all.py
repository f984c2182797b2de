"""Listing all resources of a type."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat


def statement_of(stack: Stack, grants: type, scope: Construct) -> dict[str, Any]:
    """The statement that lets a role of the stack list all that the scope's stack has."""
    role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
    grants.list_all(scope, role)
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    return statement


class TestArns:
    @pytest.mark.parametrize(
        ("grants", "action", "service", "name"),
        [
            (ivs.StageGrants, "ivs:ListStages", "ivs", "stage"),
            (chat.RoomGrants, "ivschat:ListRooms", "ivschat", "room"),
        ],
        ids=["stage", "room"],
    )
    def test_of_an_agnostic_stack_are_known_at_deployment(
        self, stack: Stack, grants: type, action: str, service: str, name: str
    ) -> None:
        """
        The account and the Region are those in which the stack is deployed.
        """
        assert statement_of(stack, grants, stack) == {
            "Action": action,
            "Effect": "Allow",
            "Resource": {
                "Fn::Join": [
                    "",
                    [
                        "arn:",
                        {"Ref": "AWS::Partition"},
                        f":{service}:",
                        {"Ref": "AWS::Region"},
                        ":",
                        {"Ref": "AWS::AccountId"},
                        f":{name}/*",
                    ],
                ]
            },
        }

    def test_of_a_known_stack_are_written_out(self, located_stack: Stack) -> None:
        """
        The account and the Region are those of the stack, also for a construct in it.
        """
        scope = Construct(located_stack, "Inner")
        assert statement_of(located_stack, ivs.StageGrants, scope)["Resource"] == {
            "Fn::Join": [
                "",
                ["arn:", {"Ref": "AWS::Partition"}, ":ivs:us-west-2:123456789012:stage/*"],
            ]
        }

    @pytest.mark.parametrize("kind", ["stack", "located_stack"])
    def test_are_none_where_the_action_has_no_resource(
        self, kind: str, request: pytest.FixtureRequest
    ) -> None:
        """
        ``*`` is the same in any stack.
        """
        stack = request.getfixturevalue(kind)
        assert statement_of(stack, ivs.PublicKeyGrants, stack) == {
            "Action": "ivs:ListPublicKeys",
            "Effect": "Allow",
            "Resource": "*",
        }
