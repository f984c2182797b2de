"""The table of differences is true: no row of it is stale."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from aws_cdk import App, Environment, Stack, aws_ivs_alpha

import cdk_ivs
from tests.support.arns import ACCOUNT, REGION

from .assemblies import assemble
from .differences import DIFFERENCES, RAISES, RENDERS, Example, markdown_table


def _observe(example: Example, ivs: ModuleType) -> object:
    """What a library shows for an input."""
    observed: list[object] = []

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        observed.append(example.show(stack, ivs))

    try:
        assemble(build, ivs)
    except cdk_ivs.ValidationError as error:
        return f"{RAISES} {error.code}"
    except (RuntimeError, TypeError) as error:
        found = re.search(r"\[cdk-ivs:(\w+)", str(error))
        return f"{RAISES} {found[1]}" if found else RAISES
    return RENDERS if observed == [None] else observed[0]


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, id=f"{row.given}-{number}")
        for row in DIFFERENCES
        for number, example in enumerate(row.examples)
    ],
)
def test_row_is_a_difference(example: Example) -> None:
    """
    The two libraries do what the row says, and that is not the same.
    """
    observed = [_observe(example, ivs) for ivs in (aws_ivs_alpha, cdk_ivs)]
    assert observed == [example.alpha, example.ours]
    assert example.alpha != example.ours


def test_every_row_is_shown() -> None:
    """
    Each row has an example and names the codes it shows; no two rows are about the same input.
    """
    assert all(row.examples for row in DIFFERENCES)
    for row in DIFFERENCES:
        for example in row.examples:
            assert not str(example.ours).startswith(RAISES) or (
                str(example.ours).removeprefix(f"{RAISES} ") in row.ours
            )
    assert len({row.given for row in DIFFERENCES}) == len(DIFFERENCES)


def test_markdown() -> None:
    """
    The table has a line for each row, of four cells.
    """
    head, rule, *rows = markdown_table().splitlines()
    assert head == "| input | `aws_ivs_alpha` | `cdk_ivs` | why |"
    assert rule == "|---|---|---|---|"
    assert len(rows) == len(DIFFERENCES)
    assert {row.count("|") for row in rows} == {5}
