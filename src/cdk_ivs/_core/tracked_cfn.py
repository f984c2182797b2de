"""L1s that record in Python whether they changed after their construct was created."""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .cfn_properties import cfn_properties
from .rendered_properties import RenderedProperties, is_function
from .synth_validation import check_each, validate_at_synth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from aws_cdk import CfnResource
    from constructs import Construct

    from cdk_ivs._validation.errors import ValidationError

    from .resource import IvsResource

_Cfn = TypeVar("_Cfn", bound="CfnResource")
_DOT = re.compile(r"(?<!\\)\.")


class TrackedCfn:
    """
    The part that this library adds to the generated class of an L1.

    Reading every L1 at synthesis would take a message for each. Aspects and escape hatches in
    Python set an attribute or add an override on this object, so both pass through here. JavaScript
    adds overrides with the one method that is overridden here. Assignments in JavaScript are not
    noticed.
    """

    _changed = False
    _overrides: Mapping[str, Any] = {}

    def __init__(self, scope: Construct, id: str, **properties: object) -> None:
        self._owner = cast("IvsResource", scope)
        # The constructor of the generated class, which is next in the method resolution order.
        super().__init__(scope, id, **properties)  # type: ignore[call-arg]

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if not name.startswith("_"):
            self._note_change()

    def add_override(self, path: str, value: Any) -> None:  # noqa: ANN401 - the type in the CDK
        """Add an override, as the generated class does."""
        super().add_override(path, value)  # type: ignore[misc]
        *outer, last = (part.replace("\\.", ".") for part in _DOT.split(path))
        place = self._overrides = dict(self._overrides)
        for key in outer:
            inner = place.get(key)
            place[key] = place = dict(inner) if isinstance(inner, Mapping) else {}
        place[last] = value
        self._note_change()

    def _note_change(self) -> None:
        self._changed = True
        validate_at_synth(self._owner, check_changed, self, early=True)


@functools.cache
def _tracked(kind: type[CfnResource]) -> type:
    return types.new_class(kind.__name__, (TrackedCfn, kind))


def is_as_created(cfn_resource: object) -> bool:
    """Whether it is the L1 of a construct of this library, unchanged since its constructor."""
    return isinstance(cfn_resource, TrackedCfn) and not cfn_resource._changed


def override_of(cfn_resource: object, name: str) -> object:
    """Return the override of an attribute of a resource, such as its deletion policy, or None."""
    return cfn_resource._overrides.get(name) if isinstance(cfn_resource, TrackedCfn) else None


def tracked(kind: type[_Cfn]) -> type[_Cfn]:
    """Return the class with which to create the L1 of a construct, instead of the generated one."""
    return cast("type[_Cfn]", _tracked(kind))


def check_changed(_: Construct, changed: Sequence[Any]) -> Iterable[ValidationError]:
    """Yield the errors that the constructors would raise for changed L1s."""
    return check_each(
        ((cfn_resource._owner, cfn_resource) for cfn_resource in changed), _check_rendered
    )


def _check_rendered(cfn_resource: TrackedCfn) -> None:
    cfn_resource._owner._check_cfn(RenderedProperties(properties_of(cfn_resource)))


def properties_of(cfn_resource: Any) -> dict[str, Any]:  # noqa: ANN401 - an L1 of this library
    """Return the properties as they are rendered, under their names in CloudFormation."""
    from aws_cdk import Stack

    resolve = Stack.of(cfn_resource).resolve
    properties: dict[str, Any] = _capitalized(resolve(cfn_properties(cfn_resource)))
    _merge(properties, cfn_resource._overrides.get("Properties", {}), resolve)
    return properties


def _capitalized(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_capitalized(item) for item in value]
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _capitalized(item) for key, item in value.items()}
    return value


def _merge(target: Any, overrides: Mapping[str, Any], resolve: Callable[[Any], Any]) -> None:  # noqa: ANN401 - JSON
    """Set, merge or delete overridden values, as the CDK does when it renders a template."""
    if isinstance(target, list):
        # JavaScript treats a list like a dictionary.
        items = {str(index): item for index, item in enumerate(target)}
        _merge(items, overrides, resolve)
        target[:] = items.values()
        return
    for key, value in overrides.items():
        if value is None:
            target.pop(key, None)
        elif isinstance(value, Mapping) and not any(map(is_function, value)):
            if not isinstance(target.get(key), dict | list):
                target[key] = {}
            _merge(target[key], value, resolve)
        else:
            target[key] = resolve(value)
