"""The information about the scopes of constructs, which is asked of the CDK once."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from aws_cdk import PropertyInjectors, Stack, Stage
from constructs import Node

from cdk_ivs._validation.errors import ArgumentTypeError, safe_repr

from .identity import jsii_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aws_cdk import IPropertyInjector
    from constructs import IConstruct

_T = TypeVar("_T")

# Anything else is a token, or empty: the ARN of a bucket has neither account nor Region.
ACCOUNT = re.compile("[0-9]{12}")
REGION = re.compile("[a-z0-9-]+")


class KnownEnvironment(NamedTuple):
    """The account and the Region of a stack. None means known at deployment only."""

    account: str | None
    region: str | None


class Environment(NamedTuple):
    """An account and a Region. They are tokens if they are known at deployment only."""

    account: str
    region: str


class TreeState(Generic[_T]):
    """
    A kind of state of a scope, for instance all singletons of an app.

    The scope holds the state, which disappears with the app. The module holds only the kind.
    """

    def __init__(self, create: Callable[[ScopeInfo], _T]) -> None:
        self._create = create

    def of(self, scope: ScopeInfo) -> _T:
        """Return the state of a scope, which is created if it has none."""
        state = self.get(scope)
        return state if state is not None else self.renew(scope)

    def get(self, scope: ScopeInfo) -> _T | None:
        """Return the state of a scope, or None."""
        return scope.state.get(self) if scope.state is not None else None

    def renew(self, scope: ScopeInfo) -> _T:
        """Create the state of a scope again."""
        return self.put(scope, self._create(scope))

    def put(self, scope: ScopeInfo, state: _T) -> _T:
        """Set the state of a scope."""
        if scope.state is None:
            scope.state = {}
        scope.state[self] = state
        return state


class TreeRegistry(TreeState[dict[str, _T]]):
    """A kind of state of a scope for each of several constructs, by their references."""

    def __init__(self) -> None:
        super().__init__(lambda _: {})

    def once(self, scope: ScopeInfo, construct: object, create: Callable[[], _T]) -> _T:
        """Return the state for a construct, which is created if there is none."""
        known, reference = self.of(scope), jsii_reference(construct)
        if reference not in known:
            known[reference] = create()
        return known[reference]


class ScopeInfo:
    """
    The information about a construct: its place in the tree, and its state.

    There is one for each construct of this library and for each scope around one. An app can have
    many, so it holds nothing that the scopes around it know.

    Attributes:
        construct: The construct.
        outer: The construct around it, or None for the outermost.
        id: The ID of a construct of this library, or None for others.
        state: The state by its kind, or None.
    """

    __slots__ = ("_without_injectors", "construct", "id", "outer", "state")

    def __init__(
        self,
        construct: IConstruct,
        outer: IConstruct | None,
        id: str | None = None,
        without_injectors: int | None = None,
    ) -> None:
        self.construct = construct
        self.outer = outer
        self.id = id
        self._without_injectors = without_injectors
        self.state: dict[TreeState[Any], Any] | None = None

    @property
    def parent(self) -> ScopeInfo | None:
        """The scope around it."""
        return None if self.outer is None else scope_info(self.outer)

    def outward(self) -> Iterator[ScopeInfo]:
        """Yield the scope, and the scopes around it."""
        scope: ScopeInfo | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    @property
    def root(self) -> ScopeInfo:
        """The outermost scope."""
        *_, root = self.outward()
        return root

    @property
    def stage(self) -> ScopeInfo:
        """The nearest Stage or app, which is synthesized by itself."""
        stages = (scope for scope in self.outward() if isinstance(scope.construct, Stage))
        return next(stages, self.root)

    @property
    def stack(self) -> ScopeInfo | None:
        """The scope that is the stack, or None outside of a stack."""
        # A stack that JavaScript created has a class in Python too, which saves a message.
        stacks = (scope for scope in self.outward() if isinstance(scope.construct, Stack))
        return next(stacks, None)

    def injector(self, unique_id: str) -> IPropertyInjector | None:
        """Return the nearest property injector for a class, which is cached until one is added."""
        found = (scope._own_injector(unique_id) for scope in self.outward())
        return next(filter(None, found), None)

    def _own_injector(self, unique_id: str) -> IPropertyInjector | None:
        if self._without_injectors == _Injectors.added:
            return None
        if _INJECTORS.get(self) or PropertyInjectors.has_property_injectors(self.construct):
            return _INJECTORS.of(self).find(unique_id)
        self._without_injectors = _Injectors.added
        return None

    def environment(self) -> KnownEnvironment:
        """Return the account and the Region of the stack, if they are known at synthesis."""
        stack = self.stack
        return KnownEnvironment(None, None) if stack is None else _KNOWN_ENVIRONMENT.of(stack)

    def arn(self, service: str, resource: str) -> str:
        """Return an ARN in the account and Region of the stack, whose format is asked for once."""
        form = _ARN_FORM.of(self._stack())
        return form.replace("<service>", service).replace("<resource>", resource)

    def environment_or_tokens(self) -> Environment:
        """Return the account and the Region of the stack, as texts for a template."""
        return _ENVIRONMENT.of(self._stack())

    def partition(self) -> str:
        """Return the partition of the stack, as a text for a template."""
        return _PARTITION.of(self._stack())

    def _stack(self) -> ScopeInfo:
        return cast("ScopeInfo", self.stack)

    @property
    def node(self) -> Node:
        """The node of the construct."""
        return _NODE.of(self)

    def ids(self) -> tuple[str, ...]:
        """Return the name of the outermost stack, and the IDs from there on."""
        own = _own_id(self)
        # The path of a construct of this library is not cached, because there can be many.
        return _IDS.of(self) if own is None else (*cast("ScopeInfo", self.parent).ids(), own)


class _Injectors:
    """The property injectors of a scope."""

    added = 0
    """A counter of the times that an injector can have been added to any scope."""

    def __init__(self, scope: ScopeInfo) -> None:
        self._container = PropertyInjectors.of(scope.construct)
        self._found: dict[str, IPropertyInjector | None] = {}
        self._added = _Injectors.added

    def find(self, unique_id: str) -> IPropertyInjector | None:
        if self._added != _Injectors.added:
            self._added = _Injectors.added
            self._found = {}
        if unique_id not in self._found:
            self._found[unique_id] = self._container.for_(unique_id)
        return self._found[unique_id]


def invalidate_injector_cache() -> None:
    """Look for property injectors in every scope again."""
    _Injectors.added += 1


def _known_environment(stack: ScopeInfo) -> KnownEnvironment:
    account, region = stack.environment_or_tokens()
    return KnownEnvironment(
        account if ACCOUNT.fullmatch(account) else None,
        region if REGION.fullmatch(region) else None,
    )


def _environment(stack: ScopeInfo) -> Environment:
    cdk_stack = cast("Stack", stack.construct)
    return Environment(cdk_stack.account, cdk_stack.region)


def _arn_form(stack: ScopeInfo) -> str:
    cdk_stack = cast("Stack", stack.construct)
    return cdk_stack.format_arn(service="<service>", resource="<resource>")


def _ids(scope: ScopeInfo) -> tuple[str, ...]:
    if isinstance(scope.construct, Stack):
        name = scope.construct.stack_name
        # The name of a nested stack is known at deployment only.
        if "${Token[" not in name:
            return (name,)
    parent = cast("ScopeInfo", scope.parent)
    around, _, last = _PATH.of(scope).rpartition("/")
    _PATH.put(parent, around)
    return (*parent.ids(), last)


# The account and the Region of each stack, if they are known.
_KNOWN_ENVIRONMENT = TreeState(_known_environment)
_ENVIRONMENT = TreeState(_environment)
_ARN_FORM = TreeState(_arn_form)
_PARTITION = TreeState[str](lambda stack: cast("Stack", stack.construct).partition)
# The node of each scope.
_NODE = TreeState[Node](lambda scope: scope.construct.node)
_PATH = TreeState[str](lambda scope: scope.node.path)
_IDS = TreeState(_ids)
_INJECTORS = TreeState(_Injectors)
# The scopes in each app, by reference.
_INNER = TreeRegistry[ScopeInfo]()

# An attribute of the construct itself, so that nothing outlives the app.
_INFO = "_cdk_ivs_info"


def scope_info(construct: IConstruct) -> ScopeInfo:
    """Return the information about a construct, with no message after the first time."""
    return _kept(construct) or _info_from_root(construct)


def id_of(construct: IConstruct) -> str:
    """Return the ID of a construct, with no message for a construct of this library."""
    known = _kept(construct)
    return (_own_id(known) if known is not None else None) or construct.node.id


def known_stack(construct: IConstruct) -> ScopeInfo | None:
    """Return the stack around a construct, if it is known without a message."""
    known = _kept(construct)
    return known.stack if known is not None else None


def stack_of(construct: IConstruct) -> Stack:
    """Return the stack around a construct, with a message if it is not known."""
    stack = known_stack(construct)
    return cast("Stack", stack.construct) if stack is not None else Stack.of(construct)


def register_parent(construct: IConstruct, outer: IConstruct, id: str) -> None:
    """Remember the place of a new construct of this library, which saves messages."""
    _keep(construct, ScopeInfo(construct, outer, id, _Injectors.added))


def is_child(child: IConstruct, outer: IConstruct, id: str) -> bool:
    """Whether a construct is still in another one under an ID, which takes two messages."""
    found = outer.node.try_find_child(id)
    return found is not None and jsii_reference(found) == jsii_reference(child)


def is_in_tree(construct: IConstruct, known: dict[str, bool] | None = None) -> bool:
    """
    Whether the construct is still where it was created.

    It can have been removed, and another one can have its place.

    Args:
        construct: The construct.
        known: The results for other constructs, by reference. This function adds to it.
    """
    known = {} if known is None else known
    reference = jsii_reference(construct)
    if reference not in known:
        known[reference] = _is_in_tree(construct, reference, known)
    return known[reference]


def _is_in_tree(construct: IConstruct, reference: str, known: dict[str, bool]) -> bool:
    info = _kept(construct)
    if info is not None and info.outer is not None and info.id is not None:
        outer, name = info.outer, info.id
    else:
        node = construct.node
        around = node.scope
        if around is None:
            return True
        outer, name = around, node.id
    child = outer.node.try_find_child(name)
    return child is not None and jsii_reference(child) == reference and is_in_tree(outer, known)


def _kept(construct: IConstruct) -> ScopeInfo | None:
    info = getattr(construct, _INFO, None)
    # An object of a test double has every attribute.
    return info if isinstance(info, ScopeInfo) else None


def _keep(construct: IConstruct, info: ScopeInfo) -> ScopeInfo:
    # Proxies pass assignments on to the other object. __dict__ would be created on first use.
    object.__setattr__(construct, _INFO, info)
    return info


def _info_from_root(construct: IConstruct) -> ScopeInfo:
    node: object = getattr(construct, "node", None)
    if not isinstance(node, Node):
        raise ArgumentTypeError(f"'scope' must be a construct, got {safe_repr(construct)}")
    outermost, *others = [*node.scopes[:-1], construct]
    scope = _root(outermost)
    # A construct that JavaScript created can be another object here.
    root = scope
    for other in others:
        scope = _keep(other, _INNER.once(root, other, partial(_info_in, other, scope.construct)))
    _NODE.put(scope, node)
    return scope


def _info_in(construct: IConstruct, outer: IConstruct) -> ScopeInfo:
    return _kept(construct) or ScopeInfo(construct, outer)


def _root(construct: IConstruct) -> ScopeInfo:
    """
    Return the scope of the outermost construct.

    JavaScript creates the app of a stack that has no scope. Python gets another object each time it
    reads such an app. The scopes in it, of which that stack is the first, keep the first object.
    """
    known = _kept(construct)
    if known is not None:
        return known
    inner = construct.node.children
    infos = [info for info in map(_kept, inner) if info is not None]
    known = next((info for info in infos if info.outer is not None and _kept(info.outer)), None)
    if known is not None:
        return known.root
    root = _keep(construct, ScopeInfo(construct, None))
    for first in inner[:1]:
        _keep(first, _info_in(first, construct))
    return root


def _own_id(info: ScopeInfo) -> str | None:
    """
    Return the ID of a construct of this library, or None if only its node has it.

    The constructs library changes an ID that it would read as more than one part of a path.
    """
    return info.id if info.id is not None and not {"/", "\n"} & {*info.id} else None
