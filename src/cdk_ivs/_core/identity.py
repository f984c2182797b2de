"""
The identity of JavaScript objects in Python.

This is the only module that knows where jsii keeps its references, which jsii does not document.
"""

from __future__ import annotations

import abc
import functools
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from constructs import IConstruct

_REFERENCE = "__jsii_ref__"


def jsii_reference(construct: object) -> str:
    """
    Return a text that identifies a construct, without a message.

    Python gets another object each time it reads a construct that JavaScript created, but jsii
    knows each construct by one reference. The address of a node is not as good: it comes from the
    path, which a removed construct can have too.
    """
    return reference_of(construct) or cast("IConstruct", construct).node.addr


def reference_of(value: object) -> str | None:
    """Return the reference by which jsii knows an object, or None."""
    found = getattr(getattr(value, _REFERENCE, None), "ref", None)
    return found if isinstance(found, str) else None


class StandIn:
    """
    An object that turns into another JavaScript object on first use.

    Before every use of an object, jsii asks the object for its reference.
    """

    @abc.abstractmethod
    def _create(self) -> object:
        """Create the other object."""

    @functools.cached_property
    def __jsii_ref__(self) -> object:
        """The reference of the other object."""
        return vars(self._create())[_REFERENCE]
