"""What crosses to JavaScript. What JSON cannot carry is stopped in Python, and never gets there."""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest import mock

from jsii._kernel.providers.process import _NodeProcess

from cdk_ivs._validation import carried

# Stands for the numbers that JSON does not have, so that no test holds one of them. Within the
# guard, the library takes it for such a number. It does no harm if it crosses.
UNCARRIED = 777_777.25


class CrossedError(Exception):
    """A value that JSON cannot carry was about to cross."""


@contextlib.contextmanager
def guarded_bridge(watch: Callable[[Any], None] = lambda _: None) -> Iterator[None]:
    """
    Raise if a message within contains a value that JSON cannot carry.

    Args:
        watch: Called with each message that crosses.
    """
    send = _NodeProcess.send

    def guarded(process: _NodeProcess, request: Any, response_type: Any) -> Any:
        check_crossing(request)
        watch(request)
        return send(process, request, response_type)

    with mock.patch.object(_NodeProcess, "send", guarded), uncarried_number():
        yield


@contextlib.contextmanager
def uncarried_number() -> Iterator[None]:
    """Let the library take `UNCARRIED` for a number that JSON does not have."""
    is_finite = carried._is_finite
    with mock.patch.object(
        carried, "_is_finite", lambda number: number != UNCARRIED and is_finite(number)
    ):
        yield


def check_crossing(value: object) -> None:
    """Refuse a message with a value that JSON cannot carry."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if any("\ud800" <= each <= "\udfff" for each in part):
                raise CrossedError("half of a surrogate pair")
        elif isinstance(part, int | float):
            if part == UNCARRIED or not _is_of_json(part):
                raise CrossedError("a number that JSON does not have")
        elif isinstance(part, Mapping):
            waiting += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple):
            waiting += part
        elif hasattr(type(part), "__attrs_attrs__"):
            waiting += [getattr(part, each.name) for each in type(part).__attrs_attrs__]


def _is_of_json(number: float) -> bool:
    return abs(number) <= sys.float_info.max if isinstance(number, int) else math.isfinite(number)
