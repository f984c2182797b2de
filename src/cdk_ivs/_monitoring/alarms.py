"""Alarms on metrics and on events."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from aws_cdk.aws_cloudwatch import IAlarmAction
from aws_cdk.interfaces.aws_sns import ITopicRef
from constructs import Construct

from cdk_ivs._base.arguments import check_number
from cdk_ivs._base.errors import ValidationError, shown
from cdk_ivs._base.struct import Checked
from cdk_ivs._base.tokens import is_token

if TYPE_CHECKING:
    from aws_cdk.aws_cloudwatch import Alarm, IMetric
    from aws_cdk.aws_events import Rule
    from aws_cdk.aws_sns import ITopic

_N = TypeVar("_N", bound=str)


@dataclass(frozen=True, kw_only=True)
class Reactions(Checked):
    """
    What alarms do.

    Attributes:
        actions: What they do when there is a reason for alarm.
        ok_actions: What they do when it is over.
        topic: The topic that gets a message when there is a reason for alarm.
    """

    actions: Sequence[IAlarmAction] | None = None
    ok_actions: Sequence[IAlarmAction] | None = None
    topic: ITopicRef | None = None

    def alarm_actions(self, scope: Construct) -> list[IAlarmAction]:
        """All that is done when there is a reason for alarm."""
        from aws_cdk.aws_cloudwatch_actions import SnsAction

        to_topic = [SnsAction(_topic(self.topic, scope))] if self.topic is not None else []
        return [*to_topic, *(self.actions or ())]


class Limit(NamedTuple):
    """
    When a metric is a reason for alarm.

    Attributes:
        threshold: The value from which on it is.
        minutes: How many minutes in a row.
        above: Whether it is at the threshold and above it, or below.
    """

    threshold: float
    minutes: int
    above: bool = True


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
        exclude: Sequence[_N] | None,
        reactions: Reactions,
    ) -> None:
        super().__init__(scope, id)
        self.alarms: dict[str, Alarm] = {}
        self._excluded = set(exclude or ())
        self._reactions = reactions

    def _add(
        self,
        name: _N,
        metric: Callable[[], IMetric],
        limit: Limit,
        description: str,
    ) -> None:
        """
        An alarm on a metric that is looked at minute by minute, unless it is left out.

        Where there is no data, nothing is live: no reason for alarm.
        """
        from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, TreatMissingData

        if name in self._excluded:
            return
        alarm = self.alarms[name] = Alarm(
            self,
            "".join(word.title() for word in name.split("_")),
            alarm_description=description,
            comparison_operator=(
                ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
                if limit.above
                else ComparisonOperator.LESS_THAN_THRESHOLD
            ),
            evaluation_periods=limit.minutes,
            metric=metric(),
            threshold=limit.threshold,
            treat_missing_data=TreatMissingData.NOT_BREACHING,
        )
        actions = self._reactions.alarm_actions(self)
        if actions:
            alarm.add_alarm_action(*actions)
        if self._reactions.ok_actions:
            alarm.add_ok_action(*self._reactions.ok_actions)


def matches_of(rule: Rule) -> IMetric:
    """
    How many events a rule matched in a minute.

    The way for what the service tells by events only to become an alarm, with any action. That
    EventBridge counts the matches of a rule without a target is UNCONFIRMED.
    """
    from aws_cdk import Duration
    from aws_cdk.aws_cloudwatch import Metric

    return Metric(
        namespace="AWS/Events",
        metric_name="TriggeredRules",
        dimensions_map={"RuleName": rule.rule_name},
        period=Duration.minutes(1),
        statistic="Sum",
    )


def check_thresholds(thresholds: Mapping[str, float]) -> None:
    """Refuse thresholds that nothing is below, or above, by keyword."""
    for keyword, threshold in thresholds.items():
        if isinstance(threshold, bool) or (
            not 0 < threshold < math.inf and not is_token(threshold)
        ):
            raise ValidationError(
                f"'{keyword}' must be a number above 0, got {shown(threshold)}; leave an alarm out "
                "with 'exclude'",
                code="Threshold",
            )
    # CloudWatch evaluates no more than a day of periods that are shorter than an hour.
    check_number("evaluation_minutes", thresholds["evaluation_minutes"], 1, 1_440, "minutes")


def _topic(topic: Any, scope: Construct) -> ITopic:  # noqa: ANN401 - of any kind
    """The topic as actions take it, which an L1 is not."""
    from aws_cdk.aws_sns import Topic

    if hasattr(topic, "topic_arn"):
        found: ITopic = topic
        return found
    existing: Any = scope.node.try_find_child("Topic")
    if existing is None:
        existing = Topic.from_topic_arn(scope, "Topic", topic.topic_ref.topic_arn)
    known: ITopic = existing
    return known
