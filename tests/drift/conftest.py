"""The script, and how facts are compared."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def drift() -> Iterator[ModuleType]:
    """The script."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("drift")


class Compare(Protocol):
    """Compares facts after a change with those before."""

    def __call__(
        self, known: dict[str, str], found: dict[str, str], *, is_complete: bool = True
    ) -> list[tuple[str, ...]]:
        """Return the differences."""


@pytest.fixture
def differences(drift: ModuleType) -> Compare:
    """What is different, as kinds, facts, and known and found values."""

    def compare(
        known: dict[str, str], found: dict[str, str], *, is_complete: bool = True
    ) -> list[tuple[str, ...]]:
        section = drift.Section("Source", found, known, is_complete)
        return [tuple(one) for one in section.differences()]

    return compare
