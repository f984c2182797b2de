"""The events with which a recording index says that recordings are ready."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import Stack, Token
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sqs as sqs

import cdk_ivs as ivs
from cdk_ivs.patterns import RecordingIndex
from tests.monitoring.matching import matching, patterns_of
from tests.patterns.indexing import definition_of
from tests.patterns.templates import only
from tests.support.events import CHANNEL as CHANNEL_ARN
from tests.support.oracles import resources_of, template_of

URL = "https://d111111abcdef8.cloudfront.net"


class TestReady:
    def test_has_one_pipe_for_all_rules(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The pipe is created with the first rule, and sends for all.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        assert index.pipe is None
        index.on_ready("First")
        pipe = index.pipe
        index.on_ready("Second", description="Says it again")
        assert index.pipe is pipe
        assert len(resources_of(stack, "AWS::Pipes::Pipe")) == 1
        assert len(resources_of(stack, "AWS::Events::Rule")) == 3

    def test_rules_match_the_events_of_this_index(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        What the pipe sends is matched by the rule, and that of another index is not.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        rule = index.on_ready("Ready")
        pipe = only(stack, "AWS::Pipes::Pipe")
        parameters = pipe["TargetParameters"]["EventBridgeEventBusParameters"]
        (table,) = resources_of(stack, "AWS::DynamoDB::Table")
        patterns = patterns_of(stack, {"ready": rule}, {f"{table}.Arn": "arn:table"})
        assert parameters["Resources"] == [
            {"Fn::GetAtt": [table, "Arn"]},
            "$.dynamodb.NewImage.resource_arn.S",
        ]
        event = {
            "source": parameters["Source"],
            "detail-type": parameters["DetailType"],
            "resources": ["arn:table", CHANNEL_ARN],
            "detail": {},
        }
        assert matching(patterns, event) == {"ready"}
        assert matching(patterns, {**event, "resources": ["arn:other", CHANNEL_ARN]}) == set()

    def test_goes_to_the_bus_that_is_given(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        With an event bus, the pipe sends to that and the rule listens there.
        """
        bus = events.EventBus(stack, "Bus")
        index = RecordingIndex(stack, "Index", channels=[channel], event_bus=bus)
        rule = index.on_ready("Ready")
        (name,) = resources_of(stack, "AWS::Events::EventBus")
        assert only(stack, "AWS::Pipes::Pipe")["Target"] == {"Fn::GetAtt": [name, "Arn"]}
        cfn_rule: Any = rule.node.default_child
        logical_id = stack.get_logical_id(cfn_rule)
        properties = resources_of(stack, "AWS::Events::Rule")[logical_id]["Properties"]
        assert properties["EventBusName"] == {"Ref": name}

    def test_has_the_target_and_the_options(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The rule takes a target and the options of every rule.
        """
        index = RecordingIndex(stack, "Index", channels=[channel])
        queue = sqs.Queue(stack, "Queue")
        rule = index.on_ready("Ready", target=targets.SqsQueue(queue), rule_name="ready")
        cfn_rule: Any = rule.node.default_child
        logical_id = stack.get_logical_id(cfn_rule)
        properties = resources_of(stack, "AWS::Events::Rule")[logical_id]["Properties"]
        assert properties["Name"] == "ready"
        assert len(properties["Targets"]) == 1

    @pytest.mark.parametrize(
        ("arguments", "url"),
        [
            ({}, None),
            ({"base_url": URL}, URL),
            ({"base_url": f"{URL}/vod/"}, f"{URL}/vod"),
            ({"url_for": lambda prefix: f"{URL}/{prefix}/media/hls/master.m3u8"}, URL),
            ({"url_for": lambda prefix: f"{URL}/vod/{prefix}/all.m3u8"}, f"{URL}/vod"),
        ],
    )
    def test_has_a_url_if_one_is_known(
        self, stack: Stack, channel: ivs.IChannel, arguments: Any, url: str | None
    ) -> None:
        """
        The URL is the base, of the argument or of the function, and the key of the playlist.
        """
        index = RecordingIndex(stack, "Index", channels=[channel], **arguments)
        index.on_ready("Ready")
        template = only(stack, "AWS::Pipes::Pipe")["TargetParameters"]["InputTemplate"]
        playlist = "<$.dynamodb.NewImage.playlist_key.S>"
        expected = None if url is None else f"{url}/{playlist}"
        assert json.loads(template).get("url") == expected

    def test_takes_the_playlist_from_the_function(
        self, stack: Stack, channel: ivs.IChannel
    ) -> None:
        """
        The path that a function puts after the prefix is that of the item's playlist.
        """
        RecordingIndex(
            stack, "Index", channels=[channel], url_for=lambda prefix: f"{URL}/{prefix}/all.m3u8"
        )
        text = json.dumps(definition_of(template_of(stack)))
        assert "States.Format('{}/all.m3u8'" in text
        assert "master.m3u8" not in text

    def test_url_may_be_a_token(self, stack: Stack, channel: ivs.IChannel) -> None:
        """
        The domain of a distribution, which is known at deployment, is put into the template.
        """
        domain = Token.as_string({"Fn::ImportValue": "Domain"})
        index = RecordingIndex(stack, "Index", channels=[channel], base_url=f"https://{domain}")
        index.on_ready("Ready")
        template = only(stack, "AWS::Pipes::Pipe")["TargetParameters"]["InputTemplate"]
        assert {"Fn::ImportValue": "Domain"} in template["Fn::Join"][1]
