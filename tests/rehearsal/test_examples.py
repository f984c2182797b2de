"""Every example, and what no example has, deployed, changed and destroyed by the CDK CLI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rehearsal.cycle import Cycle, Rehearsal
from tests.rehearsal.emulation import Cloud
from tests.rehearsal.further_rehearsals import FURTHER
from tests.rehearsal.rehearsals import QUICK, REHEARSALS

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]


@pytest.mark.parametrize(
    "rehearsal",
    [
        pytest.param(
            rehearsal,
            id=rehearsal.name,
            marks=[pytest.mark.quick] if rehearsal.name in QUICK else [],
        )
        for rehearsal in [*REHEARSALS, *FURTHER]
    ],
)
def test_cycle(rehearsal: Rehearsal, cloud: Cloud, tmp_path: Path) -> None:
    """
    An example goes through creation, refusals, updates and destruction as its row says.
    """
    Cycle(cloud, rehearsal, tmp_path).run()
