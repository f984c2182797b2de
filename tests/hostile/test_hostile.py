"""No hostile value leads to a raw error, to half a construct, or into a template."""

from __future__ import annotations

import os

import pytest

from .plan import all_cases, planned, sample
from .run import BATCH, Result, run_batch, summary
from .subjects import subjects

# Every line that the calls reach has tests of its own. The wheel has the same files, and the
# refusals of the library do not depend on the version of the CDK.
pytestmark = [pytest.mark.once, pytest.mark.unmeasured]

# So many parts of a run can be distributed to processes.
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_every_call_is_valid_or_refused(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Each call is accepted and valid, or refused with the keyword and the value, without a secret and
    without a trace; HOSTILE_CALLS=all makes all calls.
    """
    results: list[Result] = []
    cases = planned()
    for start in range(part * BATCH, len(cases), PARTS * BATCH):
        results += run_batch(cases[start : start + BATCH])
    if os.environ.get("HOSTILE_CALLS"):
        with capsys.disabled():
            print(f"\n{summary(results)}")  # noqa: T201 - for the page of the docs
    faults = [f"{each.case}: {each.outcome}: {each.detail}" for each in results if
              each.outcome.is_fault]  # fmt: skip
    assert faults == []


def test_the_full_run_is_large() -> None:
    """
    The full run has at least 75,000 calls, and in both runs are all parameters and all kinds of
    values.
    """
    whole, part = all_cases(), sample()
    assert len(whole) >= 75_000
    for cases in (whole, part):
        assert {case.subject for case in cases} == set(subjects())
    assert {case.value.kind for case in whole} == {case.value.kind for case in part}
