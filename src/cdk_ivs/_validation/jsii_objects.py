"""
Facts about jsii objects that Python knows without a message to JavaScript.

This is the only module that uses how jsii marks its objects and classes, which jsii does not
document.
"""

from __future__ import annotations

from typing import TypeGuard

import jsii

_INTERFACES = "__jsii_ifaces__"
_TYPE = "__jsii_type__"


def is_proxy(value: object) -> bool:
    """
    Whether JavaScript created an object whose class Python does not have.

    Python then has an object of a class of jsii, with the members of all interfaces of the object.
    To ask such an object for a member is to read the member.
    """
    # The class of a class can be one of jsii as well.
    return not isinstance(value, type) and type(value).__module__.partition(".")[0] == "jsii"


def is_of_jsii(value: object) -> bool:
    """Whether JavaScript knows the class of an object. jsii fails on some others."""
    return is_proxy(value) or hasattr(type(value), _TYPE)


def proxy_fits(proxy: object, protocols: tuple[type, ...]) -> bool:
    """
    Whether a proxy can have the members of one of the protocols.

    A proxy has the members of its delegates. If jsii has them elsewhere, every proxy passes,
    because to look for its members is to read them.
    """
    delegates = vars(proxy).get("_delegates")
    return delegates is None or any(
        has_members(delegate, protocol) for delegate in delegates for protocol in protocols
    )


def proxied_name(value: object) -> str | None:
    """
    The CDK's name for the type of an object that JavaScript created, such as `IRole`.

    None if Python has the class of the object.
    """
    if not is_proxy(value):
        return _represented(type(value))
    kinds = [type(part) for part in vars(value).get("_delegates", ())]
    # The interfaces say more than the class, which is that of all resources.
    interfaces = [name for kind in kinds if (name := _represented(kind)) is not None]
    return " and ".join(interfaces or [kind.__name__ for kind in kinds]) or None


def _represented(kind: type) -> str | None:
    """The name of the interface or the abstract class that a class of the bindings represents."""
    name = str(getattr(kind, _TYPE, None)).rpartition(".")[2]
    return name if kind.__name__ == f"_{name}Proxy" else None


def declares(value: object, interface: type) -> bool:
    """Whether the class of the value declares to implement an interface of the CDK."""
    if not _keeps_interfaces():
        return has_members(value, interface)
    return any(
        interface in declared.__mro__
        for kind in type(value).__mro__
        for declared in vars(kind).get(_INTERFACES, ())
    )


def has_members(value: object, protocol: type) -> bool:
    """Whether the class of the value has the members of the protocol."""
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


def _keeps_interfaces() -> bool:
    """Whether jsii records on a class which interfaces it implements."""
    return hasattr(jsii.implements()(type("Probe", (), {})), _INTERFACES)
