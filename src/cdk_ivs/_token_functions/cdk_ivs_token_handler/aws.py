"""Call AWS, and translate its errors for the caller."""

from __future__ import annotations

from .errors import BUSY, TokenRequestError, failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Two tries and the pause between them take about 10 seconds at most.
_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 2, 3, 2

_THROTTLED = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException"})
_THROTTLED_STATUS, _FAILED_STATUS = 429, 500


def client_of(service: str, arn: str) -> Any:  # noqa: ANN401 - boto3 has no types
    """Create a client of a service for the Region of a resource."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        region_name=arn.split(":")[3],
        config=Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": _TRIES},
        ),
    )


def called(action: str, call: Callable[[], Any]) -> Any:  # noqa: ANN401 - boto3 has no types
    """
    Call an action, and return its result.

    Raises:
        TokenRequestError: If AWS refuses, is busy, or cannot be reached. The error does not quote
            the text of AWS, which can contain data of the caller.
    """
    from botocore import exceptions

    try:
        return call()
    except exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in _THROTTLED or status == _THROTTLED_STATUS or status >= _FAILED_STATUS:
            raise _busy(action, code) from None
        notes = "".join(f"; {note}" for note in getattr(error, "__notes__", ()))
        raise failed(f"{action} was refused with {code}{notes}", "refused") from None
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise _busy(action, type(error).__name__) from None
    except exceptions.BotoCoreError as error:
        raise failed(f"{action} was not called because of {type(error).__name__}") from None


def _busy(action: str, what: str) -> TokenRequestError:
    return TokenRequestError(
        BUSY,
        "busy",
        "AWS is busy or cannot be reached at the moment; try again",
        f"{action} failed with {what}",
    )
