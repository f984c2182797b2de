"""Plans of apps that are right, and of apps with a planted mistake."""

from __future__ import annotations

from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .building import INJECTED
from .mistakes import MISTAKES
from .parts import PARTS
from .parts.common import POLICIES, SOMETIMES, TAGS
from .plans import ENVIRONMENTS, AppPlan, Child, ScopePlan

_GROUPS = ("Group", "group.é", "日本 g", "Ab/c")
_STACKS = ("Stack", "stack", "Live-Stack")
_LEAVES: SearchStrategy[Child] = st.sampled_from(sorted(PARTS)).flatmap(PARTS.__getitem__)


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


def _some(children: SearchStrategy[Child], least: int, most: int) -> SearchStrategy[Any]:
    return st.lists(children, min_size=least, max_size=most).map(tuple)


def _apps(leaves: SearchStrategy[Child]) -> SearchStrategy[AppPlan]:
    """Apps of these leaves. With a channel in every stack there is no app without one."""
    inside = _scopes("group", _GROUPS, _some(leaves, 0, 3)) | _scopes(
        "nested", ("Nested", "Nested 2"), _some(leaves, 0, 3)
    )
    contents = st.one_of(leaves, leaves, leaves, leaves, inside)
    stacks = _scopes(
        "stack",
        _STACKS,
        st.builds(lambda first, rest: (first, *rest), PARTS["channel"], _some(contents, 1, 7)),
    )
    stages = _scopes("stage", ("Beta", "prod-1"), _some(stacks, 1, 2))
    return st.builds(
        AppPlan,
        flags=st.booleans(),
        tags=TAGS,
        validation=st.sampled_from(("none", "none", "none", "CDK", "rules")),
        order=st.integers(0, 1_000),
        children=_some(st.one_of(stacks, stacks, stages), 1, 2),
    )


APPS = _apps(_LEAVES)
"""Whole apps that are right."""

APPS_WITH_MISTAKES = _apps(st.one_of(_LEAVES, _LEAVES, _LEAVES, MISTAKES))
"""Whole apps of which parts must be refused."""
