"""
Processes that synthesize plans: each has another seed for the hashes of Python.

They live as long as the tests, because the start of jsii takes longer than most apps.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .assemblies import synthesized, texts_of
from .steps import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .plans import AppPlan

_ROOT = Path(__file__).parents[2]


class Worker:
    """A process with a seed."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def start(self, plan: AppPlan) -> None:
        """Let it synthesize a plan, while this process does something else."""
        into = cast("BinaryIO", self._process.stdin)
        pickle.dump(plan, into)
        into.flush()

    def texts(self) -> dict[str, str]:
        """The texts of the assembly that was started."""
        answer = pickle.load(cast("BinaryIO", self._process.stdout))  # noqa: S301 - of our own
        return cast("dict[str, str]", answer)


@contextlib.contextmanager
def worker(seed: int) -> Iterator[Worker]:
    """Start a process with a seed."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=_ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            yield Worker(process)
        finally:
            cast("BinaryIO", process.stdin).close()


def _serve() -> None:
    """Answer until there is no more."""
    # What others print must not be in an answer.
    into = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            plan = pickle.load(sys.stdin.buffer)  # noqa: S301 - of our own
        except EOFError:
            return
        try:
            answer = texts_of(synthesized(plan, steps_of(plan))[0])
        except Exception as error:  # noqa: BLE001 - the test reports it
            answer = {"error": f"{type(error).__name__}: {error}"}
        pickle.dump(answer, into)
        into.flush()


if __name__ == "__main__":
    _serve()
