"""Several templates at a time: the engine lets other threads run while it checks one."""

from __future__ import annotations

import os
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

    def checked(template: str) -> list[Finding] | EngineError:
        try:
            return engine.check(template)
        except EngineError as error:
            return error

    if len(templates) == 1:
        return [checked(templates[0])]
    # Its import takes longer than the check of a template.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS)) as threads:
        return list(threads.map(checked, templates))
