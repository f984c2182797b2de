"""Samples the memory of a process and of those that it starts."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_INTERVAL = 0.05


class Peaks(NamedTuple):
    """
    Peaks of memory in bytes, each of the sum over processes.

    Attributes:
        python: Of the first process.
        node: Of all others in its group.
    """

    python: int = 0
    node: int = 0


class MemorySampler:
    """
    Samples the resident sets of the processes in a group until it is stopped.

    Where there is no ``/proc``, the peaks are 0. Pages that two processes share count twice.
    """

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._peaks = Peaks()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample_all, daemon=True)
        self._thread.start()

    def stop(self) -> Peaks:
        """Stop, and return the peaks."""
        self._stopped.set()
        self._thread.join()
        return self._peaks

    def _sample_all(self) -> None:
        while not self._stopped.wait(_INTERVAL):
            self._sample()

    def _sample(self) -> None:
        self._peaks = Peaks(*map(max, self._peaks, group_memory(self._leader)))


def group_memory(leader: int) -> Peaks:
    """
    The memory of a process, and of all others in its group.

    Args:
        leader: The process ID of the first, which is the ID of the group.
    """
    python = node = 0
    for folder in _PROC.glob("[0-9]*"):
        # A process can end at any moment.
        with contextlib.suppress(OSError, ValueError, IndexError):
            # After the name in parentheses: the state, the parent, the group.
            status = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(status[2]) == leader:
                pages = int((folder / "statm").read_text(encoding="utf-8").split()[1])
                size = pages * os.sysconf("SC_PAGE_SIZE")
                if folder.name == str(leader):
                    python = size
                else:
                    node += size
    return Peaks(python, node)
