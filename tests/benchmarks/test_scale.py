"""An app grows in proportion to its channels."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.libraries import ALPHA, L1, OURS
from benchmarks.sampler import MemorySampler, Peaks, group_memory
from benchmarks.scale import (
    CHANNELS_OF_A_STACK,
    LIBRARIES,
    build_app,
    check_assembly,
    grows,
    rates,
)

# The numbers are those of the newest aws-cdk-lib.
pytestmark = pytest.mark.newest

# For each channel, with its stream key and recording configuration, for each stack with its bucket,
# and for the app.
MESSAGES = {OURS: (9, 16, 13), ALPHA: (3, 2, 2), L1: (5, 3, 2)}
# For each stack whose recording configurations are more than the quota of 20.
OVER_THE_QUOTA = 61


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(("channels", "of_a_stack"), [(1, 20), (7, 20), (20, 20), (4, 4), (12, 4)])
def test_messages_are_linear(library: str, channels: int, of_a_stack: int, tmp_path: Path) -> None:
    """
    An app takes exactly so many messages for each channel and for each stack.
    """
    build_app(library, 1, str(tmp_path / "before"))
    messages = build_app(library, channels, str(tmp_path / "app"), of_a_stack)
    of_channel, of_stack, of_app = MESSAGES[library]
    stacks = channels // of_a_stack or 1
    assert messages.total() == of_channel * channels + of_stack * stacks + of_app


@pytest.mark.parametrize(("channels", "stacks"), [(21, 1), (60, 1), (120, 2)])
def test_a_quota_takes_messages_for_each_stack(channels: int, stacks: int, tmp_path: Path) -> None:
    """
    More recording configurations than the quota take messages for the stack, and not for each one.
    """
    build_app(OURS, 1, str(tmp_path / "before"))
    messages = build_app(OURS, channels, str(tmp_path / "app"), channels // stacks)
    of_channel, of_stack, of_app = MESSAGES[OURS]
    expected = of_channel * channels + (of_stack + OVER_THE_QUOTA) * stacks + of_app
    assert messages.total() == expected


@pytest.mark.parametrize("library", LIBRARIES)
def test_stacks_are_within_the_limit(library: str, tmp_path: Path) -> None:
    """
    A full stack has 499 resources, the next one has the rest, and each stack warns at most once.
    """
    channels = CHANNELS_OF_A_STACK + 1
    build_app(library, channels, str(tmp_path))
    assert check_assembly(str(tmp_path)) == {
        "stacks": 2,
        "most": 499,
        "warnings": 1 if library == OURS else 0,
        "AWS::S3::Bucket": 2,
        "AWS::IVS::Channel": 167,
        "AWS::IVS::StreamKey": 167,
        "AWS::IVS::RecordingConfiguration": 167,
    }


def test_rates_are_of_each_range() -> None:
    """
    A rate is the growth in a range, for each further channel.
    """
    assert rates({1: 5.0, 101: 105.0, 1101: 2105.0}) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (2000.0, "linear (1.00)"),
        (2250.0, "linear (1.25)"),
        (2260.0, "faster than linear (1.26)"),
        (1740.0, "slower than linear (0.74)"),
    ],
)
def test_growth_is_linear_within_a_quarter(last: float, word: str) -> None:
    """
    The growth is linear if the rates in the last two ranges differ by at most a quarter.
    """
    assert grows({0: 900.0, 100: 1000.0, 1100: last}) == word


def test_growth_after_none_is_not_known() -> None:
    """
    Without growth in the range before, there is nothing to compare the last range with.
    """
    assert grows({0: 5.0, 1: 5.0, 2: 9.0}) == "not known: no growth in the range before"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc")
class TestSampler:
    @pytest.fixture
    def leader(self) -> Iterator[int]:
        """A process in a group of its own, which waits, with a second one."""
        program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
        with subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, start_new_session=True
        ) as process:
            yield process.pid
            process.stdin.close()

    def test_sums_the_processes_of_a_group(self, leader: int) -> None:
        """
        The peaks are those of the first process and of the others in its group.
        """
        sampler = MemorySampler(leader)
        while not all(group_memory(leader)):
            pass
        sampler._sample()
        peaks = sampler.stop()
        assert min(peaks) > 2**20

    def test_leaves_out_other_groups(self) -> None:
        """
        A group without processes takes no memory.
        """
        assert group_memory(2**22 + os.getpid()) == Peaks(0, 0)
