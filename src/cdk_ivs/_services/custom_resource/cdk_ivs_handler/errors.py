"""Errors of the API: how long they are retried, and what to do about them."""

from __future__ import annotations

from typing import NamedTuple

INVALID = "ValidationException"
BUSY = "ConflictException"
GONE = "ResourceNotFoundException"
OFFLINE = "ChannelNotBroadcasting"
UNREACHABLE = "Unreachable"
_INTERNAL = "InternalServerException"
_THROTTLED = "ThrottlingException"
# A proxy in front of the API responds with its own codes, or with none.
_THROTTLED_STATUS = 429
_FAILED_STATUS = 500

# After these errors, the action can have succeeded nevertheless.
UNSURE = frozenset({_INTERNAL, UNREACHABLE})


class Response(NamedTuple):
    """
    The response to an error.

    Attributes:
        code: The code by which the user finds the error in the documentation.
        remedy: The cause of the error, and how the user can correct it.
        seconds: How long the error can last before the handler gives up.
    """

    code: str
    remedy: str
    seconds: int = 120


_TO_THROTTLED = Response(
    "CallThrottled",
    "the account makes more calls to Amazon IVS than the service allows; deploy again, with "
    "fewer deployments at a time",
    seconds=600,
)
_TO_DENIED = Response(
    "CallDenied",
    "a service control policy, a permissions boundary or a changed role prevents the function "
    "from calling it; allow the call and deploy again",
    # A new permission takes some time to take effect everywhere in AWS.
    seconds=90,
)
RESPONSES = {
    _THROTTLED: _TO_THROTTLED,
    "TooManyRequestsException": _TO_THROTTLED,
    "AccessDenied": _TO_DENIED,
    "AccessDeniedException": _TO_DENIED,
    BUSY: Response(
        "ResourceBusy",
        "the resource is live or is being changed; wait until its stream has ended, and deploy "
        "again",
    ),
    _INTERNAL: Response("ServiceFailure", "Amazon IVS had an internal error; deploy again later"),
    "PendingVerification": Response(
        "AccountNotVerified",
        "AWS has not verified the account for Amazon IVS yet; contact AWS Support, and deploy "
        "again",
    ),
    "StreamUnavailable": Response(
        "StreamUnavailable", "the stream was not available; deploy again later"
    ),
    GONE: Response(
        "ResourceNotFound",
        "the resource, or what is to be attached to it, does not exist in the account and Region",
        seconds=0,
    ),
    UNREACHABLE: Response("ServiceUnreachable", "Amazon IVS did not answer; deploy again later"),
}
# Exceptions, where the same error has another cause.
RESPONSES_OF_ACTIONS = {
    ("DeleteFailoverSlateConfiguration", BUSY): Response(
        "SlateInUse",
        "a channel still has the failover slate, or is live with it; detach it from every "
        "channel, and deploy again",
    ),
    # Errors of KMS.
    ("GetPublicKey", _THROTTLED): Response(
        "CallThrottled",
        "the account makes more calls to AWS KMS than the service allows; deploy again later",
        seconds=600,
    ),
    ("GetPublicKey", "AccessDeniedException"): Response(
        "CallDenied",
        "the policy of the key, a service control policy or a changed role prevents the "
        "function from calling it; allow kms:GetPublicKey and deploy again",
        seconds=90,
    ),
    ("GetPublicKey", "DisabledException"): Response(
        "KeyDisabled",
        "the key is disabled; enable it, and deploy again",
        seconds=0,
    ),
    ("GetPublicKey", "KMSInvalidStateException"): Response(
        "KeyState",
        "the state of the key does not allow it, for example because its deletion is scheduled; "
        "cancel the deletion and enable the key, or use another one, and deploy again",
        seconds=0,
    ),
    ("GetPublicKey", "NotFoundException"): Response(
        "KeyNotFound",
        "there is no such key in the account and Region of the ARN; correct the ARN, and deploy "
        "again",
        seconds=0,
    ),
    ("GetPublicKey", "UnsupportedOperationException"): Response(
        "KeyKind",
        "the key is not asymmetric; use a key with the spec ECC_NIST_P384 and the usage "
        "SIGN_VERIFY, and deploy again",
        seconds=0,
    ),
    ("GetPublicKey", UNREACHABLE): Response(
        "ServiceUnreachable", "AWS KMS did not answer; deploy again later"
    ),
}
_TO_OTHERS = Response("CallRefused", "correct what the error names, and deploy again", seconds=0)


def coded(code: str, message: str) -> str:
    """Return a message that ends with the code by which the documentation lists it."""
    return f"{message} [cdk-ivs:{code}]"


class CallError(Exception):
    """
    A call that failed permanently, with what to do about it.

    Attributes:
        code: The code of the last error.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def response_to(action: str, kind: str) -> Response:
    """Return the response to an error of an action."""
    return RESPONSES_OF_ACTIONS.get((action, kind)) or RESPONSES.get(kind, _TO_OTHERS)


def kind_of(code: str, status: int) -> str:
    """Return the code that determines the retries and the remedy of an error."""
    if code in RESPONSES:
        return code
    if status == _THROTTLED_STATUS:
        return _THROTTLED
    return UNREACHABLE if status >= _FAILED_STATUS else code
