"""Looking channels up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnOutput, ContextProvider, Environment, Stack
from aws_cdk.assertions import Annotations, Match
from aws_cdk.aws_ssm import StringParameter

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.tokens import token

PROVIDER = "cc-api-provider"
TYPE = "AWS::IVS::Channel"
CHANNEL_ARN = arn("channel/AbCdef1G2hij")
INGEST = "a1b2c3d4e5f6.global-contribute.live-video.net"
PLAYBACK = "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/api/video/v1/channel.m3u8"
ATTRIBUTES = ("channel_arn", "channel_ingest_endpoint", "channel_playback_url")
MADE_UP_ID = "dummy[0-9a-f]{16}"
MADE_UP = {
    "channel_arn": rf"arn:aws:ivs:us-west-2:123456789012:channel/{MADE_UP_ID}",
    "channel_ingest_endpoint": rf"{MADE_UP_ID}\.global-contribute\.live-video\.net",
    "channel_playback_url": rf"https://{MADE_UP_ID}\.us-west-2\.playback\.live-video\.net/api/video/v1/"
    rf"us-west-2\.123456789012\.channel\.{MADE_UP_ID}\.m3u8",
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
    return {name: getattr(channel, name) for name in ATTRIBUTES}


def assert_made_up(channel: ivs.IChannel, **known: str) -> None:
    """Whether the attributes are made up, but for those that are known."""
    for name, pattern in (MADE_UP | known).items():
        assert re.fullmatch(pattern, getattr(channel, name)), name


def answer(stack: Stack, query: Mapping[str, Any], found: object) -> None:
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
        assert_made_up(channel, channel_arn=CHANNEL_ARN)
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
        assert_made_up(channel)
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
        assert_made_up(channel, channel_arn=CHANNEL_ARN)
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


def give_key(channel: ivs.IChannel) -> None:
    """Give a channel its stream key."""
    channel.add_stream_key("Key")


def restrict(channel: ivs.IChannel) -> None:
    """Restrict where a channel can be played."""
    channel.attach_playback_restriction_policy(ivs.PlaybackRestrictionPolicy(channel, "Policy"))


def read_all(channel: ivs.IChannel) -> None:
    """Use every attribute, and all that is made from them."""
    CfnOutput(channel, "Arn", value=channel.channel_arn)
    CfnOutput(channel, "Id", value=channel.channel_id)
    CfnOutput(channel, "Ingest", value=channel.rtmps_ingest_url)
    CfnOutput(channel, "Playback", value=channel.channel_playback_url)
    CfnOutput(channel, "Srt", value=channel.srt_endpoint)


@pytest.mark.parametrize("use", [give_key, restrict, read_all])
class TestSeveral:
    """Several look-ups in an app, of which none was answered."""

    @pytest.mark.parametrize(
        "queries",
        [
            [{"channel_name": "live"}, {"channel_name": "other"}],
            [{"channel_arn": CHANNEL_ARN}, {"channel_arn": arn("channel/other")}],
            [{"channel_name": "live"}, {"channel_arn": CHANNEL_ARN}],
        ],
        ids=["names", "arns", "both"],
    )
    def test_are_asked_for_at_once(
        self,
        app: App,
        located_stack: Stack,
        use: Callable[[ivs.IChannel], None],
        queries: list[dict[str, str]],
    ) -> None:
        """
        The first pass synthesizes whatever the channels are used for, and asks for each.
        """
        for number, query in enumerate(queries):
            use(ivs.Channel.from_lookup(located_stack, f"Channel{number}", **query))
        assert len(asked_for(app)) == 2

    def test_of_one_name_are_asked_for_once(
        self, app: App, located_stack: Stack, use: Callable[[ivs.IChannel], None]
    ) -> None:
        """
        What is made up is no channel of which there could be too many: the next pass tells.
        """
        for id in ("A", "B"):
            use(ivs.Channel.from_lookup(located_stack, id, channel_name="live"))
        assert len(asked_for(app)) == 1

    def test_in_another_stack_are_asked_for_there(
        self, app: App, use: Callable[[ivs.IChannel], None]
    ) -> None:
        """
        One name in two Regions is two look-ups.
        """
        for region in ("us-west-2", "us-east-1"):
            stack = Stack(app, region, env=Environment(account=ACCOUNT, region=region))
            use(ivs.Channel.from_lookup(stack, "Channel", channel_name="live"))
        assert len(asked_for(app)) == 2


class TestFound:
    def test_of_one_name_is_one_channel(self, known: Stack) -> None:
        """
        What the first pass lets through is refused as soon as it is known to be one channel.
        """
        policy = ivs.PlaybackRestrictionPolicy(known, "Policy")
        first, second = (
            ivs.Channel.from_lookup(known, id, channel_name="live") for id in ("A", "B")
        )
        first.attach_playback_restriction_policy(policy)
        with pytest.raises(ValidationError) as error:
            second.attach_playback_restriction_policy(policy)
        assert error.value.code == "SecondAttachment"
        assert [child.node.id for child in second.node.children] == []


class TestMadeUpChannels:
    def test_are_unequal(self, located_stack: Stack, app: App) -> None:
        """
        What stands in for one channel stands in for no other.
        """
        elsewhere = Stack(app, "B", env=Environment(account=ACCOUNT, region="us-east-1"))
        found = [
            ivs.Channel.from_lookup(located_stack, "A", channel_name="live"),
            ivs.Channel.from_lookup(located_stack, "B", channel_name="other"),
            ivs.Channel.from_lookup(located_stack, "C", channel_arn=CHANNEL_ARN),
            ivs.Channel.from_lookup(located_stack, "D", channel_arn=arn("channel/other")),
            ivs.Channel.from_lookup(elsewhere, "Channel", channel_name="live"),
        ]
        for name in ATTRIBUTES:
            assert len({getattr(channel, name) for channel in found}) == 5

    def test_are_the_same_in_every_synthesis(self) -> None:
        """
        The made-up id follows from the query, so that a template changes for a reason only.
        """
        ids = set()
        for _ in range(2):
            stack = Stack(App(), "Stack", env=Environment(account=ACCOUNT, region=REGION))
            ids.add(ivs.Channel.from_lookup(stack, "Channel", channel_name="live").channel_id)
        assert len(ids) == 1

    def test_have_one_key_at_most(self, located_stack: Stack) -> None:
        """
        A second key for the same reference is refused before it is known which channel it is.
        """
        channel = ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        channel.add_stream_key("Key")
        with pytest.raises(ValidationError, match="'Stack/Channel/Key'"):
            channel.add_stream_key("Second")

    @pytest.mark.parametrize("keyword", ["channel_arn", "channel_name"])
    def test_stand_in_for_what_is_looked_up_itself(
        self, app: App, located_stack: Stack, keyword: str
    ) -> None:
        """
        A name that comes from a parameter which was not looked up yet is not asked for yet.
        """
        value = StringParameter.value_from_lookup(located_stack, "/live/channel")
        channel = ivs.Channel.from_lookup(located_stack, "Channel", **{keyword: value})
        assert_made_up(channel)
        assert [missing["provider"] for missing in asked_for(app)] == ["ssm"]


class TestAnswers:
    @pytest.mark.parametrize(
        "found",
        [
            [{}],
            [{"Arn": CHANNEL_ARN}, {"Name": "live"}],
            [{"Arn": None}],
            [{"Arn": ""}],
            [{"Arn": 5}],
            [CHANNEL_ARN],
            CHANNEL_ARN,
            {"Arn": CHANNEL_ARN},
            5,
        ],
        ids=str,
    )
    def test_without_an_arn_are_refused(self, located_stack: Stack, found: object) -> None:
        """
        An answer to a name that is no list of ARNs is an error that says where it is kept.
        """
        answer(located_stack, by_name("live"), found)
        with pytest.raises(ValidationError) as error:
            ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert error.value.code == "LookupAnswer"
        assert error.value.path == "Stack/Channel"
        assert error.value.message.startswith(
            "the answer to the look-up of 'live' must be a list of channels, each with 'Arn', got "
        )
        assert error.value.message.endswith(
            "; the answer stays in cdk.context.json until you run 'cdk context --reset <key>'; if "
            "Cloud Control gives the same answer again, use from_channel_attributes()"
        )
        assert located_stack.node.children == []

    @pytest.mark.parametrize(
        "found", [[{"IngestEndpoint": INGEST}], [{"PlaybackUrl": PLAYBACK}], [None], {}], ids=str
    )
    def test_without_an_attribute_are_refused(self, located_stack: Stack, found: object) -> None:
        """
        An answer to an ARN must have both attributes.
        """
        answer(located_stack, by_arn(), found)
        with pytest.raises(
            ValidationError,
            match=f"look-up of '{CHANNEL_ARN}' must be a list of channels, each with "
            "'IngestEndpoint' and 'PlaybackUrl', got ",
        ):
            ivs.Channel.from_lookup(located_stack, "Channel", channel_arn=CHANNEL_ARN)

    def test_with_more_than_was_asked_for_are_taken(self, located_stack: Stack) -> None:
        """
        Whatever else Cloud Control says of a channel does not matter.
        """
        answer(located_stack, by_name("live"), [{"Arn": CHANNEL_ARN, "Identifier": CHANNEL_ARN}])
        channel = ivs.Channel.from_lookup(located_stack, "Channel", channel_name="live")
        assert channel.channel_arn == CHANNEL_ARN


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
            "arn:aws:ivs:us-west-2:123456789012:channel/b; give one as 'channel_arn'; the "
            "answer stays in cdk.context.json until you run 'cdk context --reset <key>'"
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
            "'live', the name of no channel; the answer stays in cdk.context.json until you run "
            "'cdk context --reset <key>'"
        )
        assert located_stack.node.children == []


class TestArns:
    def test_a_channel_that_is_not_there_is_an_error(self, located_stack: Stack) -> None:
        """
        An empty answer names the ARN, and how to ask again.
        """
        answer(located_stack, by_arn(), [])
        with pytest.raises(ValidationError, match="which was not found; the answer stays in"):
            ivs.Channel.from_lookup(located_stack, "Channel", channel_arn=CHANNEL_ARN)


class TestBadInput:
    @pytest.mark.parametrize("value", [5, ""])
    @pytest.mark.parametrize("keyword", ["channel_arn", "channel_name"])
    def test_must_be_a_text(self, located_stack: Stack, keyword: str, value: Any) -> None:
        """
        Nothing is looked up by what is no text, or an empty one.
        """
        with pytest.raises(TypeError, match=f"'{keyword}' must be a string that is not empty"):
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
            match=f"'{keyword}' must be known at synthesis, got .*token.*; use from_channel_arn",
        ):
            ivs.Channel.from_lookup(located_stack, "Channel", **{keyword: token()})
        assert located_stack.node.children == []

    @pytest.mark.parametrize(
        ("environment", "got"),
        [
            (None, "no account and no Region"),
            (Environment(region=REGION), f"no account and the Region {REGION}"),
            (Environment(account=ACCOUNT), f"the account {ACCOUNT} and no Region"),
        ],
    )
    def test_the_environment_must_be_known(
        self, app: App, environment: Environment | None, got: str
    ) -> None:
        """
        A stack without an account or a Region cannot look up; the message says what to do.
        """
        stack = Stack(app, "Stack", env=environment)
        with pytest.raises(
            ValidationError,
            match=r"'scope' of from_lookup\(\) must be in a stack whose account and Region are "
            rf"known, got {got}: give the stack an 'env', or use from_channel_attributes\(\)",
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
