"""A dashboard of channels, stages and rooms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
from aws_cdk.interfaces.aws_ivschat import IRoomRef
from constructs import Construct

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_place
from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import id_of, register_parent
from cdk_ivs._monitoring.catalog.metrics import CHAT, LOW_LATENCY, REAL_TIME
from cdk_ivs._monitoring.facades import ChannelMonitoring, StageMonitoring
from cdk_ivs._monitoring.periods import check_period, known_seconds
from cdk_ivs._validation.arns import arn_of, resource_id
from cdk_ivs._validation.errors import ValidationError, error_path, safe_repr
from cdk_ivs._validation.tokens import is_made_up, is_token
from cdk_ivs._validation.values import whole_seconds

from .widgets import Graph, Section, Widgets, line, search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_cdk.aws_cloudwatch import Dashboard

    from cdk_ivs._monitoring.catalog.metrics import MetricNamespace
    from cdk_ivs._monitoring.metrics import MonitoredResource

    from .widgets import Line

# Three hours ago, as a Duration of the CDK is rendered.
_START = "-PT3H"
# Of 2,500 metrics on a dashboard; each channel or stage has a line in 6 graphs.
_MOST = 416
_NAME = re.compile("[A-Za-z0-9_-]{1,255}")


@dataclass(frozen=True, kw_only=True)
class _Arguments(Options):
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    dashboard_name: str | None = None
    default_interval: Duration | None = None
    period: Duration | None = None
    rooms: Sequence[IRoomRef] | None = None
    stages: Sequence[IStageRef] | None = None


# Title, unit and metric.
_CHANNEL_GRAPHS = (
    ("Views", "count", "ConcurrentViews"),
    ("Ingest bitrate", "bits per second", "IngestBitrate"),
    ("Frames", "frames per second", "IngestFramerate"),
    ("Key-frame interval", "seconds", "KeyframeInterval"),
    ("Time watched", "seconds", "LiveDeliveredTime"),
    ("Time recorded", "seconds", "RecordedTime"),
)
_STAGE_GRAPHS = (
    ("Publishers", "count", "Publishers"),
    ("Subscribers", "count", "Subscribers"),
    ("Dropped frames", "percent", "DroppedFrames"),
    ("Packet loss", "percent", "DownloadPacketLoss"),
    ("Published", "bits per second", "PublishBitrate"),
    ("Subscribed to", "bits per second", "SubscribeBitrate"),
)


class IvsDashboard(Construct):
    """
    Define a dashboard in CloudWatch of what channels, stages and rooms do.

    A section for each of the three, in which each graph has a line for every channel or stage.
    Chat publishes no metrics of single rooms: its section shows those of all rooms of the account.

    Args:
        scope: The scope in which the construct is created.

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
        with error_path(scope, id):
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
            seconds = 60 if given.period is None else known_seconds("period", given.period)
            of_channels = {
                label: (one._subject(), one.channel_id)
                for label, one in _labelled(
                    given.channels or (), ChannelMonitoring.from_channel
                ).items()
            }
            of_stages = {
                label: (one._subject(), one.stage_id)
                for label, one in _labelled(given.stages or (), StageMonitoring.from_stage).items()
            }
            sections = [
                Section(
                    "Channels", _graphs(_CHANNEL_GRAPHS, LOW_LATENCY, of_channels, scope, seconds)
                ),
                Section("Stages", _graphs(_STAGE_GRAPHS, REAL_TIME, of_stages, scope, seconds)),
                Section(
                    _chat_title(given.rooms or ()),
                    _chat_graphs(scope, seconds) if given.rooms else (),
                ),
            ]
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.dashboard: Dashboard = _make_dashboard(
            self, given, [section for section in sections if section.graphs]
        )


def _graphs(
    graphs: Sequence[tuple[str, str, str]],
    namespace: MetricNamespace,
    safe_repr: Mapping[str, tuple[MonitoredResource, str]],
    scope: Construct,
    seconds: float,
) -> list[Graph]:
    """Graphs with a line for every channel or stage, none if there is none of these."""
    if not safe_repr:
        return []
    return [
        Graph(
            title,
            unit,
            [
                line(namespace, name, seconds, label, subject=subject, id=own, scope=scope)
                for label, (subject, own) in safe_repr.items()
            ],
        )
        for title, unit, name in graphs
    ]


def _chat_graphs(scope: Construct, seconds: float) -> list[Graph]:
    """Graphs with the lines of all rooms, and those that CloudWatch finds."""

    def all_of(name: str, label: str | None = None) -> Line:
        return line(CHAT, name, seconds, label, scope=scope)

    def each(dimension: str, name: str) -> Line:
        """A line for every value of a dimension, the values of which the guide does not say."""
        expression = f"SEARCH('{{AWS/IVSChat,{dimension}}} MetricName=\"{name}\"', 'Sum')"
        return search(expression, name, seconds)

    return [
        Graph("Connections", "count", [all_of("ConcurrentChatConnections")]),
        Graph(
            "Messages",
            "count",
            [
                all_of("MessagingRequests", "requests"),
                all_of("MessagingDeliveries", "deliveries"),
            ],
        ),
        Graph("Requests by action", "count", [each("Action", "Requests")]),
        Graph(
            "Errors of review handlers",
            "count",
            [each("Uri", "InvocationErrors"), each("Uri", "ResponseValidationErrors")],
        ),
        Graph(
            "Errors of logging",
            "count",
            [
                each("LoggingConfiguration", name)
                for name in (
                    "LogDestinationErrors",
                    "LogDestinationAccessDeniedError",
                    "LogDestinationResourceNotFoundErrors",
                )
            ],
        ),
    ]


def _check_name(name: str | None) -> None:
    if name is None or _NAME.fullmatch(name) or is_token(name):
        return
    raise ValidationError(
        "'dashboard_name' must be 1 to 255 letters, digits, '-' and '_', "
        f"got {safe_repr(name)} of {len(name)} characters",
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
    ids = [id_of(resource) for resource in resources]
    return {
        (name if ids.count(name) == 1 else resource.node.path): of(resource)
        for name, resource in zip(ids, resources, strict=True)
    }


def _chat_title(rooms: Sequence[IRoomRef]) -> str:
    ids = ", ".join(f"`{resource_id(arn_of('rooms', room, 'room'))}`" for room in rooms)
    return f"Chat: all rooms of the account and Region, among them {ids}"


def _make_dashboard(scope: Construct, given: _Arguments, sections: Sequence[Section]) -> Dashboard:
    from aws_cdk.aws_cloudwatch import Dashboard

    name = given.dashboard_name
    return Dashboard(
        scope,
        "Resource",
        # The CDK refuses its own made-up names. Nothing is deployed before the look-up.
        dashboard_name=None if name is not None and is_made_up(name) else name,
        default_interval=given.default_interval,
        start=_START if given.default_interval is None else None,
        widgets=[[Widgets(sections)]],
    )
