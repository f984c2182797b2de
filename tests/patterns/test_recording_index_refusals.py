"""The arguments that a recording index refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Duration, Environment, RemovalPolicy, Stack, Token
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_sqs as sqs
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import RecordingIndex
from tests.support.arns import arn


def own_table(stack: Stack, key: str = "recording_id", **arguments: Any) -> dynamodb.Table:
    """A table with a key."""
    return dynamodb.Table(
        stack,
        "Own",
        partition_key=dynamodb.Attribute(name=key, type=dynamodb.AttributeType.STRING),
        **arguments,
    )


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(
                lambda *_: {},
                "'channels', 'stages' or 'all' must be given, got none of them; all=True means "
                "all channels and stages of the account and Region",
                id="nothing",
            ),
            pytest.param(
                lambda *_: {"channels": []},
                "'channels' must have at least one channel, got []; leave it out",
                id="no channels",
            ),
            pytest.param(
                lambda channel, _: {"all": True, "channels": [channel]},
                "'channels' must not be given with 'all', which includes all channels and "
                "stages of the account; leave one out",
                id="all and channels",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "http://example.com"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'http://example.com'",
                id="plain HTTP",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://example.com?a=b"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'https://example.com?a=b'",
                id="a query",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://[example.com"},
                "'base_url' must be an HTTPS URL without a query, such as "
                "'https://d111111abcdef8.cloudfront.net', got 'https://[example.com'",
                id="no URL",
            ),
            pytest.param(
                lambda *_: {"all": True, "base_url": "https://a", "url_for": str},
                "'base_url' and 'url_for' must not be given together; leave one out",
                id="both URLs",
            ),
            pytest.param(
                lambda *_: {"all": True, "url_for": lambda _: "https://a/b"},
                "'url_for' must return a URL with the prefix in it and a path of letters, digits, "
                "'.', '_', '-' and '/' after that, got 'https://a/b' for a recording of a channel",
                id="a URL without the prefix",
            ),
            pytest.param(
                lambda *_: {"all": True, "url_for": lambda prefix: f"https://a/{prefix}/b?c={{}}"},
                "'url_for' must return a URL with the prefix in it and a path of letters, digits, "
                "'.', '_', '-' and '/' after that, got 'https://a/<prefix>/b?c={}' for a recording "
                "of a channel",
                id="a path that cannot be formatted",
            ),
            pytest.param(
                lambda *_: {
                    "all": True,
                    "url_for": lambda prefix: f"https://{len(prefix)}.example/{prefix}/a.m3u8",
                },
                "'url_for' must return URLs that are the same before the prefix, got "
                "['https://48.example', 'https://59.example', 'https://61.example']",
                id="several hosts",
            ),
            pytest.param(
                lambda *_: {"all": True, "time_to_live": Duration.hours(1)},
                "'time_to_live' must be at least 86400 seconds, got 3600 seconds "
                "(allowed: 86400 to 3153600000 seconds)",
                id="an hour",
            ),
        ],
    )
    def test_name_the_keyword_and_leave_nothing(
        self,
        stack: Stack,
        channel: ivs.IChannel,
        stage: ivs.IStage,
        arguments: Callable[..., Any],
        message: str,
    ) -> None:
        """
        A wrong argument is refused before anything is created, with what to do.
        """
        with pytest.raises(ValidationError) as error:
            RecordingIndex(stack, "Index", **arguments(channel, stage))
        assert error.value.message == message
        assert error.value.path == "Stack/Index"
        assert stack.node.try_find_child("Index") is None

    def test_fifo_queue_is_refused(self, stack: Stack) -> None:
        """
        EventBridge sends to standard queues only.
        """
        queue = sqs.Queue(stack, "Queue", fifo=True)
        with pytest.raises(ValidationError, match="'dead_letter_queue' must be a standard queue"):
            RecordingIndex(stack, "Index", all=True, dead_letter_queue=queue)

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [("point_in_time_recovery", False), ("removal_policy", RemovalPolicy.DESTROY)],
    )
    def test_settings_of_a_given_table_are_refused(
        self, stack: Stack, keyword: str, value: Any
    ) -> None:
        """
        What belongs to the table is set where the table is created.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must not be given with 'table'"):
            RecordingIndex(stack, "Index", all=True, table=own_table(stack), **{keyword: value})

    def test_table_with_another_key_is_refused(self, stack: Stack) -> None:
        """
        An item is found by its id, which has to be the key.
        """
        with pytest.raises(ValidationError) as error:
            RecordingIndex(stack, "Index", all=True, table=own_table(stack, "id"))
        assert error.value.message == (
            "'table' must have the partition key 'recording_id' and no sort key, got the keys "
            "['id']"
        )

    def test_table_with_a_sort_key_is_refused(self, stack: Stack) -> None:
        """
        With a sort key there would be several items for a recording.
        """
        table = own_table(
            stack,
            sort_key=dynamodb.Attribute(name="time", type=dynamodb.AttributeType.STRING),
        )
        with pytest.raises(ValidationError, match=r"got the keys \['recording_id', 'time'\]"):
            RecordingIndex(stack, "Index", all=True, table=table)

    def test_table_whose_key_is_a_token_passes(self, stack: Stack) -> None:
        """
        What is known at deployment only is not refused.
        """
        RecordingIndex(
            stack, "Index", all=True, table=own_table(stack, Token.as_string({"Ref": "K"}))
        )
        Template.from_stack(stack).resource_count_is("AWS::DynamoDB::Table", 1)

    @pytest.mark.parametrize(
        ("table", "got"),
        [
            pytest.param(own_table, "no known stream", id="L2 without"),
            pytest.param(
                lambda stack: own_table(stack, stream=dynamodb.StreamViewType.NEW_IMAGE),
                "'NEW_IMAGE'",
                id="L2 with one image",
            ),
            pytest.param(
                lambda stack: dynamodb.CfnTable(
                    stack, "Own", key_schema=[{"attributeName": "recording_id", "keyType": "HASH"}]
                ),
                "no known stream",
                id="L1 without",
            ),
            pytest.param(
                lambda stack: dynamodb.Table.from_table_name(stack, "Own", "recordings"),
                "no known stream",
                id="imported without",
            ),
        ],
    )
    def test_table_without_a_stream_has_no_ready(
        self, stack: Stack, table: Callable[[Stack], Any], got: str
    ) -> None:
        """
        A table whose stream does not have both images is refused when it is needed.
        """
        index = RecordingIndex(stack, "Index", all=True, table=table(stack))
        with pytest.raises(ValidationError) as error:
            index.on_ready("Ready")
        assert error.value.message == (
            f"'table' must have a stream of NEW_AND_OLD_IMAGES for on_ready(), got {got}; give the "
            "table one, or name it with Table.from_table_attributes(table_stream_arn=…)"
        )
        assert error.value.path == "Stack/Index/Ready"
        assert index.node.try_find_child("Ready") is None

    def test_channel_of_another_region_is_refused(self, app: App) -> None:
        """
        Events stay in the Region of the channel.
        """
        stack = Stack(app, "Here", env=Environment(account="123456789012", region="us-west-2"))
        far = ivs.Channel.from_channel_arn(
            stack, "Far", arn("channel/AbCdef1G2hij", region="eu-west-1")
        )
        with pytest.raises(ValidationError, match="'channels' must be in the Region of the stack"):
            RecordingIndex(stack, "Index", channels=[far])
        assert stack.node.try_find_child("Index") is None
