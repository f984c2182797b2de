"""A dashboard of channels, stages and rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
from aws_cdk.interfaces.aws_ivschat import IRoomRef
from constructs import Construct

from cdk_ivs._base.alpha_resources import AlphaChannel
from cdk_ivs._base.arguments import whole_seconds
from cdk_ivs._base.arns import arn_of
from cdk_ivs._base.environments import check_arn_environment
from cdk_ivs._base.errors import ValidationError, located, shown
from cdk_ivs._base.stacks import check_place
from cdk_ivs._base.struct import Checked
from cdk_ivs._base.tokens import is_made_up, is_token, resource_id

from .chat_metrics import RoomMetrics
from .observed import ChannelMonitoring, StageMonitoring
from .periods import check_period, known_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_cdk.aws_cloudwatch import Dashboard, IMetric, IWidget

_ROW = 24
_GRAPH = 8
# Of 2,500 metrics on a dashboard; each channel or stage has a line in 6 graphs.
_MOST = 416
_NAME = re.compile("[A-Za-z0-9_-]{1,255}")


@dataclass(frozen=True, kw_only=True)
class _Arguments(Checked):
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    dashboard_name: str | None = None
    default_interval: Duration | None = None
    period: Duration | None = None
    rooms: Sequence[IRoomRef] | None = None
    stages: Sequence[IStageRef] | None = None


class _Graph(NamedTuple):
    title: str
    unit: str
    metrics: list[IMetric]


class IvsDashboard(Construct):
    """
    Define a dashboard in CloudWatch of what channels, stages and rooms do.

    A section for each of the three, in which each graph has a line for every channel or stage.
    Chat publishes no metrics of single rooms: its section shows those of all rooms of the account.

    Args:
        scope: The scope in which the construct is made.

        id: The id of the construct, unique in the scope.

        channels: The channels, with the stages at most 416. Default: no section for channels.

        dashboard_name: The name: 1 to 255 letters, digits, hyphens and underscores. Default: a
            name made by CloudFormation.

        default_interval: The time that is shown when the dashboard is opened. Default: 3 hours.

        period: The time between two points: a multiple of a minute, at most a day. Default: 1
            minute.

        rooms: The rooms. Default: no section for chat.

        stages: The stages, with the channels at most 416. Default: no section for stages.

    Raises:
        ValidationError: If there is nothing to show, or too much for a graph, or the name is none
            that CloudWatch takes.

    Attributes:
        dashboard: The dashboard, to which more widgets can be added.
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
        with located(scope, id):
            check_place(scope, id)
            given = _Arguments(
                channels=channels,
                dashboard_name=dashboard_name,
                default_interval=default_interval,
                period=period,
                rooms=rooms,
                stages=stages,
            )
            _check_amounts(given)
            for room in given.rooms or ():
                # Unlike the others, chat's graphs are those of the Region of the dashboard.
                check_arn_environment("rooms", arn_of("rooms", room, "room"), scope, room)
            _check_name(given.dashboard_name)
            _check_durations(given)
            self._period = given.period or Duration.minutes(1)
            rows = [
                *self._section("Channels", self._channel_graphs(given.channels or ())),
                *self._section("Stages", self._stage_graphs(given.stages or ())),
                *self._section(
                    _chat_title(given.rooms or ()), self._chat_graphs(given.rooms or ())
                ),
            ]
        super().__init__(scope, id)
        self.dashboard: Dashboard = _make_dashboard(self, given, rows)

    def _channel_graphs(self, channels: Sequence[IChannelRef | AlphaChannel]) -> list[_Graph]:
        of = _labelled(channels, ChannelMonitoring.from_channel)
        return [
            _Graph("Views", "count", self._lines(of, "metric_concurrent_views")),
            _Graph("Ingest bitrate", "bits per second", self._lines(of, "metric_ingest_bitrate")),
            _Graph("Frames", "frames per second", self._lines(of, "metric_ingest_framerate")),
            _Graph("Key-frame interval", "seconds", self._lines(of, "metric_keyframe_interval")),
            _Graph("Time watched", "seconds", self._lines(of, "metric_live_delivered_time")),
            _Graph("Time recorded", "seconds", self._lines(of, "metric_recorded_time")),
        ]

    def _stage_graphs(self, stages: Sequence[IStageRef]) -> list[_Graph]:
        of = _labelled(stages, StageMonitoring.from_stage)
        return [
            _Graph("Publishers", "count", self._lines(of, "metric_publishers")),
            _Graph("Subscribers", "count", self._lines(of, "metric_subscribers")),
            _Graph("Dropped frames", "percent", self._lines(of, "metric_dropped_frames")),
            _Graph("Packet loss", "percent", self._lines(of, "metric_download_packet_loss")),
            _Graph("Published", "bits per second", self._lines(of, "metric_publish_bitrate")),
            _Graph("Subscribed to", "bits per second", self._lines(of, "metric_subscribe_bitrate")),
        ]

    def _chat_graphs(self, rooms: Sequence[IRoomRef]) -> list[_Graph]:
        if not rooms:
            return []
        every = RoomMetrics
        return [
            _Graph(
                "Connections",
                "count",
                [every.metric_all_concurrent_chat_connections(period=self._period)],
            ),
            _Graph(
                "Messages",
                "count",
                [
                    every.metric_all_messaging_requests(period=self._period, label="requests"),
                    every.metric_all_messaging_deliveries(period=self._period, label="deliveries"),
                ],
            ),
            _Graph("Requests by action", "count", [self._search("Action", "Requests")]),
            _Graph(
                "Errors of review handlers",
                "count",
                [
                    self._search("Uri", "InvocationErrors"),
                    self._search("Uri", "ResponseValidationErrors"),
                ],
            ),
            _Graph(
                "Errors of logging",
                "count",
                [
                    self._search("LoggingConfiguration", name)
                    for name in (
                        "LogDestinationErrors",
                        "LogDestinationAccessDeniedError",
                        "LogDestinationResourceNotFoundErrors",
                    )
                ],
            ),
        ]

    def _lines(self, monitored: dict[str, Any], method: str) -> list[IMetric]:
        lines: list[IMetric] = [
            getattr(one, method)(period=self._period, label=label)
            for label, one in monitored.items()
        ]
        return lines

    def _search(self, dimension: str, name: str) -> IMetric:
        """A line for every value of a dimension, the values of which the guide does not say."""
        from aws_cdk.aws_cloudwatch import SearchExpression

        return SearchExpression(
            expression=f"SEARCH('{{AWS/IVSChat,{dimension}}} MetricName=\"{name}\"', 'Sum')",
            label=name,
            period=self._period,
        )

    @staticmethod
    def _section(title: str, graphs: list[_Graph]) -> list[list[IWidget]]:
        """A title and rows of three graphs, unless there is nothing in them."""
        from aws_cdk.aws_cloudwatch import GraphWidget, TextWidget, YAxisProps

        shown = [graph for graph in graphs if graph.metrics]
        if not shown:
            return []
        widgets = [
            GraphWidget(
                title=graph.title,
                left=graph.metrics,
                left_y_axis=YAxisProps(label=graph.unit, min=0, show_units=False),
                width=_GRAPH,
                height=6,
            )
            for graph in shown
        ]
        return [[TextWidget(markdown=f"## {title}", width=_ROW, height=1)], list(widgets)]


