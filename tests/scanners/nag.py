"""What cdk-nag finds, in both of its versions."""

from __future__ import annotations

import re
from importlib.metadata import version

from aws_cdk import App, Aspects, CfnResource, Stack

from .arguments import Finding

# cdk-nag 3 is a plugin for the validation of the CDK, and cdk-nag 2 is an aspect.
IS_PLUGIN = version("cdk-nag") >= "3"
# How cdk-nag 2 begins what it finds.
_RULE = re.compile(r"(AwsSolutions-\w+(?:\[.*?\])?): ")


def found_by_nag(app: App, stack: Stack) -> list[Finding]:
    """What the pack finds in the tree of an app, before it is synthesized."""
    found = _by_plugin(app) if IS_PLUGIN else _by_aspect(app, stack)
    inside = f"{stack.node.path}/"
    types = {
        path: child.cfn_resource_type
        for child in stack.node.find_all()
        if isinstance(child, CfnResource)
        for path in [child.node.path]
        if path in {each for _, each in found}
    }
    return sorted({Finding(rule, types[path], path.removeprefix(inside)) for rule, path in found})


def _by_plugin(app: App) -> list[tuple[str, str]]:
    from cdk_nag import AwsSolutionsChecks

    report = AwsSolutionsChecks(app).validate_scope(app)
    return [
        (violation.rule_name, resource.construct_path)
        for violation in report.violations
        for resource in violation.violating_resources
    ]


def _by_aspect(app: App, stack: Stack) -> list[tuple[str, str]]:
    """What cdk-nag 2 finds: as an aspect, it writes errors into the tree."""
    from cdk_nag import AwsSolutionsChecks

    Aspects.of(app).add(AwsSolutionsChecks())
    try:
        app.synth()
    except RuntimeError as error:
        # The errors in the tree also fail the synthesis, and nothing else may.
        assert "ValidationFailed" in str(error)  # noqa: PT017 - without findings it succeeds
    found = [
        (_RULE.match(str(entry.data)), construct.node.path)
        for construct in stack.node.find_all()
        for entry in construct.node.metadata
    ]
    return [(rule.group(1), path) for rule, path in found if rule is not None]
