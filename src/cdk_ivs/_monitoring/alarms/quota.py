"""Alarms on the quotas of the account, as far as CloudWatch knows how much of them is used."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._monitoring.metrics import usage_metric
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import check_number

from .alarm_set import AlarmSet
from .definitions import MetricAlarm
from .thresholds import validate_exclude

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_cloudwatch import IAlarmAction, IMetric
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct


class QuotaAlarm(enum.StrEnum):
    """An alarm of QuotaAlarms."""

    CONCURRENT_STREAMS = "CONCURRENT_STREAMS"
    """Channels that are live at a time."""

    CONCURRENT_VIEWS = "CONCURRENT_VIEWS"
    """Views of all channels."""

    CONCURRENT_CHAT_CONNECTIONS = "CONCURRENT_CHAT_CONNECTIONS"
    """Connections to all rooms."""


def _definition(name: QuotaAlarm, metric_name: str, what: str) -> MetricAlarm:
    return MetricAlarm(
        name,
        "percentage",
        f"The account uses much of its quota of concurrent {what}: request a higher quota in "
        "Service Quotas.",
        metric_name=metric_name,
        value_type=float,
    )


_DEFINITIONS = (
    _definition(QuotaAlarm.CONCURRENT_STREAMS, "ConcurrentStreams", "streams"),
    _definition(QuotaAlarm.CONCURRENT_VIEWS, "ConcurrentViews", "views"),
    _definition(
        QuotaAlarm.CONCURRENT_CHAT_CONNECTIONS, "ConcurrentChatConnections", "chat connections"
    ),
)


class QuotaAlarms(AlarmSet):
    """
    Define alarms on how much is used of the quotas of the account in the stack's Region.

    CloudWatch compares the use with the quota as it is, raised or not. Once for an account and
    Region is enough.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        actions: What an alarm does, beside a message to the topic. Default: nothing.

        exclude: The alarms that are not created. Default: none.

        ok_actions: What an alarm does when it is over. Default: nothing.

        percentage: The percentage of a quota from which on there is an alarm, 1 to 100. Default:
            80, because to raise a quota takes time.

        topic: The topic that gets a message when there is an alarm. The policy of a topic of the
            app is changed to let it. Default: none.

    Raises:
        ValidationError: If the percentage is out of range, or the topic is in another Region.

    Attributes:
        alarms: The alarms that were created, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        actions: Sequence[IAlarmAction] | None = None,
        exclude: Sequence[QuotaAlarm] | None = None,
        ok_actions: Sequence[IAlarmAction] | None = None,
        percentage: float = 80,
        topic: ITopicRef | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            check_type("percentage", percentage, float)
            check_number("percentage", percentage, 1, 100)
            excluded = validate_exclude(QuotaAlarm, exclude)
        super().__init__(
            scope,
            id,
            actions=actions,
            definitions=_DEFINITIONS,
            excluded=excluded,
            ok_actions=ok_actions,
            thresholds={"percentage": percentage},
            topic=topic,
        )

    def _metric_of(self, definition: MetricAlarm) -> IMetric:
        from aws_cdk.aws_cloudwatch import MathExpression

        used = usage_metric(definition.metric_name, {"period": self._minute})
        return MathExpression(
            expression="used / SERVICE_QUOTA(used) * 100",
            label="used of the quota (%)",
            period=self._minute,
            using_metrics={"used": used},
        )
