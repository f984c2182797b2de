"""Text that is written out beside a token: what can be judged is judged, and the token passes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Aws, Stack
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError, patterns
from cdk_ivs._validation.arns import check_arn, check_resource_id
from cdk_ivs._validation.countries import check_countries
from cdk_ivs._validation.endpoints import check_ingest_endpoint, check_playback_url
from cdk_ivs._validation.origins import check_origins, check_token_origins
from cdk_ivs._validation.p384 import check_public_key
from cdk_ivs._validation.tags import check_tags
from cdk_ivs._validation.tokens import can_become, is_token_beside, literal_parts, literal_text
from cdk_ivs._validation.values import check_name
from tests.resources.records import every_named_resource
from tests.support.tokens import token

LOOKED_UP = "dummy-value-for-/live/value"
SECRET = "{{resolve:ssm:/live/value}}"
CHANNEL = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
PRIVATE = "-----BEGIN PRIVATE KEY-----\n"


def checks() -> dict[str, tuple[Callable[[str], object], str, str]]:
    """Each check of a text: the check, and text beside a token that passes and that does not."""
    one = token()
    return {
        "name": (lambda text: check_name("name", text), f"live-{one}", f"live.{one}"),
        "length of a name": (
            lambda text: check_name("name", text),
            "x" * 128 + one,
            "x" * 129 + one,
        ),
        "country": (lambda text: check_countries("c", [text]), f"J{one}", f"{one}abc"),
        "ARN": (
            lambda text: check_arn("arn", text, "channel"),
            f"arn:aws:ivs:{one}:123456789012:channel/AbC{one}",
            f"arn:aws:ivs:{one}:123456789012:channel/Ab_{one}",
        ),
        "account of an ARN": (
            lambda text: check_arn("arn", text, "channel"),
            f"arn:aws:ivs:us-west-2:1234{one}:channel/AbC",
            f"arn:aws:ivs:us-west-2:a{one}:channel/AbC",
        ),
        "service of an ARN": (
            lambda text: check_arn("arn", text, "channel"),
            f"arn:aws:{one}",
            f"arn:aws:s3:::{one}",
        ),
        "type of an ARN": (
            lambda text: check_arn("arn", text, "channel"),
            f"arn:aws:ivs:us-west-2:123456789012:chan{one}/AbC",
            f"arn:aws:ivs:us-west-2:123456789012:stage{one}/AbC",
        ),
        "ARN with a dynamic reference": (
            lambda text: check_arn("arn", text, "channel"),
            f"arn:aws:ivs:us-west-2:123456789012:channel/{SECRET}",
            f"arn:aws:s3:::{SECRET}",
        ),
        "ID": (lambda text: check_resource_id("id", text), f"AbC-{one}", f"AbC/{one}"),
        "tag": (lambda text: check_tags({"a": text}), f"live: {one}", f"live; {one}"),
        "length of a tag": (
            lambda text: check_tags({"a": text}),
            "x" * 256 + one,
            "x" * 257 + one,
        ),
        "key of a tag": (lambda text: check_tags({text: "a"}), f"live/{one}", f"live;{one}"),
        "length of the key of a tag": (
            lambda text: check_tags({text: "a"}),
            "x" * 128 + one,
            "x" * 129 + one,
        ),
        "host": (check_ingest_endpoint, f"{one}.global-contribute.live-video.net", f"{one}/app"),
        "playlist": (check_playback_url, f"https://{one}/a.m3u8", f"https://{one}/a.m3u8?token=a"),
        "scheme of a playlist": (check_playback_url, f"https{one}", f"http://{one}/a.m3u8"),
        "public key": (
            lambda text: check_public_key("key", text),
            f"-----BEGIN PUBLIC KEY-----\n{one}",
            f"{PRIVATE}{one}",
        ),
        **{
            f"{what} of an origin": (
                lambda text: check_origins("origins", [text]),
                right.format(one),
                wrong.format(one),
            )
            for what, right, wrong in (
                ("host", "https://{}.example.com:8443", "https://{}.Example.com"),
                ("end", "https://{}", "https://{}/live"),
                ("slash", "{}://example.com", "{}://example.com/"),
                ("scheme", "capacitor://{}", "ftp://{}"),
                ("part of the scheme", "http{}", "9{}"),
            )
        },
        "length of an origin": (
            lambda text: check_origins("origins", [text]),
            f"https://{'x' * 120}{one}",
            f"https://{'x' * 121}{one}",
        ),
        "origin of a token": (
            lambda text: check_token_origins("origins", [text], strict=False),
            f"https://{one}",
            f"https://{one}?a",
        ),
    }


def calls(stack: Stack) -> dict[str, tuple[Callable[[str], object], str, str]]:
    """The same of calls whose checks are not in functions of their own."""
    one = token()
    numbers = itertools.count()
    channel = ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL)

    def created(kind: Any, keyword: str, **arguments: Any) -> Callable[[str], object]:
        return lambda text: kind(stack, f"It{next(numbers)}", **{keyword: text}, **arguments)

    def metric(keyword: str) -> Callable[[str], object]:
        return lambda text: channel.metric_ingest_framerate(**{keyword: text})

    return {
        "enum": (created(ivs.Channel, "type"), f"STAN{one}", f"{one}abc"),
        "dashboard": (
            created(ivs.IvsDashboard, "dashboard_name", channels=[channel]),
            f"live-{one}",
            f"live {one}",
        ),
        "rule": (
            lambda text: channel.on_stream_state_change(f"Rule{next(numbers)}", rule_name=text),
            f"live.{one}",
            f"live/{one}",
        ),
        "description of a rule": (
            lambda text: channel.on_stream_state_change(f"Rule{next(numbers)}", description=text),
            "x" * 512 + one,
            "x" * 513 + one,
        ),
        "value of a filter": (
            lambda text: channel.on_stream_state_change(f"Rule{next(numbers)}", stream_ids=[text]),
            f"st-{one}",
            f"st_{one}",
        ),
        "description of a key": (
            created(ivs.SigningKey, "description"),
            "x" * 8192 + one,
            "x" * 8193 + one,
        ),
        "layer": (created(ivs.TokenLayer, "layer_version_name"), f"a-{one}", f"a.{one}"),
        "URL": (
            created(patterns.RecordingIndex, "base_url", all=True),
            f"https://{one}/a",
            f"http://{one}/a",
        ),
        "user": (
            created(ivs.IngestConfiguration, "user_id", ingest_protocol="RTMPS"),
            "x" * 128 + one,
            "x" * 129 + one,
        ),
        "track": (metric("track"), f"Track{one}", f"Spur\xe4{one}"),
        "account": (metric("account"), f"1234{one}", f"acc{one}"),
        "Region": (metric("region"), f"us-{one}", f"US {one}"),
        "color": (metric("color"), f"#{one}", f"{one};"),
        "ID of a metric": (metric("id"), f"m{one}", f"m-{one}"),
        "statistic": (metric("statistic"), f"p{one}", f"p {one}"),
        "country": (
            lambda text: channel.metric_live_delivered_time(viewer_country_code=text),
            f"J{one}",
            f"{one}abc",
        ),
        "unknown country": (
            lambda text: channel.metric_live_delivered_time(viewer_country_code=text),
            f"UNK{one}",
            f"UNK{one}X",
        ),
        "health": (
            lambda text: ivs.Channel.metric_all_concurrent_streams(health=text),
            f"Heal{one}",
            f"{one}sick",
        ),
    }


@pytest.mark.parametrize("what", list(checks()))
def test_is_judged(what: str) -> None:
    """
    The token passes with right text beside it, and wrong text is refused with its token named.
    """
    check, right, wrong = checks()[what]
    assert check(right) is None
    with pytest.raises(ValidationError) as error:
        check(wrong)
    assert "${Token[" not in error.value.message


def test_is_judged_in_every_call(stack: Stack) -> None:
    """
    So it is where the text is an argument of a construct or a method.
    """
    for what, (call, right, wrong) in calls(stack).items():
        assert call(right) is not None, what
        before = len(stack.node.children)
        with pytest.raises(ValidationError) as error:
            call(wrong)
        assert "${Token[" not in error.value.message, what
        assert len(stack.node.children) == before, what


@every_named_resource
def test_of_names_is_judged(stack: Stack, record: Any) -> None:
    """
    The name of every resource is judged beside a token, and nothing is created.
    """
    assert record.make(stack, "Right", **{record.name_keyword: f"live-{token()}"})
    with pytest.raises(ValidationError) as error:
        record.make(stack, "Wrong", **{record.name_keyword: f"live.{token()}"})
    assert error.value.message == (
        f"'{record.name_keyword}' must contain only letters, digits, '-' and '_', got "
        "'live.<token>'"
    )
    assert stack.node.try_find_child("Wrong") is None


def test_of_a_password_is_not_shown() -> None:
    """
    A URL with a password is refused beside a token too, and the password is not in the message.
    """
    from cdk_ivs.patterns._event_webhook.endpoint import check_url

    for url in (f"https://me:hunter2@{token()}/ivs", f"https://me:{token()}hunter2@example.com"):
        with pytest.raises(ValidationError, match="got one with a username") as error:
            check_url(url)
        assert "hunter2" not in str(error.value)
    assert check_url(f"https://{token()}/ivs") is None
    for url in (f"http://{token()}/ivs", f"https://{token()}/a b"):
        with pytest.raises(ValidationError, match="'url' must be an HTTPS URL of a public host"):
            check_url(url)


class TestPlaceholders:
    @pytest.mark.parametrize("text", [LOOKED_UP, f"a/{LOOKED_UP}"])
    def test_of_look_ups_have_no_end(self, text: str) -> None:
        """
        Where a look-up's value ends is not known, so nothing beside it is judged.
        """
        assert is_token_beside(text, "[0-9]", 1)
        assert can_become(text, ["value"])
        assert literal_text(text) == ""

    def test_of_dynamic_references_are_left_out(self) -> None:
        """
        A dynamic reference is resolved later, as a token is.
        """
        assert literal_parts(f"a{SECRET}b{Aws.REGION}c") == ["a", "b", "c"]
        assert literal_text(f"a{SECRET}b{Aws.REGION}c") == "abc"
        assert is_token_beside(f"a{SECRET}", "[a-z]", 1)
        assert not is_token_beside(f"a{SECRET}", "[0-9]", 1)

    def test_of_dynamic_references_can_contain_tokens(self) -> None:
        """
        So is a dynamic reference with tokens in it, and the text beside it is judged.
        """
        reference = f"{{{{resolve:ssm:/{Aws.STACK_NAME}/{token()}:1}}}}"
        assert literal_parts(f"a{reference}b{reference}{SECRET}c") == ["a", "b", "", "c"]
        assert is_token_beside(f"a{reference}", "[a-z]", 1)
        assert not is_token_beside(f"a{reference}", "[0-9]", 1)
        assert not is_token_beside(f"a{reference[:-2]}", "[a-z]")
        assert can_become(reference, ["value"])
        check_countries("countries", [reference])
        check_origins("origins", [f"https://{reference}"])
        check_tags({"a": reference})

    def test_of_dynamic_references_with_tokens_are_rendered(self, stack: Stack) -> None:
        """
        A name that is a dynamic reference to a parameter of the app is in the template.
        """
        name = f"{{{{resolve:ssm:/{Aws.STACK_NAME}/name}}}}"
        ivs.Channel(stack, "Channel", channel_name=name)
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::Channel",
            {"Name": {"Fn::Join": ["", ["{{resolve:ssm:/", {"Ref": "AWS::StackName"}, "/name}}"]]}},
        )

    def test_that_are_not_there_are_no_tokens(self) -> None:
        """
        Plain text is no token, whatever it is.
        """
        assert not is_token_beside("a", "[a-z]", 1)
        assert not can_become("value", ["value"])
