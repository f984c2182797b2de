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
    found: dict[str, list[Finding] | EngineError] = {}
    faults: dict[str, Exception] = {}

    def check(some: Sequence[str]) -> None:
        for template in some:
            try:
                found[template] = engine.check(template)
            except EngineError as error:
                found[template] = error
            except Exception as error:  # noqa: BLE001 - raised below, outside of the thread
                faults[template] = error
            if faults:
                break

    # The import of an executor takes longer than the check of several templates.
    count = min(os.cpu_count() or 1, _MOST_THREADS, len(templates))
    threads = [
        threading.Thread(target=check, args=[templates[first::count]], daemon=True)
        for first in range(1, count)
    ]
    for thread in threads:
        thread.start()
    check(templates[::count])
    for thread in threads:
        thread.join()
    for template in templates:
        if template in faults:
            raise faults[template]
    return [found[template] for template in templates]
