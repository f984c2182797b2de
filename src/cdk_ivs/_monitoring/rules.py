"""EventBridge rules, created from the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._core.annotations import warn_about_quota
from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.refusals import refused_by_cdk
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.tokens import found_name

from .event_filters import check_tokens_at_synth, refuse_other_filters
from .event_pattern import check_resource_arns, detail_pattern, event_pattern, warn_about_size
from .rule_options import validate_rule_options
from .targets_and_actions import UnfailingTarget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_events import IEventBus, IRuleTarget, Rule
    from constructs import Construct

    from cdk_ivs._monitoring.catalog.events import EventType

    from .monitored_resource import Monitored, MonitoredResource
    from .rule_options import RuleOptions

# The quota of an event bus, in the Regions of IVS.
_MOST_RULES = 300


def create_method_rule(event_type: EventType, arguments: Mapping[str, Any]) -> Rule:
    """
    A rule for events of one channel or stage, from the arguments of its method.

    Args:
        event_type: The type of the events.
        arguments: The `locals()` of the method, whose keywords are those of the catalog.
    """
    given = dict(arguments)
    owner: Monitored = given.pop("self")
    return create_resource_rule(event_type, owner._monitored_resource(), **given)


def create_resource_rule(
    event_type: EventType,
    resource: MonitoredResource,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: object,
    **filters: object,
) -> Rule:
    """
    A rule for events of one channel or stage.

    Args:
        event_type: The type of the events.
        resource: The channel or stage.
        id: The ID of the rule.
        target: The target of the rule.
        options: The options of the rule.
        event_names: The names of the events.
        **filters: The values of other fields of `detail`, by the keywords of the catalog.
    """
    asked = options.get("cross_stack_scope")
    with error_path(resource.construct if asked is None else asked, id):
        refuse_other_filters(options, filters, event_type)
        given = validate_rule_options(id, target, options, "event_names", *filters)
        scope: Any = given.get("cross_stack_scope", resource.construct)
        check_in_stack(scope)
        check_arn_environment(f"{resource.kind}_arn", resource.arn, scope, resource.construct)
        detail = detail_pattern(event_type, event_names, filters)
    pattern = event_pattern(event_type, detail, [resource.arn])
    rule = _create_rule(scope, id, pattern, target, given)
    check_tokens_at_synth(rule, scope, event_type, filters)
    return rule


def create_account_rule(
    event_type: EventType,
    scope: Construct,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    event_names: object,
    **filters: object,
) -> Rule:
    """
    A rule for events of all channels or stages of the account, or of some of them.

    Args:
        event_type: The type of the events.
        scope: The scope of the rule.
        id: The ID of the rule.
        target: The target of the rule.
        options: The options of the rule.
        event_names: The names of the events.
        **filters: The values of other fields, and the channels or stages, by the keywords of the
            catalog.
    """
    keywords, plural = list(filters), f"{event_type.kind}s"
    resources = filters.pop(plural, None)
    with error_path(scope, id):
        check_in_stack(scope)
        refuse_other_filters(options, filters, event_type)
        given = validate_rule_options(id, target, options, "event_names", *keywords)
        rule_scope = given.get("cross_stack_scope", scope)
        # Without names, match the names of this method. Other methods match the other names.
        names = (event_type.limits or None) if event_names is None else event_names
        detail = detail_pattern(event_type, names, filters)
        arns = check_resource_arns(plural, event_type.kind, resources, rule_scope)
    rule = _create_rule(rule_scope, id, event_pattern(event_type, detail, arns), target, given)
    check_tokens_at_synth(rule, rule_scope, event_type, filters)
    return rule


def create_service_rule(
    scope: Construct,
    id: str,
    *,
    target: IRuleTarget | None,
    options: RuleOptions,
    what: str,
    event_bus: IEventBus | None = None,
    **pattern: Mapping[str, Sequence[str]] | Sequence[str],
) -> Rule:
    """
    A rule for events of every type.

    Args:
        scope: The scope of the rule.
        id: The ID of the rule.
        target: The target of the rule.
        options: The options of the rule.
        what: A plural noun for the events that the rule matches, for messages.
        event_bus: The event bus. None: the default event bus, to which AWS services send events.
        **pattern: The pattern, by the keywords of `events.EventPattern`.
    """
    with error_path(scope, id):
        check_in_stack(scope)
        refuse_other_filters(options, {}, what=what)
        given = validate_rule_options(id, target, options)
    rule_scope = given.get("cross_stack_scope", scope)
    return _create_rule(rule_scope, id, pattern, target, given, event_bus=event_bus)


def _create_rule(
    scope: Construct,
    id: str,
    pattern: Mapping[str, Any],
    target: IRuleTarget | None,
    given: RuleOptions,
    *,
    event_bus: IEventBus | None = None,
) -> Rule:
    from aws_cdk.aws_events import EventPattern, Rule

    name = given.get("rule_name")
    at_once = isinstance(target, UnfailingTarget)
    rule = Rule(
        scope,
        id,
        description=given.get("description"),
        enabled=given.get("enabled"),
        event_bus=event_bus,
        event_pattern=EventPattern(**pattern),
        # The CDK refuses its own placeholders. Nothing is deployed before the look-up.
        rule_name=found_name(name),
        targets=[target] if target is not None and at_once else None,
    )
    if target is not None and not at_once:
        with refused_by_cdk("'target' must be accepted by this rule", scope, id, code="Target"):
            rule.add_target(target)
    warn_about_quota(
        rule,
        scope,
        "event rules",
        _MOST_RULES,
        adjustable=True,
        fewer="let one rule of an on_all_ method match the events of several resources",
    )
    warn_about_size(rule, pattern)
    return rule
