"""The operations of the IVS Chat API."""

from __future__ import annotations

import enum


class ApiCall(enum.StrEnum):
    """An operation of the IVS Chat API, as CloudTrail names it in `eventName`."""

    CREATE_CHAT_TOKEN = "CreateChatToken"  # noqa: S105 - the name of an operation
    """A chat token was created for a user."""

    CREATE_LOGGING_CONFIGURATION = "CreateLoggingConfiguration"
    """A logging configuration was created."""

    CREATE_ROOM = "CreateRoom"
    """A room was created."""

    DELETE_LOGGING_CONFIGURATION = "DeleteLoggingConfiguration"
    """A logging configuration was deleted."""

    DELETE_MESSAGE = "DeleteMessage"
    """The clients in a room were told to delete a message."""

    DELETE_ROOM = "DeleteRoom"
    """A room was deleted."""

    DISCONNECT_USER = "DisconnectUser"
    """The connections of a user to a room were closed."""

    GET_LOGGING_CONFIGURATION = "GetLoggingConfiguration"
    """A logging configuration was read."""

    GET_ROOM = "GetRoom"
    """A room was read."""

    LIST_LOGGING_CONFIGURATIONS = "ListLoggingConfigurations"
    """The logging configurations were listed."""

    LIST_ROOMS = "ListRooms"
    """The rooms were listed."""

    LIST_TAGS_FOR_RESOURCE = "ListTagsForResource"
    """The tags of a resource were read."""

    SEND_EVENT = "SendEvent"
    """An event was sent to a room."""

    TAG_RESOURCE = "TagResource"
    """Tags were added to a resource."""

    UNTAG_RESOURCE = "UntagResource"
    """Tags were removed from a resource."""

    UPDATE_LOGGING_CONFIGURATION = "UpdateLoggingConfiguration"
    """A logging configuration was changed."""

    UPDATE_ROOM = "UpdateRoom"
    """A room was changed."""
