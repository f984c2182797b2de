"""Which calls a run makes."""

from __future__ import annotations

import random

from .judge import Outcome, place_of
from .run import BATCH, Case, Result, run_batch
from .subjects import Subject, subjects
from .values import values_for

# One call of so many that there are is made in the full run.
STEP = 9
# Other calls of the full run: every so many-th, beginning at another one each.
PRIME = 7919
# The calls of CI have so many parameters of each that can be called.
TURNS = 3


def all_cases(step: int = STEP) -> list[Case]:
    """The calls of the full run: every n-th value of the list that all parameters form."""
    pairs = [(subject, value) for subject in subjects() for value in values_for(subject)]
    chosen = [pair for number, pair in enumerate(pairs) if number * PRIME % step == 0]
    return _mixed([Case(number, *pair) for number, pair in enumerate(chosen)])


def sample() -> list[Case]:
    """
    The calls of CI: one of everything that can be called, with another parameter and another value
    for each, and one of each kind of value that these leave out.
    """
    callables: dict[tuple[str, str], list[Subject]] = {}
    for subject in subjects():
        callables.setdefault((subject.owner, subject.function), []).append(subject)
    cases = []
    for number, parameters in enumerate(callables.values()):
        # The metrics and the event rules have their parameters in common.
        shared = parameters[0].kind in {"metrics", "event rules"}
        for turn in range(1 if shared else min(len(parameters), TURNS)):
            subject = parameters[(number + turn) % len(parameters)]
            values = values_for(subject)
            at = (number * TURNS + turn) * PRIME % len(values)
            cases.append(Case(len(cases), subject, values[at]))
    kinds = {case.value.kind for case in cases}
    for subject in subjects():
        for value in values_for(subject):
            if value.kind not in kinds:
                kinds.add(value.kind)
                cases.append(Case(len(cases), subject, value))
    return _mixed(cases)


def _mixed(cases: list[Case]) -> list[Case]:
    """In an order in which the neighbors, which share an app, are of different kinds."""
    random.Random(18).shuffle(cases)  # noqa: S311 - the same in every run
    return cases


# A process that is spawned does not import `__main__`.
def outcomes_of(start: int, stop: int) -> list[tuple[str, Outcome, str]]:
    """The outcomes of some batches, with a text about each fault."""
    cases = all_cases()[start:stop]
    results = [
        result for at in range(0, len(cases), BATCH) for result in _batch(cases[at : at + BATCH])
    ]
    return [
        (
            each.case.subject.kind,
            each.outcome,
            f"{each.case}: {each.outcome}: {each.detail}" if each.outcome.is_fault else "",
        )
        for each in results
    ]


def _batch(cases: list[Case]) -> list[Result]:
    """The results of a batch. A fault of the suite itself does not end the run."""
    try:
        return run_batch(cases)
    except Exception as error:  # noqa: BLE001 - of any kind
        if len(cases) == 1:
            return [Result(cases[0], Outcome.RAW, f"in the suite: {error!r} at {place_of(error)}")]
        return [result for case in cases for result in _batch([case])]
