"""Objects that behave badly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import (
    IStableAnyProducer,
    IStableListProducer,
    IStableNumberProducer,
    IStableStringProducer,
)

if TYPE_CHECKING:
    from .site import Site


class Text(str):
    """A text of a class of the user's."""

    __slots__ = ()


class Number(int):
    """A number of a class of the user's."""


class Rude:
    """An object that refuses to be looked at."""

    def __repr__(self) -> str:
        raise RuntimeError("no representation")

    def __str__(self) -> str:
        raise RuntimeError("no text")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no comparison")

    def __hash__(self) -> int:
        raise RuntimeError("no hash")

    def __bool__(self) -> bool:
        raise RuntimeError("no truth")

    def __len__(self) -> int:
        raise RuntimeError("no length")


class Wordy:
    """An object with a long representation."""

    def __repr__(self) -> str:
        return "word " * 10_000


class SameText:
    """An object that is equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __repr__(self) -> str:
        return "'text'"


class Endless:
    """Items without an end, that say they are two."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index: object) -> str:
        return "text"


class Emptied(list[Any]):
    """A list that the caller changes after the call."""

    def spoil(self) -> None:
        """Add what no template can have."""
        self += [object(), 1j]


class Changed(dict[Any, Any]):
    """A mapping that the caller changes after the call."""

    def spoil(self) -> None:
        """Add what no template can have."""
        self["spoilt"] = object()


def mutable(value: Any) -> Any:
    """A list or mapping of a class that can be spoilt."""
    return Changed(value) if isinstance(value, dict) else Emptied(value)


def generated(values: Iterable[Any]) -> Iterator[Any]:
    """A generator."""
    yield from values


def removed(site: Site, value: Any) -> Any:
    """The value, after the constructs in it were taken out of the tree."""
    for each in value if isinstance(value, list) else [value]:
        node = getattr(each, "node", None)
        if node is not None and node.scope is not None:
            node.scope.node.try_remove_child(node.id)
    del site
    return value


class _Producer:
    """What a Lazy value calls for its value."""

    def __init__(self, value: object) -> None:
        self._value = value

    @jsii.member(jsii_name="produce")
    def produce(self) -> Any:
        """The value."""
        return self._value


@jsii.implements(IStableStringProducer)
class TextProducer(_Producer):
    """A text that is known later."""


@jsii.implements(IStableNumberProducer)
class NumberProducer(_Producer):
    """A number that is known later."""


@jsii.implements(IStableListProducer)
class ListProducer(_Producer):
    """A list that is known later."""


@jsii.implements(IStableAnyProducer)
class AnyProducer(_Producer):
    """A value that is known later."""
