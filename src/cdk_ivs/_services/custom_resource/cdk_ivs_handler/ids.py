"""Physical IDs, which CloudFormation stores for custom resources."""

from __future__ import annotations

from typing import NamedTuple

# CloudFormation accepts up to 1,024 characters.
PHYSICAL_ID_LENGTH = 1_000


class PhysicalId(NamedTuple):
    """
    The ID that CloudFormation stores for a custom resource, and returns with every request.

    Attributes:
        arn: The ARN of the resource for the operation.
        operation: The operation.
        logical_id: The logical ID of the custom resource.
        before: The previous value, without the part that is the same in all ARNs. Empty for the
            default.
        history: The previous resources of the custom resource, the last one first, as `id=before`.
            It is `id=before=drifted` if the value was another one than that of the custom resource
            when it left.
    """

    arn: str
    operation: str
    logical_id: str
    before: str = ""
    history: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> PhysicalId:
        """Read an ID of the handler. Any other ID has no operation."""
        arn, operation, logical_id, before, history, *_ = f"{text}####".split("#")
        return cls(arn, operation, logical_id, before, tuple(filter(None, history.split(","))))

    def __str__(self) -> str:
        """Return the text. A history that is too long loses its oldest part."""
        history = list(self.history)
        while True:
            text = "#".join((*self[:3], self.before, ",".join(history))).rstrip("#")
            if len(text) <= PHYSICAL_ID_LENGTH:
                return text
            history.pop()

    def moved_to(
        self, arn: str, before: str, *, found: str, value: str, left: str | None
    ) -> PhysicalId:
        """
        Return the ID of the same custom resource for another resource.

        If the other resource is the last one, and has the value from when the custom resource left,
        this is a rollback of CloudFormation, and the ID is the same as before.

        Args:
            arn: The ARN of the other resource.
            before: The value to restore there.
            found: The value that was found there.
            value: The value that is set there now.
            left: The value at the resource that the custom resource leaves, or None if it is the
                set value.
        """
        last, *older = self.history or ("=",)
        name, earlier, *drifted = last.split("=")
        if name == short(arn) and (found == value or drifted == [short(found)]):
            return self._replace(arn=arn, before=earlier, history=tuple(older))
        entry = f"{short(self.arn)}={self.before}"
        history = (entry if left is None else f"{entry}={left}", *self.history)
        return self._replace(arn=arn, before=before, history=history)


def short(value: str) -> str:
    """Return the ID in an ARN, or the value."""
    return value.rpartition("/")[2]
