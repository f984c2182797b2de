"""The permission for a service to invoke a function, in the policy of the function."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from constructs import IConstruct


def allow_service_invoke(
    function: Any,  # noqa: ANN401 - a construct of the CDK, an L1 or a reference
    id: str,
    *,
    principal: str,
    source_account: str,
    source_arn: str,
) -> IConstruct | None:
    """
    Return the permission of a service to invoke a function, which is created if it does not exist.

    Return None if the CDK cannot create it, for a function outside of the app whose account can be
    another one.

    Args:
        function: The function, one of its versions or an alias.
        id: The ID of the permission. If another permission has it, a number follows.
        principal: The service.
        source_account: The account of the resources for which the service invokes the function.
        source_arn: The ARN of these resources.
    """
    from aws_cdk.aws_iam import ServicePrincipal
    from aws_cdk.aws_lambda import CfnFunction, CfnPermission

    around: Any = getattr(function, "lambda_", None)
    # For functions in the app for which the CDK has no method to add a permission.
    scope: Any = None
    if CfnFunction.is_cfn_function(function):
        scope = function
    elif not getattr(function, "_can_create_permissions", False):
        # Some versions cannot have permissions, but the function around them can.
        if not getattr(around, "_can_create_permissions", False):
            return None
        scope, id = around, id + re.sub(r"\W", "", function.version)  # noqa: A001 - the name in the CDK
    # The CDK adds it here. For a singleton, this is the function that all of them share.
    node = scope.node if scope is not None else function.permissions_node
    name, numbers = id, itertools.count(1)
    while (existing := node.try_find_child(name)) is not None:
        if isinstance(existing, CfnPermission) and existing.source_arn == source_arn:
            return existing
        name = f"{id}{next(numbers)}"
    if scope is not None:
        return CfnPermission(
            scope,
            name,
            action="lambda:InvokeFunction",
            function_name=function_arn(function),
            principal=principal,
            source_account=source_account,
            source_arn=source_arn,
        )
    function.add_permission(
        name,
        principal=ServicePrincipal(principal),
        source_account=source_account,
        source_arn=source_arn,
    )
    return cast("IConstruct | None", node.try_find_child(name))


def function_arn(function: Any) -> str:  # noqa: ANN401 - as above
    """Return the ARN of the function, or of the given alias or version."""
    arn = getattr(function, "function_arn", None)
    return str(arn if arn is not None else function.function_ref.function_arn)
