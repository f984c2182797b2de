"""The setting for the function that reviews the messages of a room."""

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
from cdk_ivs._validation.tokens import literal_text

from .permission import allow_invoke, warn_about_timeout

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct

_URI_LENGTH = 170


class FallbackResult(enum.StrEnum):
    """
    The action on a message if the handler fails or does not respond in time.

    IVS Chat waits 200 ms for the response
    ([quotas](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html)).
    """

    ALLOW = "ALLOW"
    """The message is delivered as it was sent."""

    DENY = "DENY"
    """The message is not delivered, and the sender gets an error."""


@dataclass(frozen=True, kw_only=True)
class MessageReviewHandler(Options):
    """
    The handler that reviews the messages of a room. Use `from_function()` or `none()`.

    Attributes:
        fallback: The action on a message if the function fails. Default: `DENY`, or None without a
            function.
        fn: The function. Default: None, which means no function.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `FallbackUnused` if there is a fallback without a function.
    """

    fallback: FallbackResult | None = None
    fn: IFunctionRef | None = None

    @classmethod
    def from_function(
        cls, fn: IFunctionRef, fallback: FallbackResult = FallbackResult.DENY
    ) -> Self:
        """
        Let a Lambda function review every message. It can allow, change or deny the message.

        IVS Chat waits 200 ms for the response, and AWS does not change this limit
        ([quotas](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html)). The
        room gives IVS Chat the permission to invoke the function for rooms of the account and
        Region, once for each function. CloudFormation creates the room after that permission.

        IVS Chat checks the permission when the room is created. It can refuse the room with
        `invalid lambda permission` if the permission is too new. In that case, run `cdk deploy
        --no-rollback`, and then run it again.

        The environment of the function cannot contain the ARN of the room, because the room is
        created after the function. The request contains the ARN as `RoomArn`. To give the function
        permissions on the room, use `room.grants`.

        Args:
            fn: The function, an alias or a version, in the account and Region of the room
                ([guide](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-message-review-handler.html)).
                If the permissions of the function cannot be changed from the app, a warning shows
                the permission to add.
            fallback: The action on a message if the function fails or does not respond in time.
                Default: `DENY`, so that only reviewed messages are delivered. The default of IVS
                Chat is `ALLOW`.

        Returns:
            The handler.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        check_type("fn", fn, IFunctionRef)
        return cls(fallback=fallback, fn=fn)

    @classmethod
    def none(cls) -> Self:
        """
        Let no handler review messages.

        Use it for a room that had a handler before. IVS Chat removes a handler if it gets an empty
        one. Whether CloudFormation removes the handler when you leave the parameter out is
        UNCONFIRMED.

        Returns:
            The setting that removes the handler.
        """
        return cls()

    def __post_init__(self) -> None:
        """Refuse a fallback without a function, and set the default fallback of a function."""
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
        literal = literal_text(uri)
        if len(literal) > _URI_LENGTH:
            raise ValidationError(
                f"'fn' must have an ARN of at most {_URI_LENGTH} characters, got {len(literal)} "
                "characters",
                code="HandlerUri",
            )
        return uri

    def _environment(self, scope: Construct) -> Environment | None:
        """Return the account and Region of the function, which must be those of the room."""
        if self.fn is None:
            return None
        # The CDK assumes that a version that is imported by its ARN is where the stack is.
        check_arn_environment("message_review_handler", self._uri(), scope)
        return check_same_environment("message_review_handler", self.fn, scope)

    def _permit(self, room: Construct, cfn_room: CfnResource, environment: Environment) -> None:
        """Allow the service to invoke the function, before the room is created."""
        allow_invoke(room, cfn_room, self.fn, environment)
        warn_about_timeout(room, self.fn)
