"""
The rules for cfn-lint: ``cfn-lint template.yaml --append-rules cdk_ivs.rules.cfn_lint``.

A rule is a class here and no logic: the engine runs the pack once for each template, and each
class reports the findings of its rule. cfn-lint is not a dependency of this library.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, ClassVar

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from ._catalog import RULES, Severity
from ._engine import Engine, EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cfnlint.template import Template

    from ._catalog import Rule
    from ._engine import Finding

# cfn-lint leaves the IDs from 9000 on to others, and numbers the rules of `--custom-rules` from
# 9001 on.
_FIRST_ID = 9500
_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "W"}


def cfn_lint_id(rule: Rule) -> str:
    """
    The ID of a rule in cfn-lint, which takes the severity from the first letter.

    Args:
        rule: The rule.
    """
    return f"{_LETTERS[rule.severity]}{_FIRST_ID + int(rule.id.removeprefix('IVS-'))}"


@functools.cache
def _engine() -> Engine:
    return Engine()


@functools.lru_cache(maxsize=1)
def _check(template: Template) -> list[Finding] | EngineError:
    """All findings in a template, as all rules ask for those of one template after the other."""
    # cfn-lint has read the file, or standard input.
    text = json.dumps(template.template, default=str)
    try:
        return _engine().check_content(text.encode(), template.filename or "template")
    except EngineError as error:
        return error


def _path(finding: Finding, template: dict[str, Any]) -> list[str | int]:
    """The path of a finding in steps, as far as the template has them."""
    parts = (finding.path or "").split(".")
    resource: list[str | int] = ["Resources", finding.resource] if finding.resource else []
    if resource:
        steps = _steps(parts, template["Resources"].get(finding.resource))
        if steps:
            return resource + steps
    # It is about an output, a parameter, or what is not written in the template.
    return _steps(parts, template) or resource


def _steps(parts: Sequence[str], value: Any) -> list[str | int]:  # noqa: ANN401 - of a template
    """The keys and indexes that the parts of a path are: a key can have dots itself."""
    if isinstance(value, list) and parts and parts[0].isdecimal() and int(parts[0]) < len(value):
        return [int(parts[0]), *_steps(parts[1:], value[int(parts[0])])]
    if isinstance(value, dict):
        for size in range(len(parts), 0, -1):
            key = ".".join(parts[:size])
            if key in value:
                return [key, *_steps(parts[size:], value[key])]
    return []


class _IvsRule(CloudFormationLintRule):  # type: ignore[misc] # its base has no types
    """A rule of the catalog, for cfn-lint. Without an ID, as here, it is not registered."""

    rule: ClassVar[Rule]
    tags: ClassVar[list[str]] = ["ivs"]

    def match(self, cfn: Template) -> list[RuleMatch]:
        """
        The findings of this rule.

        Args:
            cfn: The template.
        """
        found = _check(cfn)
        if isinstance(found, EngineError):
            # cfn-lint reports it as an error, once.
            if self.rule is RULES[0]:
                raise found
            return []
        return [
            RuleMatch(_path(finding, cfn.template), f"{finding.message} ({finding.rule.id})")
            for finding in found
            if finding.rule is self.rule
        ]


try:
    # cfn-lint shows an ImportError as a message.
    _engine()
except EngineError as error:
    raise ImportError(str(error)) from error

# cfn-lint takes the classes that it finds in a module.
for _rule in RULES:
    globals()[cfn_lint_id(_rule)] = type(
        cfn_lint_id(_rule),
        (_IvsRule,),
        {
            "__module__": __name__,
            "__doc__": _rule.title,
            "id": cfn_lint_id(_rule),
            "shortdesc": _rule.title,
            "description": f"{_rule.id}: {_rule.title}",
            "source_url": _rule.source,
            "rule": _rule,
        },
    )
