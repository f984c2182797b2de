"""Making rules of EventBridge from the table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from aws_cdk import Annotations

from cdk_ivs._core.annotations import warn_about_quota
from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_id, check_in_stack
from cdk_ivs._monitoring.catalog.events import SOURCE
from cdk_ivs._validation.argument_types import check_type, validate_options
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    ValidationError,
    error_path,
    safe_repr,
    safe_text,
)
from cdk_ivs._validation.tokens import is_token

from .implementers import check_target
from .rule_filters import check_offered, check_tokens_at_synth, matched_detail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from cdk_ivs._monitoring.catalog.events import EventType

    from .metrics import MonitoredResource

# Of all of an event bus, in the Regions in which IVS is.
_MOST_RULES = 300
_PATTERN_LENGTH = 2048
_DESCRIPTION_LENGTH = 512
_RULE_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RuleOptions(TypedDict, total=False):
    """
    What the rules of events take beside what they match.

    ``cross_stack_scope`` is where the rule is made if its target is in a stack that uses the
    resource's; ``enabled`` is True if it is not given.
    """

    cross_stack_scope: Construct
    description: str
    enabled: bool
    rule_name: str


def resource_rule(
    event_type: EventType,
    subject: MonitoredResource,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: object,
    **filters: object,
) -> Rule:
    """
    A rule for events about one channel or stage.

    Args:
        event_type: The type of the events.
        subject: The channel or stage.
        id: The id of the rule.
        target: What is done then.
        options: The options of the rule.
        event_names: What happened.
        **filters: What else is matched in ``detail``, by the keywords of the table.
    """
    with error_path(options.get("cross_stack_scope") or subject.construct, id):
        check_offered(options, f"{event_type.detail_type} events", filters, event_type)
        given = _checked(id, target, options, "event_names", *filters)
        scope: Any = given.get("cross_stack_scope", subject.construct)
        check_in_stack(scope)
        check_arn_environment(f"{subject.kind}_arn", subject.arn, scope, subject.construct)
        detail = matched_detail(event_type, event_names, filters)
    pattern = _pattern(event_type, detail, [subject.arn])
    rule = create_rule(scope, id, pattern, target=target, given=given)
    check_tokens_at_synth(rule, scope, event_type, filters)
    return rule


def account_rule(
    event_type: EventType,
    scope: Construct,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: object,
    resources: object = None,
    **filters: object,
) -> Rule:
    """
    A rule for events about all channels or stages of the account, or about some of them.

    Args:
        event_type: The type of the events.
        scope: The scope in which the rule is created.
        id: The id of the rule.
        target: What is done then.
        options: The options of the rule.
        event_names: What happened.
        resources: The channels or stages. None: all.
        **filters: What else is matched in ``detail``, by the keywords of the table.
    """
    keyword = f"{event_type.kind}s"
    # Those of the account are about no resource.
    others = [keyword, *filters] if event_type.kind else filters
    with error_path(scope, id):
        check_in_stack(scope)
        check_offered(options, f"{event_type.detail_type} events", filters, event_type)
        given = _checked(id, target, options, "event_names", *others)
        place = given.get("cross_stack_scope", scope)
        detail = matched_detail(event_type, event_names, filters)
        arns = _checked_arns(keyword, event_type.kind, resources, place)
    pattern = _pattern(event_type, detail, arns)
    rule = create_rule(place, id, pattern, target=target, given=given)
    check_tokens_at_synth(rule, place, event_type, filters)
    return rule


def service_rule(
    scope: Construct,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    what: str,
    **pattern: Mapping[str, Sequence[str]] | Sequence[str],
) -> Rule:
    """
    A rule for events of every type.

    Args:
        scope: The scope in which the rule is created.
        id: The id of the rule.
        target: What is done then.
        options: The options of the rule.
        what: What is matched, in the plural, for messages.
        **pattern: What is matched, by the keywords of events.EventPattern.
    """
    with error_path(scope, id):
        check_in_stack(scope)
        check_offered(options, what, {})
        given = _checked(id, target, options)
    return create_rule(
        given.get("cross_stack_scope", scope), id, pattern, target=target, given=given
    )


def create_rule(
    scope: Construct,
    id: str,
    pattern: Mapping[str, Any],
    *,
    target: IRuleTarget | None,
    given: RuleOptions,
) -> Rule:
    """
    A rule, of arguments that were checked.

    Args:
        scope: The scope in which the rule is created.
        id: The id of the rule.
        pattern: What is matched, by the keywords of events.EventPattern.
        target: What is done then.
        given: The options of the rule that were given.
    """
    from aws_cdk.aws_events import EventPattern, Rule

    at_once = target is not None and _is_sure(target)
    rule = Rule(
        scope,
        id,
        description=given.get("description"),
        enabled=given.get("enabled"),
        event_pattern=EventPattern(**pattern),
        rule_name=given.get("rule_name"),
        targets=[target] if target is not None and at_once else None,
    )
    if target is not None and not at_once:
        with error_path(scope, id):
            try:
                rule.add_target(target)
            except RuntimeError as error:
                scope.node.try_remove_child(id)
                raise ValidationError(
                    f"'target' must be one that this rule can have, got: {safe_text(str(error))}",
                    code="Target",
                ) from error
    warn_about_quota(
        rule,
        scope,
        "event rules",
        _MOST_RULES,
        adjustable=True,
        fewer="let one rule of an on_all_ method match the events of several resources",
    )
    _warn_about_size(rule, pattern)
    return rule


def _pattern(
    event_type: EventType, detail: dict[str, list[object]], arns: list[str] | None
) -> dict[str, Any]:
    pattern: dict[str, Any] = {"source": [SOURCE], "detail_type": [event_type.detail_type]}
    if arns is not None and event_type.resource == "resources":
        pattern["resources"] = arns
    elif arns is not None:
        detail = {event_type.resource: [*arns], **detail}
    if detail:
        pattern["detail"] = detail
    return pattern


def _checked_arns(keyword: str, kind: str, resources: object, scope: Construct) -> list[str] | None:
    if resources is None:
        return None
    if not isinstance(resources, Sequence) or isinstance(resources, str):
        advice = "; put it into a list" if hasattr(resources, f"{kind}_arn") else ""
        raise ArgumentTypeError(
            f"'{keyword}' must be Sequence[I{kind.title()}Ref], got {safe_repr(resources)} of type "
            f"'{type(resources).__name__}'{advice}"
        )
    if not resources:
        raise ValidationError(
            f"'{keyword}' must be at least one {kind}, got none; leave it out to match all",
            code="NoFilterValues",
        )
    arns = [arn_of(keyword, resource, kind) for resource in resources]
    for arn, resource in zip(arns, resources, strict=True):
        check_arn_environment(keyword, arn, scope, resource)
    return arns


def _warn_about_size(rule: Rule, pattern: Mapping[str, Any]) -> None:
    size = len(json.dumps(pattern, ensure_ascii=False, separators=(",", ":")))
    if size > _PATTERN_LENGTH:
        Annotations.of(rule).add_warning_v2(
            "cdk-ivs:eventPatternSize",
            f"the event pattern of this rule has about {size} characters, more than the default "
            f"quota of {_PATTERN_LENGTH}: ask for a higher one in Service Quotas, match with "
            "fewer values, as by aws_events.Match.prefix(), or create several rules",
        )


def _is_sure(target: IRuleTarget) -> bool:
    """Whether it is a target of this library, which every rule can have."""
    from .rule_targets import ArnTarget, TopicTarget

    return isinstance(target, ArnTarget | TopicTarget)


def _checked(id: str, target: object, options: RuleOptions, *keywords: str) -> RuleOptions:
    """The options that were given, refused if the CDK or EventBridge would refuse one."""
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
            f"'description' must be at most {_DESCRIPTION_LENGTH} characters long, "
            f"got {len(description)} characters",
            code="RuleDescription",
        )
    if not _RULE_NAME.fullmatch(name) and not is_token(name):
        raise ValidationError(
            "'rule_name' must be 1 to 64 letters, digits, '.', '-' and '_', "
            f"got {safe_repr(name)} of {len(name)} characters",
            code="RuleName",
        )
    return given
