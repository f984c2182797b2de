"""A plan as steps in the order in which they are made, in which no number is left to count."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from .plans import (
    ENVIRONMENTS,
    AppPlan,
    Child,
    Instead,
    Made,
    Mistake,
    PartPlan,
    Pick,
    ScopePlan,
    parts_of,
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """
    Something to make.

    Attributes:
        number: Its number. Names that it needs have it in them.
        scope: The step that makes its scope, -1 for the app.
        plan: What to make, without the children, every pick being a ``Made``.
        id: The id, which nothing else in the scope has.
        environment: Which of ENVIRONMENTS.
        keyword: What an error must name, if it must be refused.
        needs: The steps that come before it.
    """

    number: int
    scope: int
    plan: PartPlan | ScopePlan
    id: str
    environment: int
    keyword: str | None
    needs: frozenset[int]


@dataclass(frozen=True)
class _Place:
    step: int = -1
    stage: int = -1
    environment: int = 0
    template: int = -1
    injected: frozenset[str] = frozenset()


@dataclass
class _Candidate:
    step: int
    template: int
    used: set[str] = field(default_factory=set)


class _NothingToPick(Exception):  # noqa: N818 - no error
    """There is nothing of the sort."""


_LEFT_OUT = object()


class _Reader:
    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._ids: set[tuple[int, str]] = set()
        self._made: defaultdict[tuple[int, int, str], list[_Candidate]] = defaultdict(list)
        self._all: dict[int, _Candidate] = {}
        self._count = 0

    def read(self, child: Child, place: _Place) -> None:
        if isinstance(child, ScopePlan):
            self._read_scope(child, place)
            return
        keyword = child.keyword if isinstance(child, Mistake) else None
        part = child.part if isinstance(child, Mistake) else child
        # An injector can give another value instead of the wrong one.
        if keyword is not None and part.call.of in place.injected:
            return
        if part.known and ENVIRONMENTS[place.environment] is None:
            return
        uses: list[tuple[_Candidate, str]] = []
        try:
            call = self._value(part.call, place, uses)
            after = self._value(part.after, place, uses) if part.after else None
        except _NothingToPick:
            return
        for candidate, use in uses if keyword is None else ():
            candidate.used.add(use)
        plan = replace(part, call=call, after=None if after is _LEFT_OUT else after)
        number = self._add(plan, part.id, place, keyword)
        if keyword is None:
            made = _Candidate(number, place.template)
            for sort in part.sorts:
                self._made[place.stage, place.environment, sort].append(made)

    def _read_scope(self, plan: ScopePlan, place: _Place) -> None:
        environment = place.environment
        if plan.kind in {"stage", "stack"}:
            environment = plan.environment or environment
        number = self._add(replace(plan, children=()), plan.id, place, None, environment)
        inner = _Place(
            step=number,
            stage=number if plan.kind == "stage" else place.stage,
            environment=environment,
            template=number if plan.kind in {"stack", "nested"} else place.template,
            injected=place.injected | ({plan.injector} if plan.injector else set()),
        )
        for child in plan.children:
            self.read(child, inner)

    def _add(
        self,
        plan: PartPlan | ScopePlan,
        id: str,
        place: _Place,
        keyword: str | None,
        environment: int | None = None,
    ) -> int:
        made = [each for each in parts_of(plan) if isinstance(each, Made)]
        # A method creates what it adds in its own construct.
        scopes = {place.step, *(each.step for each in made if each.near)}
        while any((scope, id) in self._ids for scope in scopes):
            id += "2"
        self._ids |= {(scope, id) for scope in scopes}
        number = len(self.steps)
        needs = {each.step for each in made} | {place.step}
        self.steps.append(
            Step(
                number=number,
                scope=place.step,
                plan=plan,
                id=id,
                environment=place.environment if environment is None else environment,
                keyword=keyword,
                needs=frozenset(needs - {-1}),
            )
        )
        return number

    def _value(self, value: Any, place: _Place, uses: list[tuple[_Candidate, str]]) -> Any:
        match value:
            case Pick():
                return self._pick(value, place, uses)
            case Instead(pick, otherwise):
                picked = self._pick(replace(pick, needed=False), place, uses)
                return self._value(otherwise, place, uses) if picked is _LEFT_OUT else picked
            case tuple():
                items = tuple(self._value(item, place, uses) for item in value)
                kept = tuple(item for item in items if item is not _LEFT_OUT)
                return _LEFT_OUT if items and not kept else kept
            case dict():
                read = {key: self._value(item, place, uses) for key, item in value.items()}
                return {key: item for key, item in read.items() if item is not _LEFT_OUT}
        return self._fields(value, place, uses) if is_dataclass(value) else value

    def _fields(self, value: Any, place: _Place, uses: list[tuple[_Candidate, str]]) -> Any:
        changes = {
            each.name: self._value(getattr(value, each.name), place, uses) for each in fields(value)
        }
        if any(change is _LEFT_OUT for change in changes.values()):
            return _LEFT_OUT
        return replace(value, **changes)

    def _pick(self, pick: Pick, place: _Place, uses: list[tuple[_Candidate, str]]) -> Any:
        taken = [candidate for candidate, use in uses if use == pick.once]
        candidates = [
            candidate
            for candidate in self._made[place.stage, place.environment, pick.sort]
            if not (pick.near and candidate.template != place.template)
            and (pick.has is None or pick.has in candidate.used)
            and not (pick.once and (pick.once in candidate.used or candidate in taken))
        ]
        if not candidates:
            if pick.needed:
                raise _NothingToPick
            return _LEFT_OUT
        candidate = candidates[pick.number % len(candidates)]
        if pick.once:
            uses.append((candidate, pick.once))
        return Made(candidate.step, pick.near)


def steps_of(plan: AppPlan) -> list[Step]:
    """The steps of an app, in the order of the plan."""
    reader = _Reader()
    for child in plan.children:
        reader.read(child, _Place())
    return reader.steps


def in_another_order(steps: list[Step], order: int) -> list[Step]:
    """
    The same steps in another order, in which each comes after those that it needs.

    What changes a thing, such as an attachment or a permission, keeps its place among those that
    change the same.
    """
    chosen = random.Random(order)  # noqa: S311 - no secret
    waiting = {step.number: set(step.needs) for step in steps}
    last: dict[int, int] = {}
    for step in steps:
        for changed in changed_by(step):
            if changed in last:
                waiting[step.number].add(last[changed])
            last[changed] = step.number
    ordered = []
    while waiting:
        ready = sorted(number for number, needs in waiting.items() if not needs)
        number = chosen.choice(ready)
        del waiting[number]
        for needs in waiting.values():
            needs.discard(number)
        ordered.append(steps[number])
    return ordered


def changed_by(step: Step) -> set[int]:
    """The steps whose things a step changes."""
    return {each.step for each in parts_of(step.plan) if isinstance(each, Made) and each.near}
