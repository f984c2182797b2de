"""A dashboard of channels, stages and rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
from aws_cdk.interfaces.aws_ivschat import IRoomRef
from constructs import Construct

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import register_parent
from cdk_ivs._monitoring.periods import check_period, seconds_at_synthesis
from cdk_ivs._validation.errors import ValidationError, error_path, safe_repr
from cdk_ivs._validation.tokens import found_name, is_token_in_name
from cdk_ivs._validation.values import whole_seconds

from .sections import chat_section, resource_section
from .widgets import SectionsWidget

if TYPE_CHECKING:
    from aws_cdk.aws_cloudwatch import Dashboard

    from .widgets import Section

# Three hours ago, in the form in which the CDK renders a Duration.
_START = "-PT3H"
# A dashboard can have 2,500 metrics, and each channel or stage has a line in 6 graphs.
_MOST = 416
_NAME = re.compile("[A-Za-z0-9_-]{1,255}")


@dataclass(frozen=True, kw_only=True)
class _DashboardProps(Options):
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    dashboard_name: str | None = None
    default_interval: Duration | None = None
    period: Duration | None = None
    rooms: Sequence[IRoomRef] | None = None
    stages: Sequence[IStageRef] | None = None


class IvsDashboard(Construct):
    """
    Create a CloudWatch dashboard of channels, stages and rooms.

    The dashboard has a section for each of the three. Each graph has a line for every channel or
    stage. IVS publishes no metrics of single rooms, so the section of chat shows the metrics of all
    rooms of the account.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        channels: The channels. Together with the stages at most 416, because each has a line in 6
            graphs and a dashboard can have 2,500 metrics
            ([quotas](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html)).
            Default: no section for channels.

        dashboard_name: The name: 1 to 255 letters, digits, hyphens and underscores
            ([PutDashboard](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html)).
            Default: a name that CloudFormation generates.

        default_interval: The time span that the dashboard shows when you open it. Any number of
            seconds greater than 0. Default: 3 hours.

        period: The time from one point of a line to the next: a multiple of 60 seconds from 60 to
            86,400 seconds
            ([periods](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html)).
            Default: 60 seconds.

        rooms: The rooms. Default: no section for chat.

        stages: The stages. Together with the channels at most 416, because each has a line in 6
            graphs and a dashboard can have 2,500 metrics
            ([quotas](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html)).
            Default: no section for stages.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DashboardEmpty` if there are no channels, stages or rooms. `DashboardSize`
            if there are too many. `DashboardName` if the name is invalid. `DashboardInterval`,
            `DurationRange`, `DurationToken`, `DurationUnit` or `MetricPeriod` if a duration is
            invalid. `Environment` if a room is in another account or Region. `DynamicReference` if
            the ARN of an imported channel, stage or room contains a dynamic reference.

    Attributes:
        dashboard: The dashboard, to which you can add more widgets.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        dashboard_name: str | None = None,
        default_interval: Duration | None = None,
        period: Duration | None = None,
        rooms: Sequence[IRoomRef] | None = None,
        stages: Sequence[IStageRef] | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            props = _DashboardProps(
                channels=channels,
                dashboard_name=dashboard_name,
                default_interval=default_interval,
                period=period,
                rooms=rooms,
                stages=stages,
            )
            _check_amounts(props)
            for room in props.rooms or ():
                # The graphs of chat show only the Region of the dashboard.
                same_environment_arn("rooms", room, "room", scope)
            _check_name(props.dashboard_name)
            _check_durations(props)
            seconds = 60 if period is None else seconds_at_synthesis("period", period)
            sections = [
                *resource_section("channel", props.channels or (), scope, seconds),
                *resource_section("stage", props.stages or (), scope, seconds),
                *chat_section(props.rooms or (), seconds),
            ]
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.dashboard: Dashboard = _create_dashboard(self, props, sections)


def _check_name(name: str | None) -> None:
    if name is None or _NAME.fullmatch(name) or is_token_in_name(name, "[A-Za-z0-9_-]", 255):
        return
    raise ValidationError(
        "'dashboard_name' must be 1 to 255 letters, digits, '-' and '_', "
        f"got {safe_repr(name)} of {len(name)} characters",
        code="DashboardName",
    )


def _check_durations(props: _DashboardProps) -> None:
    if props.period is not None:
        seconds_at_synthesis("period", props.period)
        whole_seconds("period", props.period, 60, 86_400)
        check_period(props.period, "dashboard")
    interval = props.default_interval
    if interval is not None and seconds_at_synthesis("default_interval", interval) == 0:
        raise ValidationError(
            "'default_interval' must be longer than 0 seconds, got 0 seconds",
            code="DashboardInterval",
        )


def _check_amounts(props: _DashboardProps) -> None:
    amounts = {"channels": len(props.channels or ()), "stages": len(props.stages or ())}
    if sum(amounts.values()) > _MOST:
        got = " and ".join(f"{amount} {what}" for what, amount in amounts.items() if amount)
        raise ValidationError(
            f"'channels' and 'stages' must have at most {_MOST} items together, got {got}: a "
            "dashboard of CloudWatch has 2,500 lines at most; create several dashboards",
            code="DashboardSize",
        )
    if not (props.channels or props.stages or props.rooms):
        raise ValidationError(
            "'channels', 'stages' or 'rooms' must be given: there is nothing to show",
            code="DashboardEmpty",
        )


def _create_dashboard(
    scope: Construct, props: _DashboardProps, sections: Sequence[Section]
) -> Dashboard:
    from aws_cdk.aws_cloudwatch import Dashboard

    name = props.dashboard_name
    return Dashboard(
        scope,
        "Resource",
        # The CDK refuses its own placeholders. Nothing is deployed before the look-up.
        dashboard_name=found_name(name),
        default_interval=props.default_interval,
        start=_START if props.default_interval is None else None,
        widgets=[[SectionsWidget(sections)]],
    )
