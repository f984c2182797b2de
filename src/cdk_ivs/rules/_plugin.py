"""
The plugin that runs the rules at synthesis, beside those of the CDK.

An app can have one plugin with AWS's engine, and it takes the place of the one that the CDK
registers. This one is a subclass of it, so that there is one engine and one pass over the
templates. It has a name of its own: what is reported under the CDK's name is a warning unless a
context key is set, also that the rules themselves failed.
"""

from __future__ import annotations

import functools
from inspect import signature
from typing import TYPE_CHECKING

import jsii
from aws_cdk import (
    CloudFormationValidatePlugin,
    IPolicyValidationContext,
    PolicyValidationPluginReport,
    PolicyValidationStack,
    PolicyViolation,
    ValidationRuleSource,
)

from ._catalog import BY_ID
from ._nested import nested_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constructs import IConstruct

NAMESPACE = "CloudFormation-Validate"
"""The prefix of the IDs of findings in acknowledgments, which the CDK's own plugin uses too."""

_NAME = "CloudFormation Validate with IVS rules"
_DEFAULT_RULES = "include_default_rules"
_STOPS = "@aws-cdk/core:validateAgainstDefaultRules"
_ERRORS = ("error", "fatal")


@functools.cache
def plugin(
    rego_rules: tuple[tuple[str, str], ...],
    guard_rules: tuple[tuple[str, str], ...],
    *,
    include_default_rules: bool,
) -> RulesPlugin:
    """
    The plugin with certain rules, one for all apps of the process.

    Each has an engine, which takes a second to create and is never freed.

    Args:
        rego_rules: The names and texts of rules in Rego, this library's among them.
        guard_rules: Those in Guard.
        include_default_rules: Whether the CDK's own Rego rules run too.
    """
    # Where the CDK has no Rego rules of its own, there is no parameter to leave them out.
    has_default_rules = (
        _DEFAULT_RULES in signature(CloudFormationValidatePlugin.__init__).parameters
    )
    options = {_DEFAULT_RULES: False} if has_default_rules and not include_default_rules else {}
    created = RulesPlugin(
        rego_rules=_sources(rego_rules), guard_rules=_sources(guard_rules) or None, **options
    )
    created.keep_rule_ids()
    return created


def _sources(rules: Iterable[tuple[str, str]]) -> list[ValidationRuleSource]:
    return [ValidationRuleSource(name=name, content=content) for name, content in rules]


class RulesPlugin(CloudFormationValidatePlugin):
    """AWS's engine with the rules of this library."""

    @property
    @jsii.member(jsii_name="name")
    def name(self) -> str:
        """The name in the report."""
        return _NAME

    _rule_ids: Sequence[str] = ()

    def keep_rule_ids(self) -> None:
        """
        Keep the IDs of a new engine.

        The engine lists a rule that was given to it only after a finding of the rule. The CDK
        writes the list into templates, which would depend on the apps before in the process.
        """
        self._rule_ids = super().rule_ids or ()

    @property
    @jsii.member(jsii_name="ruleIds")
    def rule_ids(self) -> list[str]:
        """The IDs of the rules, for the CDK."""
        return list(self._rule_ids)

    @jsii.member(jsii_name="validate")
    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """
        Validate the templates of all stacks, and those of nested stacks against the IVS rules.

        Args:
            context: The app, as the CDK describes it.
        """
        stacks = {stack.template_path: stack for stack in context.stack_templates}
        nested = dict(nested_templates(stacks))
        if nested:
            added = [_nested_stack(path, stacks[parent]) for path, parent in nested.items()]
            context = _Context(context.app_construct, [*stacks.values(), *added])
        report = super().validate(context)
        violations = report.violations
        if not violations:
            return report
        return _report(violations, nested, context.app_construct)


def _nested_stack(path: str, parent: PolicyValidationStack) -> PolicyValidationStack:
    return PolicyValidationStack(
        stack_construct_path=parent.stack_construct_path,
        template_path=path,
        account_id=parent.account_id,
        region=parent.region,
    )


def _report(
    violations: Sequence[PolicyViolation], nested: Mapping[str, str], app: IConstruct
) -> PolicyValidationPluginReport:
    """The findings of this library, and the others as the CDK would report them."""
    kept = [violation for violation in violations if violation.rule_name in BY_ID]
    others = [
        found
        for violation in violations
        if violation.rule_name not in BY_ID and (found := _outside(violation, nested)) is not None
    ]
    if any(found.severity in _ERRORS for found in others) and not _is_set(app):
        others = [_as_warning(found) for found in others]
    every = [_qualified(violation) for violation in (*kept, *others)]
    return PolicyValidationPluginReport(
        success=all(violation.severity not in _ERRORS for violation in every), violations=every
    )


def _outside(violation: PolicyViolation, nested: Mapping[str, str]) -> PolicyViolation | None:
    """A finding of a rule that is not this library's, without what the CDK does not validate."""
    resources = [
        resource
        for resource in violation.violating_resources
        if resource.template_path not in nested
    ]
    return _with(violation, violating_resources=resources) if resources else None


def _is_set(app: IConstruct) -> bool:
    """Whether what the CDK's rules find stops the synthesis."""
    return app.node.try_get_context(_STOPS) not in {None, False, "false"}


def _as_warning(violation: PolicyViolation) -> PolicyViolation:
    return _with(violation, severity="warning") if violation.severity in _ERRORS else violation


def _qualified(violation: PolicyViolation) -> PolicyViolation:
    """A finding with the ID that acknowledges it, which does not depend on the plugin's name."""
    return _with(violation, rule_name=f"{NAMESPACE}::{violation.rule_name}")


def _with(violation: PolicyViolation, **changes: object) -> PolicyViolation:
    values = {
        "rule_name": violation.rule_name,
        "description": violation.description,
        "severity": violation.severity,
        "fix": violation.fix,
        "violating_resources": violation.violating_resources,
        "rule_metadata": violation.rule_metadata,
    }
    return PolicyViolation(**{**values, **changes})  # type: ignore[arg-type] # by their names


@jsii.implements(IPolicyValidationContext)
class _Context:
    """The app as the CDK describes it, with the templates of nested stacks."""

    def __init__(self, app: IConstruct, stacks: list[PolicyValidationStack]) -> None:
        self._app = app
        self._stacks = stacks

    @property
    def app_construct(self) -> IConstruct:
        return self._app

    @property
    def stack_templates(self) -> list[PolicyValidationStack]:
        return self._stacks

    @property
    def template_paths(self) -> list[str]:
        return [stack.template_path for stack in self._stacks]

    @property
    def account_id(self) -> None:
        """Not one for all stacks."""

    @property
    def region(self) -> None:
        """Not one for all stacks."""
