"""The dashboard of channels, stages and rooms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Stack, Token
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_cloudwatch import TextWidget
from aws_cdk.aws_ivs import CfnChannel, CfnStage
from aws_cdk.aws_ivschat import CfnRoom
from aws_cdk.aws_ssm import StringParameter
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.graph import only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
STAGE_ARN = arn("stage/EfGhij5K6lmn")
ROOM_ARN = arn("room/IjKlmn7O8pqr", service="ivschat")
REGION = "<AWS::Region>"

# Where the six graphs of a section are: x and y, below its title.
PLACES = [(0, 0), (8, 0), (16, 0), (0, 6), (8, 6), (16, 6)]

# Title, unit, metric and statistic, where it is not the average.
CHANNEL_GRAPHS = [
    ("Views", "count", "ConcurrentViews", "Maximum"),
    ("Ingest bitrate", "bits per second", "IngestBitrate", None),
    ("Frames", "frames per second", "IngestFramerate", None),
    ("Key-frame interval", "seconds", "KeyframeInterval", None),
    ("Time watched", "seconds", "LiveDeliveredTime", "Sum"),
    ("Time recorded", "seconds", "RecordedTime", "Sum"),
]
STAGE_GRAPHS = [
    ("Publishers", "count", "Publishers", "Maximum"),
    ("Subscribers", "count", "Subscribers", "Maximum"),
    ("Dropped frames", "percent", "DroppedFrames", None),
    ("Packet loss", "percent", "DownloadPacketLoss", None),
    ("Published", "bits per second", "PublishBitrate", None),
    ("Subscribed to", "bits per second", "SubscribeBitrate", None),
]


def resolved(node: Any) -> Any:
    """A part of the template with names for what is known at deployment."""
    match node:
        case {"Ref": str(name)}:
            return f"<{name}>"
        case {"Fn::GetAtt": [str(logical_id), str(name)]}:
            return f"<{logical_id}.{name}>"
        case {"Fn::Select": [1, {"Fn::Split": ["/", arn]}]}:
            return f"id of {resolved(arn)}"
        case {"Fn::Join": [str(separator), list(parts)]}:
            return separator.join(resolved(part) for part in parts)
    return node


def body_of(stack: Stack) -> dict[str, Any]:
    """The body of the only dashboard of a stack."""
    template = template_of(stack)
    dashboard = template["Resources"][only(template, "AWS::CloudWatch::Dashboard")]
    body: dict[str, Any] = json.loads(resolved(dashboard["Properties"]["DashboardBody"]))
    return body


def titles_of(stack: Stack) -> list[str]:
    """The titles of the sections and graphs, in order."""
    return [
        widget["properties"].get("title") or widget["properties"]["markdown"]
        for widget in body_of(stack)["widgets"]
    ]


def labels_of(stack: Stack) -> list[str]:
    """What the lines of the first graph are called."""
    (graph, *_) = (widget for widget in body_of(stack)["widgets"] if widget["type"] == "metric")
    return [line[-1]["label"] for line in graph["properties"]["metrics"]]


def heading(text: str, y: int) -> dict[str, Any]:
    """The title of a section, over the whole width."""
    return {
        "type": "text",
        "width": 24,
        "height": 1,
        "x": 0,
        "y": y,
        "properties": {"markdown": f"## {text}"},
    }


def graph(
    title: str, unit: str, place: tuple[int, int], metrics: list[list[Any]]
) -> dict[str, Any]:
    """A graph from zero, a third of the width."""
    x, y = place
    return {
        "type": "metric",
        "width": 8,
        "height": 6,
        "x": x,
        "y": y,
        "properties": {
            "view": "timeSeries",
            "title": title,
            "region": REGION,
            "metrics": metrics,
            "yAxis": {"left": {"label": unit, "min": 0, "showUnits": False}},
        },
    }


def section(
    graphs: list[tuple[str, str, str, str | None]],
    start: list[str],
    value: str,
    label: str,
    y: int,
) -> list[dict[str, Any]]:
    """The graphs of one channel or stage."""
    namespace, dimension = start
    return [
        graph(
            title,
            unit,
            (x, y + below),
            [
                [
                    namespace,
                    metric,
                    dimension,
                    value,
                    {"label": label, "period": 60} | ({"stat": statistic} if statistic else {}),
                ]
            ],
        )
        for (title, unit, metric, statistic), (x, below) in zip(graphs, PLACES, strict=True)
    ]


def search(dimension: str, name: str) -> list[dict[str, Any]]:
    """A line for each value of the dimension."""
    return [
        {
            "expression": f"SEARCH('{{AWS/IVSChat,{dimension}}} MetricName=\"{name}\"', 'Sum')",
            "label": name,
            "period": 60,
        }
    ]


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


class TestAmounts:
    @pytest.mark.parametrize("keyword", ["channels", "stages"])
    def test_may_be_hundreds(self, stack: Stack, keyword: str) -> None:
        """
        400 channels or stages are 400 lines in each of six graphs.
        """
        make = ivs.Channel.from_channel_arn if keyword == "channels" else ivs.Stage.from_stage_arn
        many: dict[str, Any] = {
            keyword: [
                make(stack, f"N{number}", arn(f"{keyword[:-1]}/N{number}")) for number in range(400)
            ]
        }
        ivs.IvsDashboard(stack, "Dashboard", **many)
        assert labels_of(stack) == [f"N{number}" for number in range(400)]

    @pytest.mark.parametrize(
        ("channels", "stages", "got"),
        [
            (417, 0, "417 channels"),
            (0, 417, "417 stages"),
            (400, 17, "400 channels and 17 stages"),
        ],
    )
    def test_are_416_at_most(self, stack: Stack, channels: int, stages: int, got: str) -> None:
        """
        417 have 2,502 lines, and a dashboard of CloudWatch has 2,500: nothing is made.
        """
        channel: Any = CfnChannel(stack, "Channel")
        stage: Any = CfnStage(stack, "Stage")
        with pytest.raises(ValidationError) as error:
            ivs.IvsDashboard(
                stack, "Dashboard", channels=[channel] * channels, stages=[stage] * stages
            )
        assert str(error.value) == (
            f"'channels' and 'stages' must be at most 416 together, got {got}: a dashboard of "
            "CloudWatch has 2,500 lines at most; make several dashboards "
            "[cdk-ivs:DashboardSize at 'Stack/Dashboard']"
        )
        assert stack.node.try_find_child("Dashboard") is None

    def test_of_416_are_not_too_many(self, stack: Stack) -> None:
        """
        416 pass the check.
        """
        one: Any = CfnChannel(stack, "One")
        ivs.IvsDashboard(stack, "Dashboard", channels=[one] * 416)
        assert labels_of(stack) == ["Stack/One"]

    @pytest.mark.parametrize(
        "given",
        [{}, {"channels": [], "rooms": [], "stages": []}, {"dashboard_name": "empty"}],
        ids=["nothing", "empty lists", "name only"],
    )
    def test_are_one_at_least(self, stack: Stack, given: dict[str, Any]) -> None:
        """
        A dashboard that shows nothing is an error.
        """
        with pytest.raises(ValidationError) as error:
            ivs.IvsDashboard(stack, "Dashboard", **given)
        assert str(error.value) == (
            "'channels', 'stages' or 'rooms' must be given: there is nothing to show "
            "[cdk-ivs:DashboardEmpty at 'Stack/Dashboard']"
        )
        assert stack.node.try_find_child("Dashboard") is None


class TestOptions:
    def test_have_defaults(self, stack: Stack) -> None:
        """
        The name is made by CloudFormation.
        """
        ivs.IvsDashboard(stack, "Dashboard", channels=[ivs.Channel(stack, "Channel")])
        template = template_of(stack)
        logical_id = only(template, "AWS::CloudWatch::Dashboard")
        assert logical_id == "Dashboard7A06DACF"
        assert list(template["Resources"][logical_id]["Properties"]) == ["DashboardBody"]

    def test_are_what_was_given(self, stack: Stack) -> None:
        """
        The name, the time that is shown and the time between points.
        """
        ivs.IvsDashboard(
            stack,
            "Dashboard",
            channels=[ivs.Channel(stack, "Channel")],
            stages=[ivs.Stage(stack, "Stage")],
            rooms=[chat.Room(stack, "Room")],
            dashboard_name="Live-on_air",
            default_interval=Duration.days(7),
            period=Duration.minutes(5),
        )
        template = template_of(stack)
        properties = template["Resources"]["Dashboard7A06DACF"]["Properties"]
        assert properties["DashboardName"] == "Live-on_air"
        body = body_of(stack)
        assert body["start"] == "-P7D"
        # Of metrics the CDK leaves 5 minutes out, which is what CloudWatch takes then.
        periods = {
            json.dumps(line[-1].get("period"))
            for widget in body["widgets"]
            for line in widget["properties"].get("metrics", ())
        }
        assert periods == {"null"}

    def test_of_every_second_are_refused(self, stack: Stack) -> None:
        """
        Views are not published every second.
        """
        with pytest.raises(ValidationError, match="'period' must be at least 60 seconds, got 10"):
            ivs.IvsDashboard(
                stack,
                "Dashboard",
                channels=[ivs.Channel(stack, "Channel")],
                period=Duration.seconds(10),
            )

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"channels": CHANNEL_ARN}, "'channels' must be Sequence[IChannelRef]"),
            ({"stages": STAGE_ARN}, "'stages' must be Sequence[IStageRef]"),
            ({"rooms": ROOM_ARN}, "'rooms' must be Sequence[IRoomRef]"),
            ({"channels": 1}, "'channels' must be Sequence[IChannelRef], got 1"),
            ({"dashboard_name": 1}, "'dashboard_name' must be str, got 1"),
            ({"default_interval": 3}, "'default_interval' must be Duration, got 3"),
            ({"period": 60}, "'period' must be Duration, got 60"),
        ],
        ids=[
            "channel ARN",
            "stage ARN",
            "room ARN",
            "channels",
            "dashboard_name",
            "default_interval",
            "period",
        ],
    )
    def test_of_another_type_are_refused(
        self, stack: Stack, given: dict[str, object], message: str
    ) -> None:
        """
        The error names the keyword and the type, and nothing is made.
        """
        arguments: dict[str, Any] = {"channels": [CfnChannel(stack, "L1")], **given}
        with pytest.raises(TypeError) as error:
            ivs.IvsDashboard(stack, "Dashboard", **arguments)
        assert message in str(error.value)
        assert stack.node.try_find_child("Dashboard") is None

    def test_of_another_kind_are_refused(self, stack: Stack) -> None:
        """
        A stage is no channel.
        """
        stages: Any = [ivs.Stage(stack, "Stage")]
        with pytest.raises(TypeError, match=r"'channels' must be Sequence\[IChannelRef\]"):
            ivs.IvsDashboard(stack, "Dashboard", channels=stages)

    def test_of_another_kind_make_nothing(self, stack: Stack) -> None:
        """
        The error names the keyword and the path, and no construct is left.
        """
        stages: Any = [ivs.Stage(stack, "Stage")]
        with pytest.raises(TypeError) as error:
            ivs.IvsDashboard(stack, "Dashboard", channels=stages)
        assert "'channels'" in str(error.value)
        assert "Stack/Dashboard" in str(error.value)
        assert stack.node.try_find_child("Dashboard") is None


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


def test_rooms_of_elsewhere_are_refused(located_stack: Stack) -> None:
    """
    The graphs of chat are those of the dashboard's own Region, in which the rooms must be.
    """
    room = chat.Room.from_room_arn(
        located_stack, "Room", arn("room/AbCdef1G2hij", service="ivschat", region="eu-west-1")
    )
    with pytest.raises(ValidationError, match="'rooms' must be in the Region of the stack"):
        ivs.IvsDashboard(located_stack, "Dashboard", rooms=[room])


class TestName:
    @pytest.mark.parametrize("name", ["a", "Live-on_air", "x" * 255])
    def test_is_one_that_cloudwatch_takes(self, stack: Stack, name: str) -> None:
        """
        Letters, digits, hyphens and underscores are taken, up to 255.
        """
        channel = ivs.Channel(stack, "Channel")
        ivs.IvsDashboard(stack, "Dashboard", channels=[channel], dashboard_name=name)
        (found,) = resources_of(stack, "AWS::CloudWatch::Dashboard").values()
        assert found["Properties"]["DashboardName"] == name

    def test_may_be_looked_up(self, located_stack: Stack) -> None:
        """
        What the CDK makes up before the look-up is taken, though its own dashboard refuses it.
        """
        name = StringParameter.value_from_lookup(located_stack, "/live/dashboard")
        channel = ivs.Channel(located_stack, "Channel")
        ivs.IvsDashboard(located_stack, "Dashboard", channels=[channel], dashboard_name=name)
        (found,) = resources_of(located_stack, "AWS::CloudWatch::Dashboard").values()
        assert "DashboardName" not in found["Properties"]

    def test_may_be_a_token(self, stack: Stack) -> None:
        """
        A name that is known at deployment is taken.
        """
        channel = ivs.Channel(stack, "Channel")
        ivs.IvsDashboard(stack, "Dashboard", channels=[channel], dashboard_name=token())
        (found,) = resources_of(stack, "AWS::CloudWatch::Dashboard").values()
        assert found["Properties"]["DashboardName"] == {"Ref": "Parameter"}

    @pytest.mark.parametrize("name", ["my dash", "", "x" * 256, "d\xe4sh", "a/b", "a.b", "dash\n"])
    def test_is_nothing_else(self, stack: Stack, name: str) -> None:
        """
        Any other name is refused before there is a dashboard.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(ValidationError) as error:
            ivs.IvsDashboard(stack, "Dashboard", channels=[channel], dashboard_name=name)
        assert (error.value.code, error.value.path) == ("DashboardName", "Stack/Dashboard")
        assert error.value.message.startswith(
            "'dashboard_name' must be 1 to 255 letters, digits, '-' and '_', got "
        )
        assert error.value.message.endswith(f" of {len(name)} characters")
        assert stack.node.try_find_child("Dashboard") is None


