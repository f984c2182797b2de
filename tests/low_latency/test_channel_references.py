"""Channels that this app does not make, known by their attributes."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Fn, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn

CHANNEL_ARN = arn("channel/AbCdef1G2hij", region="eu-west-1")
INGEST = "a1b2c3d4e5f6.global-contribute.live-video.net"
PLAYBACK = "https://a1b2c3d4e5f6.eu-west-1.playback.live-video.net/api/video/v1/channel.m3u8"


class TestAttributes:
    def test_are_those_that_were_given(self, stack: Stack) -> None:
        """
        The URLs are made of what is given, the rest is in the ARN.
        """
        channel = ivs.Channel.from_channel_attributes(
            stack,
            "Channel",
            channel_arn=CHANNEL_ARN,
            ingest_endpoint=INGEST,
            playback_url=PLAYBACK,
        )
        assert channel.channel_arn == CHANNEL_ARN
        assert channel.channel_id == "AbCdef1G2hij"
        assert channel.channel_ingest_endpoint == INGEST
        assert channel.rtmps_ingest_url == f"rtmps://{INGEST}:443/app/"
        assert channel.channel_playback_url == PLAYBACK
        assert channel.channel_ref.channel_arn == CHANNEL_ARN
        assert (channel.env.account, channel.env.region) == ("123456789012", "eu-west-1")

    def test_may_be_tokens(self, stack: Stack) -> None:
        """
        Values of another stack are used as they are.
        """
        channel = ivs.Channel.from_channel_attributes(
            stack,
            "Channel",
            channel_arn=Fn.import_value("Arn"),
            ingest_endpoint=Fn.import_value("Ingest"),
            playback_url=Fn.import_value("Playback"),
        )
        assert stack.resolve(channel.channel_arn) == {"Fn::ImportValue": "Arn"}
        assert stack.resolve(channel.channel_playback_url) == {"Fn::ImportValue": "Playback"}
        assert stack.resolve(channel.rtmps_ingest_url) == {
            "Fn::Join": ["", ["rtmps://", {"Fn::ImportValue": "Ingest"}, ":443/app/"]]
        }

    @pytest.mark.parametrize("scheme", ["rtmps", "rtmp", "srt", "https"])
    def test_a_url_is_no_ingest_endpoint(self, stack: Stack, scheme: str) -> None:
        """
        The error says which host was meant, and shows nothing of the URL that may be a key.
        """
        with pytest.raises(ValidationError) as raised:
            ivs.Channel.from_channel_attributes(
                stack,
                "Channel",
                channel_arn=CHANNEL_ARN,
                ingest_endpoint=f"{scheme}://{INGEST}:443/app/sk_us-west-2_secret",
            )
        assert str(raised.value) == (
            "'ingest_endpoint' must be a host, such as "
            "'a1b2c3d4e5f6.global-contribute.live-video.net', got a URL; the host in it is "
            f"'{INGEST}'; 'rtmps_ingest_url' returns the URL [cdk-ivs:IngestEndpoint at "
            "'Stack/Channel']"
        )
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("endpoint", "got"),
        [
            (f"{INGEST}:443", f"got '{INGEST}:443'"),
            (f"{INGEST}/app/", f"got '{INGEST}/app/'"),
            ("localhost", "got 'localhost'"),
            ("", "got ''"),
        ],
    )
    def test_other_texts_are_no_ingest_endpoint(
        self, stack: Stack, endpoint: str, got: str
    ) -> None:
        """
        A port and a path would come twice in the URL, and a single word is no host of IVS.
        """
        with pytest.raises(ValidationError, match="'ingest_endpoint' must be a host") as raised:
            ivs.Channel.from_channel_attributes(
                stack, "Channel", channel_arn=CHANNEL_ARN, ingest_endpoint=endpoint
            )
        assert got in raised.value.message

    @pytest.mark.parametrize(
        ("url", "got"),
        [
            (PLAYBACK.replace("https", "http"), f"got '{PLAYBACK.replace('https', 'http')}'"),
            (PLAYBACK.removeprefix("https://"), f"got '{PLAYBACK.removeprefix('https://')}'"),
            (PLAYBACK.removesuffix(".m3u8"), f"got '{PLAYBACK.removesuffix('.m3u8')}'"),
            (f"{PLAYBACK}?token=secret", f"got '{PLAYBACK}' and more"),
            ("https://.m3u8", "got 'https://.m3u8'"),
        ],
    )
    def test_other_urls_are_no_playback_url(self, stack: Stack, url: str, got: str) -> None:
        """
        Players open a playlist over https; a token of a viewer is not shown.
        """
        with pytest.raises(ValidationError) as raised:
            ivs.Channel.from_channel_attributes(
                stack, "Channel", channel_arn=CHANNEL_ARN, playback_url=url
            )
        assert str(raised.value) == (
            "'playback_url' must be an https URL that ends in '.m3u8', without a query, "
            f"{got} [cdk-ivs:PlaybackUrl at 'Stack/Channel']"
        )
        assert stack.node.children == []

    @pytest.mark.parametrize("keyword", ["ingest_endpoint", "playback_url"])
    def test_must_be_texts(self, stack: Stack, keyword: str) -> None:
        """
        Anything but a text is refused, with the keyword and the type.
        """
        attributes: dict[str, Any] = {keyword: 5}
        with pytest.raises(TypeError, match=f"'{keyword}' must be str, got 5 of type 'int'"):
            ivs.Channel.from_channel_attributes(
                stack, "Channel", channel_arn=CHANNEL_ARN, **attributes
            )

    @pytest.mark.parametrize("keyword", ["ingest_endpoint", "playback_url"])
    def test_may_be_dynamic_references(self, stack: Stack, keyword: str) -> None:
        """
        What CloudFormation reads from a parameter passes.
        """
        attributes: dict[str, Any] = {keyword: "{{resolve:ssm:/channel}}"}
        channel = ivs.Channel.from_channel_attributes(
            stack, "Channel", channel_arn=CHANNEL_ARN, **attributes
        )
        assert getattr(channel, f"channel_{keyword}") == "{{resolve:ssm:/channel}}"

    def test_make_no_resource(self, stack: Stack) -> None:
        """
        A reference has nothing in the template.
        """
        channel = ivs.Channel.from_channel_attributes(stack, "Channel", channel_arn=CHANNEL_ARN)
        assert channel.node.children == []


class TestOutsideOfAStack:
    """A reference can stand in an app, and the custom resources of a reference cannot."""

    @pytest.mark.parametrize(
        ("use", "id"),
        [
            (lambda channel: channel.srt_endpoint, "SrtEndpoint"),
            (
                lambda channel: channel.attach_playback_restriction_policy(
                    ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
                        channel, "Policy", arn("playback-restriction-policy/AbCdef1G2hij")
                    )
                ),
                "AttachPlaybackRestrictionPolicy",
            ),
            # aws-cdk-lib has ad configurations from 2.274 on.
            pytest.param(
                lambda channel: channel.attach_ad_configuration(
                    ivs.AdConfiguration.from_ad_configuration_arn(
                        channel, "Ads", arn("ad-configuration/AbCdef1G2hij")
                    )
                ),
                "AttachAdConfiguration",
                marks=pytest.mark.newest,
            ),
            (
                lambda channel: channel.attach_failover_slate_configuration(
                    ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
                        channel, "Slate", arn("failover-slate-configuration/AbCdef1G2hij")
                    )
                ),
                "AttachFailoverSlateConfiguration",
            ),
        ],
        ids=["srt", "policy", "ads", "slate"],
    )
    def test_have_no_custom_resource(self, app: App, use: Any, id: str) -> None:
        """
        The error is that of the constructs, and nothing of the custom resource is created.
        """
        channel = ivs.Channel.from_channel_arn(app, "Channel", CHANNEL_ARN)
        with pytest.raises(ValidationError) as error:
            use(channel)
        assert str(error.value) == (
            "'scope' must be a stack or a construct in one, got an object of type "
            f"'{type(channel).__name__}' outside of stacks; create a Stack in the app and use that "
            f"[cdk-ivs:NoStack at 'Channel/{id}']"
        )
        assert channel.node.try_find_child(id) is None


class TestUnknownAttributes:
    @pytest.mark.parametrize(
        ("name", "attribute", "keyword"),
        [
            ("channel_ingest_endpoint", "channel_ingest_endpoint", "ingest_endpoint"),
            ("rtmps_ingest_url", "channel_ingest_endpoint", "ingest_endpoint"),
            ("channel_playback_url", "channel_playback_url", "playback_url"),
        ],
    )
    def test_of_a_channel_by_arn_are_errors(
        self, stack: Stack, name: str, attribute: str, keyword: str
    ) -> None:
        """
        Reading what is not known says how to make it known.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN)
        with pytest.raises(ValidationError) as error:
            getattr(channel, name)
        assert error.value.code == "UnknownAttribute"
        assert error.value.path == "Stack/Channel"
        assert error.value.message == (
            f"'{attribute}' is not known for a channel that is imported without it; give "
            f"'{keyword}' to from_channel_attributes(), or use from_lookup()"
        )

    def test_are_those_that_were_left_out(self, stack: Stack) -> None:
        """
        One attribute may be known and the other not.
        """
        channel = ivs.Channel.from_channel_attributes(
            stack, "Channel", channel_arn=CHANNEL_ARN, playback_url=PLAYBACK
        )
        assert channel.channel_playback_url == PLAYBACK
        with pytest.raises(ValidationError, match="'channel_ingest_endpoint' is not known"):
            _ = channel.channel_ingest_endpoint


def test_another_resource_is_refused(stack: Stack) -> None:
    """
    The ARN of a stream key is no channel's, and nothing is made.
    """
    with pytest.raises(ValidationError, match="'channel_arn' must be an ARN of the form"):
        ivs.Channel.from_channel_attributes(
            stack, "Channel", channel_arn=arn("stream-key/a"), playback_url=PLAYBACK
        )
    assert stack.node.children == []
