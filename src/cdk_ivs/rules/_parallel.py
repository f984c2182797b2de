"""Several templates at a time: the engine lets other threads run while it checks one."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from ._engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._engine import Engine, Finding

# Python runs between two calls of the engine, in one thread at a time.
_MOST_THREADS = 4


def check_all(engine: Engine, templates: Sequence[str]) -> list[list[Finding] | EngineError]:
    """
    Return the findings in each template, or why it cannot be checked, in the order of templates.

    Any other error stops the check.

    Args:
        engine: The engine.
        templates: The paths of the templates.
    """
    results: dict[int, list[Finding] | EngineError] = {}
    failures: list[BaseException] = []
    waiting = iter(range(len(templates)))
    lock = threading.Lock()

    def work() -> None:
        try:
            while not failures:
                with lock:
                    index = next(waiting, None)
                if index is None:
                    return
                results[index] = _checked(engine, templates[index])
        except BaseException as error:  # noqa: BLE001 - raised where the caller sees it
            failures.append(error)

    # This thread is one of them.
    others = [
        threading.Thread(target=work, daemon=True)
        for _ in range(min(os.cpu_count() or 1, _MOST_THREADS, len(templates)) - 1)
    ]
    for other in others:
        other.start()
    work()
    for other in others:
        other.join()
    if failures:
        raise failures[0]
    return [results[index] for index in range(len(templates))]


def _checked(engine: Engine, template: str) -> list[Finding] | EngineError:
    try:
        return engine.check(template)
    except EngineError as error:
        return error
