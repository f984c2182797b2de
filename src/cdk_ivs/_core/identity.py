"""Which construct of the tree an object in Python is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from constructs import IConstruct


def jsii_reference(construct: object) -> str:
    """
    What identifies a construct, without a message: equal for the same one only.

    Python gets another object each time it reads a construct that JavaScript created, but jsii
    knows each by one reference. The address of a node is no replacement where there is the
    reference: it comes from the path, which a construct shares with one that was removed.
    """
    reference = getattr(construct, "__jsii_ref__", None)
    found = getattr(reference, "ref", None)
    return found if isinstance(found, str) else cast("IConstruct", construct).node.addr
