"""Constructs for Amazon IVS Chat: rooms, and the logging of their messages."""

from typing import TYPE_CHECKING

import publication

from cdk_ivs._base.lazy import load_when_used

if TYPE_CHECKING:
    from ._api_call import ApiCall
    from ._logging_configuration import (
        ILoggingConfiguration,
        LoggingConfiguration,
        LoggingConfigurationGrants,
        LoggingConfigurationProps,
    )
    from ._logging_destination import LoggingDestination
    from ._message_review_handler import FallbackResult, MessageReviewHandler
    from ._room import Room, RoomProps
    from ._room_base import IRoom
    from ._room_grants import RoomGrants

__all__ = [
    "ApiCall",
    "FallbackResult",
    "ILoggingConfiguration",
    "IRoom",
    "LoggingConfiguration",
    "LoggingConfigurationGrants",
    "LoggingConfigurationProps",
    "LoggingDestination",
    "MessageReviewHandler",
    "Room",
    "RoomGrants",
    "RoomProps",
]

# What is imported above, by module: it is loaded when it is used.
_NAMES = {
    "._api_call": ("ApiCall",),
    "._logging_configuration": (
        "ILoggingConfiguration",
        "LoggingConfiguration",
        "LoggingConfigurationGrants",
        "LoggingConfigurationProps",
    ),
    "._logging_destination": ("LoggingDestination",),
    "._message_review_handler": ("FallbackResult", "MessageReviewHandler"),
    "._room": ("Room", "RoomProps"),
    "._room_base": ("IRoom",),
    "._room_grants": ("RoomGrants",),
}

publication.publish()
load_when_used(__name__, _NAMES)
