"""One failure at some moment of a deployment."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from tests.support.service import ServiceError


class How(enum.Enum):
    """
    How a call of a function fails. Resource types of CloudFormation are always refused.

    A lost response is an error after the call has taken effect.
    """

    REFUSED = "refused"
    UNAVAILABLE = "unavailable from then on"
    LOST_ONCE = "its response lost"
    LOST = "its response lost, and unavailable from then on"


_REFUSED = ("ValidationException", 400)
_UNAVAILABLE = ("InternalServerException", 500)


@dataclass
class Interruption:
    """
    A failure of one event, and of the calls after it until the next resource begins.

    Events are the beginning of the creation or update of a resource of any type, and calls of
    Amazon IVS, by CloudFormation or by functions.

    Attributes:
        at: The number of the event, from 0.
        how: How a call of a function fails.
        calls_only: Whether calls of functions are the only events.
        happened: What failed. Empty if nothing has.
        in_function: Whether that was a call of a function.
        resource: The logical id of the resource for which it failed.
    """

    at: int
    how: How
    calls_only: bool = False
    happened: str = ""
    in_function: bool = False
    resource: str = ""
    _events: int = field(default=0, init=False)
    _ended: bool = field(default=False, init=False)
    _unavailable: bool = field(default=False, init=False)

    def begin(self, logical_id: str) -> None:
        """
        Begin with a resource.

        Raises:
            ServiceError: If it fails.
        """
        self._unavailable = False
        if not self.happened:
            self.resource = logical_id
        if not self.calls_only and self._is_next():
            self.happened = logical_id
            raise ServiceError("Refused", 400, "refused, as the rehearsal asked")

    def call(self, role: str, action: str) -> ServiceError | None:
        """
        Come to a call.

        Args:
            role: The role of the function that makes it. Empty for CloudFormation.
            action: The action.

        Returns:
            The error that is the response after the call has taken effect.

        Raises:
            ServiceError: If it fails, and has no effect.
        """
        if role and self._unavailable:
            raise ServiceError(*_UNAVAILABLE)
        if (self.calls_only and not role) or not self._is_next():
            return None
        self.happened, self.in_function = action, bool(role)
        if not role or self.how is How.REFUSED:
            raise ServiceError(*_REFUSED)
        self._unavailable = self.how is not How.LOST_ONCE
        if self.how is How.UNAVAILABLE:
            raise ServiceError(*_UNAVAILABLE)
        return ServiceError(*_UNAVAILABLE)

    def end(self) -> None:
        """Let nothing more fail: another resource has, and a rollback begins."""
        self._ended = True

    def _is_next(self) -> bool:
        self._events += 1
        return self._events == self.at + 1 and not self._ended
