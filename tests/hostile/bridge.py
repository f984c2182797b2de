"""
The bridge to JavaScript: what crosses it during a call, and what must never cross it.

A guard refuses in Python what JSON cannot carry. A missing check of the library is a counted fault,
and the value never reaches the process behind the bridge.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.support.crossing import guarded_bridge

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

    def watch(request: Any) -> None:
        change = _changes(request)
        if change is not None:
            changes.append(change)

    with guarded_bridge(watch):
        yield changes
