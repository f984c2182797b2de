"""The options of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from cdk_ivs._core.placement import check_id, check_in_stack
from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import ANY_CHARACTER, is_token_beside, is_token_in_name

from .targets_and_actions import check_target

if TYPE_CHECKING:
    from constructs import Construct

_DESCRIPTION_LENGTH = 512
_RULE_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RuleOptions(TypedDict, total=False):
    """
    The options of a rule: the arguments of `events.Rule` other than its target and its pattern.

    Attributes:
        cross_stack_scope: The scope in which to create the rule if its target is in a stack that
            depends on the stack of the resource. Default: the scope or the resource of the method.
        description: The description of the rule, at most 512 characters
            ([PutRule](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html)).
            Default: no description.
        enabled: Whether the rule is enabled. Default: True.
        rule_name: The name of the rule: 1 to 64 letters, digits, periods, hyphens and underscores
            ([PutRule](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html)).
            Default: a name that CloudFormation generates.
    """

    cross_stack_scope: Construct
    description: str
    enabled: bool
    rule_name: str


def validate_rule_options(
    id: str, target: object, options: RuleOptions, *keywords: str
) -> RuleOptions:
    """
    The options that were given. The function refuses what the CDK or EventBridge refuses.

    Args:
        id: The ID of the rule.
        target: The target of the rule.
        options: The options.
        *keywords: The other keywords of the method, one of which may have been meant.
    """
    check_id(id)
    check_target(target)
    given: RuleOptions = validate_options(options, RuleOptions, "target", *keywords)
    for keyword, hint in (("description", str), ("enabled", bool), ("rule_name", str)):
        if keyword in given:
            check_type(keyword, given[keyword], hint)  # type: ignore[literal-required]
    if "cross_stack_scope" in given:
        check_in_stack(given["cross_stack_scope"], "cross_stack_scope")
    description, name = given.get("description", ""), given.get("rule_name", "rule")
    if len(description) > _DESCRIPTION_LENGTH and not is_token_beside(
        description, ANY_CHARACTER, _DESCRIPTION_LENGTH
    ):
        raise ValidationError(
            f"'description' must have at most {_DESCRIPTION_LENGTH} characters, got "
            f"{len(description)} characters",
            code="RuleDescription",
        )
    if not _RULE_NAME.fullmatch(name) and not is_token_in_name(name, "[A-Za-z0-9._-]", 64):
        raise ValidationError(
            "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', "
            f"got {safe_repr(name)} of {len(name)} characters",
            code="RuleName",
        )
    return given
