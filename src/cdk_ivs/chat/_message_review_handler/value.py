"""Functions that review the messages of a room before they are delivered."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aws_cdk.aws_ivschat import CfnRoom
from aws_cdk.interfaces.aws_lambda import IFunctionRef

from cdk_ivs._core.environments import Environment, check_arn_environment, check_same_environment
from cdk_ivs._core.props import Options
from cdk_ivs._services.function_permission import function_arn
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.tokens import is_token

from .permission import allow_invoke, warn_about_timeout

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct

_URI_LENGTH = 170


class FallbackResult(enum.StrEnum):
    """What becomes of a message if the handler fails, or takes longer than 200 ms."""

    ALLOW = "ALLOW"
    """It is delivered as it was sent."""

    DENY = "DENY"
    """It is not delivered, and the sender gets an error."""


@dataclass(frozen=True, kw_only=True)
class MessageReviewHandler(Options):
    """
    What reviews the messages of a room: from_function(...), or none().

    Attributes:
        fallback: What becomes of a message if the function fails: ``DENY`` if it is not given.
            None without a function.
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

        IVS Chat checks that permission at once and may refuse the room with ``invalid lambda
        permission`` if it is too new. Run ``cdk deploy --no-rollback`` then, and once more.

        The function cannot have the room's ARN in its environment: the room is made after it.
        The request has the ARN as ``RoomArn``, and ``room.grants`` can grant to the function.

        Args:
            fn: The function, an alias or a version: in the same account and Region. The
                permissions of a function that is not of the app may be out of reach: a warning
                then shows the one to add.
            fallback: What becomes of a message if the function fails or takes too long.
                Default: ``DENY``, so that nothing is delivered that was not reviewed. That of
                the service is ``ALLOW``.
        """
        check_type("fn", fn, IFunctionRef)
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
        """Refuse a fallback for nothing, and give one to a function."""
        super().__post_init__()
        if self.fn is not None and self.fallback is None:
            object.__setattr__(self, "fallback", FallbackResult.DENY)
        if self.fn is None and self.fallback is not None:
            raise ValidationError(
                f"'fallback' must not be given without a function, got {safe_text(self.fallback)}; "
                "use MessageReviewHandler.from_function()",
                code="FallbackUnused",
            )

    def _render(self) -> CfnRoom.MessageReviewHandlerProperty:
        return CfnRoom.MessageReviewHandlerProperty(fallback_result=self.fallback, uri=self._uri())

    def _uri(self) -> str:
        if self.fn is None:
            return ""
        uri = function_arn(self.fn)
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
        # The CDK takes a version that is imported by its ARN to be where the stack is.
        check_arn_environment("message_review_handler", self._uri(), scope)
        return check_same_environment("message_review_handler", self.fn, scope)

    def _permit(self, room: Construct, cfn_room: CfnResource, environment: Environment) -> None:
        """Let the service invoke the function, before the room is made."""
        allow_invoke(room, cfn_room, self.fn, environment)
        warn_about_timeout(room, self.fn)
