"""Apps that nobody thought of, over all constructs and patterns."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from .mistakes import MISTAKES
from .parts import PARTS
from .plans import AppPlan
from .properties import Machinery, check_app, check_refusals, is_asked_for, number_of_apps
from .strategies import apps_with

# Another aws-cdk-lib is the same to the plans, which need the newest, as ad configurations do.
pytestmark = [pytest.mark.once, pytest.mark.newest]

# So many apps of each part and of each mistake. With few of them, Hypothesis makes no variants of
# the same app.
_EACH = -(-number_of_apps() // (len(PARTS) + len(MISTAKES)))
_SEED = int(os.environ.get("GENERATED_SEED", "0"))


def _settings() -> settings:
    return settings(
        max_examples=_EACH,
        database=None,
        # The plan in the error is enough, and the seed of a test is its name.
        print_blob=False,
        # A plan is as large as an app.
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if is_asked_for() else (Phase.generate,),
    )


@pytest.mark.parametrize("name", sorted(PARTS))
def test_are_right(name: str, machinery: Machinery) -> None:
    """
    An app with the part has no finding, cycle, dangling reference, shown key or wrong action, and
    is the same in other processes, with other hash seeds and in another order of its parts.
    """

    @seed(f"{name} {_SEED}")
    @_settings()
    @given(plan=apps_with(PARTS[name]))
    def check(plan: AppPlan) -> None:
        check_app(plan, machinery)

    check()


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_refuse_what_is_wrong(name: str, machinery: Machinery) -> None:
    """
    A part with the mistake raises an error that names the keyword, and leaves the app as it was.
    """

    @seed(f"{name} {_SEED}")
    @_settings()
    @given(plan=apps_with(MISTAKES[name]))
    def check(plan: AppPlan) -> None:
        check_refusals(plan, machinery)

    check()
