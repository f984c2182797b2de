"""How many messages to JavaScript alarms and dashboards take: each costs about 0.2 ms."""

from __future__ import annotations

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_sns as sns
from aws_cdk.aws_cloudwatch_actions import SnsAction

import cdk_ivs as ivs
from tests.support.messages import count


class TestAlarms:
    """
    Each alarm takes three: its metric, itself as the CDK's Alarm, and its action. A rule takes
    two: itself, and its name for the metric.
    """

    def test_of_a_channel(self, stack: Stack, channel: ivs.Channel, topic: sns.Topic) -> None:
        """
        22 for four alarms on metrics and two on events, three for the channel, and one for the
        construct around them. The rest is for the topic, its policy and a minute, once.
        """
        assert channel.channel_arn
        assert count(lambda: ivs.ChannelAlarms(stack, "New", channel=channel, topic=topic)) == 33
        another = ivs.Channel(stack, "Another")
        assert another.channel_arn
        assert (
            count(lambda: ivs.ChannelAlarms(stack, "AnotherNew", channel=another, topic=topic))
            == 25
        )

    def test_of_a_stage(self, stack: Stack, stage: ivs.Stage, topic: sns.Topic) -> None:
        """
        27 for four alarms on metrics and three on events, one for the id of the stage, one for
        the construct around them, and three for the log group that one rule calls. The rest is for
        the topic, the log group and a minute, once.
        """
        assert stage.stage_arn
        assert count(lambda: ivs.StageAlarms(stack, "New", stage=stage, topic=topic)) == 45
        another = ivs.Stage(stack, "Another")
        assert another.stage_arn
        assert count(lambda: ivs.StageAlarms(stack, "AnotherNew", stage=another, topic=topic)) == 32

    def test_of_quotas(self, stack: Stack, topic: sns.Topic) -> None:
        """
        Each alarm takes a fourth for the expression.
        """
        ivs.QuotaAlarms(stack, "First", topic=topic)
        assert count(lambda: ivs.QuotaAlarms(stack, "New", topic=topic)) == 1 + 3 * 4

    def test_with_an_action(self, stack: Stack, channel: ivs.Channel, topic: sns.Topic) -> None:
        """
        An action may fail, so that rules are given their targets after all, one by one.
        """
        assert channel.channel_arn
        actions = [SnsAction(topic)]
        assert (
            count(
                lambda: ivs.ChannelAlarms(
                    stack, "New", channel=channel, topic=topic, actions=actions
                )
            )
            == 33 + 2
        )


class TestDashboard:
    def test_of_a_channel_and_a_stage(
        self, stack: Stack, channel: ivs.Channel, stage: ivs.Stage
    ) -> None:
        """
        Four for the construct, the dashboard, what it shows and the name of the Region, and two
        for each channel or stage: its ARN and its id.
        """
        assert (
            count(lambda: ivs.IvsDashboard(stack, "New", channels=[channel], stages=[stage]))
            == 4 + 2 * 2
        )
        assert (
            count(lambda: ivs.IvsDashboard(stack, "Another", channels=[channel], stages=[stage]))
            == 4
        )

    def test_of_rooms(self, stack: Stack) -> None:
        """
        Chat takes two for each room that is named, and none for its graphs.
        """
        rooms = [ivs.chat.Room(stack, f"Room{number}") for number in range(2)]
        assert count(lambda: ivs.IvsDashboard(stack, "New", rooms=rooms)) == 4 + 2 * 2

    @pytest.mark.parametrize("channels", [1, 20])
    def test_at_synthesis(self, app: App, channels: int) -> None:
        """
        JavaScript calls back for what a dashboard shows three times at most, and an older
        aws-cdk-lib once, however much that is.
        """
        stack = Stack(app, "Stack")
        shown = [ivs.Channel(stack, f"Channel{number}") for number in range(channels)]
        ivs.IvsDashboard(stack, "Dashboard", channels=shown)
        assert 1 <= count(app.synth) - 4 <= 3
