"""What crosses to JavaScript. What JSON cannot carry is stopped in Python, and never gets there."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping
from typing import Any
from unittest import mock

from jsii._kernel.providers.process import _NodeProcess


class CrossedError(Exception):
    """A value that JSON cannot carry was about to cross."""


@contextlib.contextmanager
def guarded_bridge() -> Iterator[None]:
    """Raise if a message within contains a value that JSON cannot carry."""
    send = _NodeProcess.send

    def guarded(process: _NodeProcess, request: Any, response_type: Any) -> Any:
        _look(request)
        return send(process, request, response_type)

    with mock.patch.object(_NodeProcess, "send", guarded):
        yield


def _look(value: object) -> None:
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, int | float):
        try:
            finite = math.isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            raise CrossedError(str(value)[:40])
    elif isinstance(value, Mapping):
        _look([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            _look(item)
    elif hasattr(type(value), "__attrs_attrs__"):
        _look([getattr(value, each.name) for each in type(value).__attrs_attrs__])
