"""The number of messages to JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.messages import sent_messages

if TYPE_CHECKING:
    from collections.abc import Callable


def count(make: Callable[[], object]) -> int:
    """The number of messages that something takes."""
    with sent_messages() as messages:
        make()
    return len(messages)
