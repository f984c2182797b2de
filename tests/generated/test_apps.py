"""Apps that nobody thought of, over all constructs and patterns."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from .plans import AppPlan
from .properties import Machinery, check_app, check_refusals, is_asked_for, number_of_apps
from .strategies import APPS, APPS_WITH_MISTAKES

# Another aws-cdk-lib is the same to the plans, which need the newest, as ad configurations do.
pytestmark = [pytest.mark.once, pytest.mark.newest]

# Parts of a run, for processes to share, with a seed each. A sixth of the apps has mistakes.
_PARTS = 6
_FIRST = int(os.environ.get("GENERATED_SEED", "0"))
_SEEDS = range(_FIRST, _FIRST + _PARTS)


def _settings(apps: int) -> settings:
    return settings(
        max_examples=max(apps // _PARTS, 1),
        database=None,
        print_blob=True,
        # A plan is as large as an app.
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if is_asked_for() else (Phase.generate,),
    )


@pytest.mark.parametrize("number", _SEEDS)
def test_are_right(number: int, machinery: Machinery) -> None:
    """
    An app without a mistake has no finding, cycle, dangling reference, shown key or wrong action,
    and is the same in other processes, with other hash seeds and in another order of its parts.
    """

    @seed(number)
    @_settings(number_of_apps() * 5 // 6)
    @given(plan=APPS)
    def check(plan: AppPlan) -> None:
        check_app(plan, machinery)

    check()


@pytest.mark.parametrize("number", _SEEDS)
def test_refuse_what_is_wrong(number: int, machinery: Machinery) -> None:
    """
    A part with a mistake raises an error that names the keyword, and leaves the app as it was.
    """

    @seed(number)
    @_settings(number_of_apps() // 6)
    @given(plan=APPS_WITH_MISTAKES)
    def check(plan: AppPlan) -> None:
        check_refusals(plan, machinery)

    check()
