"""Permissions on channels."""

from __future__ import annotations

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from botocore.session import get_session

import cdk_ivs as ivs


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def statement_of(stack: Stack) -> dict[str, object]:
    """The only statement of the only policy."""
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    return statement


class TestRead:
    def test_is_on_this_channel_alone(self, stack: Stack, role: Role) -> None:
        """
        The channel and its streams may be seen, and nothing else.
        """
        ivs.Channel(stack, "Channel").grants.read(role)
        assert statement_of(stack) == {
            "Action": [
                "ivs:GetChannel",
                "ivs:GetStream",
                "ivs:GetStreamSession",
                "ivs:ListStreamSessions",
            ],
            "Effect": "Allow",
            "Resource": {"Fn::GetAtt": ["Channel4048F119", "Arn"]},
        }

    def test_names_operations_of_the_service(self, stack: Stack, role: Role) -> None:
        """
        Each action is an operation of the API.
        """
        operations = get_session().get_service_model("ivs").operation_names
        grant = ivs.Channel(stack, "Channel").grants.read(role)
        (statement,) = grant.principal_statements
        names = [action.removeprefix("ivs:") for action in statement.actions]
        assert [name for name in names if name not in operations] == []
