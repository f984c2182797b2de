"""Participant tokens: their claims, and the last good and the first bad value of each."""

from __future__ import annotations

import datetime as dt
import time
from types import MappingProxyType
from typing import Any

import pytest

from ivs_tokens import TokenError
from tests.ivs_tokens.parts import (
    EVENTS_URL,
    NOW,
    PUBLIC_KEY,
    STAGE,
    WHIP_URL,
    NullSigner,
    claims_of,
    header_of,
    make,
)
from tests.support.arns import arn

DAYS = 86_400


def test_every_claim() -> None:
    """
    A token has the claims that the guide asks for, and the ARN of the key as the key id.
    """
    token = make("participant", user_id="alice", attributes={"team": "röd"})
    assert header_of(token) == {"alg": "ES384", "typ": "JWT", "kid": PUBLIC_KEY}
    assert claims_of(token) == {
        "exp": NOW + 43_200,
        "iat": NOW,
        "jti": "participant-1",
        "resource": STAGE,
        "topic": "KlMnop3Q4rst",
        "events_url": EVENTS_URL,
        "whip_url": WHIP_URL,
        "user_id": "alice",
        "capabilities": {"allow_publish": True, "allow_subscribe": False},
        "attributes": {"team": "röd"},
        "version": "1.0",
    }


def test_what_is_not_given_is_left_out() -> None:
    """
    Without a user and attributes, a token has neither claim.
    """
    assert claims_of(make("participant")).keys().isdisjoint({"user_id", "attributes"})


def test_now_is_the_clock_if_it_is_not_given() -> None:
    """
    Without a time of issue, the token is issued now.
    """
    before = int(time.time())
    claims = claims_of(make("participant", now=None))
    assert claims["iat"] in range(before, int(time.time()) + 1)
    assert claims["exp"] == claims["iat"] + 43_200


@pytest.mark.parametrize(
    ("now", "issued"),
    [
        (1_795_000_000.999, 1_795_000_000),
        (dt.datetime(2026, 11, 27, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))), 1_795_737_600),
        (dt.datetime(2026, 11, 27, 0, 0, 0, 999_999, tzinfo=dt.UTC), 1_795_737_600),
    ],
)
def test_times_are_whole_seconds(now: object, issued: int) -> None:
    """
    A fraction of a second is cut off, so that no token ends later than it may.
    """
    claims = claims_of(make("participant", now=now, expires_in=dt.timedelta(seconds=90.9)))
    assert (claims["iat"], claims["exp"]) == (issued, issued + 90)


@pytest.mark.parametrize(
    "arguments",
    [
        {"public_key_arn": arn("public-key/a")},
        {"participant_id": "a"},
        {"participant_id": "aZ09_-" + "a" * 58},
        {"expires_in": 14 * DAYS},
        {"expires_in": dt.timedelta(days=14)},
        {"allow_publish": False, "allow_subscribe": False},
        {"user_id": ""},
        {"user_id": "ü" * 128},
        {"user_id": "line\nbreak"},
        {"attributes": {}},
        {"attributes": {"k": "v" * 1023}},
        {"attributes": {"k": '"' * 1023}},
        {"attributes": {"k": "\x00\x1b\x7f" * 341}},
        {"attributes": {"é": "\N{GRINNING FACE}" * 255, "ab": ""}},
        {"attributes": MappingProxyType({"k": "v"})},
        {"whip_url": "https://whip.example:8443/path?query"},
        {"events_url": f"wss://a.example/{'a' * 2032}"},
    ],
)
def test_last_good_values(arguments: dict[str, Any]) -> None:
    """
    What the guide allows up to its limits is signed.
    """
    claims = claims_of(make("participant", **arguments))
    assert claims.get("attributes") == arguments.get("attributes")


