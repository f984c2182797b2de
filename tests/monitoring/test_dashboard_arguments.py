"""What a dashboard takes, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import Duration, Stack, Token
from aws_cdk.aws_ivs import CfnChannel, CfnStage
from aws_cdk.aws_ssm import StringParameter

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.monitoring.dashboard_body import CHANNEL_ARN, ROOM_ARN, STAGE_ARN, body_of, labels_of
from tests.support.arns import arn
from tests.support.graph import only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token


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
            f"'channels' and 'stages' must have at most 416 items together, got {got}: a "
            "dashboard of CloudWatch has 2,500 lines at most; create several dashboards "
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

    @pytest.mark.parametrize(
        "name",
        ["my dash", "", "x" * 256, "d\xe4sh", "a/b", "a.b", "dash\n", "{{resolve:ssm:/live/name}}"],
    )
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
