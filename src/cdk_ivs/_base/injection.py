"""
Property injection for the constructs of this library.

The CDK applies property injectors in the constructors of its own constructs only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from .errors import ArgumentTypeError
from .scopes import scope_of

if TYPE_CHECKING:
    from constructs import Construct

    from .struct import Struct

_P = TypeVar("_P", bound="Struct")


def inject(unique_id: str, scope: Construct, id: str, props: _P) -> _P:
    """
    The props, as the nearest property injector for the construct's class makes them.

    An injector is given what the CDK gives to one in Python: a dictionary of the props that
    the user gave, under their JavaScript names. It gives back such a dictionary, with names in
    either form, or a props object.
    """
    injector = scope_of(scope).injector(unique_id)
    if injector is None:
        return props
    injected = injector.inject(props.to_mapping(), id=id, scope=scope)
    if isinstance(injected, type(props)):
        return injected
    if isinstance(injected, Mapping):
        return type(props).from_mapping("props", injected)
    raise ArgumentTypeError(
        f"the property injector for '{unique_id}' must give back a dictionary or "
        f"{type(props).__name__}, got '{type(injected).__name__}'"
    )
