"""
What can be found at synthesis only, looked for by one callback for an app or a Stage.

The CDK calls it when aspects and references between stacks are done, and before it renders
templates. Stages are synthesized by themselves, so each has its own.
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
        early: What each check looks at, by its id(), so each once: what may find more to look at.
        given: The same, of the checks that come after these.
        injected: The constructs by their class, how often its id for injectors had been read,
            and the injector that applied.
    """

    def __init__(self, stage: ScopeInfo) -> None:
        self._stage = cast("Construct", stage.construct)
        self.early: dict[Check, dict[int, object]] = {}
        self.given: dict[Check, dict[int, object]] = {}
        self.injected: dict[_Made, list[ScopeInfo]] = {}
        self._stage.node.add_validation(cast("IValidation", self))

    def validate(self) -> list[str]:
        """The errors as texts: the type of an exception is lost on its way through JavaScript."""
        return [str(error) for error in self._errors()]

    def _errors(self) -> Iterator[ValidationError]:
        yield from _late_injectors(self.injected)
        for checks in (self.early, self.given):
            for check, given in checks.items():
                yield from check(self._stage, list(given.values()))


# Of apps and Stages.
_VALIDATION = TreeState(_Validation)


def validate_at_synth(
    scope: Construct, check: Check, given: object = None, *, early: bool = False
) -> None:
    """Have a check look at something at synthesis, with all else that it is given, and once."""
    validation = _VALIDATION.of(scope_info(scope).stage)
    (validation.early if early else validation.given).setdefault(check, {})[id(given)] = given


def check_each(
    given: Iterable[tuple[IConstruct, _T]], check: Callable[[_T], object]
) -> Iterator[ValidationError]:
    """What a check refuses of what constructs have, of those that are still in the tree."""
    for construct, value in given:
        try:
            check(value)
        except ValidationError as error:
            if is_in_tree(construct):
                error.path = safe_text(construct.node.path)
                yield error


def resources_in(root: IConstruct, type_name: str, kind: type[_T]) -> list[_T]:
    """The resources of a type in an app or a Stage, whoever created them."""
    import aws_cdk

    # It looks for them in JavaScript; an older aws-cdk-lib does not have it.
    if hasattr(aws_cdk, "ConstructSelector"):
        selector = aws_cdk.ConstructSelector.resources_of_type(type_name)
        found = aws_cdk.Mixins.of(root, selector).selected_constructs
    else:
        found = root.node.find_all()
    return [construct for construct in found if isinstance(construct, kind)]


def register_injection(construct: Construct) -> None:
    """Take note of the property injector that applied to a new construct, if any can."""
    # A subclass of the user's may have an id of its own, for which nothing is injected.
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
    """That of a class, which is not read as a user reads it."""
    injection_id: InjectionId = vars(kind)["PROPERTY_INJECTION_ID"]
    return injection_id


def _identity(injector: IPropertyInjector | None) -> str | None:
    """What stays the same of an object: one of JavaScript's is another in Python at each read."""
    if injector is None:
        return None
    # Without a reference, one injector cannot be told from another.
    return reference_of(injector) or "injector"


def _late_injectors(injected: dict[_Made, list[ScopeInfo]]) -> Iterator[ValidationError]:
    """
    Property injectors that were added where there were constructs, by an id written out.

    An injector that reads the id from the class makes this library look for injectors again:
    what is created later is injected, as with the classes of the CDK. Nothing tells of any other,
    so constructs that were created after it may have missed it.
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
    """The property injectors there are now."""

    def __init__(self) -> None:
        self._containers: dict[ScopeInfo, PropertyInjectors | None] = {}
        self._identities: dict[tuple[ScopeInfo, str], str | None] = {}

    def nearest(self, scope: ScopeInfo, unique_id: str) -> tuple[ScopeInfo | None, str | None]:
        """The nearest for a class: the scope that has it, and its identity."""
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

    # Not asked of our own, which would take a message for each channel with a key.
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
