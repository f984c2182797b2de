"""Every example deployed, updated, rolled back and destroyed by the CDK CLI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rehearsal.cycle import Cycle, Rehearsal
from tests.rehearsal.emulation import Cloud
from tests.rehearsal.rehearsals import REHEARSALS

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]


@pytest.mark.parametrize("rehearsal", REHEARSALS, ids=lambda rehearsal: rehearsal.name)
def test_cycle(rehearsal: Rehearsal, cloud: Cloud, tmp_path: Path) -> None:
    """
    An example goes through creation, refusals, updates and destruction as its row says.
    """
    Cycle(cloud, rehearsal, tmp_path).run()
