"""
Whole apps as plain data, with every construct that there is.

What a construct is made with is an expression: a call of a public name, with values, tokens and
references. A reference is a ``Pick``: of those made before it that are of a sort, in the same
environment, the one at that place, counted round and round. So any number is a plan, and a
reference never points at something later, which could make a cycle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

ENVIRONMENTS = (None, ("123456789012", "us-west-2"), ("210987654321", "eu-west-1"))
"""Of stacks and Stages: not known, or an account and a Region."""


@dataclass(frozen=True, kw_only=True)
class Pick:
    """
    Something that was made before.

    Attributes:
        sort: What it must be.
        number: Which of them, modulo their number.
        needed: Whether nothing can be made without it. Otherwise its argument is left out.
        near: Whether it must be in the same template, as what changes it must be.
        once: The name of what a thing can have only once, such as a stream key.
        has: The name of what it must have already.
    """

    sort: str
    number: int
    needed: bool = True
    near: bool = False
    once: str | None = None
    has: str | None = None


@dataclass(frozen=True)
class Made:
    """Something that was made by a step, which a pick became. What is near is changed."""

    step: int
    near: bool = False


@dataclass(frozen=True)
class Scope:
    """The scope in which a part is made."""


@dataclass(frozen=True)
class Id:
    """The id of a part."""


@dataclass(frozen=True)
class Own:
    """A name, such as an id, that no other part has."""

    text: str


@dataclass(frozen=True)
class Text:
    """A string: how it is given (see tokens.TEXTS), and what it is or is called."""

    form: str
    text: str


@dataclass(frozen=True)
class Arn:
    """The ARN of an imported resource, in the environment of its scope."""

    resource: str
    service: str = "ivs"
    form: str = "plain"


@dataclass(frozen=True)
class Token:
    """A number, a boolean or a list that is known only at deployment."""

    kind: Literal["number", "boolean", "list"]


@dataclass(frozen=True)
class Time:
    """A duration."""

    unit: str
    amount: float


@dataclass(frozen=True)
class Name:
    """What has a name in a module, such as a member of an enum."""

    path: str


@dataclass(frozen=True)
class Attribute:
    """An attribute of a value."""

    of: Value
    name: str


@dataclass(frozen=True)
class Call:
    """A call of a function, a class or a method."""

    of: Value
    positional: tuple[Value, ...] = ()
    keywords: dict[str, Value] | None = None


@dataclass(frozen=True)
class Instead:
    """An imported resource, if there is nothing to pick."""

    pick: Pick
    otherwise: Value


@dataclass(frozen=True)
class Odd:
    """An object that is no right value of any parameter."""


Value = (
    Pick
    | Made
    | Scope
    | Id
    | Own
    | Text
    | Arn
    | Token
    | Time
    | Name
    | Attribute
    | Call
    | Instead
    | Odd
    | tuple["Value", ...]
    | dict[str, "Value"]
    | str
    | float
    | None
)
"""An expression. A tuple becomes a list."""


@dataclass(frozen=True, kw_only=True)
class PartPlan:
    """
    A construct, or a call that adds some.

    Attributes:
        id: The id of the construct.
        call: How it is made.
        sorts: What later parts can pick it as.
        tags: Tags given by Tags.of.
        policy: A removal policy.
        override: Whether its L1 is overridden by an escape hatch.
        after: Something that it depends on.
        known: Whether it needs a known environment.
    """

    id: str
    call: Call
    sorts: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    policy: str | None = None
    override: bool = False
    after: Pick | Made | None = None
    known: bool = False


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """
    A part that must be refused.

    Attributes:
        part: The part.
        keyword: The keyword that the error must name.
    """

    part: PartPlan
    keyword: str


@dataclass(frozen=True, kw_only=True)
class ScopePlan:
    """
    A Stage of the CDK, a stack, a nested stack or a group, and what is in it.

    Attributes:
        kind: What it is.
        id: Its id.
        environment: Which of ENVIRONMENTS, for a Stage or a stack.
        named: Whether a stack has a name of its own.
        tags: Tags given by Tags.of.
        policy: A removal policy for all that is in it.
        injector: The class of constructs that a property injector on it changes.
        aspect: Whether an aspect changes all L1s that are in it.
        children: What is in it, in the order in which it is made.
    """

    kind: Literal["stage", "stack", "nested", "group"]
    id: str
    environment: int = 0
    named: bool = False
    tags: tuple[tuple[str, str], ...] = ()
    policy: str | None = None
    injector: str | None = None
    aspect: bool = False
    children: tuple[Child, ...] = ()


Child = PartPlan | ScopePlan | Mistake


@dataclass(frozen=True, kw_only=True)
class AppPlan:
    """
    An app.

    Attributes:
        flags: Whether feature flags are set.
        tags: Tags on everything.
        validation: What validates the templates at synthesis.
        order: A number that decides about another order of the steps.
        children: Its Stages and stacks.
    """

    flags: bool = False
    tags: tuple[tuple[str, str], ...] = ()
    validation: Literal["none", "CDK", "rules"] = "none"
    order: int = 0
    children: tuple[ScopePlan, ...] = ()


def parts_of(value: object) -> Iterator[object]:
    """Everything that is in a plan or in a value, itself first."""
    yield value
    if is_dataclass(value):
        for each in fields(value):
            yield from parts_of(getattr(value, each.name))
    elif isinstance(value, (tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from parts_of(item)
