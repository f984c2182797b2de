"""Physical ids: what CloudFormation keeps of a custom resource."""

from __future__ import annotations

from typing import NamedTuple

# CloudFormation takes 1,024 characters.
PHYSICAL_ID_LENGTH = 1_000


class PhysicalId(NamedTuple):
    """
    What CloudFormation keeps of a custom resource, and gives back with every request.

    Attributes:
        arn: The ARN of the resource that the operation is about.
        operation: The operation.
        logical_id: The logical id of the custom resource.
        before: What was set before, without what is the same in all ARNs. Empty if it is the
            default.
        history: The resources that the custom resource was about before this one, the last one
            first, as ``id=before``, or as ``id=before=drifted`` where something else than the
            value of the custom resource was set when it left.
    """

    arn: str
    operation: str
    logical_id: str
    before: str = ""
    history: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> PhysicalId:
        """Read an id of the handler. Any other has no operation."""
        arn, operation, logical_id, before, *history = (*text.split("#"), *[""] * 4)[:5]
        return cls(arn, operation, logical_id, before, tuple(filter(None, history[0].split(","))))

    def __str__(self) -> str:
        """The text. A history that is too long loses its oldest part."""
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
        The id of the same custom resource for another resource.

        Where the resource that it was about last has what it had when the custom resource left,
        CloudFormation rolls back: that has its id again.

        Args:
            arn: The ARN of the other resource.
            before: What to put back there.
            found: What was set there.
            value: What is set there now.
            left: What is set instead of the value where the custom resource leaves, or None.
        """
        last, *older = self.history or ("",)
        name, earlier, *drifted = (last or "=").split("=")
        if name == short(arn) and (found == value or drifted == [short(found)]):
            return self._replace(arn=arn, before=earlier, history=tuple(older))
        entry = f"{short(self.arn)}={self.before}"
        history = (entry if left is None else f"{entry}={left}", *self.history)
        return self._replace(arn=arn, before=before, history=history)


def short(value: str) -> str:
    """The id in an ARN, or the value."""
    return value.rpartition("/")[2]
