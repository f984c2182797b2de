"""Making rules of EventBridge from the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from cdk_ivs._base.environments import check_arn_environment
from cdk_ivs._base.errors import ValidationError, bare, located, shown
from cdk_ivs._base.guards import warn_about_quota
from cdk_ivs._base.stacks import check_id, check_in_stack
from cdk_ivs._base.tokens import is_token
from cdk_ivs._base.typechecks import check_type, given_options

from .event_table import SOURCE
from .implementers import check_target

if TYPE_CHECKING:
    import enum
    from collections.abc import Mapping

    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from .event_table import EventType
    from .metrics import Subject

# Of all of an event bus, in the Regions in which IVS is.
_MOST_RULES = 300
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


def rule_of(
    event_type: EventType,
    subject: Subject,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: object,
    filters: Mapping[str, tuple[str, type[enum.StrEnum], object]] | None = None,
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
        filters: What else is matched in ``detail``, by field: the keyword, the enum and the
            value.
    """
    with located(options.get("cross_stack_scope") or subject.construct, id):
        keywords = [keyword for keyword, _, _ in (filters or {}).values()]
        given = _checked(id, target, options, keywords)
        scope: Any = given.get("cross_stack_scope", subject.construct)
        check_in_stack(scope)
        check_arn_environment(f"{subject.kind}_arn", subject.arn, scope, subject.construct)
        detail = _detail(
            {event_type.field: ("event_names", event_type.names, event_names), **(filters or {})}
        )
    resources = None
    if event_type.resource == "resources":
        resources = [subject.arn]
    else:
        detail = {event_type.resource: [subject.arn], **detail}
    return _make_rule(
        scope, id, event_type, target=target, given=given, detail=detail, resources=resources
    )


def rule_of_account(
    scope: Construct,
    id: str,
    event_type: EventType,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: Sequence[str],
) -> Rule:
    """A rule for events about the account."""
    with located(scope, id):
        check_in_stack(scope)
        given = _checked(id, target, options)
    return _make_rule(
        given.get("cross_stack_scope", scope),
        id,
        event_type,
        target=target,
        given=given,
        detail={event_type.field: event_names},
    )


def _make_rule(
    scope: Construct,
    id: str,
    event_type: EventType,
    *,
    target: IRuleTarget | None,
    given: RuleOptions,
    detail: Mapping[str, Sequence[str]],
    resources: Sequence[str] | None = None,
) -> Rule:
    from aws_cdk.aws_events import EventPattern, Rule

    at_once = target is not None and _is_sure(target)
    rule = Rule(
        scope,
        id,
        description=given.get("description"),
        enabled=given.get("enabled"),
        event_pattern=EventPattern(
            source=[SOURCE],
            detail_type=[event_type.detail_type],
            resources=list(resources) if resources is not None else None,
            detail={field: list(values) for field, values in detail.items()} or None,
        ),
        rule_name=given.get("rule_name"),
        targets=[target] if target is not None and at_once else None,
    )
    if target is not None and not at_once:
        with located(scope, id):
            try:
                rule.add_target(target)
            except RuntimeError as error:
                scope.node.try_remove_child(id)
                raise ValidationError(
                    f"'target' must be one that this rule can have, got: {bare(str(error))}",
                    code="Target",
                ) from error
    warn_about_quota(
        rule,
        scope,
        "event rules",
        _MOST_RULES,
        adjustable=True,
        fewer="let one rule match the events of several resources",
    )
    return rule


def _is_sure(target: IRuleTarget) -> bool:
    """Whether it is a target of this library, which every rule can have."""
    from .event_targets import ArnTarget, TopicTarget

    return isinstance(target, ArnTarget | TopicTarget)


def _checked(
    id: str, target: object, options: RuleOptions, keywords: Sequence[str] = ()
) -> RuleOptions:
    """The options that were given, refused if the CDK or EventBridge would refuse one."""
    check_id(id)
    check_target(target)
    given: RuleOptions = given_options(options, RuleOptions, "event_names", "target", *keywords)
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
            f"got {shown(name)} of {len(name)} characters",
            code="RuleName",
        )
    return given


def checked_names(keyword: str, kind: type[enum.StrEnum], values: object) -> Sequence[str] | None:
    """The values, refused unless they are some of the enum."""
    if values is None:
        return None
    names: Any = check_type(keyword, values, Sequence[kind])  # type: ignore[valid-type]
    if not names:
        raise ValidationError(
            f"'{keyword}' must be at least one {kind.__name__}, got none; leave it out to match "
            "all",
            code="NoEventNames",
        )
    return list(names)


def check_pair(
    keyword: str, values: object, event_names: object, having: Sequence[enum.StrEnum]
) -> None:
    """Refuse values of a field that none of the events has."""
    if values is None or not isinstance(event_names, Sequence):
        return
    if not any(name in having or is_token(name) for name in event_names):
        raise ValidationError(
            f"'{keyword}' must go with 'event_names' that have it, got "
            f"{', '.join(bare(str(name)) for name in event_names)}: nothing would match "
            f"(allowed: {', '.join(having)})",
            code="FieldOfEvent",
        )


def _detail(
    filters: Mapping[str, tuple[str, type[enum.StrEnum], object]],
) -> dict[str, Sequence[str]]:
    checked = {
        field: checked_names(keyword, kind, values)
        for field, (keyword, kind, values) in filters.items()
    }
    return {field: names for field, names in checked.items() if names is not None}
