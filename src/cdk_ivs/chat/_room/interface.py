"""The members of every room, whether this app creates it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsii
from aws_cdk.interfaces.aws_ivschat import IRoomRef, RoomReference

from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._iam.resource_types import ROOM
from cdk_ivs._monitoring.room.metrics import RoomMetrics
from cdk_ivs._validation.arns import resource_id

from .events import RoomEvents
from .grants import RoomGrants

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_lambda import IFunctionRef


# IvsResource is first, because jsii reads all members of the bases before it at each creation.
@jsii.implements(IRoomRef)
class IRoom(IvsResource, RoomMetrics, RoomEvents):
    """
    A room that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a `chat.Room`, or use
            `chat.Room.from_room_arn()`.
    """

    _RESOURCE_TYPE = ROOM
    _reviewer: IFunctionRef | None = None

    @attribute
    def room_arn(self) -> str:
        """The ARN of the room."""
        return self._resource_arn()

    @attribute
    def room_id(self) -> str:
        """
        The ID of the room: the last part of its ARN.

        Raises:
            ValidationError: `DynamicReference` if the ARN contains a dynamic reference.
        """
        return resource_id(self.room_arn)

    @property
    def room_ref(self) -> RoomReference:
        """A reference to the room."""
        return RoomReference(room_arn=self.room_arn)

    @property
    def grants(self) -> RoomGrants:
        """Permissions on the room, as in `room.grants.create_chat_token(role)`."""
        return RoomGrants(self, self.room_arn)
