"""Makes all calls, in two processes, and prints the table and the faults."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import sys

from .judge import Outcome
from .plan import all_cases, outcomes_of
from .run import BATCH, summary

PROCESSES = 2
# The process behind the bridge keeps every object of every app: it is replaced after these.
BATCHES_PER_PROCESS = 100


def main() -> int:
    """Make all calls."""
    size = BATCH * BATCHES_PER_PROCESS
    starts = range(0, len(all_cases()), size)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(
        PROCESSES, mp_context=context, max_tasks_per_child=1
    ) as pool:
        results: list[tuple[str, Outcome, str]] = []
        for part in pool.map(outcomes_of, starts, [start + size for start in starts]):
            results += part
            for _, _, text in part:
                if text:
                    print(text, flush=True)  # noqa: T201 - what to mend
    print(summary((kind, outcome) for kind, outcome, _ in results))  # noqa: T201 - for the docs
    return 1 if any(text for _, _, text in results) else 0


if __name__ == "__main__":
    sys.exit(main())
