"""Calls everything with everything, in small apps, and says what became of it."""

from __future__ import annotations

import collections
import contextlib
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cdk_ivs import ValidationError

from .bridge import watched_bridge
from .judge import ACROSS_APPS, Outcome, is_of_the_cdk, judge_error, place_of
from .not_ours import is_dangling
from .rendering import render
from .sharing import beside, fault_afterwards, meant
from .site import Site
from .subjects import Subject
from .templates import findings_in
from .twins import left_behind
from .values import Value

BATCH = 25


class Case(NamedTuple):
    """A call: a subject and what its parameter is given."""

    number: int
    subject: Subject
    value: Value

    def __str__(self) -> str:
        return f"{self.subject} <- {self.value.kind}: {self.value.name}"


class Result(NamedTuple):
    """What became of a call."""

    case: Case
    outcome: Outcome
    detail: str


# The columns of the table, with the outcomes that each counts.
_COLUMNS = {
    "accepted": {Outcome.ACCEPTED},
    "refused": {Outcome.REFUSED, Outcome.REFUSED_AT_SYNTHESIS},
    "refused by the CDK": {Outcome.BY_THE_CDK},
    "raw errors": {Outcome.RAW, Outcome.CROSSED},
    "half-made": {Outcome.HALF_MADE},
    "wrongly accepted": {Outcome.WRONGLY_ACCEPTED},
    "unclear messages": {
        Outcome.NO_KEYWORD, Outcome.NO_VALUE, Outcome.TOO_LONG, Outcome.SHOWS_SECRET
    },
}  # fmt: skip


class _UnfitError(Exception):
    """The value cannot be made for the parameter."""


def run_batch(cases: Sequence[Case]) -> list[Result]:
    """The results of some cases, in one app."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        site = Site(f"{folder}/cdk.out", validated=True)
        results: list[Result] = []
        accepted: list[Case] = []
        for case in cases:
            with contextlib.suppress(_UnfitError):
                result = call(site, case)
                if result.outcome is Outcome.ACCEPTED:
                    accepted.append(case)
                else:
                    results.append(result)
        return results + _synthesized(site, accepted, alone=len(cases) == 1)


def prepared(site: Site, case: Case) -> tuple[Any, dict[str, Any], Any]:
    """What is called, the right arguments and the hostile value, in the scope of the case."""
    site.enter(f"Case{case.number}")
    try:
        value = case.value.make(site, case.subject)
    except Exception as error:
        raise _UnfitError from error
    return case.subject.callable(site), case.subject.arguments(site), value


def call(site: Site, case: Case) -> Result:
    """Call, and judge what it raises."""
    function, arguments, value = prepared(site, case)
    with watched_bridge() as changes:
        try:
            returned = case.subject.call(function, arguments | beside(case, value), value)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            outcome, detail = judge_error(meant(case, error), error, value)
            refused = True
        else:
            refused = False
    if refused:
        if changes and outcome in {Outcome.REFUSED, Outcome.BY_THE_CDK}:
            difference = left_behind(case, prepared)
            if difference:
                return Result(case, Outcome.HALF_MADE, f"{difference} after {detail} {changes}")
        return Result(case, outcome, detail)
    try:
        with watched_bridge():
            render(site, returned)
    except ValidationError as error:
        return Result(case, Outcome.REFUSED, f"later: {error}")
    except Exception as error:  # noqa: BLE001 - of any kind
        return Result(
            case,
            Outcome.WRONGLY_ACCEPTED,
            f"cannot be used: {type(error).__name__}: {str(error)[:300]} at {place_of(error)}",
        )
    fault = fault_afterwards(site, case, prepared, value)
    return Result(case, *fault) if fault is not None else Result(case, Outcome.ACCEPTED, "")


def _synthesized(site: Site, accepted: list[Case], *, alone: bool) -> list[Result]:
    """The results of the cases that were accepted."""
    if not accepted:
        return []
    try:
        with watched_bridge():
            directory = Path(site.app.synth().directory)
    except Exception as error:  # noqa: BLE001 - of any kind
        if alone:
            return [_failed(accepted[0], error)]
        half = len(accepted) // 2 or 1
        return [
            result
            for part in (accepted[:half], accepted[half:])
            if part
            for result in run_batch(part)
        ]
    found = findings_in(directory)
    if found.get(-1) and not alone:
        # What belongs to no case is found again with one case alone.
        return [result for case in accepted for result in run_batch([case])]
    results = []
    for case in accepted:
        findings = found.get(case.number, []) + found.get(-1, [])
        if case.value.is_removed:
            findings = [each for each in findings if not is_dangling(each)]
        if findings:
            results.append(Result(case, Outcome.WRONGLY_ACCEPTED, " | ".join(findings)[:900]))
        else:
            results.append(Result(case, Outcome.ACCEPTED, ""))
    return results


def _failed(case: Case, error: BaseException) -> Result:
    text = f"{type(error).__name__}: {str(error)[:600]} at {place_of(error)}"
    if "[cdk-ivs:" in str(error):
        return Result(case, Outcome.REFUSED_AT_SYNTHESIS, text)
    if is_of_the_cdk(case.subject, error) or is_across_apps(case, text):
        return Result(case, Outcome.BY_THE_CDK, text)
    return Result(case, Outcome.WRONGLY_ACCEPTED, f"no synthesis: {text}")


def is_across_apps(case: Case, text: str) -> bool:
    """Whether the CDK refuses the value because it is, or is in, a construct of another app."""
    is_of_another = case.value.kind == "another app" or case.value.name.endswith("of another app")
    return ACROSS_APPS in text and is_of_another


def summary(outcomes: Iterable[tuple[str, Outcome]]) -> str:
    """A table of the calls, by the kind of subject and the outcome."""
    counts: dict[str, collections.Counter[Outcome]] = collections.defaultdict(collections.Counter)
    for kind, outcome in outcomes:
        counts[kind][outcome] += 1
        counts["all"][outcome] += 1
    lines = [f"| | calls | {' | '.join(_COLUMNS)} |", f"|---|---:|{'---:|' * len(_COLUMNS)}"]
    for kind in sorted(counts, key=lambda kind: (kind == "all", kind)):
        row = [sum(counts[kind].values())]
        row += [sum(counts[kind][each] for each in column) for column in _COLUMNS.values()]
        lines.append(f"| {kind} | {' | '.join(f'{each:,}' for each in row)} |")
    return "\n".join(lines)
