"""Permissions of the library's function, which are checked at each of its calls."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from aws_cdk import CfnResource, Stack

from tests.examples.apps import EXAMPLES, Assembly, synthesize
from tests.rehearsal.emulation import Cloud

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

# The handler tries again until 15 seconds before its function ends.
SECONDS = 18


def _build(folder: Path, *, depends: bool) -> Assembly:
    """The example, in which the policy comes last unless the custom resource depends on it."""
    change = functools.partial(_change, depends=depends)
    return synthesize(EXAMPLES / "geo_restricted_channel", folder, change)


def _change(stack: Stack, *, depends: bool) -> None:
    for each in stack.node.find_all():
        if not CfnResource.is_cfn_resource(each):
            continue
        if each.cfn_resource_type == "AWS::Lambda::Function":
            each.add_property_override("Timeout", SECONDS)
        elif each.cfn_resource_type.startswith("Custom::") and not depends:
            each.add_override("DependsOn", [])


@pytest.mark.parametrize("depends", [True, False])
def test_call_needs_policy(depends: bool, cloud: Cloud, tmp_path: Path) -> None:
    """
    A deployment fails if nothing makes CloudFormation create the policy before the function calls.
    """
    outcome = cloud.deploy(_build(tmp_path / "cdk.out", depends=depends).directory)
    assert outcome.succeeded == depends, outcome.text
    denied = {call.action for call in cloud.ivs.calls if call.error == "AccessDeniedException"}
    assert denied == (set() if depends else {"GetChannel"})
    assert len(cloud.ivs.of_kind("Channel")) == depends


def test_call_needs_policy_until_the_end(cloud: Cloud, tmp_path: Path) -> None:
    """
    A destruction fails if the policy is gone before the function has detached.
    """
    directory = _build(tmp_path / "cdk.out", depends=True).directory
    assert cloud.deploy(directory).succeeded
    iam = cloud.client("iam")
    roles = [role["RoleName"] for role in iam.list_roles()["Roles"]]
    (role,) = (name for name in roles if "CustomResourcesHandler" in name)
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    iam.delete_role_policy(RoleName=role, PolicyName=name)
    outcome = cloud.destroy(directory)
    assert not outcome.succeeded, outcome.text
    (stack,) = cloud.stacks()
    assert cloud.stack(stack)["StackStatus"] == "DELETE_FAILED"
    denied = {call.action for call in cloud.ivs.calls if call.error == "AccessDeniedException"}
    assert denied == {"GetChannel"}
    cloud.client("cloudformation").delete_stack(StackName=stack, DeletionMode="FORCE_DELETE_STACK")
