"""Every grant, on imported resources, by the name of its method."""

from __future__ import annotations

import functools
from typing import NamedTuple

import pytest
from aws_cdk.aws_iam import Grant

from tests.iam.grant_cases import GRANT_CASES
from tests.iam.resources import Statement, place, statements_of
from tests.iam.tagged_cases import TAGGED_CASES
from tests.support.attachments import with_ads

CASES = [*GRANT_CASES, *TAGGED_CASES]
BY_ID = {case.id: case for case in CASES}


class Given(NamedTuple):
    """What a call gave."""

    grant: Grant
    statements: list[Statement]


@functools.cache
def given(id: str) -> Given:
    """What the call of a case gives to a role."""
    stack, role = place()
    grant = BY_ID[id].give(stack, role)
    return Given(grant, statements_of(stack))


def ids(*, without: str = "", **marks: pytest.MarkDecorator) -> list[object]:
    """
    The ids of the cases, for parameters.

    Args:
        without: A class whose cases are left out.
        **marks: Marks for the ids with these names, in which ``__`` stands for a full stop.
    """
    marked = {"AdConfigurationGrants.actions": with_ads, "AdConfigurationGrants.read": with_ads}
    marked |= {name.replace("__", "."): mark for name, mark in marks.items()}
    return [
        pytest.param(id, marks=marked[id]) if id in marked else id
        for id, case in BY_ID.items()
        if case.method[0] != without
    ]
