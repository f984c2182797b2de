"""What outlives an app."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from cdk_ivs.rules._engine import Engine

from .properties import Machinery, is_asked_for
from .workers import worker

_COUNTS = pytest.StashKey[Counter[str]]()
# Two more in large runs: the hashes of this process have a seed of their own each time.
_SEEDS = (1,)
_MORE_SEEDS = (2, 4_294_967_295)


@pytest.fixture(scope="session")
def machinery(request: pytest.FixtureRequest) -> Iterator[Machinery]:
    """The engine, the workers and the counts."""
    counts: Counter[str] = Counter()
    request.config.stash[_COUNTS] = counts
    with ExitStack() as stack:
        seeds = (*_SEEDS, *(_MORE_SEEDS if is_asked_for() else ()))
        workers = [stack.enter_context(worker(seed)) for seed in seeds]
        yield Machinery(Engine(), workers, counts)
    # A process of xdist shows nothing by itself.
    if hasattr(request.config, "workeroutput"):
        request.config.workeroutput["generated"] = dict(counts)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the processes of xdist have generated."""
    counts = node.config.stash.setdefault(_COUNTS, Counter())
    counts.update(getattr(node, "workeroutput", {}).get("generated", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show what a large run has generated."""
    counts = config.stash.get(_COUNTS, None)
    if counts and is_asked_for():
        times = os.times()
        terminalreporter.section("generated apps")
        for name, number in sorted(counts.items()):
            terminalreporter.line(f"{number:8,} {name}")
        total = times.user + times.system + times.children_user + times.children_system
        terminalreporter.line(f"{total:8,.0f} seconds of one core")
