"""Attributes of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    attribute = property
else:

    class attribute(property):  # noqa: N801 - as `property`, in whose place it stands
        """A property that is read when it is first asked for, and once: a read is a message."""

        def __set_name__(self, owner: type, name: str) -> None:
            self._key = f"_attribute_{name}"

        def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - of any type
            """The value, read once for each object."""
            if instance is None:
                return self
            values = instance.__dict__
            if self._key not in values:
                values[self._key] = super().__get__(instance, owner)
            return values[self._key]


__all__ = ["attribute"]
