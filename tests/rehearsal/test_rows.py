"""The rehearsals fit the examples, which is checked without the emulator."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from tests.examples.apps import NAMES, ROOT, golden
from tests.rehearsal import inventory
from tests.rehearsal.cycle import Rehearsal
from tests.rehearsal.further_rehearsals import FURTHER
from tests.rehearsal.rehearsals import QUICK, REHEARSALS
from tests.rehearsal.service import limits
from tests.rehearsal.service.provisioning import OF_OTHERS

pytestmark = pytest.mark.newest

EACH = pytest.mark.parametrize(
    "rehearsal", [*REHEARSALS, *FURTHER], ids=lambda rehearsal: rehearsal.name
)
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
    text = (rehearsal.folder / "app.py").read_text(encoding="utf-8")
    for edit in (rehearsal.in_place, rehearsal.replacing):
        assert text.count(edit.old) == 1
        edited = text.replace(edit.old, edit.new)
        assert ast.dump(ast.parse(edited)) != ast.dump(ast.parse(text))
        text = edited


@EACH
def test_calls_exist(rehearsal: Rehearsal) -> None:
    """
    The calls are actions of the API, which change something.
    """
    edited = {*rehearsal.in_place.calls, *rehearsal.replacing.calls}
    calls = {*rehearsal.created, *rehearsal.destroyed, *edited}
    assert calls - OF_TAGS <= set(limits.operations())
    assert [call for call in calls if call.startswith(("Get", "List", "Batch"))] == []


@EACH
def test_what_is_created_is_destroyed(rehearsal: Rehearsal) -> None:
    """
    A stack deletes as many resources as it creates. A key that a rotation creates goes with its
    channel.
    """
    creations = [call for call in rehearsal.created if call.startswith(("Create", "Import"))]
    if "StreamKeyRotation(" in (rehearsal.folder / "app.py").read_text(encoding="utf-8"):
        creations.remove("CreateStreamKey")
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
def test_edits_change_values_of_the_check(rehearsal: Rehearsal) -> None:
    """
    What an edit lets the check find instead is among the values of the rehearsal, and another.
    """
    values = rehearsal.values
    for edit in (rehearsal.in_place, rehearsal.replacing):
        assert edit.values.keys() <= values.keys()
        assert [name for name in edit.values if edit.values[name] == values[name]] == []


@pytest.mark.parametrize("name", NAMES)
def test_types_are_counted_or_parts(name: str) -> None:
    """
    The inventory knows the kind of every resource beside Amazon IVS's, or that it has none.
    """
    types = {resource["Type"] for resource in golden(name)["Resources"].values()}
    # They are in the state of the model, or nothing remains of them.
    others = {each for each in types if each.startswith(("AWS::IVS", "Custom::"))}
    assert types - others - {*OF_OTHERS} <= inventory.TYPES.keys() | inventory.PARTS
    assert {*inventory.TYPES.values()} == set(inventory.KINDS)


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
