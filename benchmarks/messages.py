"""Counts the messages that Python sends to JavaScript."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Any
from unittest import mock

from jsii._kernel.providers.process import _NodeProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLBACK = "Complete"
"""The kind of the message that answers a callback from JavaScript."""


@contextlib.contextmanager
def sent_messages() -> Iterator[list[str]]:
    """
    The messages sent within, each by its kind and what it is about.

    An answer to a callback counts as a message: it is one on the wire.
    """
    messages: list[str] = []
    send = _NodeProcess.send

    def counting(process: _NodeProcess, request: Any, response_type: Any) -> Any:  # noqa: ANN401 - jsii's own types
        subject = next(
            (
                str(getattr(request, name))
                for name in ("fqn", "property", "method")
                if getattr(request, name, None)
            ),
            "",
        )
        messages.append(f"{type(request).__name__.strip('_').removesuffix('Request')} {subject}")
        return send(process, request, response_type)

    with mock.patch.object(_NodeProcess, "send", counting):
        yield messages


@contextlib.contextmanager
def counted_messages() -> Iterator[Counter[str]]:
    """The number of messages sent within, by their kind: a list of them would take memory."""
    counts: Counter[str] = Counter()
    send = _NodeProcess.send

    def counting(process: _NodeProcess, request: Any, response_type: Any) -> Any:  # noqa: ANN401 - jsii's own types
        counts[type(request).__name__.strip("_").removesuffix("Request")] += 1
        return send(process, request, response_type)

    with mock.patch.object(_NodeProcess, "send", counting):
        yield counts
