"""Sets of alarms, created from their definitions."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

from constructs import Construct

from cdk_ivs._core.tree import register_parent
from cdk_ivs._monitoring.periods import one_minute
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text

from .definitions import EventAlarm
from .event_targets import allow_alarms_to_publish
from .thresholds import check_evaluation_minutes, check_thresholds

if TYPE_CHECKING:
    import enum
    from collections.abc import Collection, Mapping, Sequence

    from aws_cdk.aws_cloudwatch import Alarm, IAlarmAction, IMetric

    from .actions import AlarmActions
    from .definitions import MetricAlarm


class AlarmSet(Construct):
    """
    Alarms of which some can be left out.

    Attributes:
        alarms: The alarms that are made, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        definitions: Sequence[MetricAlarm],
        thresholds: Mapping[str, float],
        evaluation_minutes: int = 1,
        excluded: Collection[enum.StrEnum],
        actions: AlarmActions,
    ) -> None:
        with error_path(scope, id):
            check_thresholds(definitions, thresholds)
            check_evaluation_minutes(evaluation_minutes)
            self._topic_takes_events = actions.topic_takes_events(scope)
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.alarms: dict[str, Alarm] = {}
        self._actions = actions
        self._alarm_actions: list[IAlarmAction] | None = None
        # An action of the user's may fail, and what was permitted cannot be taken back.
        self._may_fail = bool(actions.actions or actions.ok_actions)
        self._evaluation_minutes = int(evaluation_minutes)
        self._minute = one_minute(scope)
        self._thresholds = thresholds
        with error_path(scope, id):
            try:
                for definition in definitions:
                    if definition.name not in excluded:
                        self._add(definition)
            except RuntimeError as error:
                scope.node.try_remove_child(id)
                raise ValidationError(
                    "'actions' and 'ok_actions' must be taken by every alarm, got: "
                    f"{safe_text(str(error))}",
                    code="AlarmAction",
                ) from error
        if self.alarms and self._may_fail:
            self._let_alarms_publish()

    @abc.abstractmethod
    def _metric_of(self, definition: MetricAlarm) -> IMetric:
        """The metric that an alarm is on, by the minute."""

    def _add(self, definition: MetricAlarm) -> None:
        """Add an alarm. Where there is no data, nothing is live: no reason for alarm."""
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
            # An event is a reason for alarm at once.
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

    def _let_alarms_publish(self) -> None:
        if self._actions.topic is not None:
            allow_alarms_to_publish(self._actions.topic, self)
