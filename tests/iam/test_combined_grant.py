"""Several grants as one, which the CDK combines when somebody uses it."""

from __future__ import annotations

import pytest
from aws_cdk import CfnResource, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Grant, Role, ServicePrincipal

from benchmarks.messages import sent_messages
from cdk_ivs._iam import combined_grant
from cdk_ivs._iam.combined_grant import combined


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def grant(role: Role, action: str) -> Grant:
    """A grant of one action."""
    return Grant.add_to_principal(grantee=role, actions=[action], resource_arns=["arn"])


def actions_of(grant: Grant) -> list[list[str]]:
    """The actions of each statement of a grant."""
    return [statement.actions for statement in grant.principal_statements]


class TestCombined:
    def test_has_the_statements_of_all(self, role: Role) -> None:
        """
        The statements are those of the grants, in their order.
        """
        whole = combined([grant(role, name) for name in ("ivs:A", "ivs:B", "ivs:C")])
        assert isinstance(whole, Grant)
        assert actions_of(whole) == [["ivs:A"], ["ivs:B"], ["ivs:C"]]
        assert whole.success

    def test_of_one_is_that_one(self, role: Role) -> None:
        """
        One grant needs nothing.
        """
        only = grant(role, "ivs:A")
        assert combined([only]) is only

    def test_takes_no_message_before_it_is_used(self, role: Role) -> None:
        """
        The CDK combines at the first use, and once.
        """
        grants = [grant(role, name) for name in ("ivs:A", "ivs:B", "ivs:C")]
        with sent_messages() as messages:
            whole = combined(grants)
        assert messages == []
        with sent_messages() as messages:
            assert whole.success
            assert whole.success
        assert messages == ["Invoke combine", "Invoke combine", "Get success", "Get success"]

    def test_is_combined_at_once_without_a_reference(
        self, role: Role, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where jsii does not show its reference, no message is saved, and the statements are all.
        """
        grants = [grant(role, name) for name in ("ivs:A", "ivs:B", "ivs:C")]
        monkeypatch.setattr(combined_grant, "reference_of", lambda _: None)
        with sent_messages() as messages:
            whole = combined(grants)
        assert messages == ["Invoke combine", "Invoke combine"]
        assert actions_of(whole) == [["ivs:A"], ["ivs:B"], ["ivs:C"]]

    def test_can_be_combined_on_either_side(self, role: Role) -> None:
        """
        It is a grant to the CDK, which takes it as an argument too.
        """
        whole = combined([grant(role, "ivs:A"), grant(role, "ivs:B")])
        other = grant(role, "ivs:C")
        assert actions_of(whole.combine(other)) == [["ivs:A"], ["ivs:B"], ["ivs:C"]]
        assert actions_of(other.combine(whole)) == [["ivs:C"], ["ivs:A"], ["ivs:B"]]

    def test_is_applied_before_what_needs_it(self, stack: Stack, role: Role) -> None:
        """
        A resource that needs the permissions waits for the policy.
        """
        whole = combined([grant(role, "ivs:A"), grant(role, "ivs:B")])
        whole.apply_before(CfnResource(stack, "Needs", type="Test::Needs"))
        (resource,) = Template.from_stack(stack).find_resources("Test::Needs").values()
        assert resource["DependsOn"] == ["RoleDefaultPolicy5FFB7DAB"]
