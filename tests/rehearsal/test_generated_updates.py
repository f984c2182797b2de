"""
Updates that Hypothesis draws, which fail at some moment, are rolled back, and then go through.

The CLI is not called: what it does is compared in `test_driving.py`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.rehearsal.emulation import Cloud
from tests.rehearsal.generated.plans import Plan, updates
from tests.rehearsal.generated.rehearsing import Moment, Update
from tests.rehearsal.service.interruption import How

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

# A few and always the same ones for CI, any number of new ones by REHEARSED_UPDATES.
_EXAMPLES = os.environ.get("REHEARSED_UPDATES")
# They run in as many processes as there are.
_PARTS = 4 if _EXAMPLES else 1
_QUICK = 3
_MOMENTS = st.builds(
    Moment,
    update=st.floats(0, 1),
    in_function=st.booleans(),
    how=st.sampled_from(How),
    retry=st.integers(0, 8),
    destruction=st.integers(0, 8),
)


@pytest.fixture(scope="module")
def counts() -> Iterator[Counter[str]]:
    """What happened in the updates, which is printed at the end."""
    counted: Counter[str] = Counter()
    yield counted
    print("\nREHEARSED", dict(sorted(counted.items())))  # noqa: T201


@pytest.mark.quick
@pytest.mark.parametrize("part", range(_PARTS))
def test_failed_update_leaves_the_old_state(
    part: int, account: Cloud, counts: Counter[str], tmp_path: Path
) -> None:
    """
    An update that fails at any moment leaves the state as it was, and no protection was off. Then
    it goes through, the same app has no changes, and its destruction leaves what is retained.
    """

    @seed(int(os.environ.get("REHEARSED_SEED", "0")) + part)
    @settings(
        database=None,
        deadline=None,
        derandomize=_EXAMPLES is None,
        max_examples=int(_EXAMPLES or _QUICK) // _PARTS,
        phases=(Phase.generate, *((Phase.shrink,) if _EXAMPLES is None else ())),
        suppress_health_check=list(HealthCheck),
    )
    @given(plans=updates(), moment=_MOMENTS)
    def rehearse(plans: tuple[Plan, Plan], moment: Moment) -> None:
        try:
            Update(account, tmp_path, *plans, moment, counts).run()
        finally:
            account.clear()

    rehearse()
