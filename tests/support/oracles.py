"""Judges of a template that know nothing of this library: the CDK's own validation and cfn-lint."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack
from cfnlint.config import ConfigMixIn
from cfnlint.decode import decode_str
from cfnlint.runner import Runner

REPORT = "validation-report.json"


def template_of(stack: Stack) -> dict[str, Any]:
    """The template of a stack, synthesized with the whole app."""
    assembly = App.of(stack).synth()
    path = Path(assembly.directory) / stack.template_file
    return json.loads(path.read_text())


def resources_of(stack: Stack, resource_type: str) -> dict[str, Any]:
    """The resources of a type in the template of a stack, by logical id."""
    resources = template_of(stack).get("Resources", {})
    return {key: value for key, value in resources.items() if value["Type"] == resource_type}


def cdk_findings(directory: Path) -> list[str]:
    """
    What the CDK's validation at synthesis finds in a cloud assembly.

    It is part of aws-cdk-lib from 2.262 on, and off in an assembly without a report.
    """
    report = json.loads((directory / REPORT).read_text())
    return [
        f"{violation['ruleName']}: {violation['description']}"
        for plugin in report["pluginReports"]
        for violation in plugin["violations"]
    ]


# Of October 2026: test_stage_with_tokens fails when cfn-lint knows it.
NEW_ACTION = "'revokeconnectiontoken' is not one of"


@cache
def _cfn_linter(region: str) -> Runner:
    """cfn-lint, which takes longer to read its rules than to lint a template."""
    return Runner(ConfigMixIn(regions=[region]))


def cfn_lint_findings(template: str, region: str = "us-west-2") -> list[str]:
    """
    What cfn-lint finds in the text of a template.

    But for two things: the CDK lets functions and state machines depend on their roles, to which
    they refer, and an action is newer than its list.
    """
    decoded, errors = decode_str(template)
    resources = json.loads(template).get("Resources", {})
    return [
        str(match)
        for match in errors or _cfn_linter(region).validate_template(decoded)
        if not (
            match.rule.id == "W3005"
            and resources[match.path[1]]["Type"]
            in {"AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"}
        )
        and not (match.rule.id == "W3037" and match.message.startswith(NEW_ACTION))
    ]
