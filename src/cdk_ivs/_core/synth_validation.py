"""
Checks that are possible at synthesis only, with one callback for an app or a Stage.

The CDK calls it after aspects and references between stacks, and before it renders templates. Each
Stage is synthesized by itself, so each has its own callback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import jsii
from constructs import IValidation

from cdk_ivs._validation.errors import ValidationError, safe_text

from .identity import reference_of
from .injection import InjectionId
from .tree import TreeState, is_in_tree, scope_info

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from aws_cdk import IPropertyInjector, PropertyInjectors
    from constructs import Construct, IConstruct

    from .tree import ScopeInfo

    Check = Callable[[Construct, Sequence[Any]], Iterable[ValidationError]]
    _Made = tuple[type, int, str | None]

_T = TypeVar("_T")
_SHOWN = 3


@jsii.implements(IValidation)
class _Validation:
    """
    The callback of an app or a Stage.

    Attributes:
        early: The arguments of each early check, by their `id()`, so that each is checked once.
            Early checks can add arguments to other checks.
        given: The same, for the checks that run after the early ones.
        injected: The constructs by their class, by how often its ID for injectors had been read,
            and by the injector that applied.
    """

    def __init__(self, stage: ScopeInfo) -> None:
        self._stage = cast("Construct", stage.construct)
        self.early: dict[Check, dict[int, object]] = {}
        self.given: dict[Check, dict[int, object]] = {}
        self.injected: dict[_Made, list[ScopeInfo]] = {}
        self._stage.node.add_validation(cast("IValidation", self))

    def validate(self) -> list[str]:
        """Return the errors as texts, because JavaScript loses the type of an exception."""
        return [str(error) for error in self._errors()]

    def _errors(self) -> Iterator[ValidationError]:
        yield from _late_injectors(self.injected)
        for checks in (self.early, self.given):
            for check, given in checks.items():
                yield from check(self._stage, list(given.values()))


# One validation for each app and Stage.
_VALIDATION = TreeState(_Validation)


def validate_at_synth(
    scope: Construct, check: Check, given: object = None, *, early: bool = False
) -> None:
    """Let a check run at synthesis on all arguments that it got, once for each."""
    validation = _VALIDATION.of(scope_info(scope).stage)
    (validation.early if early else validation.given).setdefault(check, {})[id(given)] = given


def check_each(
    given: Iterable[tuple[IConstruct, _T]], check: Callable[[_T], object]
) -> Iterator[ValidationError]:
    """Yield the errors of a check about constructs that are still in the tree."""
    for construct, value in given:
        try:
            check(value)
        except ValidationError as error:
            if is_in_tree(construct):
                error.path = safe_text(construct.node.path)
                yield error


def resources_in(root: IConstruct, type_name: str, kind: type[_T]) -> list[_T]:
    """Return the resources of a type in an app or a Stage."""
    import aws_cdk

    # This searches in JavaScript. An older aws-cdk-lib does not have it.
    if hasattr(aws_cdk, "ConstructSelector"):
        selector = aws_cdk.ConstructSelector.resources_of_type(type_name)
        found = aws_cdk.Mixins.of(root, selector).selected_constructs
    else:
        found = root.node.find_all()
    return [construct for construct in found if isinstance(construct, kind)]


def register_injection(construct: Construct) -> None:
    """Remember the property injector that applied to a new construct, if there is one."""
    # A subclass in an app can have its own ID, for which nothing is injected.
    kinds = (
        kind
        for kind in type(construct).__mro__
        if isinstance(vars(kind).get("PROPERTY_INJECTION_ID"), InjectionId)
    )
    for kind in kinds:
        info = scope_info(construct)
        injector = cast("ScopeInfo", info.parent).injector(_injection_id(kind).unique_id)
        made = (kind, _injection_id(kind).times_read, _identity(injector))
        _VALIDATION.of(info.stage).injected.setdefault(made, []).append(info)


def _injection_id(kind: type) -> InjectionId:
    """Return the ID of a class, without the effect of a read by a user."""
    injection_id: InjectionId = vars(kind)["PROPERTY_INJECTION_ID"]
    return injection_id


def _identity(injector: IPropertyInjector | None) -> str | None:
    """Return the identity of an injector, because each read can return another object."""
    if injector is None:
        return None
    # Without a reference, injectors cannot be distinguished.
    return reference_of(injector) or "injector"


def _late_injectors(injected: dict[_Made, list[ScopeInfo]]) -> Iterator[ValidationError]:
    """
    Yield errors for property injectors that were added after constructs, with a literal ID.

    An injector that reads the ID from the class makes this library look for injectors again. Later
    constructs are then injected, as with the classes of the CDK. Other injectors go unnoticed, so
    constructs that were created after them can have missed them.
    """
    now = _Injectors()
    missed: dict[tuple[ScopeInfo, type], list[IConstruct]] = {}
    for (kind, times_read, identity), created in injected.items():
        if times_read != _injection_id(kind).times_read:
            continue
        for info in created:
            scope = cast("ScopeInfo", info.parent)
            if identity is not None and scope.id is not None:
                continue
            where, nearest = now.nearest(scope, _injection_id(kind).unique_id)
            if where is not None and nearest != identity:
                missed.setdefault((where, kind), []).append(info.construct)
    known: dict[str, bool] = {}
    for (where, kind), constructs in missed.items():
        there = [construct for construct in constructs if is_in_tree(construct, known)]
        if there:
            yield _late_injector(where.construct, kind, there)


class _Injectors:
    """The current property injectors."""

    def __init__(self) -> None:
        self._containers: dict[ScopeInfo, PropertyInjectors | None] = {}
        self._identities: dict[tuple[ScopeInfo, str], str | None] = {}

    def nearest(self, scope: ScopeInfo, unique_id: str) -> tuple[ScopeInfo | None, str | None]:
        """Return the nearest injector for a class: its scope and its identity."""
        for outer in scope.outward():
            identity = self._at(outer, unique_id)
            if identity is not None:
                return outer, identity
        return None, None

    def _at(self, scope: ScopeInfo, unique_id: str) -> str | None:
        if scope not in self._containers:
            self._containers[scope] = _injectors_of(scope)
        container = self._containers[scope]
        if container is None:
            return None
        if (scope, unique_id) not in self._identities:
            self._identities[scope, unique_id] = _identity(container.for_(unique_id))
        return self._identities[scope, unique_id]


def _injectors_of(scope: ScopeInfo) -> PropertyInjectors | None:
    from aws_cdk import PropertyInjectors

    # Constructs of this library are left out, to save a message for each.
    if scope.id is None and PropertyInjectors.has_property_injectors(scope.construct):
        return PropertyInjectors.of(scope.construct)
    return None


def _late_injector(
    where: IConstruct, kind: type, constructs: Sequence[IConstruct]
) -> ValidationError:
    listed = ", ".join(f"'{safe_text(each.node.path)}'" for each in constructs[:_SHOWN])
    more = f" and {len(constructs) - _SHOWN} more" if len(constructs) > _SHOWN else ""
    unique_id = _injection_id(kind).unique_id
    error = ValidationError(
        f"the property injector for '{unique_id}' was added after constructs of the class were "
        f"created, and did not apply to {listed}{more}; add injectors before the first "
        f"construct, with {kind.__name__}.PROPERTY_INJECTION_ID for their 'construct_unique_id'",
        code="LateInjector",
    )
    error.path = safe_text(where.node.path)
    return error
