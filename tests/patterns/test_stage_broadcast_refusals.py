"""The arguments that a StageBroadcast refuses, and the limits that it takes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Environment, Stack, Token

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import CompositionLayout, StageBroadcast
from tests.patterns.broadcasting import STORAGE, VALUES
from tests.patterns.state_machines import definitions_of
from tests.support.events import STAGE
from tests.support.oracles import template_of

LONG = Duration.hours(4)


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({}, "at least one of 'channel' and 'storage_configuration' must be given, got none"),
            (
                {"channel": True, "hls_segment_duration": Duration.seconds(4)},
                (
                    "'hls_segment_duration' must not be given without 'storage_configuration'"
                    ", got 4 seconds"
                ),
            ),
            (
                {"channel": True, "thumbnail_interval": Duration.seconds(4)},
                (
                    "'thumbnail_interval' must not be given without 'storage_configuration'"
                    ", got 4 seconds"
                ),
            ),
            (
                {"channel": True, "thumbnail_storage": [ivs.Storage.LATEST]},
                (
                    "'thumbnail_storage' must not be given without 'storage_configuration', got "
                    "[<Storage.LATEST: 'LATEST'>]: nothing is recorded; give a storage "
                    "configuration, or leave 'thumbnail_storage' out"
                ),
            ),
            (
                {"storage": True, "offline_timeout": Duration.minutes(1)},
                "'offline_timeout' must not be given without 'channel', got 1 minute",
            ),
            (
                {"storage": True, "hls_segment_duration": Duration.seconds(1)},
                "'hls_segment_duration' must be at least 2 seconds, got 1 second",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.seconds(0)},
                "'thumbnail_interval' must be at least 1 second, got 0 seconds",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.seconds(86_401)},
                "'thumbnail_interval' must be at most 86400 seconds, got 86401 seconds",
            ),
            (
                {"channel": True, "offline_timeout": Duration.seconds(10_801)},
                "'offline_timeout' must be at most 10800 seconds, got 10801 seconds",
            ),
            (
                {"storage": True, "hls_segment_duration": Duration.seconds(11)},
                "'hls_segment_duration' must be at most 10 seconds, got 11 seconds",
            ),
            (
                {"storage": True, "thumbnail_interval": Duration.days(2)},
                "'thumbnail_interval' must be at most 86400 seconds, got 172800 seconds",
            ),
            (
                {"storage": True, "thumbnail_storage": []},
                "'thumbnail_storage' must have at least one Storage, got none",
            ),
            (
                {"storage": True, "thumbnail_storage": Token.as_list({"Ref": "List"})},
                "'thumbnail_storage' must be a list that is known at synthesis, got '<token>'",
            ),
            (
                {"storage": True, "thumbnail_storage": [ivs.Storage.LATEST] * 2},
                "'thumbnail_storage' must not have a value twice, got 'LATEST' again",
            ),
            (
                {"channel": True, "offline_timeout": Duration.seconds(14)},
                "'offline_timeout' must be at least 15 seconds, got 14 seconds",
            ),
            (
                {"channel": True, "offline_timeout": LONG},
                "'offline_timeout' must be at most 10800 seconds, got 14400 seconds",
            ),
            (
                {"channel": True, "stop_after": LONG},
                "'stop_after' must be at most 3600 seconds, got 14400 seconds",
            ),
            ({"channel": True, "stage": "arn"}, "'stage' must be IStageRef, got 'arn'"),
            ({"channel": True, "layout": "grid"}, "'layout' must be CompositionLayout, got 'grid'"),
            ({"channel": True, "replicas": "no"}, "'replicas' must be bool, got 'no'"),
            ({"channel": True, "role": "arn"}, "'role' must be IRole, got 'arn'"),
            (
                {"channel": True, "dead_letter_queue": "arn:aws:sqs:us-west-2:123456789012:q"},
                "; use aws_sqs.Queue.from_queue_arn(self, ",
            ),
            ({"channel": True, "log_group": 1}, "'log_group' must be ILogGroup, got 1"),
            (
                {"channel": True, "dead_letter_queue": 1},
                "'dead_letter_queue' must be IQueue, got 1",
            ),
        ],
    )
    def test_arguments(
        self,
        *,
        stack: Stack,
        stage: ivs.IStage,
        channel: ivs.IChannel,
        storage: ivs.IStorageConfiguration,
        arguments: dict[str, Any],
        message: str,
    ) -> None:
        """
        What cannot be is refused with the keyword, and nothing of it stays in the tree.
        """
        given = {"stage": stage, **arguments}
        if given.pop("storage", False):
            given["storage_configuration"] = storage
        if given.get("channel"):
            given["channel"] = channel
        with pytest.raises(ValidationError, match=re.escape(message)) as raised:
            StageBroadcast(stack, "Broadcast", **given)
        assert raised.value.path == "Stack/Broadcast"
        assert stack.node.try_find_child("Broadcast") is None

    @pytest.mark.parametrize(
        ("timeout", "waits"), [(None, 40), (15, 1), (29, 1), (100, 6), (10_800, 720)]
    )
    def test_timeout_is_in_looks(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel, timeout: int, waits: int
    ) -> None:
        """
        The channel is looked at every 15 seconds, and for 10 minutes by default.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            channel=channel,
            offline_timeout=None if timeout is None else Duration.seconds(timeout),
        )
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert f"'$.waits.count', 'NumericGreaterThanEquals': {waits}," in str(definition)

    @pytest.mark.parametrize(("segment", "interval"), [(2, 1), (10, 86_400)])
    def test_limits_of_a_recording_pass(
        self,
        stack: Stack,
        stage: ivs.IStage,
        storage: ivs.IStorageConfiguration,
        segment: int,
        interval: int,
    ) -> None:
        """
        The shortest and the longest segments and intervals are in the call.
        """
        StageBroadcast(
            stack,
            "Broadcast",
            stage=stage,
            storage_configuration=storage,
            hls_segment_duration=Duration.seconds(segment),
            thumbnail_interval=Duration.seconds(interval),
        )
        (definition,) = definitions_of(template_of(stack), VALUES).values()
        assert f"'TargetSegmentDurationSeconds': {segment}}}" in str(definition)
        assert f"'TargetIntervalSeconds': {interval}" in str(definition)

    def test_timeout_must_be_known(
        self, stack: Stack, stage: ivs.IStage, channel: ivs.IChannel
    ) -> None:
        """
        How often to look at the channel is counted at synthesis, which takes a number.
        """
        number: Any = CfnParameter(stack, "Number", type="Number").value_as_number
        with pytest.raises(ValidationError, match="'offline_timeout' must be known at synthesis"):
            StageBroadcast(
                stack,
                "Broadcast",
                stage=stage,
                channel=channel,
                offline_timeout=Duration.seconds(number),
            )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"grid_gap": -1}, "'grid_gap' must be at least 0 pixels, got -1"),
            ({"grid_gap": 1921}, "'grid_gap' must be at most 1920 pixels, got 1921"),
            ({"pip_width": 0}, "'pip_width' must be at least 1 pixel, got 0"),
            ({"pip_height": 0}, "'pip_height' must be at least 1 pixel, got 0"),
            ({"pip_offset": -1}, "'pip_offset' must be at least 0 pixels, got -1"),
            (
                {"pip_participant_attribute": "a b"},
                "at most 128 letters, digits, '-' and '_', got 'a b' of 3 characters",
            ),
            ({"participant_order_attribute": "a" * 129}, "of 129 characters"),
            ({"pip_position": "LEFT"}, "'pip_position' must be PipPosition (TOP_LEFT, TOP_RIGHT"),
        ],
    )
    def test_layouts(self, arguments: dict[str, Any], message: str) -> None:
        """
        A layout that IVS refuses is refused where it is made.
        """
        with pytest.raises(ValidationError, match=re.escape(message)):
            CompositionLayout.pip(**arguments)

    def test_apart(self, stack: Stack, stage: ivs.IStage) -> None:
        """
        A stage and a channel of different Regions or accounts are refused, also in a stack that
        may be anywhere.
        """
        for arn_of_channel, message in {
            "arn:aws:ivs:eu-west-1:123456789012:channel/a": (
                "'channel' must be in the Region of 'stage', us-west-2, got one in eu-west-1"
            ),
            "arn:aws:ivs:us-west-2:210987654321:channel/a": (
                "'channel' must be in the account of 'stage', 123456789012, got one in 210987654321"
            ),
        }.items():
            channel = ivs.Channel.from_channel_arn(stack, message[-9:], arn_of_channel)
            with pytest.raises(ValidationError, match=message):
                StageBroadcast(stack, "Broadcast", stage=stage, channel=channel)

    def test_away_from_the_stack(self, app: App) -> None:
        """
        A stage of another Region than the stack's is refused: no event of it would come.
        """
        stack = Stack(app, "Here", env=Environment(region="eu-west-1"))
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE)
        storage = ivs.StorageConfiguration.from_storage_configuration_arn(
            stack, "Storage", STORAGE.replace("us-west-2", "eu-west-1")
        )
        with pytest.raises(ValidationError, match="'stage' must be in the Region of the stack"):
            StageBroadcast(stack, "Broadcast", stage=stage, storage_configuration=storage)

    def test_of_other_stacks_are_compared(self, app: App) -> None:
        """
        A channel of a stack elsewhere in the app is refused, though its ARN is a token.
        """
        there = Stack(app, "There", env=Environment(region="eu-west-1"))
        here = Stack(app, "Here", env=Environment(region="us-west-2"))
        with pytest.raises(ValidationError, match="'channel' must be in the Region of the stack"):
            StageBroadcast(
                here,
                "Broadcast",
                stage=ivs.Stage(here, "Stage"),
                channel=ivs.Channel(there, "Channel", channel_name="one"),
            )
