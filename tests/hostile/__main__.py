"""Makes all calls, in two processes, and prints the table and the faults."""

from __future__ import annotations

import concurrent.futures
import itertools
import multiprocessing
import sys

from .judge import Outcome
from .plan import all_cases
from .run import BATCH, run_batch, summary

PROCESSES = 2
# The process behind the bridge keeps every object of every app: it is replaced after these.
BATCHES_PER_PROCESS = 100


def outcomes_of(start: int, stop: int) -> list[tuple[str, Outcome, str]]:
    """The outcomes of some batches, with a text about each fault."""
    cases = all_cases()[start:stop]
    results = [
        result for at in range(0, len(cases), BATCH) for result in run_batch(cases[at : at + BATCH])
    ]
    return [
        (
            each.case.subject.kind,
            each.outcome,
            f"{each.case}: {each.outcome}: {each.detail}" if each.outcome.is_fault else "",
        )
        for each in results
    ]


def main() -> int:
    """Make all calls."""
    size = BATCH * BATCHES_PER_PROCESS
    starts = range(0, len(all_cases()), size)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(
        PROCESSES, mp_context=context, max_tasks_per_child=1
    ) as pool:
        parts = pool.map(outcomes_of, starts, [start + size for start in starts])
        results = list(itertools.chain.from_iterable(parts))
    print(summary((kind, outcome) for kind, outcome, _ in results))  # noqa: T201 - for the docs
    faults = [text for _, _, text in results if text]
    print("\n".join(faults))  # noqa: T201 - what to mend
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