BAD = [
    (
        {"public_key_arn": "key"},
        (
            "'public_key_arn' must be the ARN of a public key of at most 128 characters, such as "
            "'arn:aws:ivs:us-west-2:123456789012:public-key/AbCdef1G2hij', got 'key'"
        ),
    ),
    ({"stage_arn": PUBLIC_KEY}, f"'stage_arn' must be the ARN of a stage .*, got '{PUBLIC_KEY}'"),
    ({"stage_arn": None}, "'stage_arn' must be the ARN of a stage .*, got None"),
    (
        {"stage_arn": arn("stage/AbCdef1G2hij", region="us-east-1")},
        (
            "'stage_arn' must be of the Region of 'public_key_arn', 'us-west-2', got 'us-east-1'; "
            "a public key belongs to one account and Region"
        ),
    ),
    (
        {"stage_arn": STAGE.replace("123456789012", "210987654321")},
        (
            "'stage_arn' must be of the account of 'public_key_arn', '123456789012', got "
            "'210987654321'; a public key belongs to one account and Region"
        ),
    ),
    (
        {"events_url": WHIP_URL},
        (
            "'events_url' must be a URL that begins with 'wss://', of at most 2048 characters, got "
            f"'{WHIP_URL}'; ivs:GetStage returns it among the endpoints"
        ),
    ),
    (
        {"events_url": f"wss://a.example/{'a' * 2033}"},
        "'events_url' must be .*, got a string of 2049",
    ),
    ({"events_url": f"wss://{'a' * 10**6}"}, "'events_url' must be .*, got a string of 1000006"),
    ({"events_url": 1}, "'events_url' must be a URL .*, got 1"),
    ({"whip_url": "http://whip.example"}, "'whip_url' must be a URL that begins with 'https://'"),
    ({"whip_url": "https://"}, "'whip_url' must be a URL that begins with 'https://'"),
    ({"whip_url": "https://a.example/ b"}, "'whip_url' must be a URL that begins with 'https://'"),
    (
        {"participant_id": ""},
        "'participant_id' must be 1 to 64 letters, digits, hyphens and underscores, got ''",
    ),
    ({"participant_id": "a" * 65}, "'participant_id' must be 1 to 64 .*, got a string of 65"),
    ({"participant_id": "a.b"}, "'participant_id' must be 1 to 64 .*, got 'a.b'"),
    ({"participant_id": "a b"}, "'participant_id' must be 1 to 64 .*, got 'a b'"),
    ({"participant_id": "é"}, "'participant_id' must be 1 to 64 .*, got 'é'"),
    ({"participant_id": "a\n"}, "'participant_id' must be 1 to 64 .*, got a string of 2"),
    ({"participant_id": 5}, "'participant_id' must be 1 to 64 .*, got 5"),
    (
        {"expires_in": 14 * DAYS + 1},
        r"'expires_in' must be at most 1209600 seconds \(14 days\), got 1209601",
    ),
    ({"allow_publish": None}, "'allow_publish' must be True or False, got None"),
    ({"allow_subscribe": 1}, "'allow_subscribe' must be True or False, got 1"),
    ({"user_id": "u" * 129}, "'user_id' must have at most 128 characters, got 129 characters"),
    ({"user_id": True}, "'user_id' must be a string, got True"),
    (
        {"user_id": "\udfff"},
        "'user_id' must be a string that UTF-8 can encode, got a lone surrogate",
    ),
    (
        {"attributes": {"k": "v" * 1024}},
        "'attributes' must have keys and values of at most 1024 bytes together in UTF-8, got 1025",
    ),
    ({"attributes": {"k": None}}, "'attributes' must have strings as keys and values, got None"),
    ({"attributes": {1: "v"}}, "'attributes' must have strings as keys and values, got 1"),
    ({"attributes": "a=b"}, "'attributes' must be a mapping of strings to strings, got 'a=b'"),
    ({"attributes": {"k": "\ud800"}}, "'attributes' must be a string that UTF-8 can encode"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_first_bad_values(arguments: dict[str, Any], message: str) -> None:
    """
    What the guide does not allow is refused by the name of its argument, before it is signed.
    """
    signer = NullSigner()
    with pytest.raises(TokenError, match=message):
        make("participant", signer, **arguments)
    assert signer.messages == []


def test_the_message_can_be_longer_than_kms_takes_raw() -> None:
    """
    Attributes of 1 KB make a message of over 4,096 bytes: what is signed has to be its digest.
    """
    signer = NullSigner()
    make("participant", signer, attributes={"k": "\x01" * 1023})
    assert len(signer.messages[0]) > 4096
