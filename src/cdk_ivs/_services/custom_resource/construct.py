"""Custom resources that call the API of IVS at deployment, with one function in each stack."""

from __future__ import annotations

import contextlib
import functools
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aws_cdk import CfnDeletionPolicy, CustomResource, Duration, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import custom_resources as cr
from constructs import Construct

from cdk_ivs._core.dependencies import depend_on
from cdk_ivs._core.lazy import lazy_any, uncached_any
from cdk_ivs._core.tracked_cfn import override_of, properties_of
from cdk_ivs._core.tree import TreeState, scope_info
from cdk_ivs._services.sources import copy_module

from .permissions import POLICY_ID, Permission, Permissions, Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aws_cdk import CfnResource, IResolvable
    from aws_cdk.aws_iam import IRole

    from .operations import Operation

_ID = "cdk-ivs:CustomResources"
# The package in the asset, its modules, and the function that Lambda calls.
PACKAGE = "cdk_ivs_handler"
MODULES = (
    "__init__",
    "api",
    "errors",
    "handler",
    "ids",
    "public_keys",
    "resources",
    "settings",
    "streams",
)
_CALLED = f"{PACKAGE}.handler.handler"
# The longest call retries for 10 minutes. The provider framework waits for 15.
_TIMEOUT_MINUTES = 14


def run_at_deployment(
    scope: Construct,
    id: str,
    operation: Operation,
    resource_arn: str,
    *,
    created: bool,
    properties: Mapping[str, object] | None = None,
    owner: CfnResource | None = None,
    logical_id: str | None = None,
) -> CustomResource:
    """
    Run an operation on a resource at deployment, and undo it when the custom resource is deleted.

    Args:
        scope: The scope in which the custom resource is created.
        id: The ID of the custom resource.
        operation: The operation.
        resource_arn: The ARN of the resource for the operation.
        created: Whether the stack creates that resource.
        properties: The arguments of the operation, except the ARN.
        owner: The resource whose deletion policy and condition the custom resource shares. The
            operation on a retained resource is not undone.
        logical_id: The logical ID. Default: an ID that is generated from the path.

    Returns:
        The custom resource.
    """
    handler = Handler.of(scope)
    target = Target.of(handler.stack, resource_arn, created=created)
    resource = CustomResource(
        scope,
        id,
        properties={
            "Operation": operation.value,
            "ResourceArn": resource_arn,
            **(properties or {}),
        },
        resource_type=operation.custom_type,
        service_token=handler.service_token,
    )
    cfn_resource = cast("CfnResource", resource.node.default_child)
    needed = Permission(resource, operation, target, logical_id)
    policy = handler.permissions.allow(needed)
    depend_on(cfn_resource, policy)
    if logical_id is not None:
        cfn_resource.override_logical_id(logical_id)
    if owner is not None:
        own_policy = cast("CfnResource | None", resource.node.try_find_child(POLICY_ID))
        _follow(owner, [cfn_resource, own_policy] if own_policy else [cfn_resource])
    return resource


def properties_to_follow(owner: CfnResource) -> IResolvable:
    """
    Return all properties of a resource, for a custom resource that sets what CloudFormation cannot.

    When CloudFormation changes the resource, it can reset those settings. With the same properties,
    CloudFormation updates the custom resource after each such change, and only then.
    """
    return uncached_any(lambda: properties_of(owner))


class Handler(Construct):
    """
    The function, with the provider framework in front of it.

    Attributes:
        stack: The stack, which has one handler.
        permissions: The permissions of the function.
        service_token: The service token for custom resources.
    """

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack, _ID)
        self.stack = stack
        with _source() as folder:
            # The CDK copies the folder now.
            function = lambda_.Function(
                self,
                "Handler",
                code=lambda_.Code.from_asset(folder),
                description="Manages Amazon IVS resources that CloudFormation cannot manage "
                "(cdk-ivs)",
                handler=_CALLED,
                memory_size=256,
                runtime=lambda_.Runtime.PYTHON_3_14,
                timeout=Duration.minutes(_TIMEOUT_MINUTES),
            )
        role = cast("IRole", function.role)
        self.permissions = Permissions(stack, self, role.role_name)
        self.service_token = cr.Provider(self, "Provider", on_event_handler=function).service_token

    @classmethod
    def of(cls, construct: Construct) -> Handler:
        """Return the handler of the stack around a construct."""
        scope = scope_info(construct).stack or scope_info(construct)
        known = _HANDLER.get(scope)
        if known is None or scope.node.try_find_child(_ID) is not known:
            known = _HANDLER.renew(scope)
        return known


# One handler for each stack.
_HANDLER = TreeState[Handler](lambda scope: Handler(Stack.of(scope.construct)))


def _follow(owner: CfnResource, followers: Sequence[CfnResource]) -> None:
    """Copy the deletion policies of a resource to the first follower, and its condition to all."""
    for name, attribute in _RETENTION.items():
        read = functools.partial(_deletion_policy, owner, name, attribute)
        followers[0].add_override(name, lazy_any(read))
    # A reference to a resource that a condition leaves out fails at deployment.
    for follower in followers:
        follower.add_override("Condition", lazy_any(functools.partial(_condition, owner)))


def _deletion_policy(owner: CfnResource, name: str, attribute: str) -> str:
    """
    Return a deletion policy as CloudFormation spells it, when the template is rendered.

    An aspect or an override can set it after the resource was created.
    """
    overridden = override_of(owner, name)
    if overridden in _SPELLINGS.values():
        return cast("str", overridden)
    policy = getattr(owner.cfn_options, attribute)
    return _SPELLINGS[policy or CfnDeletionPolicy.DELETE]


def _condition(owner: CfnResource) -> str | None:
    condition = owner.cfn_options.condition
    return condition.logical_id if condition is not None else None


_RETENTION = {
    "DeletionPolicy": "deletion_policy",
    "UpdateReplacePolicy": "update_replace_policy",
}
_SPELLINGS = {
    CfnDeletionPolicy.DELETE: "Delete",
    CfnDeletionPolicy.RETAIN: "Retain",
    CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE: "RetainExceptOnCreate",
    CfnDeletionPolicy.SNAPSHOT: "Delete",  # Custom resources have no snapshots.
}


@contextlib.contextmanager
def _source() -> Iterator[str]:
    """
    Yield a folder with the source of the handler.

    The installed package can contain compiled files, which would be another asset on each version
    of Python.
    """
    package = files(__package__).joinpath(PACKAGE)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, PACKAGE)
        copy.mkdir()
        for name in MODULES:
            copy_module(package, copy, name)
        yield folder
