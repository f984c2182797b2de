"""Errors of the API: how long they are retried, and what to do about them."""

from __future__ import annotations

# How long an error may last before the handler gives up, in seconds.
THROTTLED_SECONDS = 600
BUSY_SECONDS = 120
# A new permission needs some time until all of AWS knows it.
DENIED_SECONDS = 90

INVALID = "ValidationException"
BUSY = "ConflictException"
GONE = "ResourceNotFoundException"
OFFLINE = "ChannelNotBroadcasting"
UNREACHABLE = "Unreachable"
_INTERNAL = "InternalServerException"
_DENIED = ("AccessDenied", "AccessDeniedException")
_THROTTLED = ("ThrottlingException", "TooManyRequestsException")
# What is in front of the API answers with codes of its own, or with none.
_THROTTLED_STATUS = 429
_FAILED_STATUS = 500

# After these the action may have been done all the same.
UNSURE = frozenset({_INTERNAL, UNREACHABLE})

SECONDS = {
    **dict.fromkeys(_THROTTLED, THROTTLED_SECONDS),
    **dict.fromkeys(_DENIED, DENIED_SECONDS),
    BUSY: BUSY_SECONDS,
    _INTERNAL: BUSY_SECONDS,
    "PendingVerification": BUSY_SECONDS,
    "StreamUnavailable": BUSY_SECONDS,
    UNREACHABLE: BUSY_SECONDS,
}

REMEDIES = {
    **dict.fromkeys(
        _THROTTLED,
        "the account makes more calls to Amazon IVS than the service allows; deploy again, with "
        "fewer deployments at a time",
    ),
    **dict.fromkeys(
        _DENIED,
        "a service control policy, a permissions boundary or a changed role keeps the function "
        "from calling it; allow the call and deploy again",
    ),
    BUSY: "the resource is live or is being changed; wait until its stream has "
    "ended, and deploy again",
    _INTERNAL: "Amazon IVS had an internal error; deploy again later",
    "PendingVerification": "AWS has not verified the account for Amazon IVS yet; ask AWS Support, "
    "and deploy again",
    "StreamUnavailable": "the stream was not available; deploy again later",
    GONE: "the resource, or what is to be attached to it, does not exist in the account and Region",
    UNREACHABLE: "Amazon IVS did not answer; deploy again later",
}
# Where the same error is about something else.
REMEDIES_OF_ACTIONS = {
    (
        "DeleteFailoverSlateConfiguration",
        BUSY,
    ): "a channel still has the failover slate, or is live with it; detach it from every channel, "
    "and deploy again",
}
NO_REMEDY = "correct what the error names, and deploy again"


class CallError(Exception):
    """
    A call that failed for good, with what to do about it.

    Attributes:
        code: The code of the last error.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def remedy_for(action: str, kind: str) -> str:
    """What to do about an error of an action."""
    return REMEDIES_OF_ACTIONS.get((action, kind)) or REMEDIES.get(kind, NO_REMEDY)


def kind_of(code: str, status: int) -> str:
    """The code whose retries and remedy an error has."""
    if code in SECONDS or code in REMEDIES:
        return code
    if status == _THROTTLED_STATUS:
        return _THROTTLED[0]
    return UNREACHABLE if status >= _FAILED_STATUS else code
