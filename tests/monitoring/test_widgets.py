"""The widgets of a dashboard, against those of the CDK."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Fn, Stack
from aws_cdk.aws_cloudwatch import (
    Dashboard,
    GraphWidget,
    IMetric,
    IWidget,
    SearchExpression,
    TextWidget,
    YAxisProps,
)
from aws_cdk.aws_ivs import CfnChannel, CfnStage
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.graph import only
from tests.support.oracles import template_of

CHANNEL_GRAPHS = [
    ("Views", "count", "concurrent_views"),
    ("Ingest bitrate", "bits per second", "ingest_bitrate"),
    ("Frames", "frames per second", "ingest_framerate"),
    ("Key-frame interval", "seconds", "keyframe_interval"),
    ("Time watched", "seconds", "live_delivered_time"),
    ("Time recorded", "seconds", "recorded_time"),
]
STAGE_GRAPHS = [
    ("Publishers", "count", "publishers"),
    ("Subscribers", "count", "subscribers"),
    ("Dropped frames", "percent", "dropped_frames"),
    ("Packet loss", "percent", "download_packet_loss"),
    ("Published", "bits per second", "publish_bitrate"),
    ("Subscribed to", "bits per second", "subscribe_bitrate"),
]


def rows_of_cdk(
    title: str, graphs: Sequence[tuple[str, str, Sequence[IMetric]]]
) -> list[list[IWidget]]:
    """A section, of widgets of the CDK."""
    return [
        [TextWidget(markdown=f"## {title}", width=24, height=1)],
        [
            GraphWidget(
                title=title,
                left=list(metrics),
                left_y_axis=YAxisProps(label=unit, min=0, show_units=False),
                width=8,
                height=6,
            )
            for title, unit, metrics in graphs
        ],
    ]


def graphs_of_cdk(
    graphs: Sequence[tuple[str, str, str]], monitored: dict[str, Any], period: Duration
) -> list[tuple[str, str, list[IMetric]]]:
    """Graphs with a metric of the CDK for each channel or stage."""
    return [
        (
            title,
            unit,
            [
                getattr(one, f"metric_{name}")(period=period, label=label)
                for label, one in monitored.items()
            ],
        )
        for title, unit, name in graphs
    ]


def chat_of_cdk(period: Duration) -> list[tuple[str, str, list[IMetric]]]:
    """The graphs of chat, with metrics and expressions of the CDK."""

    def search(dimension: str, name: str) -> IMetric:
        expression = f"SEARCH('{{AWS/IVSChat,{dimension}}} MetricName=\"{name}\"', 'Sum')"
        return SearchExpression(expression=expression, label=name, period=period)

    room = chat.Room
    return [
        ("Connections", "count", [room.metric_all_concurrent_chat_connections(period=period)]),
        (
            "Messages",
            "count",
            [
                room.metric_all_messaging_requests(period=period, label="requests"),
                room.metric_all_messaging_deliveries(period=period, label="deliveries"),
            ],
        ),
        ("Requests by action", "count", [search("Action", "Requests")]),
        (
            "Errors of review handlers",
            "count",
            [search("Uri", "InvocationErrors"), search("Uri", "ResponseValidationErrors")],
        ),
        (
            "Errors of logging",
            "count",
            [
                search("LoggingConfiguration", "LogDestinationErrors"),
                search("LoggingConfiguration", "LogDestinationAccessDeniedError"),
                search("LoggingConfiguration", "LogDestinationResourceNotFoundErrors"),
            ],
        ),
    ]


def body_of(stack: Stack) -> object:
    """The body of the only dashboard of a stack, a text in the order in which it was rendered."""
    template = template_of(stack)
    logical_id = only(template, "AWS::CloudWatch::Dashboard")
    return template["Resources"][logical_id]["Properties"]["DashboardBody"]


def shown_in(stack: Stack) -> tuple[dict[str, Any], dict[str, Any]]:
    """Channels and stages of every kind, by what their lines are called."""
    theirs = Stack(
        stack.node.scope,
        "Elsewhere",
        env=Environment(account=ACCOUNT, region="eu-west-1"),
        cross_region_references=True,
    )
    parameter = CfnParameter(stack, "Arn").value_as_string
    channels = {
        "Own": ivs.Channel(stack, "Own"),
        "with--slash": ivs.Channel(stack, "with/slash"),
        "L1": CfnChannel(stack, "L1"),
        "Known": ivs.Channel.from_channel_arn(stack, "Known", arn("channel/AbCdef1G2hij")),
        "Token": ivs.Channel.from_channel_arn(stack, "Token", parameter),
        # Of a stack of which neither the account nor the Region is known.
        "Anywhere": ivs.Channel.from_channel_arn(
            Stack(stack.node.scope, "Agnostic"), "Anywhere", Fn.import_value("channel")
        ),
    }
    account = Stack(
        stack.node.scope, "Account", env=Environment(account="999999999999", region=REGION)
    )
    channels["Far"] = ivs.Channel.from_channel_arn(account, "Far", parameter)
    if stack.region == REGION:
        channels["Theirs"] = ivs.Channel(theirs, "Theirs", channel_name="theirs")
    stages = {"Stage": ivs.Stage(stack, "Stage"), "L1Stage": CfnStage(stack, "L1Stage")}
    return channels, stages


@pytest.mark.parametrize("env", [None, Environment(account=ACCOUNT, region=REGION)])
@pytest.mark.parametrize("minutes", [1, 5, 60])
def test_are_those_of_the_cdk(app: App, env: Environment | None, minutes: int) -> None:
    """
    A dashboard is byte by byte the one that widgets and metrics of the CDK make.
    """
    period = Duration.minutes(minutes)
    stack = Stack(app, "Stack", env=env, cross_region_references=True)
    channels, stages = shown_in(stack)
    rooms = [chat.Room(stack, "Room")]
    ours = ivs.IvsDashboard(
        stack,
        "Dashboard",
        channels=list(channels.values()),
        stages=list(stages.values()),
        rooms=rooms,
        period=period,
    )
    ours.dashboard.add_widgets(TextWidget(markdown="below"))
    rendered = body_of(stack)

    assert stack.node.try_remove_child("Dashboard")
    of_channels = {
        label: ivs.ChannelMonitoring.from_channel(one) for label, one in channels.items()
    }
    of_stages = {label: ivs.StageMonitoring.from_stage(one) for label, one in stages.items()}
    Dashboard(
        Construct(stack, "Dashboard"),
        "Resource",
        default_interval=Duration.hours(3),
        widgets=[
            *rows_of_cdk("Channels", graphs_of_cdk(CHANNEL_GRAPHS, of_channels, period)),
            *rows_of_cdk("Stages", graphs_of_cdk(STAGE_GRAPHS, of_stages, period)),
            *rows_of_cdk(
                f"Chat: all rooms of the account and Region, among them `{rooms[0].room_id}`",
                chat_of_cdk(period),
            ),
            [TextWidget(markdown="below")],
        ],
    )
    assert rendered == body_of(stack)


def test_of_one_resource_are_one_line(stack: Stack) -> None:
    """
    A channel that is known by two constructs has one line, as in the CDK's graphs.
    """
    channels = [
        ivs.Channel.from_channel_arn(stack, id, arn("channel/AbCdef1G2hij"))
        for id in ("First", "Second")
    ]
    ivs.IvsDashboard(stack, "Dashboard", channels=channels)
    body = str(body_of(stack))
    assert body.count('"label":"First"') == 6
    assert "Second" not in body
