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

from .tree import is_in_tree, scope_info

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from aws_cdk import IPropertyInjector, PropertyInjectors
    from constructs import Construct, IConstruct

    from .tree import ScopeInfo

    Check = Callable[[Construct, Sequence[Any]], Iterable[ValidationError]]
    _Made = tuple[type, int, str | None]

_T = TypeVar("_T")
_RECORD = ("synth validation", "")
_SHOWN = 3


class _Record:
    """
    What the callback of an app or a Stage looks at.

    Attributes:
        stage: The app or the Stage.
        early: What each check looks at, by its id(), so each once: what may find more to look at.
        given: The same, of the checks that come after these.
        injected: The ids of the constructs in each scope, by their class, how often its id for
            injectors had been read, and the injector that applied.
    """

    def __init__(self, stage: Construct) -> None:
        self.stage = stage
        self.early: dict[Check, dict[int, object]] = {}
        self.given: dict[Check, dict[int, object]] = {}
        self.injected: dict[ScopeInfo, dict[_Made, list[str]]] = {}

    def errors(self) -> Iterator[ValidationError]:
        yield from _late_injectors(self.injected)
        for checks in (self.early, self.given):
            for check, given in checks.items():
                yield from check(self.stage, list(given.values()))


@jsii.implements(IValidation)
class _Validation:
    """The callback."""

    def __init__(self, record: _Record) -> None:
        self._record = record

    def validate(self) -> list[str]:
        """The errors as texts: the type of an exception is lost on its way through JavaScript."""
        return [str(error) for error in self._record.errors()]


def _record_of(scope: ScopeInfo) -> _Record:
    """The record of the app or the Stage around, with its callback registered."""
    claims = scope.stage.claims
    if _RECORD not in claims:
        stage = cast("Construct", scope.stage.construct)
        record = claims[_RECORD] = _Record(stage)
        stage.node.add_validation(cast("IValidation", _Validation(record)))
    return cast("_Record", claims[_RECORD])


def validate_at_synth(
    scope: Construct, check: Check, given: object, *, early: bool = False
) -> None:
    """Have a check look at something at synthesis, with all else that it is given, and once."""
    record = _record_of(scope_info(scope))
    (record.early if early else record.given).setdefault(check, {})[id(given)] = given


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


def register_injection(
    kind: type, scope: ScopeInfo, id: str, injector: IPropertyInjector | None
) -> None:
    """Take note of the property injector that applied to a new construct."""
    made = (kind, _times_read(kind), _identity(injector))
    _record_of(scope).injected.setdefault(scope, {}).setdefault(made, []).append(id)


def _unique_id(kind: type) -> str:
    unique_id: str = vars(kind)["PROPERTY_INJECTION_ID"].unique_id
    return unique_id


def _times_read(kind: type) -> int:
    times: int = vars(kind)["PROPERTY_INJECTION_ID"].times_read
    return times


def _identity(injector: IPropertyInjector | None) -> str | None:
    """What stays the same of an object: one of JavaScript's is another in Python at each read."""
    return None if injector is None else cast("Any", injector).__jsii_ref__.ref


def _late_injectors(
    injected: dict[ScopeInfo, dict[_Made, list[str]]],
) -> Iterator[ValidationError]:
    """
    Property injectors that were added where there were constructs, by an id written out.

    An injector that reads the id from the class makes this library look for injectors again:
    what is created later is injected, as with the classes of the CDK. Nothing tells of any other,
    so constructs that were created after it may have missed it.
    """
    from .resource import IvsResource

    now = _Injectors()
    missed: dict[tuple[ScopeInfo, type], list[str]] = {}
    for scope, groups in injected.items():
        for (kind, times_read, identity), ids in groups.items():
            if times_read != _times_read(kind):
                continue
            if identity is not None and isinstance(scope.construct, IvsResource):
                continue
            where, nearest = now.nearest(scope, _unique_id(kind))
            if where is not None and nearest != identity:
                path = scope.construct.node.path
                missed.setdefault((where, kind), []).extend(f"{path}/{name}" for name in ids)
    for (where, kind), paths in missed.items():
        yield _late_injector(where.construct, kind, paths)


class _Injectors:
    """The property injectors there are now."""

    def __init__(self) -> None:
        self._containers: dict[ScopeInfo, PropertyInjectors | None] = {}
        self._identities: dict[tuple[ScopeInfo, str], str | None] = {}

    def nearest(
        self, scope: ScopeInfo | None, unique_id: str
    ) -> tuple[ScopeInfo | None, str | None]:
        """The nearest for a class: the scope that has it, and its identity."""
        while scope is not None:
            identity = self._at(scope, unique_id)
            if identity is not None:
                return scope, identity
            scope = scope.parent
        return None, None

    def _at(self, scope: ScopeInfo, unique_id: str) -> str | None:
        if scope not in self._containers:
            self._containers[scope] = _injectors_of(scope.construct)
        container = self._containers[scope]
        if container is None:
            return None
        if (scope, unique_id) not in self._identities:
            self._identities[scope, unique_id] = _identity(container.for_(unique_id))
        return self._identities[scope, unique_id]


def _injectors_of(construct: IConstruct) -> PropertyInjectors | None:
    from aws_cdk import PropertyInjectors

    from .resource import IvsResource

    # Not asked of our own, which would take a message for each channel with a key.
    if isinstance(construct, IvsResource):
        return None
    if PropertyInjectors.has_property_injectors(construct):
        return PropertyInjectors.of(construct)
    return None


def _late_injector(where: IConstruct, kind: type, paths: Sequence[str]) -> ValidationError:
    listed = ", ".join(f"'{safe_text(path)}'" for path in paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    error = ValidationError(
        f"the property injector for '{_unique_id(kind)}' was added when there were constructs of "
        f"the class already, and did not apply to {listed}{more}; add injectors before the first "
        f"construct, with {kind.__name__}.PROPERTY_INJECTION_ID for their 'construct_unique_id'",
        code="LateInjector",
    )
    error.path = safe_text(where.node.path)
    return error
