"""The rules in an app of the CDK."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from cdk_ivs._core.tree import TreeState, scope_info
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.type_names import with_type

from ._catalog import BY_ID
from ._source import NAME, pack

if TYPE_CHECKING:
    from aws_cdk import App, ValidationRuleSource
    from constructs import IConstruct

# The first version with engine 1.12.
_OLDEST = (2, 271)

# Of the root: the rules that were added.
_ADDED = TreeState[list[object]](lambda _: [])


def ivs_rules() -> ValidationRuleSource:
    """
    The rules, for a `CloudFormationValidatePlugin` of your own.

    `IvsValidation.add_to()` does more. With it, errors stop the synthesis whatever the context
    contains, and the CDK also validates nested stacks.

    Returns:
        The source of the rules, in Rego.

    Raises:
        ValidationError: `AwsCdkLibVersion` if aws-cdk-lib is too old.
    """
    _check_version()
    from aws_cdk import ValidationRuleSource

    return ValidationRuleSource(name=NAME, content=pack())


ivs_rules.__module__ = "cdk_ivs.rules"  # Classes get the name of their package by themselves.


class IvsValidation:
    """The rules of this library, which the CDK runs on all templates of an app at synthesis."""

    @staticmethod
    def add_to(
        app: App,
        *,
        rego_rules: Sequence[ValidationRuleSource] | None = None,
        guard_rules: Sequence[ValidationRuleSource] | None = None,
        include_default_rules: bool = True,
    ) -> None:
        """
        Validate the templates of an app against the rules, including those of nested stacks.

        A finding that is an error stops the synthesis. An app can have only one plugin with this
        engine, so give rules of your own to this method.

        Args:
            app: The app.
            rego_rules: Your own rules, in Rego. Default: none.
            guard_rules: Your own rules, in Guard. Default: none.
            include_default_rules: Whether the Rego rules of the CDK run too, as they do without a
                plugin. Default: True.

        Raises:
            ValidationError: `RulesAddedTwice` if the app has the rules already, with other rules.
                `RulesNotRead` if the engine cannot read one of your rules. `AwsCdkLibVersion` if
                aws-cdk-lib is too old.
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        _check_version()
        from aws_cdk import App, ValidationRuleSource, Validations

        if not isinstance(app, App):
            raise ArgumentTypeError(
                f"'app' must be App, got {with_type(app)}; "
                "the rules are added to the app, and validate the stacks of all its stages"
            )
        for keyword, given in (("rego_rules", rego_rules), ("guard_rules", guard_rules)):
            if given is not None:
                check_type(keyword, given, Sequence[ValidationRuleSource])
        check_type("include_default_rules", include_default_rules, bool)
        rules = (
            ((NAME, pack()), *_texts(rego_rules)),
            _texts(guard_rules),
            include_default_rules,
        )
        added = _ADDED.of(scope_info(app))
        if added == [rules]:
            return
        if added:
            raise ValidationError(
                "'app' has the IVS rules already, with other rules beside them; call "
                "IvsValidation.add_to() once, with all rules",
                code="RulesAddedTwice",
            )
        from ._plugin import plugin

        try:
            engine = plugin(rules[0], rules[1], include_default_rules=include_default_rules)
        # An error of the engine does not always cross the bridge as an error that jsii knows.
        except (RuntimeError, ValueError) as error:
            names = ", ".join(safe_repr(name) for name, _ in (*rules[0][1:], *rules[1]))
            raise ValidationError(
                f"the engine does not take the rules{f' {names}' if names else ''}; run its "
                "library, cloudformation-validate of PyPI, on them to see where they are wrong",
                code="RulesNotRead",
            ) from error
        Validations.of(app).add_plugins(engine)
        added.append(rules)

    @staticmethod
    def acknowledge(scope: IConstruct, rule_id: str, *, reason: str) -> None:
        """
        Leave the findings of a rule out of the report, for a construct and all constructs in it.

        Args:
            scope: The construct.
            rule_id: The ID of the rule, for instance `IVS-006`.
            reason: Why the finding is acceptable. The report contains the reason.

        Raises:
            ValidationError: `UnknownRule` if there is no rule with this ID. `AwsCdkLibVersion` if
                aws-cdk-lib is too old.
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        _check_version()
        from aws_cdk import Acknowledgment, Validations
        from constructs import IConstruct

        check_type("scope", scope, IConstruct)
        check_type("rule_id", rule_id, str)
        check_type("reason", reason, str)
        if rule_id not in BY_ID:
            raise ValidationError(
                f"'rule_id' must be one of IVS-001 to {safe_text(max(BY_ID))}, "
                f"got {safe_repr(rule_id)}",
                code="UnknownRule",
            )
        from ._plugin import NAMESPACE

        acknowledgment = Acknowledgment(id=f"{NAMESPACE}::{rule_id}", reason=reason)
        Validations.of(scope).acknowledge(acknowledgment)


def _texts(rules: Sequence[ValidationRuleSource] | None) -> tuple[tuple[str, str], ...]:
    """The names and texts of rules, which tell plugins apart."""
    return tuple((rule.name, rule.content) for rule in rules or ())


def _check_version() -> None:
    """Refuse an aws-cdk-lib whose engine lacks functions that the rules call."""
    installed = version("aws-cdk-lib")
    if tuple(int(part) for part in installed.split(".")[:2]) < _OLDEST:
        raise ValidationError(
            f"the IVS rules need aws-cdk-lib {_OLDEST[0]}.{_OLDEST[1]}.0 or newer, got "
            f"{safe_text(installed)}; upgrade it, or check the templates with "
            "'python -m cdk_ivs.rules'",
            code="AwsCdkLibVersion",
        )
