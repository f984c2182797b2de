"""The permissions on a room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._iam.grantees import check_grantee
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import MODERATE, ROOM
from cdk_ivs.chat._message_review_handler.policy import reviewer_policy

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivschat import IRoomRef


class RoomGrants(Grants):
    """
    Permissions on one room.

    You get them from the property `grants` of a room, or from `from_room()`.

    CloudFormation creates the room after the function that reviews its messages, and the function
    after the policy of its role. The permissions of that role on the room are therefore in a
    separate policy inside the room, which CloudFormation creates last.

    Args:
        resource: The room.
        arn: The ARN of the room.
    """

    _RESOURCE_TYPE = ROOM

    @classmethod
    def from_room(cls, room: IRoomRef) -> Self:
        """
        Return the permissions on a room.

        Args:
            room: The room: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a room.
        """
        return cls._of(room)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the settings of the room. The API does not return its messages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetRoom")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the room.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateRoom")

    def create_chat_token(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create the tokens with which clients join.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "CreateChatToken")

    def send_event(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to send events to all clients of the room.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "SendEvent")

    def moderate(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete messages and to disconnect users from the room.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, *MODERATE)

    def _grant(self, grantee: IGrantable, *actions: str) -> Grant:
        check_grantee(self._resource, grantee)
        policy = reviewer_policy(self._resource, grantee)
        return super()._grant(grantee if policy is None else policy, *actions)
