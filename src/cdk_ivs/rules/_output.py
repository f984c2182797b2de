"""Findings as text, JSON and SARIF."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from ._catalog import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._catalog import Rule
    from ._engine import Finding

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DOCS = "https://github.com/cdk-ivs/cdk-ivs/tree/main/docs"


def as_text(findings: Sequence[Finding]) -> str:
    """One line for each finding, of the form that editors know."""
    lines = []
    for finding in findings:
        where = ":".join(
            str(part)
            for part in (finding.template, finding.line, finding.column)
            if part is not None
        )
        what = " ".join(part for part in (finding.resource, finding.path) if part)
        level = _LEVELS[finding.rule.severity]
        lines.append(f"{where}: {level} {finding.rule.id} {what}: {finding.message}")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """A list with an object for each finding."""
    return json.dumps(
        [
            {
                "template": finding.template,
                "id": finding.rule.id,
                "severity": _LEVELS[finding.rule.severity],
                "message": finding.message,
                "resource": finding.resource,
                "path": finding.path,
                "line": finding.line,
                "column": finding.column,
                "source": finding.rule.source,
            }
            for finding in findings
        ],
        indent=2,
    )


def as_sarif(findings: Sequence[Finding], unread: Mapping[str, str]) -> str:
    """
    A log of the Static Analysis Results Interchange Format, version 2.1.0.

    Args:
        findings: The findings.
        unread: The files that were not checked, and why.
    """
    # It takes longer to import than all else that the command line needs.
    from importlib.metadata import version

    indices = {rule.id: index for index, rule in enumerate(RULES)}
    run = {
        "tool": {
            "driver": {
                "name": "cdk-ivs",
                "version": version("cdk-ivs"),
                "informationUri": _DOCS,
                "rules": [_sarif_rule(rule) for rule in RULES],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": message},
                        "locations": [_location(template)],
                    }
                    for template, message in unread.items()
                ],
            }
        ],
        "results": [
            {
                "ruleId": finding.rule.id,
                "ruleIndex": indices[finding.rule.id],
                "level": _LEVELS[finding.rule.severity],
                "message": {"text": finding.message},
                "locations": [_location(finding.template, finding)],
            }
            for finding in findings
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "helpUri": rule.source,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _location(template: str, finding: Finding | None = None) -> dict[str, Any]:
    from urllib.parse import quote

    path = PurePath(template)
    # A colon before the first slash would be the end of a scheme, so it is quoted too.
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding is None:
        return location
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    if finding.line is not None:
        physical["region"] = {key: value for key, value in region.items() if value is not None}
    name = ".".join(part for part in (finding.resource, finding.path) if part)
    location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return location
