"""Apps of L1 constructs, made from templates, and what their validation finds."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aws_cdk import App, CfnResource, Stack
from aws_cdk.cloudformation_include import CfnInclude

from .cases import Json

REPORT = "validation-report.json"


def add_l1s(stack: Stack, template: Json, path: Path, *, cyclic: bool) -> None:
    """
    The constructs of a template: those of their types, if the CDK takes them.

    It refuses to read resources that need each other, as an app can create them all the same.
    """
    if not cyclic:
        path.write_text(json.dumps(template))
        CfnInclude(stack, "Template", template_file=str(path))
        return
    for id, resource in template["Resources"].items():
        l1 = CfnResource(stack, id, type=resource["Type"], properties=resource.get("Properties"))
        l1.override_logical_id(id)
        if "DependsOn" in resource:
            l1.add_override("DependsOn", resource["DependsOn"])


@contextlib.contextmanager
def synthesis_fails() -> Iterator[list[str]]:
    """That the synthesis is stopped, with the text of the error."""
    texts: list[str] = []
    try:
        yield texts
    except RuntimeError as error:
        texts.append(str(error))
    assert texts, "the synthesis was not stopped"


def findings(app: App) -> list[dict[str, Any]]:
    """What the report of a synthesized app has, by all plugins."""
    path = Path(app.outdir) / REPORT
    if not path.exists():
        return []
    reports = json.loads(path.read_text())["pluginReports"]
    return [violation for report in reports for violation in report["violations"]]


def suppressed(app: App) -> list[dict[str, Any]]:
    """What was acknowledged."""
    reports = json.loads((Path(app.outdir) / REPORT).read_text())["pluginReports"]
    return [
        violation for report in reports for violation in report.get("suppressedViolations") or []
    ]


def found_in_stacks(app: App) -> dict[str, set[str]]:
    """The ids of the IVS rules that found something, by the file of the template."""
    found: dict[str, set[str]] = {}
    for violation in findings(app):
        rule = violation["ruleName"].rpartition("::")[2]
        for construct in violation["violatingConstructs"]:
            resource = construct.get("cloudFormationResource")
            # What is about no resource is about the stack.
            name = resource["templatePath"] if resource else construct["constructPath"]
            if rule.startswith("IVS-"):
                found.setdefault(name.removesuffix(".template.json"), set()).add(rule)
    return found
