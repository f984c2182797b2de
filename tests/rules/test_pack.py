"""The rules themselves, run by the engine as a library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cdk_ivs.rules._catalog import RULES
from cdk_ivs.rules._engine import Engine, Finding

from .cases import CASES, Case, Json

TEMPLATES = sorted(
    (Path(__file__).parent.parent / "examples/__snapshots__/test_templates").glob("*.json")
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The engine, which takes half a second to create."""
    return Engine()


@pytest.fixture
def check(engine, tmp_path):
    """What is found in a template."""

    def check(template: Json) -> list[Finding]:
        path = tmp_path / "template.json"
        path.write_text(json.dumps(template))
        return engine.check(str(path))

    return check


each_case = pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.rule}-{index}" for index, case in enumerate(CASES)]
)


@each_case
def test_a_mistake_is_found(check, case: Case) -> None:
    """
    A mistake has the finding of its rule and no other, at the property, with its severity.
    """
    findings = check(case.wrong)
    assert {finding.rule.id for finding in findings} == {case.rule}
    assert case.path in {finding.path for finding in findings}
    assert any(case.text in finding.message for finding in findings)


@each_case
def test_what_is_right_beside_it_is_not(check, case: Case) -> None:
    """
    The nearest template without the mistake has no finding.
    """
    assert check(case.right) == []


def test_every_rule_has_a_case() -> None:
    """
    A rule that is switched off, or never fires, makes a test fail.
    """
    assert {case.rule for case in CASES} == {rule.id for rule in RULES}


@pytest.mark.once  # The templates are those of the repository.
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_examples_have_no_finding(engine, path: Path) -> None:
    """
    Nothing is found in what the examples deploy.
    """
    assert engine.check(str(path)) == []
