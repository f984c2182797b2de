"""Checks of grantees, and a warning for those that get nothing although the CDK accepts them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cdk_ivs._validation.argument_types import fits
from cdk_ivs._validation.errors import ArgumentTypeError, error_path_of, safe_text
from cdk_ivs._validation.hints import iam_reference, reference_by_arn
from cdk_ivs._validation.jsii_objects import is_proxy
from cdk_ivs._validation.redaction import redacted
from cdk_ivs._validation.type_names import type_name, with_type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import IConstruct

_CFN_IDENTITIES = {"CfnGroup", "CfnRole", "CfnUser"}


def check_grantee(construct: IConstruct, grantee: object) -> None:
    """Refuse a grantee that cannot have permissions, and suggest another one."""
    from aws_cdk.aws_iam import IGrantable

    with error_path_of(construct):
        if not fits(grantee, IGrantable):
            raise ArgumentTypeError(
                f"'grantee' must be IGrantable, got {with_type(grantee)}; "
                f"{_suggest_grantee(grantee)}"
            )


def warn_if_nothing_added(
    construct: IConstruct,
    grantee: IGrantable,
    grant: Grant,
    statements: Sequence[Mapping[str, Any]],
) -> None:
    """
    Warn, on a construct, about a grant that adds nothing, once for each missing statement.

    The CDK reports success for a role that it does not change. Common grantees are recognized by
    their classes, which takes no message.
    """
    from aws_cdk import Annotations, Stack
    from aws_cdk.aws_iam import Group, LazyRole, ManagedPolicy, Policy, Role, User

    changeable = (Role, LazyRole, User, Group, Policy, ManagedPolicy)
    if isinstance(grantee, changeable):
        return
    principal = grantee.grant_principal
    if isinstance(principal, changeable):
        return
    node = getattr(principal, "node", None)
    # A reference of the CDK to a role, a user or a group contains the policy that it got.
    if node is not None and is_proxy(principal):
        is_added = any(isinstance(child, Policy) for child in node.children)
    else:
        is_added = grant.success
    if is_added:
        return
    # With this setting, the CDK itself reports the permissions that roles need.
    if node is not None and node.try_get_context("@aws-cdk/iam:customizeRoles") is not None:
        return
    for statement in statements:
        if node is None:
            of_key = statement["Action"][0].startswith("kms:")
            why = (
                "the grant does not change the policy of the key"
                if of_key
                else "IVS has no resource policies"
            )
            text = (
                f"'grantee' is {type_name(principal)}, a principal without policies of its "
                f"own, and {why}; grant to a role, a user or a group "
                'instead, for example to aws_iam.Role.from_role_arn(self, "…", "…")'
            )
        else:
            # It can contain tags of the user.
            needed = redacted(json.dumps(Stack.of(construct).resolve(statement)))
            text = (
                f"the app cannot change the policies of '{safe_text(node.path)}', which is "
                f"immutable or belongs to another account: they must contain {needed}; "
                "acknowledge this warning when they do"
            )
        Annotations.of(construct).add_warning_v2(
            "cdk-ivs:GrantNoEffect", f"the grant adds nothing: {text}"
        )


def _suggest_grantee(grantee: object) -> str:
    """Suggest a grantee instead of an object that is not one."""
    kind = type(grantee).__name__
    if kind in _CFN_IDENTITIES:
        return f"use {reference_by_arn(kind.removeprefix('Cfn'))}"
    if isinstance(grantee, str) and (known := iam_reference(grantee)):
        return f"use {known}"
    return "use a construct that has permissions, such as an aws_iam.Role or an aws_lambda.Function"
