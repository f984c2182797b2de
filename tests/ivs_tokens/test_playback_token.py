"""Playback tokens: their claims, and the last good and the first bad value of each."""

from __future__ import annotations

import datetime as dt
import re
import time
import uuid
from collections import UserList
from typing import Any

import pytest

from ivs_tokens import TokenError
from tests.ivs_tokens.parts import CHANNEL, NOW, NullSigner, claims_of, header_of, make
from tests.support.arns import arn

ORIGINS = [f"https://{number}.example.com" for number in range(6)]
VIEWER = {"viewer_id": "viewer-1"}


def test_the_smallest_token() -> None:
    """
    A token has a header without a key id, the channel, and the second in which it ends.
    """
    token = make("playback")
    assert header_of(token) == {"alg": "ES384", "typ": "JWT"}
    assert claims_of(token) == {"aws:channel-arn": CHANNEL, "exp": NOW + 300}
    assert len(token) == 292


def test_every_claim() -> None:
    """
    Each argument is the claim that the guide names.
    """
    token = make(
        "playback",
        allowed_origins=["https://example.com", "https://*.example.org"],
        strict_origin_enforcement=True,
        single_use=True,
        viewer_id="viewer-1",
        viewer_session_version=7,
        maximum_resolution="HD",
        ads_opt_out=False,
        ads_player_params={"plan": "gold"},
        ads_playback_config_name="pre-roll",
        ads_reporting_mode="CLIENT",
    )
    claims = claims_of(token)
    assert uuid.UUID(claims.pop("aws:single-use-uuid")).version == 4
    assert claims == {
        "aws:channel-arn": CHANNEL,
        "aws:access-control-allow-origin": "https://example.com,https://*.example.org",
        "aws:strict-origin-enforcement": True,
        "aws:viewer-id": "viewer-1",
        "aws:viewer-session-version": 7,
        "aws:maximum-resolution": "HD",
        "aws:ads-opt-out": False,
        "aws:ads-player-params": {"plan": "gold"},
        "aws:ads-playback-config-name": "pre-roll",
        "aws:ads-reporting-mode": "CLIENT",
        "exp": NOW + 300,
    }


def test_single_use_tokens_are_different() -> None:
    """
    Two tokens for a single use have two UUIDs.
    """
    tokens = [make("playback", single_use=True) for _ in range(2)]
    assert len({claims_of(token)["aws:single-use-uuid"] for token in tokens}) == 2


def test_now_is_the_clock_if_it_is_not_given() -> None:
    """
    Without a time of issue, a token ends so long after the current time.
    """
    before = int(time.time())
    claims = claims_of(make("playback", now=None))
    assert claims["exp"] in range(before + 300, int(time.time()) + 301)


@pytest.mark.parametrize(
    "arguments",
    [
        {"channel_arn": f"arn:aws:ivs:us-west-2:123456789012:channel/{'a' * 85}"},
        {"expires_in": 1},
        {"expires_in": 999_999_999},
        {"expires_in": 600, **VIEWER},
        {"expires_in": 600, "single_use": True},
        {"expires_in": 600.0, **VIEWER},
        {"expires_in": dt.timedelta(minutes=10), **VIEWER},
        {"allowed_origins": ["*"]},
        {"allowed_origins": ("http://localhost:8080",)},
        {"allowed_origins": UserList(["http://localhost:8080"])},
        {"allowed_origins": ["https://xn--bcher-kva.example"]},
        {"allowed_origins": ["https://[::1]:8443", "https://192.0.2.1", "capacitor://localhost"]},
        {"allowed_origins": ["https://*.example.com:65535"]},
        {"allowed_origins": ["https://example.com:80", "http://example.com:443"]},
        {"allowed_origins": ORIGINS},
        {"allowed_origins": ORIGINS, "strict_origin_enforcement": False},
        {"allowed_origins": ORIGINS[:5], "strict_origin_enforcement": True},
        {"strict_origin_enforcement": False},
        {"viewer_id": "v"},
        {"viewer_id": "v" * 40},
        {"viewer_id": "\N{GRINNING FACE}" * 40},
        {"viewer_session_version": 2**63 - 1, **VIEWER},
        {"viewer_session_version": -(2**63), **VIEWER},
        {"viewer_session_version": 0, **VIEWER},
        {"maximum_resolution": "SD"},
        {"maximum_resolution": "FULL_HD"},
        {"ads_opt_out": True},
        {"ads_player_params": {}},
        {"ads_player_params": {"k": "v" * 999}},
        {"ads_player_params": {"k": "é" * 499, "": "v"}},
        {"ads_playback_config_name": "a" * 128},
        {"ads_reporting_mode": "SERVER"},
        {"now": 0},
        {"now": 10**11 - 1},
        {"now": 1_795_000_000.9},
        {"now": dt.datetime(2026, 11, 27, tzinfo=dt.UTC)},
    ],
)
def test_last_good_values(arguments: dict[str, Any]) -> None:
    """
    What the guide allows up to its limits is signed.
    """
    assert make("playback", **arguments)


