"""AWS's engine as a library, for templates that no app of the CDK wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from ._catalog import BY_ID, Rule
from ._source import NAME, pack

_LARGEST = 1_000_000
_BOM = b"\xef\xbb\xbf"

# The engine says nothing of a file that is no template. This tells what is in it.
_CONTENT = "cdk-ivs-content"
_CONTENT_RULE = f"""package cdk_ivs.content
import rego.v1

violation contains make_diag_at(
	"{_CONTENT}", "INFO", "", "", json.marshal({{
		"keys": input.template.rawTopLevelKeys, "broken": input.hasParseErrors,
		"resources": count(input.resources),
		"typed": count(typed),
	}}),
)

typed := [name | some name, resource in input.resources; resource.resourceType != ""]
"""


class EngineError(Exception):
    """The reason why a template, or every template, cannot be checked."""


class Finding(NamedTuple):
    """
    A finding of a rule.

    Attributes:
        template: The file.
        rule: The rule.
        message: The mistake and the remedy.
        resource: The logical ID of the resource, if the finding is about one.
        path: The path of the property.
        line: The line, from 1.
        column: The column, from 1.
        end_line: The line of its end.
        end_column: The column of its end.
    """

    template: str
    rule: Rule
    message: str
    resource: str | None
    path: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


class Engine:
    """The engine with the rules of this library."""

    def __init__(self) -> None:
        try:
            import cloudformation_validate as library
        except ImportError as error:
            raise EngineError(
                "the engine is not installed: run 'pip install cdk-ivs[rules]'"
            ) from error
        self._library = library
        sources = [(NAME, pack()), (_CONTENT, _CONTENT_RULE)]
        try:
            # The composite engine would hold AWS's own rules in a second language too.
            self._engine = library.RegoEngine(
                library.EngineConfig(
                    custom_rules=[
                        library.ExternalRuleSource(name=name, content=content)
                        for name, content in sources
                    ]
                )
            )
        except library.ValidationError as error:
            raise EngineError(f"the engine does not take the rules: {error}") from error
        self._config = self._configuration(builtin=False)

    def check(self, template: str) -> list[Finding]:
        """
        Find the mistakes in a template.

        Args:
            template: The path of the file.
        """
        return self.check_content(_read(template), template)

    def check_content(self, content: bytes, template: str) -> list[Finding]:
        """
        Find the mistakes in the content of a template.

        Args:
            content: The content.
            template: The name of the template in findings.
        """
        found = self._validate(content, self._config)
        fatal = [one.message for one in found if one.severity is self._library.Severity.FATAL]
        content_of = [one.message for one in found if one.rule_id == _CONTENT]
        if fatal or not content_of:
            raise EngineError("; ".join(fatal) or "the engine said nothing about the template")
        about = json.loads(content_of[0])
        if "Resources" not in about["keys"] and not about["broken"]:
            raise EngineError("this is not a CloudFormation template: it has no Resources")
        if about["broken"] or not about["resources"]:
            raise EngineError(self._what_is_broken(content))
        if not about["typed"]:
            raise EngineError(
                "this is not a CloudFormation template: no resource is a mapping with a Type"
            )
        return [
            Finding(
                template,
                BY_ID[one.rule_id],
                one.message,
                one.entity.logical_id if one.entity is not None else None,
                one.property_path,
                one.start_line,
                one.start_column,
                one.end_line,
                one.end_column,
            )
            for one in found
            if one.rule_id in BY_ID
        ]

    def _what_is_broken(self, content: bytes) -> str:
        """The findings of the engine's own rules in a template that can be read in part."""
        found = self._validate(content, self._configuration(builtin=True))
        said = [one.message for one in found if one.rule_id.startswith(("F0", "E0001"))]
        return "; ".join(said) or "the template has errors"

    def _configuration(self, *, builtin: bool) -> object:
        library = self._library
        return library.ValidateConfig(
            disable_builtin_rules=not builtin, detail_level=library.DetailLevel.STANDARD
        )

    def _validate(self, content: bytes, configuration: object) -> list:  # type: ignore[type-arg] # of the library's diagnostics, which need not be installed
        library = self._library
        try:
            report = self._engine.validate_template(library.TemplateContent(content), configuration)
        except library.ValidationError as error:
            raise EngineError(f"the engine failed: {error}") from error
        return list(report.diagnostics)


def _read(template: str) -> bytes:
    """The content of a file, refused if it is too large for a template."""
    try:
        with Path(template).open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise EngineError(f"the file cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST:
        raise EngineError("the file is larger than 1 MB, which is the most CloudFormation takes")
    return content.removeprefix(_BOM)
