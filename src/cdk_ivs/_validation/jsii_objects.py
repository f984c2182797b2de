"""
What Python can tell of an object of jsii's without asking JavaScript.

The only module that knows how jsii marks its objects and classes, which it does not document.
"""

from __future__ import annotations

import functools
from typing import TypeGuard

import jsii

_INTERFACES = "__jsii_ifaces__"


def is_proxy(value: object) -> bool:
    """
    Whether JavaScript created an object whose class Python does not have.

    In its place there is an object of a class of jsii's own, with the members of all interfaces
    that the object has. To ask it for a member is to read the member.
    """
    # The class of a class is jsii's as well.
    return not isinstance(value, type) and type(value).__module__.partition(".")[0] == "jsii"


def declares(value: object, interface: type) -> bool:
    """Whether the value's class says that it implements an interface of the CDK's."""
    if not _keeps_interfaces():
        return has_members(value, interface)
    return any(
        interface in declared.__mro__
        for kind in type(value).__mro__
        for declared in vars(kind).get(_INTERFACES, ())
    )


def has_members(value: object, protocol: type) -> bool:
    """Whether the value's class has the members of the protocol."""
    return all(
        hasattr(type(value), name)
        for base in protocol.__mro__
        if is_protocol(base)
        for name in vars(base)
        if not name.startswith("_")
    )


def is_protocol(part: object) -> TypeGuard[type]:
    """Whether a type is a protocol, as the interfaces of the CDK are."""
    return getattr(part, "_is_protocol", False)


@functools.cache
def _keeps_interfaces() -> bool:
    """Whether jsii notes on a class what it implements."""
    return hasattr(jsii.implements()(type("Probe", (), {})), _INTERFACES)
