"""What is known of the scopes in which constructs are made, asked of the CDK once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from aws_cdk import PropertyInjectors, Stack, Stage
from constructs import Node

from cdk_ivs._validation.errors import ArgumentTypeError, safe_repr

from .identity import jsii_reference

if TYPE_CHECKING:
    from aws_cdk import IPropertyInjector
    from constructs import Construct, IConstruct


# What does not look like one is a token, or not there: the ARN of a bucket has neither.
ACCOUNT = re.compile("[0-9]{12}")
REGION = re.compile("[a-z0-9-]+")


class KnownEnvironment(NamedTuple):
    """The account and the Region of a stack, None where they are known at deployment only."""

    account: str | None
    region: str | None


class Environment(NamedTuple):
    """An account and a Region, tokens where they are known at deployment only."""

    account: str
    region: str


class _Injectors:
    """How often property injectors may have been added."""

    added = 0


def invalidate_injector_cache() -> None:
    """Look for property injectors again, in every scope."""
    _Injectors.added += 1


class ScopeInfo:
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
        created: For the root and for stacks: the constructs of a kind in an environment.
        inner: For the root: the scopes in it that are no constructs of ours, by reference.
    """

    __slots__ = (
        "_arns",
        "_container",
        "_environment",
        "_found",
        "_ids",
        "_looked",
        "_node",
        "_partition",
        "_place",
        "claims",
        "construct",
        "created",
        "inner",
        "parent",
        "root",
        "stack",
        "stage",
    )

    def __init__(self, construct: IConstruct, parent: ScopeInfo | None) -> None:
        self.construct = construct
        self.parent = parent
        self._container: PropertyInjectors | Literal[False] | None = None
        self._found: dict[str, IPropertyInjector | None] = {}
        self._looked = 0
        self._environment: KnownEnvironment | None = None
        self._arns = ""
        self._ids: tuple[str, ...] | None = None
        self._node: Node | None = None
        self._partition: str | None = None
        self._place: Environment | None = None
        self.root: ScopeInfo = parent.root if parent is not None else self
        self.stage: ScopeInfo = parent.stage if parent is not None else self
        if isinstance(construct, Stage):
            self.stage = self
        self.stack: ScopeInfo | None = parent.stack if parent is not None else None
        # A stack has a class in Python also if JavaScript made it, which spares asking.
        if isinstance(construct, Stack):
            self.stack = self
        self.claims: dict[tuple[str, str], Any] = {}
        self.created: dict[tuple[str, KnownEnvironment], list[Construct]] = {}
        self.inner: dict[str, ScopeInfo] = {}

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
            origin = _origin(self.construct)
            # None can have been added to a construct of ours since it was created.
            if origin is not None and origin.added == _Injectors.added:
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
            account, region = stack.place()
            stack._environment = KnownEnvironment(
                account if ACCOUNT.fullmatch(account) else None,
                region if REGION.fullmatch(region) else None,
            )
        return stack._environment

    def arn(self, service: str, resource: str) -> str:
        """An ARN in the account and Region of the stack, which is asked for the form of it once."""
        stack = cast("ScopeInfo", self.stack)
        if not stack._arns:
            stack._arns = cast("Stack", stack.construct).format_arn(
                service="<service>", resource="<resource>"
            )
        return stack._arns.replace("<service>", service).replace("<resource>", resource)

    def place(self) -> Environment:
        """The account and the Region of the stack, as texts for a template."""
        stack = cast("ScopeInfo", self.stack)
        if stack._place is None:
            cdk_stack = cast("Stack", stack.construct)
            stack._place = Environment(cdk_stack.account, cdk_stack.region)
        return stack._place

    def partition(self) -> str:
        """The partition of the stack, as a text for a template."""
        stack = cast("ScopeInfo", self.stack)
        if stack._partition is None:
            stack._partition = cast("Stack", stack.construct).partition
        return stack._partition

    @property
    def node(self) -> Node:
        """The node of the construct."""
        if self._node is None:
            self._node = self.construct.node
        return self._node

    def ids(self) -> tuple[str, ...]:
        """The name of the stack around that is not nested, and the ids from there on."""
        return self._ids_from(None)

    def _ids_from(self, path: str | None) -> tuple[str, ...]:
        if self._ids is None:
            self._ids = self._read_ids(path)
        return self._ids

    def _read_ids(self, path: str | None) -> tuple[str, ...]:
        if self.stack is self:
            name = cast("Stack", self.construct).stack_name
            # That of a nested stack is known at deployment only.
            if "${Token[" not in name:
                return (name,)
        outer, last = None, _own_id(self.construct)
        if last is None:
            outer, _, last = (path or self.node.path).rpartition("/")
        return (*cast("ScopeInfo", self.parent)._ids_from(outer), last)


