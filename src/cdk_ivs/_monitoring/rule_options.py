"""What rules of events take beside what they match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from cdk_ivs._core.placement import check_id, check_in_stack
from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token

from .targets_and_actions import check_target

if TYPE_CHECKING:
    from constructs import Construct

_DESCRIPTION_LENGTH = 512
_RULE_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RuleOptions(TypedDict, total=False):
    """
    What the rules of events take beside what they match.

    ``cross_stack_scope`` is where the rule is created if its target is in a stack that uses the
    resource's; ``enabled`` is True if it is not given.
    """

    cross_stack_scope: Construct
    description: str
    enabled: bool
    rule_name: str


def validate_rule_options(
    id: str, target: object, options: RuleOptions, *keywords: str
) -> RuleOptions:
    """
    The options that were given, refused if the CDK or EventBridge would refuse one.

    Args:
        id: The id of the rule.
        target: What is done then.
        options: The options.
        *keywords: What the method takes beside them, one of which may have been meant.
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
    if len(description) > _DESCRIPTION_LENGTH and not is_token(description):
        raise ValidationError(
            f"'description' must have at most {_DESCRIPTION_LENGTH} characters, got "
            f"{len(description)} characters",
            code="RuleDescription",
        )
    if not _RULE_NAME.fullmatch(name) and not is_token(name):
        raise ValidationError(
            "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', "
            f"got {safe_repr(name)} of {len(name)} characters",
            code="RuleName",
        )
    return given
