"""
The compatibility with aws_cdk.aws_ivs_alpha.

Constructs of alpha have their ARN as an attribute, but not the reference that the generated
interfaces need.
"""

from __future__ import annotations

import types
from typing import Any, Protocol

import jsii
from aws_cdk import IResource


def alpha_interface(name: str, reference: type, kind: type, *attributes: str) -> Any:  # noqa: ANN401 - for type checkers it is the class
    """
    Create an interface with the name that alpha uses, for `@jsii.implements`.

    The class implements the interface, so that JavaScript can read the attributes of its objects.
    The interface is a separate object, because jsii cannot implement a class, and an interface
    cannot be the base of a construct.

    Args:
        name: The name of the interface.
        reference: The generated interface of the resource.
        kind: The class with the attributes.
        *attributes: The names of the attributes that JavaScript can read.
    """
    members: dict[str, object] = {
        member: value
        for member, value in vars(kind).items()
        if not member.startswith("_") and not hasattr(reference, member)
    }
    for attribute in attributes:
        first, *others = attribute.split("_")
        jsii_name = first + "".join(map(str.title, others))
        members[attribute] = property(jsii.member(jsii_name=jsii_name)(vars(kind)[attribute].fget))
    interface = types.new_class(
        name,
        (reference, IResource, Protocol),
        {"metaclass": _interface_type(kind)},
        lambda namespace: namespace.update(members, __doc__=kind.__doc__),
    )
    jsii.implements(interface)(kind)
    return interface


def _interface_type(kind: type) -> type:
    """Create the type of an interface, whose instances are the objects of a class."""

    def is_instance(_: type, instance: object) -> bool:
        return isinstance(instance, kind)

    def create(_: type, *arguments: object, **keywords: object) -> object:
        # Raises an error that suggests the right call.
        return kind(*arguments, **keywords)

    members = {"__call__": create, "__instancecheck__": is_instance}
    bases = (type(IResource),)
    return types.new_class("Interface", bases, {}, lambda namespace: namespace.update(members))


class AlphaChannel(IResource, Protocol):
    """
    A channel of `aws_cdk.aws_ivs_alpha`.

    Parameters for a channel accept it too, so that you can migrate an app step by step.
    """

    @property
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        ...


class AlphaRecordingConfiguration(IResource, Protocol):
    """
    A recording configuration of `aws_cdk.aws_ivs_alpha`.

    A channel accepts it too, so that you can migrate an app step by step.
    """

    @property
    def recording_configuration_arn(self) -> str:
        """The ARN of the recording configuration."""
        ...
