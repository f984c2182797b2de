"""What property injectors change, and what they are given, in a form that can be compared."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Any

from aws_cdk import Duration

from tests.support.injectors import Injector

Change = Callable[[dict[str, Any]], object]
"""Makes of the properties that the user gave those that the construct gets."""


def adding(**changes: object) -> Change:
    """A change that gives some properties, under JavaScript's names, another value."""
    return lambda given: {**given, **changes}


def given_to(injector: Injector) -> list[object]:
    """The scope, the id and the properties of each call."""
    return [(_describe(scope), id, _describe(given)) for given, id, scope in injector.calls]


def _describe(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Duration):
        return value.to_seconds()
    if isinstance(value, Mapping):
        return {key: _describe(item) for key, item in value.items()}
    node = getattr(value, "node", None)
    return value if node is None else node.path
