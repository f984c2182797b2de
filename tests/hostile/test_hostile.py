"""No hostile value leads to a raw error, to half a construct, or into a template."""

from __future__ import annotations

import pytest

from .judge import Outcome
from .plan import all_cases, sample
from .run import _COLUMNS, BATCH, Result, run_batch, summary
from .subjects import subjects

# Every line that the calls reach has tests of its own. The wheel has the same files, and the
# refusals of the library do not depend on the version of the CDK.
pytestmark = [pytest.mark.once, pytest.mark.unmeasured]

# So many parts of a run can be distributed to processes.
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_every_call_is_valid_or_refused(part: int) -> None:
    """
    Each call is accepted and valid, or refused with the keyword and the value, without a secret and
    without a trace. `make hostile` makes all calls.
    """
    results: list[Result] = []
    cases = sample()
    for start in range(part * BATCH, len(cases), PARTS * BATCH):
        results += run_batch(cases[start : start + BATCH])
    assert [str(each) for each in results if each.outcome.is_fault] == []


def test_the_full_run_is_large() -> None:
    """
    The full run has at least 75,000 calls, with all parameters and all kinds of values. Those of CI
    have all that can be called, and all kinds of values.
    """
    whole, part = all_cases(), sample()
    assert len(whole) >= 75_000
    assert {case.subject for case in whole} == set(subjects())
    called = {(each.owner, each.function) for each in subjects()}
    assert {(case.subject.owner, case.subject.function) for case in part} == called
    assert {case.value.kind for case in whole} == {case.value.kind for case in part}


def test_the_summary_counts() -> None:
    """
    The table has a row for each kind, and one for all, and each outcome is in one column.
    """
    assert (
        sum(map(len, _COLUMNS.values())) == len({*Outcome}) == len(set().union(*_COLUMNS.values()))
    )
    rows = summary([("values", Outcome.REFUSED), ("grants", Outcome.RAW)]).splitlines()
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| grants", "| values", "| all"]
    assert rows[-1].startswith("| all | 2 | 0 | 1 | 0 | 1 | 0 | ")
