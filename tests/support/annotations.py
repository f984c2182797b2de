"""What a construct says about itself at synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.assertions import Annotations, Match

if TYPE_CHECKING:
    from aws_cdk import Stack


def warnings_of(stack: Stack) -> list[tuple[str, str]]:
    """The warnings of a stack: the path of the construct and the text, id included."""
    found = Annotations.from_stack(stack).find_warning("*", Match.any_value())
    return [(message.id, str(message.entry.data)) for message in found]
