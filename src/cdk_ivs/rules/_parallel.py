"""Several templates at a time, in forks of the process, which share its engine."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from ._catalog import BY_ID
from ._engine import EngineError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO, NoReturn

    from ._engine import Engine

# A fork takes a few milliseconds, as the check of one or two templates does.
_MOST_PROCESSES = 4

_Results = list[list[Finding] | EngineError]


def check_all(engine: Engine, templates: Sequence[str]) -> _Results:
    """
    Return the findings in each template, or why it cannot be checked, in the order of templates.

    Any other error stops the check.

    Args:
        engine: The engine.
        templates: The paths of the templates.
    """
    count = min(os.cpu_count() or 1, _MOST_PROCESSES, len(templates))
    if not hasattr(os, "fork"):
        # On Windows each process would have to build an engine, which takes longer than the check.
        count = 1
    forks = [_start(engine, templates[first::count]) for first in range(1, count)]
    results: _Results = [[] for _ in templates]
    try:
        results[::count] = _check(engine, templates[::count])
    finally:
        shares = [_results(fork) if fork else None for fork in forks]
    for first, share in enumerate(shares, 1):
        # The share of a fork that failed is checked here, which raises its error in this process.
        results[first::count] = share or _check(engine, templates[first::count])
    return results


def _check(engine: Engine, templates: Iterable[str]) -> _Results:
    results: _Results = []
    for template in templates:
        try:
            results.append(engine.check(template))
        except EngineError as error:
            results.append(error)
    return results


class _Fork(NamedTuple):
    """A process that writes its results into a pipe."""

    process: int
    pipe: BinaryIO


def _start(engine: Engine, templates: Sequence[str]) -> _Fork | None:
    """Start a fork that checks templates, if the system has room for one."""
    reader, writer = os.pipe()
    try:
        # In the fork, it is 0.
        process = os.fork() or _run(engine, templates, writer)
    except OSError:
        os.close(reader)
        os.close(writer)
        return None
    os.close(writer)
    return _Fork(process, os.fdopen(reader, "rb"))


def _run(engine: Engine, templates: Sequence[str], writer: int) -> NoReturn:
    """Check templates, write the results, and end the fork, which must not do anything else."""
    code = 1
    try:
        written = [
            str(result)
            if isinstance(result, EngineError)
            else [(*finding[:1], finding.rule.id, *finding[2:]) for finding in result]
            for result in _check(engine, templates)
        ]
        with os.fdopen(writer, "w") as pipe:
            json.dump(written, pipe)
        code = 0
    finally:
        os._exit(code)


def _results(fork: _Fork) -> _Results | None:
    """The results of a fork, or None if it did not come to its end."""
    with fork.pipe as pipe:
        written = pipe.read()
    _, status = os.waitpid(fork.process, 0)
    if status:
        return None
    return [
        EngineError(result)
        if isinstance(result, str)
        else [Finding(template, BY_ID[rule], *rest) for template, rule, *rest in result]
        for result in json.loads(written)
    ]
