"""
Property injection for the constructs of this library.

The CDK applies property injectors only in the constructors of its own constructs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from cdk_ivs._validation.errors import ArgumentTypeError, safe_repr
from cdk_ivs._validation.type_names import type_name

from .placement import check_in_stack
from .tree import invalidate_injector_cache

if TYPE_CHECKING:
    from constructs import Construct

    from .props import Props


_P = TypeVar("_P", bound="Props")


class InjectionId:
    """
    The ID of a class of constructs for property injectors.

    To add an injector, an app reads the ID of the class. That read makes this library look for
    injectors again. Otherwise, each new construct would take a message for every scope around it.
    """

    def __init__(self, unique_id: str) -> None:
        self.unique_id = unique_id
        self.times_read = 0

    def __get__(self, instance: object, owner: type) -> str:
        """Return the ID, and look for injectors again, because the reader can add one."""
        invalidate_injector_cache()
        self.times_read += 1
        return self.unique_id


def inject(kind: type, scope: Construct, id: str, props: _P) -> _P:
    """
    Return the props, as the nearest property injector for the class changes them.

    An injector gets what the CDK gives to an injector in Python: a dictionary of the props that the
    user gave, under their names in JavaScript. It returns such a dictionary, with names in either
    form, or a props object.

    Refuse a scope outside of a stack before anything is created, because the CDK would leave half a
    construct.
    """
    kind = next(each for each in kind.__mro__ if _has_injection_id(each))
    unique_id = vars(kind)["PROPERTY_INJECTION_ID"].unique_id
    outer = check_in_stack(scope)
    injector = outer.injector(unique_id)
    if injector is None:
        return props
    injected = injector.inject(props.to_mapping(), id=id, scope=scope)
    if isinstance(injected, type(props)):
        return injected
    who = f"the property injector for {safe_repr(unique_id)}"
    if not isinstance(injected, Mapping):
        raise ArgumentTypeError(
            f"{who} must return a dictionary or {type(props).__name__}, got '{type_name(injected)}'"
        )
    try:
        return type(props).from_mapping("props", injected)
    except ArgumentTypeError as error:
        raise ArgumentTypeError(f"{error.message}, from {who}") from None


def _has_injection_id(kind: type) -> bool:
    """Whether it is a class of this library. A subclass of it can have another ID."""
    return isinstance(vars(kind).get("PROPERTY_INJECTION_ID"), InjectionId)
