"""Sets of alarms, created from their definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.refusals import refused_by_cdk
from cdk_ivs._core.tree import register_parent
from cdk_ivs._monitoring.metric_options import MetricOptions
from cdk_ivs._monitoring.metrics import published_metric
from cdk_ivs._monitoring.periods import one_minute
from cdk_ivs._monitoring.rules import create_resource_rule
from cdk_ivs._validation.arns import check_has_id
from cdk_ivs._validation.errors import error_path

from .actions import AlarmActions
from .definitions import EventAlarm
from .event_targets import log_group_target, topic_target
from .thresholds import check_evaluation_minutes, check_thresholds
from .topic_policy import allow_alarms_to_publish

if TYPE_CHECKING:
    import enum
    from collections.abc import Collection, Mapping, Sequence

    from aws_cdk.aws_cloudwatch import Alarm, IAlarmAction, IMetric
    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.interfaces.aws_sns import ITopicRef

    from cdk_ivs._monitoring.monitored_resource import MonitoredResource

    from .definitions import MetricAlarm


class AlarmSet(Construct):
    """
    A set of alarms, from which you can exclude some.

    Alarms on metrics use the metrics of one resource, unless `_metric_of()` returns others.

    Attributes:
        alarms: The alarms that the set creates, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        actions: Sequence[IAlarmAction] | None,
        definitions: Sequence[MetricAlarm],
        evaluation_minutes: int = 1,
        excluded: Collection[enum.StrEnum],
        ok_actions: Sequence[IAlarmAction] | None,
        resource: MonitoredResource | None = None,
        thresholds: Mapping[str, float],
        topic: ITopicRef | None,
    ) -> None:
        with error_path(scope, id):
            self._actions = AlarmActions(actions=actions, ok_actions=ok_actions, topic=topic)
            if resource is not None:
                check_arn_environment(resource.kind, resource.arn, scope, resource.construct)
                check_has_id(resource.arn)
            check_thresholds(definitions, thresholds)
            check_evaluation_minutes(evaluation_minutes)
            self._topic_takes_events = self._actions.topic_takes_events(scope)
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.alarms: dict[str, Alarm] = {}
        self._alarm_actions: list[IAlarmAction] | None = None
        self._evaluation_minutes = int(evaluation_minutes)
        # An action of the user can fail, and a permission cannot be taken back.
        self._may_fail = bool(actions or ok_actions)
        self._minute = one_minute(scope)
        self._resource = resource
        self._rules_without_target: list[tuple[Rule, EventAlarm]] = []
        self._thresholds = thresholds
        with refused_by_cdk(
            "'actions' and 'ok_actions' must be accepted by every alarm",
            scope,
            id,
            code="AlarmAction",
        ):
            for definition in definitions:
                if definition.name not in excluded:
                    self._add(definition)
        if self.alarms and self._may_fail:
            self._let_alarms_publish()
        for rule, definition in self._rules_without_target:
            rule.add_target(self._target_of(definition))

    def _add(self, definition: MetricAlarm) -> None:
        """Add an alarm. Without data nothing is live, so the alarm does not go off."""
        from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, TreatMissingData

        if self._alarm_actions is None:
            self._alarm_actions = self._actions.alarm_actions(self)
            if not self._may_fail:
                self._let_alarms_publish()
        alarm = self.alarms[definition.name] = Alarm(
            self,
            definition.construct_id,
            alarm_description=definition.description,
            comparison_operator=(
                ComparisonOperator.LESS_THAN_THRESHOLD
                if definition.below
                else ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            ),
            # An alarm on events goes off at once.
            evaluation_periods=(
                1 if isinstance(definition, EventAlarm) else self._evaluation_minutes
            ),
            metric=self._metric_of(definition),
            threshold=self._thresholds[definition.threshold],
            treat_missing_data=TreatMissingData.NOT_BREACHING,
        )
        if self._alarm_actions:
            alarm.add_alarm_action(*self._alarm_actions)
        if self._actions.ok_actions:
            alarm.add_ok_action(*self._actions.ok_actions)

    def _metric_of(self, definition: MetricAlarm) -> IMetric:
        if isinstance(definition, EventAlarm):
            return self._event_count(definition)
        resource = cast("MonitoredResource", self._resource)
        name, options = definition.metric_name, MetricOptions(period=self._minute)
        return published_metric(resource.namespace, name, options, None, resource)

    def _event_count(self, definition: EventAlarm) -> IMetric:
        """
        The number of calls of the target of a rule for the events in a minute, with failed calls.

        This metric turns events into an alarm that can have any action.
        """
        from aws_cdk.aws_cloudwatch import Metric

        rule = create_resource_rule(
            definition.event_type,
            cast("MonitoredResource", self._resource),
            f"{definition.construct_id}Rule",
            target=None if self._may_fail else self._target_of(definition),
            event_names=definition.event_names,
            options={
                "cross_stack_scope": self,
                "description": f"Counts {definition.counted} for an alarm",
            },
        )
        if self._may_fail:
            self._rules_without_target.append((rule, definition))
        return Metric(
            namespace="AWS/Events",
            metric_name=definition.metric_name,
            dimensions_map={"RuleName": rule.rule_name},
            period=self._minute,
            statistic="Sum",
        )

    def _target_of(self, definition: EventAlarm) -> IRuleTarget:
        """The topic, or the log group if a single event is no reason for an alarm."""
        topic = self._actions.topic if self._topic_takes_events else None
        if topic is None or self._thresholds[definition.threshold] != 1:
            return log_group_target(self)
        return topic_target(topic, self)

    def _let_alarms_publish(self) -> None:
        if self._actions.topic is not None:
            allow_alarms_to_publish(self._actions.topic, self)
