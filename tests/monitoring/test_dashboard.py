"""The dashboard of channels, stages and rooms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_cloudwatch import TextWidget
from aws_cdk.aws_ivs import CfnChannel, CfnStage
from aws_cdk.aws_ivschat import CfnRoom
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.monitoring.dashboard_body import (
    CHANNEL_ARN,
    CHANNEL_GRAPHS,
    ROOM_ARN,
    STAGE_GRAPHS,
    body_of,
    graph,
    heading,
    labels_of,
    search,
    section,
    titles_of,
)
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.oracles import cdk_findings, cfn_lint_findings, template_of
from tests.support.tokens import token


class TestSections:
    def test_of_channels_have_six_graphs(self, stack: Stack) -> None:
        """
        The dashboard of a channel, in full.
        """
        ivs.IvsDashboard(stack, "Dashboard", channels=[ivs.Channel(stack, "Channel")])
        assert body_of(stack) == {
            "start": "-PT3H",
            "widgets": [
                heading("Channels", 0),
                *section(
                    CHANNEL_GRAPHS,
                    ["AWS/IVS", "Channel"],
                    "id of <Channel4048F119.Arn>",
                    "Channel",
                    1,
                ),
            ],
        }

    def test_of_stages_have_six_graphs(self, stack: Stack) -> None:
        """
        The dashboard of a stage, in full.
        """
        ivs.IvsDashboard(stack, "Dashboard", stages=[ivs.Stage(stack, "Stage")])
        assert body_of(stack) == {
            "start": "-PT3H",
            "widgets": [
                heading("Stages", 0),
                *section(
                    STAGE_GRAPHS,
                    ["AWS/IVSRealTime", "Stage"],
                    "id of <Stage0E8C2AF5.Arn>",
                    "Stage",
                    1,
                ),
            ],
        }

    def test_of_rooms_show_all_rooms(self, stack: Stack) -> None:
        """
        Chat has no metrics of a room: the dashboard of one says so, and shows those of all.
        """
        ivs.IvsDashboard(stack, "Dashboard", rooms=[chat.Room(stack, "Room")])
        assert body_of(stack) == {
            "start": "-PT3H",
            "widgets": [
                heading(
                    "Chat: all rooms of the account and Region, among them "
                    "`id of <Room4AB29A70.Arn>`",
                    0,
                ),
                graph(
                    "Connections",
                    "count",
                    (0, 1),
                    [
                        [
                            "AWS/IVSChat",
                            "ConcurrentChatConnections",
                            {"period": 60, "stat": "Maximum"},
                        ]
                    ],
                ),
                graph(
                    "Messages",
                    "count",
                    (8, 1),
                    [
                        [
                            "AWS/IVSChat",
                            "MessagingRequests",
                            {"label": "requests", "period": 60, "stat": "Sum"},
                        ],
                        [
                            "AWS/IVSChat",
                            "MessagingDeliveries",
                            {"label": "deliveries", "period": 60, "stat": "Sum"},
                        ],
                    ],
                ),
                graph("Requests by action", "count", (16, 1), [search("Action", "Requests")]),
                graph(
                    "Errors of review handlers",
                    "count",
                    (0, 7),
                    [search("Uri", "InvocationErrors"), search("Uri", "ResponseValidationErrors")],
                ),
                graph(
                    "Errors of logging",
                    "count",
                    (8, 7),
                    [
                        search("LoggingConfiguration", "LogDestinationErrors"),
                        search("LoggingConfiguration", "LogDestinationAccessDeniedError"),
                        search("LoggingConfiguration", "LogDestinationResourceNotFoundErrors"),
                    ],
                ),
            ],
        }

    def test_are_below_each_other(self, stack: Stack) -> None:
        """
        Channels come first, then stages, then chat, each with its title.
        """
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            rooms=[chat.Room.from_room_arn(stack, "Room", ROOM_ARN)],
            stages=[ivs.Stage(stack, "Stage")],
            channels=[ivs.Channel(stack, "Channel")],
        )
        assert [
            (widget["properties"]["markdown"], widget["y"])
            for widget in body_of(stack)["widgets"]
            if widget["type"] == "text"
        ] == [
            ("## Channels", 0),
            ("## Stages", 13),
            ("## Chat: all rooms of the account and Region, among them `IjKlmn7O8pqr`", 26),
        ]

    def test_do_not_overlap(self, stack: Stack) -> None:
        """
        Every widget is within the 24 columns, and no place is taken twice.
        """
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            channels=[ivs.Channel(stack, "Channel")],
            stages=[ivs.Stage(stack, "Stage")],
            rooms=[chat.Room(stack, "Room")],
        )
        cells = [
            (widget["x"] + column, widget["y"] + row)
            for widget in body_of(stack)["widgets"]
            for column in range(widget["width"])
            for row in range(widget["height"])
        ]
        assert len(cells) == len(set(cells))
        assert max(x for x, _ in cells) == 23

    def test_name_all_rooms(self, stack: Stack) -> None:
        """
        The title has the id of each, of L1s and of rooms known at deployment too.
        """
        CfnParameter(stack, "RoomArn")
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            rooms=[
                CfnRoom(stack, "First"),
                chat.Room.from_room_arn(stack, "Second", token("RoomArn")),
                chat.Room.from_room_arn(stack, "Third", ROOM_ARN),
            ],
        )
        assert titles_of(stack)[0] == (
            "## Chat: all rooms of the account and Region, among them `id of <First>`, "
            "`id of <RoomArn>`, `IjKlmn7O8pqr`"
        )


class TestLines:
    def test_are_one_for_each_channel(self, stack: Stack) -> None:
        """
        Each graph has a line for each channel, in the order in which they were given.
        """
        channels = [ivs.Channel(stack, name) for name in ("News", "Arts", "Sports")]
        ivs.IvsDashboard(stack, "Dashboard", channels=channels)
        graphs = [one for one in body_of(stack)["widgets"] if one["type"] == "metric"]
        assert [[line[-1]["label"] for line in one["properties"]["metrics"]] for one in graphs] == [
            ["News", "Arts", "Sports"]
        ] * 6

    def test_are_of_any_kind_of_channel(self, stack: Stack) -> None:
        """
        L1s, alpha's constructs, and channels known by an ARN or at deployment only.
        """
        CfnParameter(stack, "ChannelArn")
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            channels=[
                CfnChannel(stack, "L1"),
                alpha.Channel(stack, "Alpha"),
                ivs.Channel.from_channel_arn(stack, "Token", token("ChannelArn")),
            ],
        )
        (_, views, *_) = body_of(stack)["widgets"]
        options = {"period": 60, "stat": "Maximum"}
        assert views["properties"]["metrics"] == [
            ["AWS/IVS", "ConcurrentViews", "Channel", "id of <L1>", {"label": "L1"} | options],
            [
                "AWS/IVS",
                "ConcurrentViews",
                "Channel",
                "id of <Alpha5E55F45A.Arn>",
                {"label": "Alpha"} | options,
            ],
            [
                "AWS/IVS",
                "ConcurrentViews",
                "Channel",
                "id of <ChannelArn>",
                {"label": "Token"} | options,
            ],
        ]

    def test_are_of_any_region(self, located_stack: Stack) -> None:
        """
        A dashboard can show what another Region and another account have.
        """
        elsewhere = arn("stage/a", region="eu-west-1")
        ivs.IvsDashboard(
            located_stack,
            "Dashboard",
            channels=[ivs.Channel.from_channel_arn(located_stack, "Channel", CHANNEL_ARN)],
            stages=[
                ivs.Stage.from_stage_arn(located_stack, "Stage", elsewhere),
                CfnStage(located_stack, "L1"),
            ],
        )
        lines = {
            widget["properties"]["title"]: widget["properties"]["metrics"]
            for widget in body_of(located_stack)["widgets"]
            if widget["type"] == "metric"
        }
        # An ARN says where its resource is, the ARN of what the stack makes need not.
        here = {"accountId": "123456789012", "region": "us-west-2"}
        there = {"accountId": "123456789012", "region": "eu-west-1"}
        options = {"period": 60}
        assert lines["Ingest bitrate"] == [
            [
                "AWS/IVS",
                "IngestBitrate",
                "Channel",
                "AbCdef1G2hij",
                {"label": "Channel"} | here | options,
            ]
        ]
        assert lines["Packet loss"] == [
            [
                "AWS/IVSRealTime",
                "DownloadPacketLoss",
                "Stage",
                "a",
                {"label": "Stage"} | there | options,
            ],
            [
                "AWS/IVSRealTime",
                "DownloadPacketLoss",
                "Stage",
                "id of <L1>",
                {"label": "L1"} | options,
            ],
        ]

    def test_of_the_same_id_are_called_by_their_paths(self, stack: Stack) -> None:
        """
        Two channels may have the same id in different scopes; others keep their short names.
        """
        channels = [ivs.Channel(Construct(stack, scope), "Channel") for scope in ("A", "B")]
        ivs.IvsDashboard(stack, "Dashboard", channels=[*channels, ivs.Channel(stack, "Other")])
        assert labels_of(stack) == ["Stack/A/Channel", "Stack/B/Channel", "Other"]

    def test_of_a_channel_that_was_given_twice_are_one(self, stack: Stack) -> None:
        """
        A line is not drawn over itself.
        """
        channel = ivs.Channel(stack, "Channel")
        ivs.IvsDashboard(stack, "Dashboard", channels=[channel, channel])
        assert labels_of(stack) == ["Stack/Channel"]

    def test_of_a_channel_and_a_stage_may_have_one_id(self, stack: Stack) -> None:
        """
        They are in different graphs.
        """
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            channels=[ivs.Channel(Construct(stack, "A"), "Live")],
            stages=[ivs.Stage(Construct(stack, "B"), "Live")],
        )
        assert labels_of(stack) == ["Live"]


class TestDashboard:
    def test_takes_more_widgets(self, stack: Stack) -> None:
        """
        The CDK's dashboard is there, and what is added comes below.
        """
        board = ivs.IvsDashboard(stack, "Dashboard", channels=[ivs.Channel(stack, "Channel")])
        board.dashboard.add_widgets(TextWidget(markdown="Call 110", width=24, height=2))
        last = body_of(stack)["widgets"][-1]
        assert (last["x"], last["y"], last["properties"]) == (0, 13, {"markdown": "Call 110"})

    def test_may_be_made_twice(self, stack: Stack) -> None:
        """
        A channel may be on several dashboards.
        """
        channel = ivs.Channel(stack, "Channel")
        ivs.IvsDashboard(stack, "One", channels=[channel])
        ivs.IvsDashboard(stack, "Two", channels=[channel])
        types = [resource["Type"] for resource in template_of(stack)["Resources"].values()]
        assert types.count("AWS::CloudWatch::Dashboard") == 2

    def test_may_be_in_another_stack(self, app: App) -> None:
        """
        The id of the channel is exported to the stack of the dashboard.
        """
        channel = ivs.Channel(Stack(app, "Channels"), "Channel")
        stack = Stack(app, "Boards")
        ivs.IvsDashboard(stack, "Dashboard", channels=[channel])
        assert titles_of(stack)[:2] == ["## Channels", "Views"]

    def test_is_what_cfn_lint_wants(self, located_stack: Stack) -> None:
        """
        cfn-lint has nothing to say to a dashboard of all three.
        """
        everything(located_stack)
        assert cfn_lint_findings(json.dumps(template_of(located_stack))) == []
        assert warnings_of(located_stack) == []

    @pytest.mark.newest
    def test_is_what_the_cdk_wants(self, app: App, tmp_path: Any) -> None:
        """
        The CDK's own validation has nothing to say either.
        """
        app.node.set_context("@aws-cdk/core:validateAgainstDefaultRules", True)
        stack = Stack(app, "Stack")
        everything(stack)
        assert template_of(stack)["Resources"]
        assert cdk_findings(tmp_path / "cdk.out") == []


def everything(stack: Stack) -> None:
    """A dashboard of a channel, a stage and a room."""
    ivs.IvsDashboard(
        stack,
        "Dashboard",
        channels=[ivs.Channel(stack, "Channel")],
        stages=[ivs.Stage(stack, "Stage")],
        rooms=[chat.Room(stack, "Room")],
    )
