"""Alarms on the quotas of the account whose usage CloudWatch has."""

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
    """An alarm of `QuotaAlarms`."""

    CONCURRENT_STREAMS = "CONCURRENT_STREAMS"
    """The number of channels that are live at the same time."""

    CONCURRENT_VIEWS = "CONCURRENT_VIEWS"
    """The number of views of all channels."""

    CONCURRENT_CHAT_CONNECTIONS = "CONCURRENT_CHAT_CONNECTIONS"
    """The number of connections to all rooms."""


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
    Create alarms on the usage of the quotas of the account in the Region of the stack.

    CloudWatch compares the usage with the current quota, even after AWS raises it. Create the
    alarms once for each account and Region.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        actions: The actions when an alarm goes off, in addition to the message to the topic.
            Default: no actions.

        exclude: The alarms to leave out. Default: none.

        ok_actions: The actions when an alarm ends. Default: no actions.

        percentage: The share of a quota in percent at which the alarm goes off, from 1 to 100, a
            limit of this construct. Default: 80 percent, because it takes time to raise a quota.

        topic: The topic that gets a message when an alarm goes off. The construct adds a statement
            to the policy of a topic of this app. Default: no topic.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NumberRange` if the percentage is invalid. `Environment` if the topic is
            in another Region. `ExcludeToken` if `exclude` contains a token. `AlarmAction` if an
            alarm cannot have one of the actions.

    Attributes:
        alarms: The alarms, by name.
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