BAD = [
    (
        {"channel_arn": f"arn:aws:ivs:us-west-2:123456789012:channel/{'a' * 86}"},
        (
            "'channel_arn' must be the ARN of a channel of at most 128 characters, such as "
            "'arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij', got a string of 129 "
        ),
    ),
    (
        {"channel_arn": arn("stage/AbCdef1G2hij")},
        "'channel_arn' must be .*, got 'arn:aws:ivs:us-west-2:123456789012:stage/AbCdef1G2hij'",
    ),
    ({"channel_arn": CHANNEL + "\n"}, "'channel_arn' must be .*, got a string of 56 characters"),
    ({"channel_arn": None}, "'channel_arn' must be .*, got None"),
    ({"channel_arn": "\ud800"}, "'channel_arn' must be .*, got a string of 1 characters"),
    (
        {"expires_in": 0},
        (
            "'expires_in' must be at least 1 second and less than 1000000000 seconds, got 0; it is "
            "how long the token is valid, in seconds, and not the time at which it expires"
        ),
    ),
    ({"expires_in": 0.9}, "'expires_in' must be at least 1 second .*, got 0.9"),
    ({"expires_in": -1}, "'expires_in' must be at least 1 second .*, got -1"),
    ({"expires_in": 10**9}, "'expires_in' must be .* less than .*, got 1000000000"),
    ({"expires_in": 10**5000}, "'expires_in' must be .* less than .*, got an integer of 16610"),
    ({"expires_in": float("nan")}, "'expires_in' must be at least 1 second .*, got nan"),
    ({"expires_in": float("inf")}, "'expires_in' must be .*, got inf"),
    ({"expires_in": dt.timedelta.max}, "'expires_in' must be .*, got 86400000000000.0"),
    ({"expires_in": True}, "'expires_in' must be a timedelta or a number of seconds, got True"),
    ({"expires_in": "300"}, "'expires_in' must be a timedelta or a number .*, got '300'"),
    ({"expires_in": None}, "'expires_in' must be a timedelta or a number of seconds, got None"),
    (
        {"expires_in": 601, **VIEWER},
        "'expires_in' must be at most 600 seconds with 'viewer_id', got 601",
    ),
    (
        {"expires_in": 601, "single_use": True},
        "'expires_in' must be at most 600 seconds with 'single_use', got 601",
    ),
    (
        {"expires_in": dt.timedelta(minutes=10, microseconds=1), **VIEWER},
        "'expires_in' must be at most 600 seconds with 'viewer_id', got 600.000001",
    ),
    ({"now": -1}, "'now' must be Unix seconds from 0 to less than 100000000000, got -1"),
    ({"now": 10**11}, "'now' must be .*, got 100000000000; divide milliseconds by 1000"),
    ({"now": float("nan")}, "'now' must be Unix seconds .*, got nan"),
    ({"now": False}, "'now' must be a datetime with a time zone or Unix seconds, got False"),
    ({"now": "today"}, "'now' must be a datetime with a time zone or .*, got 'today'"),
    (
        {"now": dt.datetime(2026, 11, 27)},  # noqa: DTZ001 - what is refused
        r"'now' must be a datetime with a time zone, got one without; use datetime.now\(",
    ),
    ({"now": dt.datetime.min.replace(tzinfo=dt.UTC)}, "'now' must be .*, got -62135596800.0"),
    (
        {"allowed_origins": []},
        "'allowed_origins' must have at least one origin, got none; leave it out to allow all",
    ),
    (
        {"allowed_origins": "https://example.com"},
        "'allowed_origins' must be a list of origins, got 'https://example.com'",
    ),
    ({"allowed_origins": b"https://example.com"}, "must be a list of origins, got 19 bytes"),
    ({"allowed_origins": {}}, "must be a list of origins, got a value of the type 'dict'"),
    (
        {"allowed_origins": ["https://a.example,https://b.example"]},
        "'allowed_origins' must be a list of strings, one origin each, got 'https://a.example,",
    ),
    ({"allowed_origins": [1]}, "'allowed_origins' must be a list of strings, .*, got 1"),
    *(
        (
            {"allowed_origins": [origin]},
            (
                "'allowed_origins' must be origins such as 'https://example.com' or "
                rf"'https://\*.example.com', or '\*', got {re.escape(repr(origin))}; write "
            ),
        )
        for origin in (
            "",
            "example.com",
            "https://",
            "https://example.com/",
            "https://example.com/watch",
            "https://Example.com",
            "https://*",
            "https://*example.com",
            "https://a.*.example.com",
            "https://-example.com",
            "https://example-.com",
            "https://example..com",
            "https://example.com:443",
            "http://example.com:80",
            "https://example.com:0",
            "https://example.com:65536",
            "https://example.com:08080",
            "https://example.com:",
            "https://user@example.com",
            " https://example.com",
            "null",
        )
    ),
    ({"allowed_origins": ["https://example.com\n"]}, "got a string of 20 characters"),
    (
        {"strict_origin_enforcement": True},
        "'strict_origin_enforcement' must be False without 'allowed_origins', got True; name the",
    ),
    (
        {"allowed_origins": ORIGINS, "strict_origin_enforcement": True},
        "'allowed_origins' must have at most 5 origins with 'strict_origin_enforcement', got 6",
    ),
    (
        {"strict_origin_enforcement": 1},
        "'strict_origin_enforcement' must be True or False, got 1",
    ),
    ({"single_use": None}, "'single_use' must be True or False, got None"),
    ({"single_use": "yes"}, "'single_use' must be True or False, got 'yes'"),
    ({"viewer_id": ""}, "'viewer_id' must have 1 to 40 characters, got 0 characters"),
    ({"viewer_id": "v" * 41}, "'viewer_id' must have 1 to 40 characters, got 41 characters"),
    ({"viewer_id": 7}, "'viewer_id' must be a string, got 7"),
    ({"viewer_id": b"viewer"}, "'viewer_id' must be a string, got 6 bytes"),
    (
        {"viewer_id": "v\udc80"},
        "'viewer_id' must be a string that UTF-8 can encode, got a lone surrogate at position 1",
    ),
    (
        {"viewer_session_version": 2**63, **VIEWER},
        (
            "'viewer_session_version' must be an integer from -9223372036854775808 to "
            "9223372036854775807, got 9223372036854775808"
        ),
    ),
    ({"viewer_session_version": -(2**63) - 1, **VIEWER}, "got -9223372036854775809"),
    ({"viewer_session_version": True, **VIEWER}, "must be an integer from .*, got True"),
    ({"viewer_session_version": 1.0, **VIEWER}, "must be an integer from .*, got 1.0"),
    (
        {"viewer_session_version": 1},
        "'viewer_session_version' must be left out without 'viewer_id', got 1; it does nothing",
    ),
    (
        {"maximum_resolution": "4K"},
        "'maximum_resolution' must be 'SD' or 'HD' or 'FULL_HD', got '4K'",
    ),
    ({"maximum_resolution": "hd"}, "'maximum_resolution' must be .*, got 'hd'"),
    ({"maximum_resolution": ["HD"]}, "'maximum_resolution' must be .*, got a value of the type"),
    ({"ads_opt_out": 0}, "'ads_opt_out' must be True or False, got 0"),
    (
        {"ads_player_params": {"k": "v" * 1000}},
        (
            "'ads_player_params' must have keys and values of at most 1000 bytes together in "
            "UTF-8, got 1001 bytes"
        ),
    ),
    ({"ads_player_params": {"é": "é" * 500}}, "at most 1000 bytes .*, got 1002 bytes"),
    (
        {"ads_player_params": {"k": 1}},
        "'ads_player_params' must have strings as keys and values, got 1; convert it to a string",
    ),
    ({"ads_player_params": {True: "v"}}, "must have strings as keys and values, got True"),
    (
        {"ads_player_params": [("k", "v")]},
        (
            "'ads_player_params' must be a mapping of strings to strings, got a value of the type "
            "'list'"
        ),
    ),
    ({"ads_player_params": {"\ud800": ""}}, "'ads_player_params' must be a string that UTF-8 can"),
    ({"ads_player_params": {"k": "\ud800"}}, "'ads_player_params' must be a string that UTF-8 can"),
    (
        {"ads_playback_config_name": ""},
        "'ads_playback_config_name' must be 1 to 128 letters, digits and hyphens, got ''",
    ),
    ({"ads_playback_config_name": "a" * 129}, "must be 1 to 128 letters, .*, got a string of 129"),
    ({"ads_playback_config_name": "pre_roll"}, "must be 1 to 128 letters, .*, got 'pre_roll'"),
    (
        {"ads_reporting_mode": "BOTH"},
        "'ads_reporting_mode' must be 'CLIENT' or 'SERVER', got 'BOTH'",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_first_bad_values(arguments: dict[str, Any], message: str) -> None:
    """
    What the guide does not allow is refused by the name of its argument, before it is signed.
    """
    signer = NullSigner()
    with pytest.raises(TokenError, match=message):
        make("playback", signer, **arguments)
    assert signer.messages == []


class TestLength:
    def origins(self, size: int) -> list[str]:
        """Many origins, the last one with so many characters in a label."""
        long = [f"https://{number:02}.{'a' * 19}.example" for number in range(32)]
        return [*long, f"https://{'b' * size}.example"]

    def test_2048_bytes_are_signed(self) -> None:
        """
        A token of exactly 2 KB is made.
        """
        assert len(make("playback", allowed_origins=self.origins(16))) == 2048

    def test_2049_bytes_are_refused(self) -> None:
        """
        One byte more is refused, and the argument is named that takes most of it.
        """
        signer = NullSigner()
        message = (
            "'allowed_origins' must be shorter: a playback token has at most 2048 bytes, "
            "got 2049 bytes, and this argument takes the most"
        )
        with pytest.raises(TokenError, match=message):
            make("playback", signer, allowed_origins=self.origins(17))
        assert signer.messages == []

    def test_of_characters_that_json_escapes(self) -> None:
        """
        Control characters take six bytes each, so that parameters within their limit can be
        too long for a token.
        """
        with pytest.raises(TokenError, match="'ads_player_params' must be shorter"):
            make("playback", ads_player_params={"k": "\x01" * 300})
        claims = claims_of(make("playback", ads_player_params={"k": "\x01" * 100}))
        assert claims["aws:ads-player-params"] == {"k": "\x01" * 100}