def _check_name(name: str | None) -> None:
    if name is None or _NAME.fullmatch(name) or is_token(name):
        return
    raise ValidationError(
        "'dashboard_name' must be 1 to 255 letters, digits, '-' and '_', "
        f"got {shown(name)} of {len(name)} characters",
        code="DashboardName",
    )


def _check_durations(given: _Arguments) -> None:
    if given.period is not None:
        known_seconds("period", given.period)
        whole_seconds("period", given.period, 60, 86_400)
        check_period(given.period, "dashboard")
    interval = given.default_interval
    if interval is not None and known_seconds("default_interval", interval) == 0:
        raise ValidationError(
            "'default_interval' must be longer than 0 seconds, got 0 seconds",
            code="DashboardInterval",
        )


def _check_amounts(given: _Arguments) -> None:
    amounts = {"channels": len(given.channels or ()), "stages": len(given.stages or ())}
    if sum(amounts.values()) > _MOST:
        got = " and ".join(f"{amount} {what}" for what, amount in amounts.items() if amount)
        raise ValidationError(
            f"'channels' and 'stages' must be at most {_MOST} together, got {got}: a dashboard of "
            "CloudWatch has 2,500 lines at most; make several dashboards",
            code="DashboardSize",
        )
    if not (given.channels or given.stages or given.rooms):
        raise ValidationError(
            "'channels', 'stages' or 'rooms' must be given: there is nothing to show",
            code="DashboardEmpty",
        )


def _labelled(resources: Sequence[Any], of: Callable[[Any], Any]) -> dict[str, Any]:
    """What is shown of resources, by their ids, or paths where ids stand twice."""
    ids = [resource.node.id for resource in resources]
    return {
        (name if ids.count(name) == 1 else resource.node.path): of(resource)
        for name, resource in zip(ids, resources, strict=True)
    }


def _chat_title(rooms: Sequence[IRoomRef]) -> str:
    ids = ", ".join(f"`{resource_id(arn_of('rooms', room, 'room'))}`" for room in rooms)
    return f"Chat: all rooms of the account and Region, among them {ids}"


def _make_dashboard(scope: Construct, given: _Arguments, rows: list[list[IWidget]]) -> Dashboard:
    from aws_cdk.aws_cloudwatch import Dashboard

    name = given.dashboard_name
    return Dashboard(
        scope,
        "Resource",
        # The CDK refuses its own made-up names. Nothing is deployed before the look-up.
        dashboard_name=None if name is not None and is_made_up(name) else name,
        default_interval=given.default_interval or Duration.hours(3),
        widgets=rows,
    )
