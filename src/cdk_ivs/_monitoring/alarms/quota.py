"""Alarms on the quotas of the account, as far as CloudWatch knows how much of them is used."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cdk_ivs._core.placement import check_place
from cdk_ivs._core.props import Options
from cdk_ivs._monitoring.channel.metrics import ChannelMetrics
from cdk_ivs._monitoring.room.metrics import RoomMetrics
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import check_number

from .construct import AlarmActions, AlarmCondition, AlarmSet, check_exclude

if TYPE_CHECKING:
    from aws_cdk import Duration
    from aws_cdk.aws_cloudwatch import IAlarmAction, IMetric, Metric
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


@dataclass(frozen=True, kw_only=True)
class _Arguments(Options):
    exclude: Sequence[QuotaAlarm] | None = None
    percentage: float


class QuotaAlarms(AlarmSet):
    """
    Define alarms on how much is used of the quotas of the account in the stack's Region.

    CloudWatch compares the use with the quota as it is, raised or not. Once for an account and
    Region is enough.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        actions: What an alarm does, beside a message to the topic. Default: nothing.

        exclude: The alarms that are not made. Default: none.

        ok_actions: What an alarm does when it is over. Default: nothing.

        percentage: The percentage of a quota from which on there is an alarm, 1 to 100. Default:
            80, because to raise a quota takes time.

        topic: The topic that gets a message when there is an alarm. The policy of a topic of the
            app is changed to let it. Default: none.

    Raises:
        ValidationError: If the percentage is out of range, or the topic is in another Region.

    Attributes:
        alarms: The alarms that are made, by name.
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
            check_place(scope, id)
            given = _Arguments(exclude=exclude, percentage=percentage)
            check_number("percentage", percentage, 1, 100)
            check_exclude(given.exclude)
            self._percentage = percentage
            reactions = AlarmActions(actions=actions, ok_actions=ok_actions, topic=topic)
        super().__init__(scope, id, exclude=given.exclude, reactions=reactions)

    def _add_alarms(self) -> None:
        minute = self._minute
        for name, metric, what in (
            (
                QuotaAlarm.CONCURRENT_STREAMS,
                ChannelMetrics.metric_usage_concurrent_streams,
                "streams",
            ),
            (QuotaAlarm.CONCURRENT_VIEWS, ChannelMetrics.metric_usage_concurrent_views, "views"),
            (
                QuotaAlarm.CONCURRENT_CHAT_CONNECTIONS,
                RoomMetrics.metric_usage_concurrent_chat_connections,
                "chat connections",
            ),
        ):
            self._add(
                name,
                lambda metric=metric: _percentage(metric(period=minute), minute),  # type: ignore[misc]
                AlarmCondition(self._percentage, 1),
                f"Much of the quota of concurrent {what} is used: ask for a higher one in Service "
                "Quotas.",
            )


def _percentage(used: Metric, minute: Duration) -> IMetric:
    from aws_cdk.aws_cloudwatch import MathExpression

    return MathExpression(
        expression="used / SERVICE_QUOTA(used) * 100",
        label="used of the quota (%)",
        period=minute,
        using_metrics={"used": used},
    )