class TestDurations:
    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (
                {"period": Duration.seconds(0)},
                (
                    "'period' must be at least 60 seconds, got 0 seconds (allowed: 60 to 86400 "
                    "seconds)"
                ),
            ),
            (
                {"period": Duration.seconds(61)},
                "'period' must be a multiple of 60 seconds, got 61 seconds",
            ),
            (
                {"period": Duration.seconds(90)},
                "'period' must be a multiple of 60 seconds, got 90 seconds",
            ),
            (
                {"period": Duration.minutes(Token.as_number({"Ref": "Parameter"}))},
                "'period' must be known at synthesis, got a token; give a number to Duration",
            ),
            (
                {"default_interval": Duration.seconds(0)},
                "'default_interval' must be longer than 0 seconds, got 0 seconds",
            ),
            (
                {"default_interval": Duration.hours(Token.as_number({"Ref": "Parameter"}))},
                (
                    "'default_interval' must be known at synthesis, got a token; give a number to "
                    "Duration"
                ),
            ),
        ],
        ids=["0", "61", "90", "token", "no interval", "interval of a token"],
    )
    def test_are_those_of_cloudwatch(
        self, stack: Stack, options: dict[str, Any], message: str
    ) -> None:
        """
        What CloudWatch does not have, or the CDK cannot render, is refused.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(ValidationError) as error:
            ivs.IvsDashboard(stack, "Dashboard", channels=[channel], **options)
        assert error.value.message == message
        assert error.value.path == "Stack/Dashboard"
        assert stack.node.try_find_child("Dashboard") is None

    @pytest.mark.parametrize("seconds", [60, 120, 86_400])
    def test_may_be_minutes(self, stack: Stack, seconds: int) -> None:
        """
        Whole minutes are taken, up to a day.
        """
        channel = ivs.Channel(stack, "Channel")
        ivs.IvsDashboard(stack, "Dashboard", channels=[channel], period=Duration.seconds(seconds))
        assert len(resources_of(stack, "AWS::CloudWatch::Dashboard")) == 1
