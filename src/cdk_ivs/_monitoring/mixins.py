"""What the classes are for type checkers that give constructs their metrics and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The interfaces of resources have the same methods, and inherit them from here.
    from typing import Protocol as Mixin
else:

    class Mixin:
        """A protocol cannot be a base of a construct, whose metaclass is jsii's."""


__all__ = ["Mixin"]
