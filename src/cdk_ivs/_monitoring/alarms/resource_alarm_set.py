"""Sets of alarms of one channel or stage, on its metrics and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._monitoring.metrics import resource_metric
from cdk_ivs._monitoring.rules import create_resource_rule
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.tokens import check_has_id

from .alarm_set import AlarmSet
from .definitions import EventAlarm
from .event_targets import log_group_target, topic_target

if TYPE_CHECKING:
    import enum
    from collections.abc import Collection, Mapping, Sequence

    from aws_cdk.aws_cloudwatch import IMetric
    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace
    from cdk_ivs._monitoring.monitored_resource import MonitoredResource

    from .actions import AlarmActions
    from .definitions import MetricAlarm


class ResourceAlarmSet(AlarmSet):
    """The alarms of one resource, of which those of events count the calls of a rule's target."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        resource: MonitoredResource,
        namespace: MetricNamespace,
        definitions: Sequence[MetricAlarm],
        thresholds: Mapping[str, float],
        evaluation_minutes: int,
        excluded: Collection[enum.StrEnum],
        actions: AlarmActions,
    ) -> None:
        with error_path(scope, id):
            check_arn_environment(resource.kind, resource.arn, scope, resource.construct)
            check_has_id(resource.arn)
        self._resource = resource
        self._namespace = namespace
        self._rules_without_target: list[tuple[Rule, EventAlarm]] = []
        super().__init__(
            scope,
            id,
            definitions=definitions,
            thresholds=thresholds,
            evaluation_minutes=evaluation_minutes,
            excluded=excluded,
            actions=actions,
        )
        for rule, definition in self._rules_without_target:
            rule.add_target(self._target_of(definition))

    def _metric_of(self, definition: MetricAlarm) -> IMetric:
        if isinstance(definition, EventAlarm):
            return self._invocations_of(self._rule_of(definition), definition)
        return resource_metric(
            self._namespace, self._resource, definition.metric_name, {"period": self._minute}
        )

    def _rule_of(self, definition: EventAlarm) -> Rule:
        rule = create_resource_rule(
            definition.event_type,
            self._resource,
            f"{definition.construct_id}Rule",
            target=None if self._may_fail else self._target_of(definition),
            options={
                "cross_stack_scope": self,
                "description": f"Counts {definition.counted} for an alarm",
            },
            event_names=definition.event_names,
        )
        if self._may_fail:
            self._rules_without_target.append((rule, definition))
        return rule

    def _target_of(self, definition: EventAlarm) -> IRuleTarget:
        """The topic, unless one event is no reason for alarm: single ones are not sent to it."""
        topic = self._actions.topic
        if topic is None or not self._topic_takes_events:
            return log_group_target(self)
        if self._thresholds[definition.threshold] != 1:
            return log_group_target(self)
        return topic_target(topic, self)

    def _invocations_of(self, rule: Rule, definition: EventAlarm) -> IMetric:
        """
        How often the rule called its target in a minute, calls that failed included.

        The way for what the service tells by events only to become an alarm, with any action.
        """
        from aws_cdk.aws_cloudwatch import Metric

        return Metric(
            namespace="AWS/Events",
            metric_name=definition.metric_name,
            dimensions_map={"RuleName": rule.rule_name},
            period=self._minute,
            statistic="Sum",
        )
