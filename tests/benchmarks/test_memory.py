"""How much memory constructs keep in Python, which jsii never frees."""

from __future__ import annotations

import pytest

from benchmarks.children import compiled_children
from benchmarks.libraries import BARE, L1, OURS

# With fewer, what jsii keeps for the process is a noticeable part of it, and differs between runs.
CHANNELS = 1_000

pytestmark = pytest.mark.newest


@pytest.fixture(scope="module")
def retained() -> dict[str, int]:
    """The bytes that some channels with stream keys keep, by library, each in a fresh process."""
    with compiled_children() as children:
        return {
            library: children.run("memory", library, CHANNELS).report["retained"]
            for library in (OURS, BARE, L1)
        }


def test_is_little_more_than_that_of_empty_constructs(retained: dict[str, int]) -> None:
    """
    What the library knows of a channel and its key takes at most 0.35 of what jsii keeps for two
    constructs in Python with an L1 each.
    """
    assert retained[OURS] <= 1.35 * retained[BARE]


def test_is_bounded_by_that_of_l1s(retained: dict[str, int]) -> None:
    """
    Four constructs, two of them in Python, take at most 2.8 times as much as two L1s alone, of
    which 2.1 is jsii's.
    """
    assert retained[OURS] <= 2.8 * retained[L1]
