"""Looking channels up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, ContextProvider, Environment, Stack
from aws_cdk.assertions import Annotations, Match

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.tokens import token

PROVIDER = "cc-api-provider"
TYPE = "AWS::IVS::Channel"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")
INGEST = "a1b2c3d4e5f6.global-contribute.live-video.net"
PLAYBACK = "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/api/video/v1/channel.m3u8"
MADE_UP = {
    "channel_arn": "arn:aws:ivs:us-west-2:123456789012:channel/dummydummydu",
    "channel_ingest_endpoint": "dummydummydu.global-contribute.live-video.net",
    "channel_playback_url": "https://dummydummydu.us-west-2.playback.live-video.net/api/video/v1/"
    "us-west-2.123456789012.channel.dummydummydu.m3u8",
}


def by_arn(channel_arn: str = CHANNEL_ARN) -> dict[str, Any]:
    """The query for the attributes of a channel."""
    return {
        "typeName": TYPE,
        "exactIdentifier": channel_arn,
        "propertiesToReturn": ["IngestEndpoint", "PlaybackUrl"],
    }


def by_name(name: str) -> dict[str, Any]:
    """The query for the ARNs of the channels with a name."""
    return {"typeName": TYPE, "propertyMatch": {"Name": name}, "propertiesToReturn": ["Arn"]}


def attributes(channel: ivs.IChannel) -> dict[str, str]:
    """What a look-up finds."""
    return {name: getattr(channel, name) for name in MADE_UP}


def answer(stack: Stack, query: Mapping[str, Any], found: list[dict[str, str]]) -> None:
    """Put into the context what the CDK CLI would, in the form that it would."""
    key = ContextProvider.get_key(stack, provider=PROVIDER, props=query).key
    stack.node.set_context(key, found)


def asked_for(app: App) -> list[dict[str, Any]]:
    """What the CDK CLI is asked to look up, as it reads it after a synthesis."""
    manifest = json.loads((Path(app.synth().directory) / "manifest.json").read_text())
    missing: list[dict[str, Any]] = manifest.get("missing", [])
    return missing


@pytest.fixture
def known(located_stack: Stack) -> Stack:
    """A stack in whose account there is one channel, named live."""
    answer(located_stack, by_arn(), [{"IngestEndpoint": INGEST, "PlaybackUrl": PLAYBACK}])
    answer(located_stack, by_name("live"), [{"Arn": CHANNEL_ARN}])
    return located_stack


class TestKnown:
    @pytest.mark.parametrize("query", [{"channel_arn": CHANNEL_ARN}, {"channel_name": "live"}])
    def test_attributes_are_real(self, app: App, known: Stack, query: dict[str, str]) -> None:
        """
        With the answers in the context, all attributes are those of the channel.
        """
        channel = ivs.Channel.from_lookup(known, "Channel", **query)
        assert attributes(channel) == {
            "channel_arn": CHANNEL_ARN,
            "channel_ingest_endpoint": INGEST,
            "channel_playback_url": PLAYBACK,
        }
        assert channel.channel_id == "AbCdef1G2hij"
        assert channel.rtmps_ingest_url == f"rtmps://{INGEST}:443/app/"
        assert (channel.env.account, channel.env.region) == (ACCOUNT, REGION)
        assert asked_for(app) == []

    def test_makes_no_resource(self, known: Stack) -> None:
        """
        A channel that is looked up is a reference.
        """
        channel = ivs.Channel.from_lookup(known, "Channel", channel_arn=CHANNEL_ARN)
        assert channel.node.children == []

    def test_takes_a_stream_key(self, known: Stack) -> None:
        """
        A second key for the channel that was looked up is refused, however it was found.
        """
        ivs.Channel.from_lookup(known, "A", channel_arn=CHANNEL_ARN).add_stream_key("Key")
        other = ivs.Channel.from_lookup(known, "B", channel_name="live")
        with pytest.raises(ValidationError, match="a channel has at most one"):
            other.add_stream_key("Key")


class TestFirstPass:
    def test_by_arn_asks_for_the_attributes(self, app: App, located_stack: Stack) -> None:
        """
        Until it was looked up, the ARN is the real one and the rest is made up and asked for.
        """
        channel = ivs.Channel.from_lookup(located_stack, "Channel", channel_arn=CHANNEL_ARN)
        assert attributes(channel) == {**MADE_UP, "channel_arn": CHANNEL_ARN}
        (missing,) = asked_for(app)
        assert missing["provider"] == "cc-api-provider"
        assert missing["key"] == (
            "cc-api-provider:account=123456789012:exactIdentifier=arn$:aws$:ivs$:us-west-2$:"
            "123456789012$:channel/AbCdef1G2hij:propertiesToReturn.0=IngestEndpoint:"
            "propertiesToReturn.1=PlaybackUrl:region=us-west-2:typeName=AWS$:$:IVS$:$:Channel"
        )

    def test_by_name_asks_for_the_arn(self, app: App, located_stack: Stack) -> None:
        """
        Everything is made up, and only the ARN is asked for: the rest needs it.
        """
        channel = ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert attributes(channel) == MADE_UP
        (missing,) = asked_for(app)
        assert missing["key"] == (
            "cc-api-provider:account=123456789012:propertiesToReturn.0=Arn:"
            "propertyMatch.Name=live:region=us-west-2:typeName=AWS$:$:IVS$:$:Channel"
        )

    def test_by_name_asks_for_the_attributes_next(self, app: App, located_stack: Stack) -> None:
        """
        With the ARN known, the attributes are asked for.
        """
        answer(located_stack, by_name("live"), [{"Arn": CHANNEL_ARN}])
        channel = ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert attributes(channel) == {**MADE_UP, "channel_arn": CHANNEL_ARN}
        (missing,) = asked_for(app)
        assert f"exactIdentifier={CHANNEL_ARN.replace(':', '$:')}:" in missing["key"]

    @pytest.mark.parametrize("query", [{"channel_arn": CHANNEL_ARN}, {"channel_name": "live"}])
    def test_an_error_of_the_cli_is_shown(
        self, located_stack: Stack, query: dict[str, str]
    ) -> None:
        """
        What went wrong when the CLI asked is an error of the stack.
        """
        properties = by_arn() if "channel_arn" in query else by_name("live")
        key = ContextProvider.get_key(located_stack, provider=PROVIDER, props=properties).key
        located_stack.node.set_context(key, {"$providerError": "not found"})
        ivs.Channel.from_lookup(located_stack, "Channel", **query)
        Annotations.from_stack(located_stack).has_error("*", Match.string_like_regexp("not found"))


class TestNames:
    def test_several_channels_are_listed(self, located_stack: Stack) -> None:
        """
        An ambiguous name is an error with the candidates, sorted, and what to do.
        """
        arns = [arn("channel/b"), arn("channel/a")]
        answer(located_stack, by_name("live"), [{"Arn": channel_arn} for channel_arn in arns])
        with pytest.raises(ValidationError) as error:
            ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert error.value.code == "LookupName"
        assert error.value.path == "Stack/Channel"
        assert error.value.message == (
            "'channel_name' must be the name of one channel in the account and Region, got "
            "'live', the name of 2: arn:aws:ivs:us-west-2:123456789012:channel/a, "
            "arn:aws:ivs:us-west-2:123456789012:channel/b; give one as 'channel_arn'; answers "
            "are kept in cdk.context.json until 'cdk context --reset'"
        )
        assert located_stack.node.children == []

    def test_no_channel_is_an_error(self, located_stack: Stack) -> None:
        """
        A name that no channel has is an error, which says where answers are kept.
        """
        answer(located_stack, by_name("live"), [])
        with pytest.raises(ValidationError) as error:
            ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert error.value.message == (
            "'channel_name' must be the name of one channel in the account and Region, got "
            "'live', the name of none; answers are kept in cdk.context.json until "
            "'cdk context --reset'"
        )
        assert located_stack.node.children == []


class TestArns:
    def test_a_channel_that_is_not_there_is_an_error(self, located_stack: Stack) -> None:
        """
        An empty answer names the ARN, and how to ask again.
        """
        answer(located_stack, by_arn(), [])
        with pytest.raises(ValidationError, match="which was not found; answers are kept in"):
            ivs.Channel.from_lookup(located_stack, "Channel", channel_arn=CHANNEL_ARN)


class TestBadInput:
    @pytest.mark.parametrize("value", [5, ""])
    @pytest.mark.parametrize("keyword", ["channel_arn", "channel_name"])
    def test_must_be_a_text(self, located_stack: Stack, keyword: str, value: Any) -> None:
        """
        Nothing is looked up by what is no text, or an empty one.
        """
        with pytest.raises(TypeError, match=f"'{keyword}' must be a text that is not empty"):
            ivs.Channel.from_lookup(located_stack, "Channel", **{keyword: value})

    @pytest.mark.parametrize(
        ("query", "got"),
        [({}, "none"), ({"channel_arn": CHANNEL_ARN, "channel_name": "live"}, "both")],
    )
    def test_one_of_both_must_be_given(
        self, located_stack: Stack, query: dict[str, str], got: str
    ) -> None:
        """
        Neither and both are refused.
        """
        with pytest.raises(
            ValidationError,
            match=f"one of 'channel_arn' and 'channel_name' must be given, got {got}",
        ):
            ivs.Channel.from_lookup(located_stack, "Channel", **query)
        assert located_stack.node.children == []

    @pytest.mark.parametrize("keyword", ["channel_arn", "channel_name"])
    def test_tokens_are_refused(self, located_stack: Stack, keyword: str) -> None:
        """
        What is known at deployment cannot be looked up; the message says what to use.
        """
        with pytest.raises(
            ValidationError,
            match=f"'{keyword}' must be known at synthesis, got a token; .* from_channel_arn",
        ):
            ivs.Channel.from_lookup(located_stack, "Channel", **{keyword: token()})
        assert located_stack.node.children == []

    @pytest.mark.parametrize(
        "environment", [None, Environment(region=REGION), Environment(account=ACCOUNT)]
    )
    def test_the_environment_must_be_known(self, app: App, environment: Environment | None) -> None:
        """
        A stack without an account or a Region cannot look up; the message says what to do.
        """
        stack = Stack(app, "Stack", env=environment)
        with pytest.raises(
            ValidationError,
            match="a look-up needs a stack whose account and Region are known: give the stack "
            r"an 'env', or refer to the channel with from_channel_attributes\(\)",
        ):
            ivs.Channel.from_lookup(stack, "Channel", channel_arn=CHANNEL_ARN)
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("channel_arn", "problem"),
        [
            (
                arn("channel/a", region="eu-west-1"),
                "must be in the Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                CHANNEL_ARN.replace(ACCOUNT, "210987654321"),
                "must be in the account of the stack, 123456789012, got one in 210987654321",
            ),
            (arn("stream-key/a"), "must be an ARN of the form"),
            ("live", "must be an ARN of the form"),
        ],
    )
    def test_the_arn_must_be_of_a_channel_here(
        self, located_stack: Stack, channel_arn: str, problem: str
    ) -> None:
        """
        The CLI asks in the account and Region of the stack only, for channels only.
        """
        with pytest.raises(ValidationError, match=f"'channel_arn' {problem}"):
            ivs.Channel.from_lookup(located_stack, "Channel", channel_arn=channel_arn)
        assert located_stack.node.children == []
