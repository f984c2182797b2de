"""
The bridge to JavaScript: what crosses it during a call, and what must never cross it.

JSON has no infinite numbers, and the process behind the bridge ends when it gets one. The guard
here refuses such values in Python, so that a missing check of the library is a counted fault and
never reaches the process.
"""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from unittest import mock

from jsii._kernel.providers.process import _NodeProcess

LARGEST = sys.float_info.max

# Methods that read, or create a value that is in no tree.
_READING = {
    "Annotations.of",
    "App.of",
    "Arn",
    "Aspects.of",
    "Duration",
    "Fn",
    "Lazy",
    "Names",
    "PropertyInjectors",
    "Size",
    "Stack.isStack",
    "Stack.of",
    "Token",
    "formatArn",
    "getContext",
    "getLogicalId",
    "of",
    "resolve",
    "splitArn",
    "toDays",
    "toHours",
    "toMilliseconds",
    "toMinutes",
    "toSeconds",
    "toString",
    "tryFindChild",
    "tryGetContext",
    "unitLabel",
}
_REQUESTS_THAT_CHANGE = {"CreateRequest", "SetRequest", "InvokeRequest", "StaticInvokeRequest"}


class NotCarriedError(Exception):
    """A value that JSON cannot carry was about to cross."""


def check_carried(value: object) -> None:
    """Refuse a message with a value that JSON cannot carry."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, float) and not math.isfinite(part):
            raise NotCarriedError(f"the number {part} was about to cross to JavaScript")
        if isinstance(part, int) and abs(part) > LARGEST:
            raise NotCarriedError("a number above all floats was about to cross to JavaScript")
        if isinstance(part, str) and any("\ud800" <= each <= "\udfff" for each in part):
            raise NotCarriedError("a lone surrogate was about to cross to JavaScript")
        if isinstance(part, Mapping):
            stack += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple):
            stack += part
        elif hasattr(type(part), "__attrs_attrs__"):
            stack += [getattr(part, each.name) for each in type(part).__attrs_attrs__]


def _changes(request: Any) -> str | None:
    """What a message may change in the tree. None if it only reads."""
    kind = type(request).__name__
    if kind not in _REQUESTS_THAT_CHANGE:
        return None
    fqn = str(getattr(request, "fqn", "") or "").rpartition(".")[2]
    name = str(getattr(request, "method", None) or getattr(request, "property", None) or "")
    if {fqn, name, f"{fqn}.{name}"} & _READING and kind != "SetRequest":
        return None
    return f"{kind.removesuffix('Request')} {fqn or name}"


@contextlib.contextmanager
def watched_bridge() -> Iterator[list[str]]:
    """The messages within that may change the tree; values that JSON cannot carry do not cross."""
    changes: list[str] = []
    send = _NodeProcess.send

    def watching(process: _NodeProcess, request: Any, response_type: Any) -> Any:
        check_carried(request)
        change = _changes(request)
        if change is not None:
            changes.append(change)
        return send(process, request, response_type)

    with mock.patch.object(_NodeProcess, "send", watching):
        yield changes
