"""Plans of apps that are right, and of apps with a planted mistake."""

from __future__ import annotations

import itertools
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .building import INJECTED
from .parts import PARTS
from .parts.common import POLICIES, SOMETIMES, TAGS
from .plans import ENVIRONMENTS, AppPlan, Child, Mistake, PartPlan, Pick, ScopePlan, parts_of

_GROUPS = ("Group", "group.é", "日本 g", "Ab/c")
_STACKS = ("Stack", "stack", "Live-Stack")
# The parts that make what others pick, where these have another name than the sort.
_MAKERS = {
    "any": "channel",
    "channel for a policy": "channel by ARN",
    "channel for a slate": "channel by ARN",
    "channel for ads": "channel by ARN",
    "channel ref": "channel",
    "delivery": "recording delivery",
    "failing": "idle guard",
    "idle guard": "idle guard",
    "index": "recording index",
    "ingest": "ingest configuration",
    "key pair": "playback key pair",
    "logging": "logging configuration by ARN",
    "own channel": "channel",
    "own signing key": "signing key",
    "room ref": "room",
    "secret for a webhook": "secret",
    "stage ref": "stage",
    "token function": "playback tokens",
    "token function with a URL": "chat tokens by URL",
}
_DEEP = 3


@st.composite
def _with_needs(draw: st.DrawFn, leaves: SearchStrategy[PartPlan | Mistake]) -> tuple[Child, ...]:
    """A part, and sometimes what it needs before it."""
    part = draw(leaves)
    return (*(_needs_of(draw, part, _DEEP) if draw(st.booleans()) else ()), part)


@st.composite
def _focus(draw: st.DrawFn, part: SearchStrategy[PartPlan | Mistake]) -> tuple[Child, ...]:
    """A part, and all that it needs before it."""
    focus = draw(part)
    return (*_needs_of(draw, focus, _DEEP), focus)


def _needs_of(draw: st.DrawFn, part: PartPlan | Mistake, deep: int) -> list[Child]:
    sorts = {each.sort for each in parts_of(part) if isinstance(each, Pick) and each.needed}
    needs: list[Child] = []
    for sort in sorted(sorts) if deep else ():
        need = draw(PARTS[_MAKERS.get(sort, sort)])
        needs += [*_needs_of(draw, need, deep - 1), need]
    return needs


_LEAVES = st.sampled_from(sorted(PARTS)).flatmap(PARTS.__getitem__)


def _scopes(
    kind: Literal["stage", "stack", "nested", "group"],
    ids: tuple[str, ...],
    children: SearchStrategy[tuple[Child, ...]],
) -> SearchStrategy[ScopePlan]:
    return st.builds(
        ScopePlan,
        kind=st.just(kind),
        id=st.sampled_from(ids),
        environment=st.integers(0, len(ENVIRONMENTS) - 1),
        named=st.booleans(),
        tags=TAGS,
        policy=POLICIES,
        injector=st.none() | st.sampled_from((None, *sorted(INJECTED))),
        aspect=SOMETIMES,
        children=children,
    )


def _some(
    children: SearchStrategy[tuple[Child, ...]], least: int, most: int
) -> SearchStrategy[Any]:
    return st.lists(children, min_size=least, max_size=most).map(lambda lists: _in_turn(*lists))


def _one(child: SearchStrategy[Any]) -> SearchStrategy[tuple[Child, ...]]:
    return st.tuples(child)


def apps_with(
    part: SearchStrategy[PartPlan | Mistake],
    others: SearchStrategy[PartPlan | Mistake] = _LEAVES,
) -> SearchStrategy[AppPlan]:
    """Apps of a part, what it needs, and other parts around it."""
    items = _with_needs(others)
    inside = _scopes("group", _GROUPS, _some(items, 0, 2)) | _scopes(
        "nested", ("Nested", "Nested 2"), _some(items, 0, 2)
    )
    contents = st.one_of(items, items, items, items, _one(inside))
    focus = _focus(part)
    focused = st.one_of(
        focus,
        _one(_scopes("group", _GROUPS, focus)),
        _one(_scopes("nested", ("Nested", "Nested 2"), focus)),
    )
    stack = _scopes(
        "stack", _STACKS, st.builds(_in_turn, _some(contents, 0, 1), focused, _some(contents, 0, 1))
    )
    others_of = _scopes("stack", _STACKS, _some(contents, 1, 1))
    roots = st.one_of(
        _one(stack),
        _one(stack),
        _one(_scopes("stage", ("Beta", "prod-1"), _some(_one(stack), 1, 1))),
    )
    return st.builds(
        AppPlan,
        flags=st.booleans(),
        tags=TAGS,
        validation=st.sampled_from(("none", "none", "none", "none", "CDK", "rules")),
        order=st.integers(0, 1_000),
        children=st.builds(_in_turn, _some(_one(others_of), 0, 1), roots, st.just(())),
    )


def _in_turn(*lists: tuple[Child, ...]) -> tuple[Child, ...]:
    return tuple(itertools.chain(*lists))


APPS = apps_with(_LEAVES)
"""Whole apps that are right."""
