"""Fixtures for patterns: the engine of state machines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.patterns.executions import Engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A process in which state machines run."""
    engine = Engine()
    yield engine
    engine.close()