class _Origin(NamedTuple):
    """Where a construct was created, and how often injectors had been added by then."""

    outer: IConstruct
    id: str
    added: int


# Under these names on the objects themselves, so that nothing outlives the app.
_SCOPE = "_cdk_ivs_scope"
_ORIGIN = "_cdk_ivs_origin"


def scope_info(construct: IConstruct) -> ScopeInfo:
    """The scope that a construct is, with no message if it was asked for before."""
    scope = _kept(construct)
    if scope is None:
        origin = _origin(construct)
        scope = (
            _keep(construct, scope_info(origin.outer))
            if origin is not None
            else _scope_from_root(construct)
        )
    return scope


def id_of(construct: IConstruct) -> str:
    """The id of a construct, with no message if it is one of ours."""
    return _own_id(construct) or construct.node.id


def known_stack(construct: IConstruct) -> ScopeInfo | None:
    """The stack around a construct, if it is known without a message."""
    if _kept(construct) is None and _origin(construct) is None:
        return None
    return scope_info(construct).stack


def stack_of(construct: IConstruct) -> Stack:
    """The stack around a construct, which takes a message if it is not known."""
    stack = known_stack(construct)
    return cast("Stack", stack.construct) if stack is not None else Stack.of(construct)


def register_parent(construct: IConstruct, outer: IConstruct, id: str) -> None:
    """Take note of where a new construct of ours stands, which spares asking for it."""
    construct.__dict__[_ORIGIN] = _Origin(outer, id, _Injectors.added)


def is_child(child: IConstruct, outer: IConstruct, id: str) -> bool:
    """Whether a construct still stands under an id in another, which two messages tell."""
    found = outer.node.try_find_child(id)
    return found is not None and jsii_reference(found) == jsii_reference(child)


def is_in_tree(construct: IConstruct, known: dict[str, bool] | None = None) -> bool:
    """
    Whether the construct is still where it was created.

    It may have been removed from there, and another may stand in its place.

    Args:
        construct: The construct.
        known: What was found out of other constructs, by reference. Added to.
    """
    known = {} if known is None else known
    reference = jsii_reference(construct)
    if reference not in known:
        known[reference] = _is_in_tree(construct, reference, known)
    return known[reference]


def _is_in_tree(construct: IConstruct, reference: str, known: dict[str, bool]) -> bool:
    origin = _origin(construct)
    if origin is not None:
        outer, name = origin.outer, origin.id
    else:
        node = construct.node
        around = node.scope
        if around is None:
            return True
        outer, name = around, node.id
    child = outer.node.try_find_child(name)
    return child is not None and jsii_reference(child) == reference and is_in_tree(outer, known)


def _kept(construct: IConstruct) -> ScopeInfo | None:
    scope: ScopeInfo | None = getattr(construct, "__dict__", {}).get(_SCOPE)
    return scope


def _origin(construct: IConstruct) -> _Origin | None:
    origin: _Origin | None = getattr(construct, "__dict__", {}).get(_ORIGIN)
    return origin


def _keep(construct: IConstruct, parent: ScopeInfo | None) -> ScopeInfo:
    scope = construct.__dict__[_SCOPE] = ScopeInfo(construct, parent)
    return scope


def _scope_from_root(construct: IConstruct) -> ScopeInfo:
    node: object = getattr(construct, "node", None)
    if not isinstance(node, Node):
        raise ArgumentTypeError(f"'scope' must be a construct, got {safe_repr(construct)}")
    outermost, *others = [*node.scopes[:-1], construct]
    kept = next(filter(None, map(_kept, others)), None)
    scope = kept.root if kept is not None else _root(outermost)
    # The same construct is another object here, if it was created by JavaScript.
    by_reference = scope.root.inner
    for other in others:
        reference = jsii_reference(other)
        if reference not in by_reference:
            by_reference[reference] = _kept(other) or _keep(other, scope)
        scope = other.__dict__[_SCOPE] = by_reference[reference]
    scope._node = node
    return scope


def _root(construct: IConstruct) -> ScopeInfo:
    """
    The scope of the outermost construct.

    An app that JavaScript created, as it does for a stack without a scope, is another object
    each time: the scopes in it, of which that stack is the first, know it.
    """
    scope = _kept(construct)
    if scope is None:
        inner = construct.node.children
        kept = next(filter(None, map(_kept, inner)), None)
        if kept is not None:
            return kept.root
        scope = _keep(construct, None)
        for first in inner[:1]:
            _keep(first, scope)
    return scope


def _own_id(construct: IConstruct) -> str | None:
    """
    The id that one of ours was given, and has.

    The constructs library changes what it would read as more than one part of a path.
    """
    origin = _origin(construct)
    return origin.id if origin is not None and not {"/", "\n"} & {*origin.id} else None
