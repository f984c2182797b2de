"""Permissions on every resource: of constructs, references and L1s."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal

from cdk_ivs import ValidationError
from tests.support.included import include
from tests.support.rendered import logical_id_of
from tests.support.validation import UNVALIDATED

from .records import Record, every_resource, every_resource_of_cloudformation


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def statement_of(stack: Stack) -> dict[str, Any]:
    """The statement of the role's only policy."""
    policies = Template.from_stack(stack).find_resources("AWS::IAM::Policy")
    (policy,) = (each for key, each in policies.items() if key.startswith("RoleDefaultPolicy"))
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    result: dict[str, Any] = statement
    return result


@every_resource
class TestGrants:
    def test_are_on_the_arn_of_a_construct(self, stack: Stack, role: Role, record: Record) -> None:
        """
        The resource of the statement is the attribute of the construct, also by its class.
        """
        construct = record.make(stack)
        assert isinstance(construct.grants, record.grants)
        construct.grants.read(role)
        getattr(record.grants, f"from_{record.kind}")(construct).read(role)
        statement = statement_of(stack)
        assert statement["Resource"] == {"Fn::GetAtt": [logical_id_of(construct), "Arn"]}
        actions = statement["Action"]
        first = actions if isinstance(actions, str) else actions[0]
        assert first.startswith(f"{record.service}:")

    def test_are_on_the_arn_of_a_reference(self, stack: Stack, role: Role, record: Record) -> None:
        """
        So it is of an imported resource, also by its class.
        """
        reference = record.refer(stack)
        reference.grants.read(role)
        getattr(record.grants, f"from_{record.kind}")(reference).read(role)
        assert statement_of(stack)["Resource"] == record.arn

    def test_give_any_action(self, stack: Stack, role: Role, record: Record) -> None:
        """
        Actions without a method are given by their names, with the prefix or without.
        """
        grants = record.refer(stack).grants
        grants.actions(role, "TagResource", f"{record.service}:UntagResource")
        assert statement_of(stack) == {
            "Action": [f"{record.service}:TagResource", f"{record.service}:UntagResource"],
            "Effect": "Allow",
            "Resource": record.arn,
        }

    def test_give_no_action_of_others(self, stack: Stack, role: Role, record: Record) -> None:
        """
        An action that is not about one of the type is refused with those that are.
        """
        with pytest.raises(ValidationError, match="'actions' must be") as error:
            record.refer(stack).grants.actions(role, "GetComposition")
        assert error.value.code == "Action"
        assert error.value.path == "Stack/It"
        assert "GetComposition" in error.value.message

    @pytest.mark.parametrize("wrong", [None, "arn", 3], ids=["None", "text", "number"])
    def test_are_refused_on_what_is_no_resource(self, record: Record, wrong: object) -> None:
        """
        An ARN is not enough: the account and the Region are asked from the resource.
        """
        with pytest.raises(TypeError, match=f"'{record.kind}' must be I{record.name}Ref, got"):
            getattr(record.grants, f"from_{record.kind}")(wrong)


@every_resource_of_cloudformation
def test_are_on_the_arn_of_an_l1(stack: Stack, role: Role, record: Record) -> None:
    """
    ``Ref`` of each L1 is its ARN, also of one that JavaScript created.
    """
    other = Stack(App(analytics_reporting=False, **UNVALIDATED), "Stack")
    construct = record.make(other)
    resources = Template.from_stack(other).to_json()["Resources"]
    level_1: Any = include(stack, "Included", resources).get_resource(logical_id_of(construct))
    assert isinstance(level_1, record.cfn)
    getattr(record.grants, f"from_{record.kind}")(level_1).read(role)
    assert statement_of(stack)["Resource"] == {"Ref": logical_id_of(construct)}
