"""The rules for templates, each with a template that violates it and one that does not."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from cdk_ivs.rules._catalog import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def rule_rows() -> Iterator[tuple[str, ...]]:
    """The rules."""
    for rule in RULES:
        link = f"[{rule.id}](#{rule.id.lower()})"
        yield link, _SEVERITIES[rule.severity], rule.title


def rule_sections() -> Iterator[str]:
    """A section for each rule, with its first mistake."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    tested: Any = importlib.import_module("tests.rules.cases")
    cases = {case.rule: case for case in reversed(tested.CASES)}
    for rule in RULES:
        case = cases[rule.id]
        right = _differing(case.right, case.wrong)
        yield (
            f"### {rule.id}\n\n"
            f"**{rule.title}.** Severity: {_SEVERITIES[rule.severity]}.\n\n"
            f"{rule.why}\n\n"
            f"**How to fix it:** {rule.fix}\n\n"
            f"The message of a finding:\n\n"
            f"> {rule.message.replace('%v', '…')}\n\n"
            f"A template with the mistake:\n\n```yaml\n{_yaml(case.wrong)}```\n\n"
            f"{_heading(right, case.right)}:\n\n```yaml\n{_yaml(right)}```\n\n"
            f"Source: <{rule.source}>\n"
        )


def _heading(shown: Mapping[str, Any], right: Mapping[str, Any]) -> str:
    complete = shown["Resources"] == right["Resources"]
    return "The correct template" if complete else "Differences in the correct template"


def _yaml(template: Mapping[str, Any]) -> str:
    # A copy, in which nothing is there twice: YAML would refer to where it was before.
    copy = json.loads(json.dumps(template))
    text: str = yaml.safe_dump(copy, sort_keys=False, width=90)
    return text


def _differing(right: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, Any]:
    """What is not the same in the right template, or all of it if it only has less."""
    kept = {
        key: value
        for key, value in right["Resources"].items()
        if wrong["Resources"].get(key) != value
    }
    others = {key: value for key, value in right.items() if key != "Resources"}
    return {**others, "Resources": kept or right["Resources"]}
