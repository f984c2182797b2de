"""The permission for IVS Chat to invoke the function that reviews messages, and its timeout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.grants import wildcard_arn
from cdk_ivs._iam.resource_types import ROOM
from cdk_ivs._services.function_permission import allow_service_invoke
from cdk_ivs._validation.errors import number_text
from cdk_ivs._validation.tokens import placeholder_if_token

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct

    from cdk_ivs._core.environments import Environment

_PRINCIPAL = "ivschat.amazonaws.com"
_PERMISSION_ID = "IvsChatPermission"
# The default of Lambda.
_DEFAULT_TIMEOUT = 3


def allow_invoke(
    room: Construct, cfn_room: CfnResource, function: object, environment: Environment
) -> None:
    """Allow the service to invoke a function for rooms, before the room is created."""
    permission = allow_service_invoke(
        function,
        _PERMISSION_ID,
        principal=_PRINCIPAL,
        source_account=environment.account,
        source_arn=wildcard_arn(room, ROOM, environment),
    )
    if permission is not None:
        cfn_room.node.add_dependency(permission)
    else:
        _warn_about_permission(room, environment)


def warn_about_timeout(room: Construct, function: object) -> None:
    """Warn if the function can run longer than the service waits."""
    from aws_cdk import Annotations

    # An alias or a version has the timeout of its function, and a singleton that of its L1.
    timeout = getattr(getattr(function, "lambda_", function), "timeout", None)
    if timeout is None and hasattr(function, "permissions_node"):
        timeout = getattr(function.permissions_node.default_child, "timeout", None)
    # The construct of the CDK has a Duration, and the L1 has a number.
    seconds = (
        timeout
        if timeout is None or isinstance(timeout, int | float)
        else (None if timeout.is_unresolved() else timeout.to_seconds())
    )
    if seconds is not None and seconds > _DEFAULT_TIMEOUT:
        Annotations.of(room).add_warning_v2(
            "cdk-ivs:HandlerTimeout",
            f"the function that reviews messages has a timeout of {number_text(seconds)} "
            "seconds, but IVS Chat waits 200 ms for its answer and then applies the fallback: "
            "let the function answer in less, and set its timeout to 1 second, the shortest "
            "that Lambda has",
        )


def _warn_about_permission(room: Construct, environment: Environment) -> None:
    from aws_cdk import Annotations

    account, region = (
        placeholder_if_token(environment.account, "account"),
        placeholder_if_token(environment.region, "region"),
    )
    Annotations.of(room).add_warning_v2(
        "cdk-ivs:HandlerPermission",
        "the app cannot change the permissions of the function that reviews messages: they must "
        f"allow lambda:InvokeFunction for the principal {_PRINCIPAL}, the source account "
        f"{account} and the source ARN arn:aws:ivschat:{region}:{account}:room/*, before the "
        "room is created; acknowledge this warning when they do",
    )
