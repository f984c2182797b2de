"""Permissions on rooms with certain tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.resource_types import MODERATE

from .statements import TaggedStatements

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable


class TaggedRoomGrants(TaggedStatements):
    """The permissions on rooms."""

    def create_room(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create rooms with the tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateRoom")

    def read_room(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the settings of the rooms. The API does not return their messages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "GetRoom")

    def update_room(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the rooms.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "UpdateRoom")

    def delete_room(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the rooms, which disconnects all users.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DeleteRoom")

    def create_chat_token(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create the tokens with which clients join the rooms.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateChatToken")

    def send_event(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to send events to all clients of the rooms.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "SendEvent")

    def moderate(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete messages and to disconnect users from the rooms.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, *MODERATE)

    def manage_rooms(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create, read, change, moderate and delete rooms with the tags.

        It combines `create_room()`, `read_room()`, `update_room()`, `delete_room()`,
        `create_chat_token()`, `send_event()` and `moderate()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(
            grantee,
            "CreateRoom",
            "GetRoom",
            "UpdateRoom",
            "DeleteRoom",
            "CreateChatToken",
            "SendEvent",
            *MODERATE,
        )
