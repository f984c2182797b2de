"""What is known of the scopes in which constructs are made, asked of the CDK once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from aws_cdk import PropertyInjectors, Stack, Stage

from .errors import ArgumentTypeError

if TYPE_CHECKING:
    from aws_cdk import IPropertyInjector
    from constructs import IConstruct, Node


# What does not look like one is a token, or not there: the ARN of a bucket has neither.
ACCOUNT = re.compile("[0-9]{12}")
REGION = re.compile("[a-z0-9-]+")


class KnownEnvironment(NamedTuple):
    """The account and the Region of a stack, None where they are known at deployment only."""

    account: str | None
    region: str | None


class _Injectors:
    """How often property injectors may have been added."""

    added = 0


def forget_injectors() -> None:
    """Look for property injectors again, in every scope."""
    _Injectors.added += 1


class Scope:
    """
    A construct in its role as a scope, with the scopes around it.

    Attributes:
        construct: The construct.
        parent: The scope around it.
        root: The outermost scope.
        stage: The nearest Stage or app, which is synthesized by itself.
        stack: The scope that is the stack, or None outside of one.
        claims: For the root and for stacks: what only one construct in them can have, by kind
            and identity, with the construct that has it.
        counts: For the root: how many constructs of a kind there are in an environment.
    """

    __slots__ = (
        "_container",
        "_environment",
        "_found",
        "_looked",
        "claims",
        "construct",
        "counts",
        "parent",
        "root",
        "stack",
        "stage",
    )

    def __init__(self, construct: IConstruct, parent: Scope | None) -> None:
        self.construct = construct
        self.parent = parent
        self._container: PropertyInjectors | Literal[False] | None = None
        self._found: dict[str, IPropertyInjector | None] = {}
        self._looked = 0
        self._environment: KnownEnvironment | None = None
        self.root: Scope = parent.root if parent is not None else self
        self.stage: Scope = parent.stage if parent is not None else self
        if isinstance(construct, Stage):
            self.stage = self
        self.stack: Scope | None = parent.stack if parent is not None else None
        # A stack has a class in Python also if JavaScript made it, which spares asking.
        if isinstance(construct, Stack):
            self.stack = self
        self.claims: dict[tuple[str, str], Any] = {}
        self.counts: dict[tuple[str, KnownEnvironment], int] = {}

    def injector(self, unique_id: str) -> IPropertyInjector | None:
        """The nearest property injector for a class of constructs, kept until one is added."""
        if self._looked != _Injectors.added:
            self._looked = _Injectors.added
            self._container = None
            self._found = {}
        if unique_id not in self._found:
            container = self._property_injectors()
            found = container.for_(unique_id) if container else None
            if found is None and self.parent is not None:
                found = self.parent.injector(unique_id)
            self._found[unique_id] = found
        return self._found[unique_id]

    def _property_injectors(self) -> PropertyInjectors | Literal[False]:
        if self._container is None:
            made = _outer.get(id(self.construct))
            # None can have been added to a construct of ours since it was made.
            if made is not None and made[2] == _Injectors.added:
                self._container = False
                return False
            self._container = PropertyInjectors.has_property_injectors(
                self.construct
            ) and PropertyInjectors.of(self.construct)
        return self._container

    def environment(self) -> KnownEnvironment:
        """The account and the Region of the stack, as far as they are known at synthesis."""
        stack = self.stack
        if stack is None:
            return KnownEnvironment(None, None)
        if stack._environment is None:
            cdk_stack = cast("Stack", stack.construct)
            account, region = cdk_stack.account, cdk_stack.region
            stack._environment = KnownEnvironment(
                account if ACCOUNT.fullmatch(account) else None,
                region if REGION.fullmatch(region) else None,
            )
        return stack._environment


# By id() and not weakly: jsii keeps every construct until the process ends, and a construct of
# a user's may define equality without a hash.
_known: dict[int, Scope] = {}
_outer: dict[int, tuple[IConstruct, IConstruct, int]] = {}


def scope_of(construct: IConstruct) -> Scope:
    """The scope that a construct is, with no message if it was asked for before."""
    scope = _known.get(id(construct))
    if scope is None:
        outer = _scope_around(construct)
        parent = scope_of(outer) if outer is not None else None
        scope = _known[id(construct)] = Scope(construct, parent)
    return scope


def remember(construct: IConstruct, outer: IConstruct) -> None:
    """Take note of the scope that a new construct was made in, which spares asking for it."""
    _outer[id(construct)] = (construct, outer, _Injectors.added)


def _scope_around(construct: IConstruct) -> IConstruct | None:
    if id(construct) in _outer:
        return _outer[id(construct)][1]
    node: Node | None = getattr(construct, "node", None)
    if node is None:
        raise ArgumentTypeError(f"'scope' must be a construct, got {construct!r}")
    return node.scope


def is_in_tree(construct: IConstruct) -> bool:
    """Whether the construct is still where it was made: it may have been removed from there."""
    outer = construct.node.scope
    return outer is None or (
        outer.node.try_find_child(construct.node.id) is construct and is_in_tree(outer)
    )
