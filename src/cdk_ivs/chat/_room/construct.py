"""Rooms, in which clients exchange messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws_cdk.aws_ivschat import CfnRoom
from aws_cdk.interfaces.aws_ivschat import ILoggingConfigurationRef

from cdk_ivs._core.annotations import warn_unless_acknowledged
from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import attribute
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text
from cdk_ivs._validation.values import check_number
from cdk_ivs.chat._message_review_handler.cycle import check_handler_cycles
from cdk_ivs.chat._message_review_handler.policy import register_reviewer
from cdk_ivs.chat._message_review_handler.value import MessageReviewHandler

from .interface import IRoom

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties

_LOGGING_CONFIGURATIONS = 3
# The maximum messages per second in the API, and in the schema of CloudFormation.
_API_RATE = 100
_CLOUDFORMATION_RATE = 10


@dataclass(frozen=True, kw_only=True)
class RoomProps(Props):
    """The parameters of a `Room`, which describes each of them."""

    logging_configurations: Sequence[ILoggingConfigurationRef] | None = None
    maximum_message_length: int | None = None
    maximum_message_rate_per_second: int | None = None
    message_review_handler: MessageReviewHandler | None = None
    room_name: str | None = None
    tags: Mapping[str, str] | None = None


class Room(IRoom):
    """
    Create a room, in which clients exchange messages.

    The token with which a client joins determines whether the client can send messages, delete
    messages and disconnect users. An account can have 50,000 rooms in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html)).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        logging_configurations: The logging configurations with which messages are logged: up to 3,
            in the account and Region of the room
            ([CreateRoom](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateRoom.html)).
            To turn logging off, give `[]`: whether CloudFormation turns logging off when you leave
            the parameter out is UNCONFIRMED. Default: messages are not logged.

        maximum_message_length: The maximum length of a message, in characters (code points): 1 to
            500
            ([CreateRoom](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateRoom.html)).
            Default: 500, the default of IVS Chat.

        maximum_message_rate_per_second: The maximum number of messages per second from all clients
            together: 1 to 100
            ([CreateRoom](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateRoom.html)).
            CloudFormation accepts up to 10
            ([AWS::IVSChat::Room](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ivschat-room.html)).
            Above 10, a custom resource calls `ivschat:UpdateRoom` after the room is created or
            changed. When you remove the parameter again, the custom resource restores the previous
            rate. Default: 10, the default of IVS Chat.

        message_review_handler: The handler that reviews every message before it is delivered. The
            first deployment can fail because the permission of the function is too new: see
            `MessageReviewHandler.from_function()`. To remove a handler, give
            `MessageReviewHandler.none()`. Default: no handler.

        room_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateRoom](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateRoom.html)).
            Names do not have to be unique. Default: no name.

        tags: The tags of the room, up to 50
            ([CreateRoom](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateRoom.html)).
            CloudFormation refuses tags with empty values here. Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NumberRange` if a number is out of its range. `LoggingConfigurationCount`
            if there are too many logging configurations. `Duplicate` if one is given twice.
            `Environment` if a logging configuration or the function is known to be in another
            account or Region. `HandlerUri` if the ARN of the function is too long. `Name` if IVS
            Chat refuses the name. `TagForm`, `TagCount`, `TagKey` or `TagValue` if AWS refuses the
            tags. At synthesis: `HandlerCycle` if the function depends on the room.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.chat.Room")
    """The ID of this class for property injectors."""

    _EMPTY_TAG_VALUES = False
    _ivs_cfn: CfnRoom

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        logging_configurations: Sequence[ILoggingConfigurationRef] | None = None,
        maximum_message_length: int | None = None,
        maximum_message_rate_per_second: int | None = None,
        message_review_handler: MessageReviewHandler | None = None,
        room_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, RoomProps, locals()) as props:
            rate = props.maximum_message_rate_per_second
            _check_numbers(props.maximum_message_length, rate, _API_RATE)
            logging_arns = _logging_arns(props.logging_configurations, scope)
            handler = props.message_review_handler
            handler_environment = handler._environment(scope) if handler else None
            cfn_handler = handler._render() if handler else None
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        by_api = rate is not None and rate > _CLOUDFORMATION_RATE
        self._ivs_cfn = tracked(CfnRoom)(
            self,
            "Resource",
            logging_configuration_identifiers=logging_arns,
            maximum_message_length=props.maximum_message_length,
            maximum_message_rate_per_second=None if by_api else rate,
            message_review_handler=cfn_handler,
            name=cfn_name,
            tags=cfn_tags,
        )
        self._reviewer = handler.fn if handler else None
        if handler is not None and handler_environment is not None:
            handler._permit(self, self._ivs_cfn, handler_environment)
            register_reviewer(self, handler.fn)
            validate_at_synth(self, check_handler_cycles, self)
        if rate is not None and by_api:
            # Here and not above: import cdk_ivs must not load what a custom resource needs.
            from .message_rate import set_message_rate

            set_message_rate(self, self.room_arn, self._ivs_cfn, rate)
        validate_at_synth(self, warn_about_empty_tags, self)

    @classmethod
    def from_room_arn(cls, scope: Construct, id: str, room_arn: str) -> IRoom:
        """
        Refer to a room by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            room_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The room.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a room.
        """
        return IRoom._import_by_arn(scope, id, room_arn)

    @attribute
    def room_id(self) -> str:
        """The ID of the room: the last part of its ARN."""
        return self._ivs_cfn.attr_id

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        _check_numbers(
            rendered.number("MaximumMessageLength"),
            rendered.number("MaximumMessageRatePerSecond"),
            _CLOUDFORMATION_RATE,
        )
        _check_count(rendered.texts("LoggingConfigurationIdentifiers") or ())


def warn_about_empty_tags(_: Construct, rooms: Sequence[Any]) -> Iterator[ValidationError]:
    """Warn about empty tags that `Tags.of()` added after the constructor."""
    for room in rooms:
        # The rendered tags, in one message.
        tags = cfn_properties(room._ivs_cfn).get("tags") or ()
        keys = [tag["key"] for tag in tags if tag["value"] == ""]
        if keys:
            warn_unless_acknowledged(
                room,
                "cdk-ivs:EmptyTag",
                "CloudFormation rejects tags without a value for a room, got none for "
                f"{', '.join(safe_repr(key) for key in keys)}; give them a value, or leave rooms "
                "out with Tags.of(...).add(..., exclude_resource_types=['AWS::IVSChat::Room'])",
            )
    yield from ()


def _check_numbers(length: int | None, rate: int | None, highest_rate: int) -> None:
    check_number("maximum_message_length", length, 1, 500, "characters")
    check_number("maximum_message_rate_per_second", rate, 1, highest_rate, "messages")


def _check_count(configurations: Sequence[object]) -> None:
    if len(configurations) > _LOGGING_CONFIGURATIONS:
        raise ValidationError(
            f"'logging_configurations' must have at most {_LOGGING_CONFIGURATIONS} items, got "
            f"{len(configurations)}; CloudFormation accepts more, and the service rejects them",
            code="LoggingConfigurationCount",
        )


def _logging_arns(
    configurations: Sequence[ILoggingConfigurationRef] | None, scope: Construct
) -> list[str] | None:
    keyword = "logging_configurations"
    if configurations is None:
        return None
    _check_count(configurations)
    arns: list[str] = []
    for item in configurations:
        arn = same_environment_arn(keyword, item, "logging_configuration", scope)
        if arn in arns:
            raise ValidationError(
                f"'{keyword}' must not have the same construct twice, got "
                f"'{safe_text(item.node.path)}' again; leave one out",
                code="Duplicate",
            )
        arns.append(arn)
    return arns
