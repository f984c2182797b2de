"""What must hold for every app."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cdk_ivs.rules._engine import Engine

from .assemblies import assert_nothing, assert_same, synthesized, texts_of
from .checks import problems_of
from .judges import findings_of
from .orders import regardless_of_order
from .plans import AppPlan, PartPlan
from .steps import Step, in_another_order, steps_of
from .workers import Worker

LINTED = 20
"""One of so many apps is given to cfn-lint."""


class Machinery(NamedTuple):
    """
    What outlives an app.

    Attributes:
        engine: The engine of the rules.
        workers: The processes that synthesize the same.
        counts: How many apps there were, how many were refused, and how many parts of each kind.
    """

    engine: Engine
    workers: Sequence[Worker]
    counts: Counter[str]


def check_app(plan: AppPlan, machinery: Machinery) -> None:
    """
    Fail unless everything holds for an app that is right.

    In CI, one half of the apps is synthesized in another process, and the other in another order.
    """
    steps = steps_of(plan)
    count = machinery.counts["apps"]
    workers = machinery.workers if is_asked_for() or count % 2 == 0 else ()
    for worker in workers:
        worker.start(plan)
    try:
        assembly, _ = synthesized(plan, steps)
    finally:
        elsewhere = [worker.texts() for worker in workers]
    machinery.counts["apps"] += 1
    machinery.counts.update(names_of(steps))
    texts = texts_of(assembly)
    for text in elsewhere:
        assert_same("another process", text, texts)
    if count % LINTED == 0:
        assert_same("the same process", texts_of(synthesized(plan, steps)[0]), texts)
    assert_nothing("wrong", problems_of(assembly))
    assert_nothing("found", findings_of(assembly, machinery.engine, lint=count % LINTED == 0))
    if is_asked_for() or count % 2:
        other, _ = synthesized(plan, in_another_order(steps, plan.order))
        assert_same("another order", regardless_of_order(other), regardless_of_order(assembly))


def check_refusals(plan: AppPlan, machinery: Machinery) -> None:
    """Fail unless the parts with a mistake are refused, and the rest of the app stays the same."""
    steps = steps_of(plan)
    assembly, refused = synthesized(plan, steps)
    wrong = [step for step in steps if step.keyword is not None]
    machinery.counts["apps with refused parts"] += bool(wrong)
    machinery.counts.update(f"refused: {code}" for code in refused)
    if len(refused) != len(wrong):
        raise AssertionError(f"{len(wrong)} parts are wrong, and {refused} refused")
    if wrong:
        without, _ = synthesized(plan, [step for step in steps if step.keyword is None])
        assert_same("without what is refused", texts_of(assembly), texts_of(without))


def names_of(steps: Sequence[Step]) -> list[str]:
    """What the steps create: of each part what is called, and the kinds of the scopes."""
    names = []
    for step in steps:
        if isinstance(step.plan, PartPlan):
            called = step.plan.call.of
            while not isinstance(called, str):
                called = getattr(called, "name", "") or getattr(called, "of", "")
            names.append(called.removeprefix("cdk_ivs."))
        else:
            names.append(step.plan.kind)
    return names


def number_of_apps() -> int:
    """The number of apps: 300 that are always the same, or the number in `GENERATED_APPS`."""
    return int(os.environ.get("GENERATED_APPS", "300"))


def is_asked_for() -> bool:
    """Whether the environment asks for other apps than those of CI."""
    return "GENERATED_APPS" in os.environ
