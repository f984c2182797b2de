"""
The permissions on a room for the function that reviews its messages.

CloudFormation creates the room after the function, and the function after all policies of its role.
A policy of the role that names the room would therefore be a circular dependency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from aws_cdk.aws_ivschat import CfnRoom

from cdk_ivs._core.tree import TreeState, is_in_tree, scope_info
from cdk_ivs._core.unique_names import unique_resource_name

if TYPE_CHECKING:
    from aws_cdk.aws_iam import CfnPolicy, IGrantable, Policy
    from constructs import Construct, IConstruct

# The name of a policy has up to 128 characters, including the Region.
_UNIQUE = 100


class _Reviewer(NamedTuple):
    room: IConstruct
    function: Any


# The functions of each app that review messages.
_REVIEWERS = TreeState[list[_Reviewer]](lambda _: [])


def register_reviewer(room: IConstruct, function: object) -> None:
    """Remember a function on which a room depends, with all policies of its role."""
    # An L1 does not depend on the policies of its role, and a reference depends on nothing.
    if hasattr(function, "grant_principal"):
        _REVIEWERS.of(scope_info(room).root).append(_Reviewer(room, function))


def reviewer_policy(resource: IConstruct, grantee: IGrantable) -> Policy | None:
    """
    Return the policy to use instead of a grantee, on which nothing depends.

    This applies to the roles of all functions that review messages in the app, because each of two
    functions could get a permission on the room of the other. Returns None for any other grantee.
    The function that reviews the messages of an L1 is not known, so every role can be its role.
    """
    room: Any = resource
    if isinstance(resource, CfnRoom):
        around = resource.node.scope
        if hasattr(around, "_reviewer"):
            room = around
        elif resource.message_review_handler is not None:
            return _policy_of(grantee.grant_principal, resource)
    if getattr(room, "_reviewer", None) is None:
        return None
    principal = grantee.grant_principal
    address = _address(principal)
    for reviewed, function in _REVIEWERS.of(scope_info(room).root):
        if address == _address(function.grant_principal) and is_in_tree(reviewed):
            return _policy_of(principal, room)
    return None


def _policy_of(role: Any, room: Construct) -> Policy | None:  # noqa: ANN401 - a role of the CDK, of any class
    """Return the policy of a role in a room, or None if the role cannot have one."""
    from aws_cdk import Stack
    from aws_cdk.aws_iam import Policy

    if not hasattr(role, "attach_inline_policy"):
        return None
    id = f"HandlerPolicy{role.node.addr[-8:]}"  # noqa: A001 - the name in the CDK
    existing = room.node.try_find_child(id)
    if existing is not None:
        return cast("Policy", existing)
    # The name that the CDK generates is unique in a stack, but a role can have policies of several.
    unique = unique_resource_name(room, max_length=_UNIQUE, separator="-")
    policy = Policy(room, id, policy_name=f"{unique}-{Stack.of(room).region}")
    role.attach_inline_policy(policy)
    cfn_policy = cast("CfnPolicy", policy.node.default_child)
    if Stack.of(room).resolve(cfn_policy.roles):
        return policy
    # An immutable role silently ignores the policy.
    room.node.try_remove_child(id)
    return None


def _address(principal: Any) -> object:  # noqa: ANN401 - a construct or not
    """Return an identity for a principal, because each read can return another object."""
    node = getattr(principal, "node", None)
    return principal if node is None else node.addr
