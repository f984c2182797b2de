"""
Which object of JavaScript's an object in Python is.

The only module that knows where jsii keeps its references, which it does not document.
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
    What identifies a construct, without a message: equal for the same one only.

    Python gets another object each time it reads a construct that JavaScript created, but jsii
    knows each by one reference. The address of a node is no replacement where there is the
    reference: it comes from the path, which a construct shares with one that was removed.
    """
    return reference_of(construct) or cast("IConstruct", construct).node.addr


def reference_of(value: object) -> str | None:
    """The reference by which jsii knows any object, if it can be told."""
    found = getattr(getattr(value, _REFERENCE, None), "ref", None)
    return found if isinstance(found, str) else None


class StandIn:
    """
    An object that becomes another one of JavaScript's when something is done with it.

    jsii asks an object for its reference before it does anything with it.
    """

    @abc.abstractmethod
    def _create(self) -> object:
        """The other object, which is created here."""

    @functools.cached_property
    def __jsii_ref__(self) -> object:
        """The reference of the other object."""
        return vars(self._create())[_REFERENCE]
