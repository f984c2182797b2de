"""Functions that review the messages of a room before they are delivered."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from aws_cdk.aws_ivschat import CfnRoom
from aws_cdk.interfaces.aws_lambda import IFunctionRef

from cdk_ivs._base.environments import Environment, check_same_environment
from cdk_ivs._base.errors import ValidationError
from cdk_ivs._base.struct import Checked
from cdk_ivs._base.tokens import is_token

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct, IConstruct

_PRINCIPAL = "ivschat.amazonaws.com"
_PERMISSION_ID = "IvsChatPermission"
_URI_LENGTH = 170
# What Lambda gives to a function for which no timeout was asked.
_DEFAULT_TIMEOUT = 3


class FallbackResult(enum.StrEnum):
    """What becomes of a message if the handler fails, or takes longer than 200 ms."""

    ALLOW = "ALLOW"
    """It is delivered as it was sent."""

    DENY = "DENY"
    """It is not delivered, and the sender gets an error."""


@dataclass(frozen=True, kw_only=True)
class MessageReviewHandler(Checked):
    """
    What reviews the messages of a room: from_function(...), or none().

    Attributes:
        fallback: What becomes of a message if the function fails. None without a function.
        fn: The function. None for none.
    """

    fallback: FallbackResult | None = None
    fn: IFunctionRef | None = None

    @classmethod
    def from_function(
        cls, fn: IFunctionRef, fallback: FallbackResult = FallbackResult.DENY
    ) -> Self:
        """
        Have a Lambda function review every message: it can allow, change or deny it.

        The service waits 200 ms for the answer, which no setting changes. The room gives the
        function the permission to be invoked by IVS Chat for rooms of the account and Region,
        once a function, and is made after it.

        Args:
            fn: The function, an alias or a version: in the same account and Region. The
                permissions of a function that is not of the app may be out of reach: a warning
                then shows the one to add.
            fallback: What becomes of a message if the function fails or takes too long.
                Default: ``DENY``, so that nothing is delivered that was not reviewed. That of
                the service is ``ALLOW``.
        """
        return cls(fallback=fallback, fn=fn)

    @classmethod
    def none(cls) -> Self:
        """
        Have messages reviewed by nothing.

        To be given to a room that had a handler: the API takes a handler away when it gets an
        empty one, and whether CloudFormation does when the property is left out is UNCONFIRMED.
        """
        return cls()

    def __post_init__(self) -> None:
        """Refuse a fallback for nothing."""
        super().__post_init__()
        if self.fn is None and self.fallback is not None:
            raise ValidationError(
                f"'fallback' must not be given without a function, got {self.fallback}; use "
                "MessageReviewHandler.from_function()",
                code="FallbackUnused",
            )

    def _render(self) -> CfnRoom.MessageReviewHandlerProperty:
        return CfnRoom.MessageReviewHandlerProperty(fallback_result=self.fallback, uri=self._uri())

    def _uri(self) -> str:
        if self.fn is None:
            return ""
        # Of an alias or a version, the reference is to the function.
        arn = getattr(self.fn, "function_arn", None)
        if arn is None:
            arn = self.fn.function_ref.function_arn
        uri = str(arn)
        if len(uri) > _URI_LENGTH and not is_token(uri):
            raise ValidationError(
                f"'fn' must have an ARN of at most {_URI_LENGTH} characters, got {len(uri)}",
                code="HandlerUri",
            )
        return uri

    def _environment(self, scope: Construct) -> Environment | None:
        """Where the function is, which must be where the room is."""
        if self.fn is None:
            return None
        return check_same_environment("message_review_handler", self.fn, scope)

    def _permit(self, room: Construct, level_1: CfnResource, environment: Environment) -> None:
        """Let the service invoke the function, before the room is made."""
        source_arn = f"arn:aws:ivschat:{environment.region}:{environment.account}:room/*"
        permission = _permission(self.fn, environment.account, source_arn)
        if permission is not None:
            level_1.node.add_dependency(permission)
        else:
            _warn_about_permission(room, environment)
        _warn_about_timeout(room, self.fn)


def _permission(function: Any, account: str, source_arn: str) -> IConstruct | None:  # noqa: ANN401
    """
    The permission of the service to invoke the function, made if it is not there.

    None if the CDK cannot give it: to a function of elsewhere whose account may be another.
    """
    from aws_cdk.aws_lambda import CfnFunction, CfnPermission

    # Where the CDK puts it: for a singleton, in the function that all of them share.
    node = getattr(function, "permissions_node", function.node)
    existing: IConstruct | None = node.try_find_child(_PERMISSION_ID)
    if existing is not None:
        return existing
    if CfnFunction.is_cfn_function(function):
        return CfnPermission(
            function,
            _PERMISSION_ID,
            action="lambda:InvokeFunction",
            function_name=function.function_ref.function_arn,
            principal=_PRINCIPAL,
            source_account=account,
            source_arn=source_arn,
        )
    if not getattr(function, "_can_create_permissions", False):
        return None
    from aws_cdk.aws_iam import ServicePrincipal

    function.add_permission(
        _PERMISSION_ID,
        principal=ServicePrincipal(_PRINCIPAL),
        source_account=account,
        source_arn=source_arn,
    )
    made: IConstruct | None = node.try_find_child(_PERMISSION_ID)
    return made


def _warn_about_permission(room: Construct, environment: Environment) -> None:
    from aws_cdk import Annotations

    account, region = (
        f"<{what}>" if is_token(value) else value
        for what, value in (("account", environment.account), ("region", environment.region))
    )
    Annotations.of(room).add_warning_v2(
        "cdk-ivs:handler-permission",
        "the permissions of the function that reviews messages cannot be changed from here: it "
        f"must have one for lambda:InvokeFunction with the principal {_PRINCIPAL}, the source "
        f"account {account} and the source ARN arn:aws:ivschat:{region}:{account}:room/*, before "
        "the room is made; acknowledge this warning when it has",
    )


def _warn_about_timeout(room: Construct, function: object) -> None:
    from aws_cdk import Annotations

    # Of an alias or a version, that of the function.
    timeout = getattr(getattr(function, "lambda_", function), "timeout", None)
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
            "Chat waits 200 ms for its answer, and then takes the fallback: make it answer "
            "faster, and its timeout the shortest there is, 1 second",
        )
