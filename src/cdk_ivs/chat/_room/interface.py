"""What every room has, created in this app or not."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Protocol

import jsii
from aws_cdk import IResource
from aws_cdk.interfaces.aws_ivschat import IRoomRef, RoomReference

from cdk_ivs._core.resource import IvsResource
from cdk_ivs._monitoring.room.metrics import RoomMetrics
from cdk_ivs._validation.arns import check_arn
from cdk_ivs._validation.errors import error_path

from .events import RoomEvents
from .grants import RoomGrants

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_lambda import IFunctionRef
    from constructs import Construct


if TYPE_CHECKING:

    class _Monitored(RoomMetrics, RoomEvents, Protocol): ...
else:

    class _Monitored(Protocol):
        """A protocol can inherit the methods from protocols only."""


class IRoom(IRoomRef, IResource, _Monitored, Protocol):
    """A room, created in this app or not."""

    @property
    def room_arn(self) -> str:
        """The ARN of the room."""
        ...

    @property
    def room_id(self) -> str:
        """The id of the room: the last part of its ARN."""
        ...

    @property
    def grants(self) -> RoomGrants:
        """Permissions on the room."""
        ...


@jsii.implements(IRoom)
class RoomBase(IvsResource, RoomMetrics, RoomEvents):
    """A room, as far as its origin does not matter."""

    _reviewer: IFunctionRef | None = None

    @property
    @abc.abstractmethod
    def room_arn(self) -> str:
        """The ARN of the room."""

    @property
    def room_id(self) -> str:
        """The id of the room: the last part of its ARN."""
        return self._id_from(self.room_arn)

    @property
    def room_ref(self) -> RoomReference:
        """A reference to the room."""
        return RoomReference(room_arn=self.room_arn)

    @property
    def grants(self) -> RoomGrants:
        """Permissions on the room, as in ``room.grants.create_chat_token(role)``."""
        return RoomGrants(self, self.room_arn)


class ImportedRoom(RoomBase):
    """A room that is known by its ARN."""

    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with error_path(scope, id):
            check_arn("room_arn", arn, "room", service="ivschat")
        super().__init__(scope, id, environment_from_arn=arn)
        self._arn = arn

    @property
    def room_arn(self) -> str:
        """The ARN of the room."""
        return self._arn
