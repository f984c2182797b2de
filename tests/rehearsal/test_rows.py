"""The rehearsals fit the examples, which is checked without the emulator."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.examples.apps import EXAMPLES, NAMES, ROOT
from tests.rehearsal.cycle import Edit, Rehearsal
from tests.rehearsal.rehearsals import REHEARSALS
from tests.rehearsal.service import limits
from tests.rehearsal.test_examples import QUICK

pytestmark = pytest.mark.newest

EACH = pytest.mark.parametrize("rehearsal", REHEARSALS, ids=lambda rehearsal: rehearsal.name)
# All three services have them, so they are not among the operations by name.
OF_TAGS = {"TagResource", "UntagResource"}


def collected(*arguments: str) -> set[str]:
    """The examples whose rehearsals pytest would run."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/rehearsal"]
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    cycles = [line for line in done.stdout.splitlines() if "::test_cycle[" in line]
    return {line.partition("[")[2].removesuffix("]") for line in cycles}


def test_every_example_is_rehearsed() -> None:
    """
    There is one row for each folder of the examples, in their order.
    """
    assert [rehearsal.name for rehearsal in REHEARSALS] == NAMES


@EACH
def test_edits_apply(rehearsal: Rehearsal) -> None:
    """
    What is replaced stands once in app.py, and what comes out is another program.
    """
    text = (EXAMPLES / rehearsal.name / "app.py").read_text(encoding="utf-8")
    for edit in (rehearsal.in_place, rehearsal.replacing):
        if isinstance(edit, Edit):
            assert text.count(edit.old) == 1
            edited = text.replace(edit.old, edit.new)
            assert ast.dump(ast.parse(edited)) != ast.dump(ast.parse(text))
            text = edited


@EACH
def test_calls_exist(rehearsal: Rehearsal) -> None:
    """
    The calls are actions of the API, which change something.
    """
    edits = [each for each in (rehearsal.in_place, rehearsal.replacing) if isinstance(each, Edit)]
    calls = {*rehearsal.created, *rehearsal.destroyed}.union(*(edit.calls for edit in edits))
    assert calls - OF_TAGS <= set(limits.operations())
    assert [call for call in calls if call.startswith(("Get", "List", "Batch"))] == []


@EACH
def test_what_is_created_is_destroyed(rehearsal: Rehearsal) -> None:
    """
    A stack deletes as many resources as it creates.
    """
    creations = [call for call in rehearsal.created if call.startswith(("Create", "Import"))]
    deletions = [call for call in rehearsal.destroyed if call.startswith("Delete")]
    assert sorted(call.removeprefix("Delete") for call in deletions) == sorted(
        call.removeprefix("Create").removeprefix("Import") for call in creations
    )


@EACH
def test_what_is_refused_is_called(rehearsal: Rehearsal) -> None:
    """
    The call that is refused at the first deployment is one that the deployment makes.
    """
    assert rehearsal.refused in {"", *rehearsal.created}


@EACH
def test_a_step_is_left_out_for_a_reason(rehearsal: Rehearsal) -> None:
    """
    A rehearsal without a replacement says why.
    """
    assert isinstance(rehearsal.replacing, Edit) or len(rehearsal.replacing.split()) > 3


def test_ci_rehearses_examples_that_exist() -> None:
    """
    Those that CI rehearses are among the examples.
    """
    assert set(NAMES) >= QUICK


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), set()),
        (("-m", "rehearsal and quick"), QUICK),
    ],
    ids=["plain", "quick"],
)
def test_rehearsals_run_when_they_are_asked_for(
    arguments: tuple[str, ...], expected: set[str]
) -> None:
    """
    A run of the tests has rehearsals only if its expression names them.
    """
    assert collected(*arguments) == expected
