"""That IVS Chat may invoke the function that reviews messages, and how long it waits for it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, cast

from cdk_ivs._iam.grants import wildcard_arn
from cdk_ivs._iam.resource_types import ROOM
from cdk_ivs._validation.tokens import placeholder_if_token

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct, IConstruct

    from cdk_ivs._core.environments import Environment

_PRINCIPAL = "ivschat.amazonaws.com"
_PERMISSION_ID = "IvsChatPermission"
# What Lambda gives to a function for which no timeout was asked.
_DEFAULT_TIMEOUT = 3


def allow_invoke(
    room: Construct, level_1: CfnResource, function: object, environment: Environment
) -> None:
    """Let the service invoke a function for rooms where the room is, before the room is made."""
    source_arn = wildcard_arn(room, ROOM, account=environment.account, region=environment.region)
    permission = _permission(function, environment.account, source_arn)
    if permission is not None:
        level_1.node.add_dependency(permission)
    else:
        _warn_about_permission(room, environment)


def warn_about_timeout(room: Construct, function: object) -> None:
    """Say that the service does not wait as long as the function may take."""
    from aws_cdk import Annotations

    # Of an alias or a version, that of the function; of a singleton, that of the L1.
    timeout = getattr(getattr(function, "lambda_", function), "timeout", None)
    if timeout is None and hasattr(function, "permissions_node"):
        timeout = getattr(function.permissions_node.default_child, "timeout", None)
    # A Duration of the CDK's construct, a number of the L1.
    seconds = (
        timeout
        if timeout is None or isinstance(timeout, int | float)
        else (None if timeout.is_unresolved() else timeout.to_seconds())
    )
    if seconds is not None and seconds > _DEFAULT_TIMEOUT:
        Annotations.of(room).add_warning_v2(
            "cdk-ivs:handler-timeout",
            f"the function that reviews messages has a timeout of {seconds:g} seconds, but IVS "
            "Chat waits 200 ms for its answer and then applies the fallback: make the function "
            "answer in less, and set its timeout to 1 second, the shortest that Lambda has",
        )


def _permission(function: Any, account: str, source_arn: str) -> IConstruct | None:  # noqa: ANN401
    """
    The permission of the service to invoke the function, made if it is not there.

    None if the CDK cannot give it: to a function of elsewhere whose account may be another.
    """
    from aws_cdk.aws_iam import ServicePrincipal
    from aws_cdk.aws_lambda import CfnFunction, CfnPermission

    around: Any = getattr(function, "lambda_", None)
    can_create = getattr(function, "_can_create_permissions", False)
    if CfnFunction.is_cfn_function(function):
        scope, base = function, _PERMISSION_ID
    elif not can_create and getattr(around, "_can_create_permissions", False):
        # Of some versions the CDK gives none, though the function is there to give it.
        scope, base = around, _PERMISSION_ID + re.sub(r"\W", "", function.version)
    elif not can_create:
        return None
    else:
        scope, base = None, _PERMISSION_ID
    # Where the CDK puts it: for a singleton, in the function that all of them share.
    node = scope.node if scope is not None else function.permissions_node
    ids = (f"{base}{number or ''}" for number in itertools.count())
    id, existing = next(  # noqa: A001 - the CDK's word
        (name, found)
        for name in ids
        if (found := node.try_find_child(name)) is None
        or (isinstance(found, CfnPermission) and found.source_arn == source_arn)
    )
    if existing is not None:
        return cast("IConstruct", existing)
    if scope is not None:
        return CfnPermission(
            scope,
            id,
            action="lambda:InvokeFunction",
            function_name=getattr(function, "function_arn", None)
            or function.function_ref.function_arn,
            principal=_PRINCIPAL,
            source_account=account,
            source_arn=source_arn,
        )
    function.add_permission(
        id,
        principal=ServicePrincipal(_PRINCIPAL),
        source_account=account,
        source_arn=source_arn,
    )
    made: IConstruct | None = node.try_find_child(id)
    return made


def _warn_about_permission(room: Construct, environment: Environment) -> None:
    from aws_cdk import Annotations

    account, region = (
        placeholder_if_token(environment.account, "account"),
        placeholder_if_token(environment.region, "region"),
    )
    Annotations.of(room).add_warning_v2(
        "cdk-ivs:handler-permission",
        "the permissions of the function that reviews messages cannot be changed from here: it "
        f"must have one for lambda:InvokeFunction with the principal {_PRINCIPAL}, the source "
        f"account {account} and the source ARN arn:aws:ivschat:{region}:{account}:room/*, before "
        "the room is made; acknowledge this warning when it has",
    )
