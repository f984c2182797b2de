"""
The public names, each imported from the module that defines it.

Type checkers read these imports, and so does the loader. There is no other list of the names.
"""

from ._logging_configuration.construct import (
    ILoggingConfiguration as ILoggingConfiguration,
    LoggingConfiguration as LoggingConfiguration,
    LoggingConfigurationGrants as LoggingConfigurationGrants,
    LoggingConfigurationProps as LoggingConfigurationProps,
)
from ._logging_configuration.destination import LoggingDestination as LoggingDestination
from ._message_review_handler.value import (
    FallbackResult as FallbackResult,
    MessageReviewHandler as MessageReviewHandler,
)
from ._room.api_call import ApiCall as ApiCall
from ._room.construct import (
    Room as Room,
    RoomProps as RoomProps,
)
from ._room.grants import RoomGrants as RoomGrants
from ._room.interface import IRoom as IRoom
