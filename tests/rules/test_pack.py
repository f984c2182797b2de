"""The rules themselves, run by the engine as a library."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cdk_ivs.rules import _engine
from cdk_ivs.rules._catalog import RULES
from cdk_ivs.rules._engine import Engine, Finding
from cdk_ivs.rules._source import pack

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


def with_numbers(text: str) -> tuple[str, list[str]]:
    """
    The pack with a finding of its own for each of its clauses, and the ids of their rules.

    A clause is a way in which a rule can be violated. The path of a finding is the number of its
    clause.
    """
    ids: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        ids.append(match[1])
        return f'violation contains numbered({len(ids) - 1}, "{match[1]}",'

    clause = r'^violation contains finding\("(IVS-[0-9]+)",'
    changed = re.sub(clause, numbered, text, flags=re.MULTILINE)
    assert changed.count("violation contains") == len(ids)
    function = """
numbered(clause, id, name, path, values) := make_diag_at(
	id, "ERROR", name, sprintf("%d", [clause]), "found",
) if {
	finding(id, name, path, values)
}
"""
    return changed + function, ids


def test_every_clause_is_tested_by_itself(monkeypatch, tmp_path) -> None:
    """
    Each clause of a rule is the only one that finds some mistake: without it, a test fails.
    """
    text, ids = with_numbers(pack())
    monkeypatch.setattr(_engine, "pack", lambda: text)
    engine = Engine()
    path = tmp_path / "template.json"
    alone = set()
    for case in CASES:
        path.write_text(json.dumps(case.wrong))
        found = {finding.path for finding in engine.check(str(path))}
        if len(found) == 1:
            alone |= found
    untested = {number: id for number, id in enumerate(ids) if str(number) not in alone}
    assert untested == {}
    assert set(ids) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", ["IVS-001", "IVS-031", "IVS-054"])
def test_without_a_rule_its_mistake_is_not_found(rule, monkeypatch, tmp_path) -> None:
    """
    A rule that is taken out of the pack finds nothing, and no other takes its place.
    """
    text = pack().replace(f'violation contains finding("{rule}"', f'gone contains finding("{rule}"')
    monkeypatch.setattr(_engine, "pack", lambda: text)
    engine = Engine()
    path = tmp_path / "template.json"
    cases = [case for case in CASES if case.rule == rule]
    assert cases
    for case in cases:
        path.write_text(json.dumps(case.wrong))
        assert engine.check(str(path)) == []


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
