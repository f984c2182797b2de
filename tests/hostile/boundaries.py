"""The boundaries of the ranges that the documentation states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from aws_cdk import Duration

from .site import Site
from .subjects import Subject

Make = Callable[[Site, Subject], object]


class Value(NamedTuple):
    """
    A hostile value.

    Attributes:
        kind: What is hostile about it.
        name: Its name among those of the kind.
        make: Makes it, in the scope of the case.
        after: Changes it after the call, before the synthesis.
        again: Whether a second call is given the same object.
        both: Whether the other parameters with the type are given the same object.
        gone: Whether it is taken out of the tree before the second call.
    """

    kind: str
    name: str
    make: Make
    after: Callable[[Any], None] | None = None
    again: bool = False
    both: bool = False
    gone: bool = False

    @property
    def is_removed(self) -> bool:
        """Whether it is a construct that was taken out of the tree before the call."""
        return self.name.startswith("removed") or self.kind == "removed construct"


def plain(kind: str, values: dict[str, object]) -> list[Value]:
    """Values that need no scope."""
    return [Value(kind, name, lambda *_, value=value: value) for name, value in values.items()]


def made(kind: str, makers: dict[str, Callable[[Site], object]]) -> list[Value]:
    """Values that need a scope, or that a call can use up or change."""
    return [
        Value(kind, name, lambda site, _, maker=maker: maker(site))
        for name, maker in makers.items()
    ]


def boundaries(subject: Subject) -> Iterator[Value]:
    """The numbers of the documentation of a parameter, and those beside them, in each form."""
    text = re.sub(r"\(https?://[^)]*\)", "", subject.doc)
    numbers = {int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text)}
    for number in sorted(number for number in numbers if number <= 10**7):
        for near in (number - 1, number, number + 1):
            forms: dict[str, Callable[[int], object]] = {}
            if "Duration" in subject.annotation:
                forms = {"seconds": Duration.seconds, "minutes": Duration.minutes,
                         "days": Duration.days}  # fmt: skip
            elif "Mapping" in subject.annotation:
                forms = {
                    "entries": lambda n: {f"k{each}": "v" for each in range(n)},
                    "name": lambda n: {"k" * n: "v"},
                    "value": lambda n: {"k": "v" * n},
                }
            elif "Sequence" in subject.annotation:
                forms = {"items": lambda n: ["a"] * n, "item": lambda n: ["a" * n]}
            elif "str" in subject.annotation:
                forms = {"characters": lambda n: "a" * n, "digits": str}
            else:
                forms = {"number": int, "half": lambda n: n + 0.5}
            for form, make in forms.items():
                if near >= 0 and not (near > 10**5 and form not in {"number", "seconds", "digits"}):
                    yield Value(
                        "boundary", f"{near} {form}", lambda *_, make=make, near=near: make(near)
                    )
