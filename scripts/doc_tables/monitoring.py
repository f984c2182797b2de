"""The metrics and events of the service, and the methods for them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import Fn
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs._monitoring.catalog.events import ACCOUNT_LIMITS, CHANNEL_LIMITS, EVENT_TYPES
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME, USAGE

from .calls import References, keywords_of, methods_of, place
from .table import code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aws_cdk.aws_events import Rule

    from cdk_ivs._monitoring.catalog.events import EventType
    from cdk_ivs._monitoring.catalog.metrics import PublishedMetric

NAMESPACES = (LOW_LATENCY, REAL_TIME, CHAT)


def metric_rows() -> Iterator[tuple[str, ...]]:
    """The metrics, with what they are published with and the methods that give them."""
    methods = metric_methods()
    for namespace in NAMESPACES:
        for name, metric in namespace.metrics.items():
            values = f"{metric.unit}, {metric.statistic}"
            yield (
                ", ".join(methods[namespace.name, name]),
                f"{code(namespace.name)} {code(name)}",
                f"{values}, high resolution" if metric.high_resolution else values,
                dimension_sets(metric),
            )
    for service, resources in USAGE.items():
        for resource in resources:
            yield (
                ", ".join(methods["AWS/Usage", resource]),
                f"{code('AWS/Usage')} {code('ResourceCount')}",
                "unit not stated, Maximum",
                f"Service `{service}`, Resource `{resource}`, Type `Resource`, Class `None`",
            )


def dimension_sets(metric: PublishedMetric) -> str:
    """The sets of dimensions of a metric."""
    return "; ".join(" + ".join(names) or "none" for names in metric.dimensions)


def metric_methods() -> dict[tuple[str, str], list[str]]:
    """The methods by the namespace and the name of their metric; of usage, by the resource."""
    references = References(place())
    owners = {
        "Channel": ivs.ChannelMonitoring.from_channel(references.of("channel")),
        "Stage": ivs.StageMonitoring.from_stage(references.of("stage")),
        "chat.Room": references.of("room"),
    }
    found: dict[tuple[str, str], list[str]] = {}
    for owner, monitored in owners.items():
        names = methods_of(type(monitored), "metric_")
        for name in sorted(names, key=lambda name: (name.startswith("metric_all"), name)):
            if name == "metric_all":
                continue
            method = getattr(monitored, name)
            keywords = keywords_of(method)
            needed = [
                keyword
                for keyword, parameter in keywords.items()
                if parameter.default is inspect.Parameter.empty
            ]
            # A token, which every dimension can be.
            metric = method(**dict.fromkeys(needed, Fn.ref("Value")))
            usage: Mapping[str, str] = metric.dimensions or {}
            key = metric.namespace, usage.get("Resource", metric.metric_name)
            found.setdefault(key, []).append(code(f"{owner}.{name}()"))
    return found


def event_rows() -> Iterator[tuple[str, ...]]:
    """The events, and the methods that make rules for them."""
    methods = list(event_methods())
    for event_type in EVENT_TYPES:
        rules = [
            rule for rule in methods if rule.pattern["detail-type"] == [event_type.detail_type]
        ]
        if not rules:
            raise SystemExit(f"no method makes rules for {event_type.detail_type}")
        for rule in rules:
            yield (
                code(*rule.methods),
                f"{code(event_type.detail_type)}, {where(event_type, rule)}",
                f"{code(event_type.field)}: {code(*values_of(event_type, rule))}",
                filters_of(event_type, rule),
            )


class MadeRule(NamedTuple):
    """
    A rule that a method made.

    Attributes:
        methods: The method, and the one for all resources if there is one.
        owner: What the rule is about: ``channel`` or ``stage``.
        pattern: The pattern of the rule.
    """

    methods: tuple[str, ...]
    owner: str
    pattern: Mapping[str, Any]

    @property
    def of_account(self) -> bool:
        """Whether the events name no resource."""
        return "resources" not in self.pattern and "stage_arn" not in self.pattern["detail"]


def event_methods() -> Iterator[MadeRule]:
    """The rules that the methods make."""
    stack = place()
    references = References(stack)
    owners = {
        "Channel": ivs.ChannelMonitoring.from_channel(references.of("channel")),
        "Stage": ivs.StageMonitoring.from_stage(references.of("stage")),
    }
    made: dict[str, tuple[tuple[str, ...], str]] = {}
    for owner, monitored in owners.items():
        for name in methods_of(type(monitored), "on_"):
            if name.startswith(("on_all_", "on_any_")):
                continue
            of_all = name.replace("on_", "on_all_", 1)
            names = [one for one in (name, of_all) if hasattr(monitored, one)]
            method = getattr(monitored, name)
            scope = [stack] if "scope" in inspect.signature(method).parameters else []
            rule: Rule = method(*scope, f"{owner}{name}")
            child: Any = rule.node.default_child
            methods = tuple(f"{owner}.{one}()" for one in names)
            made[stack.get_logical_id(child)] = methods, owner.lower()
    rules = Template.from_stack(stack).find_resources("AWS::Events::Rule")
    for logical_id, (methods, owner) in made.items():
        yield MadeRule(methods, owner, rules[logical_id]["Properties"]["EventPattern"])


def values_of(event_type: EventType, rule: MadeRule) -> Iterator[str]:
    """What the field can say in the events that a rule matches."""
    limits = ACCOUNT_LIMITS if rule.of_account else CHANNEL_LIMITS
    for value in event_type.names:
        if event_type.field != "limit_name" or value in limits:
            yield str(value)


def filters_of(event_type: EventType, rule: MadeRule) -> str:
    """The other fields that can be matched, with their keywords where these have other names."""
    if rule.of_account:
        return "no"
    return ", ".join(
        code(keyword) if keyword.startswith(field.name) else f"{code(keyword)} (`{field.name}`)"
        for keyword, field in sorted(event_type.fields.items())
    )


def where(event_type: EventType, rule: MadeRule) -> str:
    """Where the resource is in the events that a rule matches."""
    if rule.of_account:
        return "about the account"
    if event_type.resource == "resources":
        return f"the {rule.owner} in `resources`"
    return f"the {rule.owner} in `detail.{event_type.resource}`"
