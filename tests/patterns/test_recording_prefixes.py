"""The URLs of recordings."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack, Token

from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs.patterns import RecordingDelivery, RecordingKind

# As in AWS's guides: the sample events of channels and stages, and the page on compositions.
CHANNEL = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
PARTICIPANT = "AbCdef1G2hij/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
COMPOSITION = "MNALAcH9j2EJ/s2AdaGUbvQgp/2pBRKrNgX1ff/composite"
MASTER, MULTIVARIANT = "media/hls/master.m3u8", "media/hls/multivariant.m3u8"


@pytest.fixture
def delivery(located_stack: Stack) -> RecordingDelivery:
    """A delivery at the domain name of CloudFront."""
    return RecordingDelivery(located_stack, "Delivery")


def path_of(delivery: RecordingDelivery, url: str) -> str:
    """What follows the domain name in a URL."""
    (_, [scheme, domain, path]) = delivery.node.scope.resolve(url)["Fn::Join"]  # type: ignore[union-attr] - a stack
    assert scheme == "https://"
    assert domain == {"Fn::GetAtt": ["DeliveryDistribution45EACD51", "DomainName"]}
    return str(path)


@pytest.mark.parametrize(
    ("prefix", "playlist", "kind"),
    [
        (CHANNEL, MASTER, "CHANNEL"),
        (CHANNEL.replace("6/23/20/12", "12/31/0/0"), MASTER, "CHANNEL"),
        (CHANNEL.replace("6/23/20/12", "1/1/23/59"), MASTER, "CHANNEL"),
        (PARTICIPANT, MULTIVARIANT, "PARTICIPANT"),
        (COMPOSITION, MULTIVARIANT, "COMPOSITION"),
    ],
)
@pytest.mark.parametrize("told", [False, True])
def test_url_is_that_of_the_playlist(
    delivery: RecordingDelivery, prefix: str, playlist: str, kind: Any, told: bool
) -> None:
    """
    The prefix says what was recorded, and so what the playlist is called; saying it as well does
    no harm.
    """
    url = delivery.url_for(prefix, kind) if told else delivery.url_for(prefix)
    assert path_of(delivery, url) == f"/{prefix}/{playlist}"


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "recordings",
        f"/{CHANNEL}",
        f"{CHANNEL}/",
        f"{CHANNEL}/{MASTER}",
        f"{CHANNEL}\n",
        CHANNEL.replace("/6/", "/06/"),
        CHANNEL.replace("/6/", "/0/"),
        CHANNEL.replace("/6/", "/13/"),
        CHANNEL.replace("/23/", "/0/"),
        CHANNEL.replace("/23/", "/32/"),
        CHANNEL.replace("/20/", "/24/"),
        CHANNEL.replace("/20/", "/07/"),
        CHANNEL.replace("/12/", "/60/"),
        CHANNEL.replace("/12/", "/05/"),
        CHANNEL.replace("123456789012", "1234"),
        CHANNEL.replace("ivs/v1", "ivs/v2"),
        f"s3://bucket/{CHANNEL}",
        PARTICIPANT.replace("T12-00-55Z", "T12:00:55Z"),
        # GetParticipant returns it without the time.
        PARTICIPANT.rpartition("/")[0],
        f"{PARTICIPANT}/",
        COMPOSITION.replace("composite", "composition"),
        COMPOSITION.rpartition("/")[0],
        f"{COMPOSITION}/",
        "../../../composite",
    ],
)
def test_prefix_that_is_no_recordings_is_refused(delivery: RecordingDelivery, prefix: str) -> None:
    """
    What IVS does not record under is refused, with the forms and where to take it from.
    """
    with pytest.raises(ValidationError) as error:
        delivery.url_for(prefix)
    assert error.value.code == "RecordingPrefix"
    assert error.value.path == "Stack/Delivery"
    assert error.value.message.startswith(
        "'prefix' must be that of a recording, 'ivs/v1/<account>/<channel id>/<year>/<month>/<day>"
        "/<hours>/<minutes>/<recording id>' without leading zeros, '<stage id>/<session id>/"
        "<participant id>/<yyyy-mm-ddThh-mm-ssZ>' or '<stage id>/<composition id>/"
        "<destination id>/composite', got "
    )
    assert error.value.message.endswith("; use recording_s3_key_prefix of the event as it is")


def test_prefix_that_is_refused_is_shown(delivery: RecordingDelivery) -> None:
    """
    The message has the value, unless it looks like a key.
    """
    with pytest.raises(ValidationError, match="got 'recordings'; use recording_s3_key_prefix "):
        delivery.url_for("recordings")


@pytest.mark.parametrize("date", ["2020/1/1/0/0", "2020/12/31/23/59", "2020/10/20/10/9"])
def test_every_date_is_one(delivery: RecordingDelivery, date: str) -> None:
    """
    The first and the last month, day, hour and minute are in prefixes.
    """
    prefix = CHANNEL.replace("2020/6/23/20/12", date)
    assert prefix != CHANNEL
    assert delivery.url_for(prefix).endswith(f"/{prefix}/{MASTER}")


@pytest.mark.parametrize(
    ("kind", "playlist"),
    [
        (RecordingKind.CHANNEL, MASTER),
        (RecordingKind.PARTICIPANT, MULTIVARIANT),
        (RecordingKind.COMPOSITION, MULTIVARIANT),
    ],
)
def test_prefix_can_be_a_token(
    delivery: RecordingDelivery, kind: RecordingKind, playlist: str
) -> None:
    """
    Of a prefix that is known at deployment only, it has to be said what was recorded.
    """
    stack = Stack.of(delivery)
    prefix = Token.as_string({"Ref": "Prefix"})
    joined = stack.resolve(delivery.url_for(prefix, kind))["Fn::Join"][1]
    assert joined[2:] == ["/", {"Ref": "Prefix"}, f"/{playlist}"]
    with pytest.raises(ValidationError) as error:
        delivery.url_for(prefix)
    assert error.value.code == "RecordingKind"
    assert error.value.message == (
        "'kind' must be given when 'prefix' is a token, got None (allowed: CHANNEL, PARTICIPANT, "
        "COMPOSITION)"
    )


def test_kind_must_be_that_of_the_prefix(delivery: RecordingDelivery) -> None:
    """
    Another kind than the prefix says is refused.
    """
    with pytest.raises(ValidationError) as error:
        delivery.url_for(CHANNEL, RecordingKind.COMPOSITION)
    assert error.value.code == "RecordingKind"
    assert error.value.message == (
        "'kind' must be CHANNEL or left out for this 'prefix', got "
        "<RecordingKind.COMPOSITION: 'COMPOSITION'>"
    )


def test_prefix_can_be_a_token_beside_text(delivery: RecordingDelivery) -> None:
    """
    The text beside a token has the characters of a prefix.
    """
    stack, prefix = Stack.of(delivery), Token.as_string({"Ref": "Prefix"})
    url = delivery.url_for(f"aZ0_-/{prefix}/composite", RecordingKind.COMPOSITION)
    joined = stack.resolve(url)["Fn::Join"][1]
    assert joined[2:] == ["/aZ0_-/", {"Ref": "Prefix"}, f"/composite/{MULTIVARIANT}"]
    with pytest.raises(ValidationError, match="'prefix' must be that of a recording"):
        delivery.url_for(f"a b/{prefix}", RecordingKind.COMPOSITION)


@pytest.mark.parametrize("arguments", [(None,), (1,), (CHANNEL, "VIDEO")])
def test_types_are_checked(delivery: RecordingDelivery, arguments: Any) -> None:
    """
    A prefix is a text, and a kind one of three.
    """
    with pytest.raises(ArgumentTypeError):
        delivery.url_for(*arguments)
