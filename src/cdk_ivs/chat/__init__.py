"""Constructs for Amazon IVS Chat: rooms, and the logging of their messages."""

from typing import TYPE_CHECKING

import publication

from cdk_ivs._core.public_names import load_when_used

if TYPE_CHECKING:
    from ._logging_configuration.construct import (
        ILoggingConfiguration,
        LoggingConfiguration,
        LoggingConfigurationGrants,
        LoggingConfigurationProps,
    )
    from ._logging_configuration.destination import LoggingDestination
    from ._message_review_handler.value import FallbackResult, MessageReviewHandler
    from ._room.api_call import ApiCall
    from ._room.construct import Room, RoomProps
    from ._room.grants import RoomGrants
    from ._room.interface import IRoom

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
    "._room.api_call": ("ApiCall",),
    "._logging_configuration.construct": (
        "ILoggingConfiguration",
        "LoggingConfiguration",
        "LoggingConfigurationGrants",
        "LoggingConfigurationProps",
    ),
    "._logging_configuration.destination": ("LoggingDestination",),
    "._message_review_handler.value": ("FallbackResult", "MessageReviewHandler"),
    "._room.construct": ("Room", "RoomProps"),
    "._room.interface": ("IRoom",),
    "._room.grants": ("RoomGrants",),
}

publication.publish()
load_when_used(__name__, _NAMES)
