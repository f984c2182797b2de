"""The entry point that Lambda calls."""

from __future__ import annotations

import functools
import json
import os
import sys

from .configuration import read_configuration
from .errors import BUSY, FAILED, METHOD, TokenRequestError, failed
from .events import is_by_http
from .minters import MINTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .minters import Minter

_OK = 200


def handle(event: object, context: object = None) -> dict[str, object]:
    """
    Return a token, or an error that tells the caller why the function refuses to create one.

    An HTTP request gets a response with a status in both cases. A direct invocation gets the token
    with its data, or an error.

    Raises:
        TokenRequestError: If a direct invocation gets no token.
    """
    line: dict[str, object] = {"request_id": getattr(context, "aws_request_id", None)}
    by_http = is_by_http(event)
    try:
        minter = _minter()
        line["kind"] = minter.configuration.kind
        answer = minter.answer(event, line)
    except TokenRequestError as refused:
        error = refused
    # The text of an unexpected error can contain data of the caller, so it is neither returned nor
    # logged.
    except Exception as fault:  # noqa: BLE001
        error = failed(_place_of(fault), "fault")
    else:
        _log("INFO", {**line, "outcome": "issued", "status": _OK})
        return _by_http(_OK, answer) if by_http else answer
    line |= {"outcome": "refused", "status": error.status, "reason": error.reason}
    if error.detail is not None:
        line["detail"] = error.detail
    _log("ERROR" if error.status >= FAILED else "WARNING", line)
    if by_http:
        return _by_http(error.status, {"message": error.text})
    # Lambda logs this error with its traceback.
    raise error from None


@functools.cache
def _minter() -> Minter:
    """Read the configuration with the first request, and keep the object that creates tokens."""
    configuration = read_configuration()
    return MINTERS[configuration.kind](configuration)


def _by_http(status: int, content: dict[str, object]) -> dict[str, object]:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    if status == METHOD:
        headers["allow"] = "POST"
    elif status == BUSY:
        # A random wait, so that a crowd does not come back at the same time.
        headers["retry-after"] = str(1 + os.urandom(1)[0] % 5)
    return {"statusCode": status, "headers": headers, "body": json.dumps(content)}


def _log(level: str, line: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps({'level': level, **line})}\n")


def _place_of(fault: Exception) -> str:
    """Return the type of an error and where it was raised, without its text."""
    traceback = fault.__traceback__
    assert traceback is not None  # noqa: S101 - for the type checker
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return f"{type(fault).__name__} in {traceback.tb_frame.f_code.co_name}:{traceback.tb_lineno}"
