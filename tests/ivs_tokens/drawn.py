"""Arguments of tokens, drawn around what is allowed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.ivs_tokens.parts import (
    CHANNEL,
    EVENTS_URL,
    KINDS,
    PUBLIC_KEY,
    STAGE,
    WHIP_URL,
)
from tests.support.arns import ACCOUNT, REGION, arn

# Right nowhere, or in a place only where it is not meant.
ANYTHING = st.sampled_from(
    [None, True, False, 0, 1, -1, 1.5, b"", "", "\ud800", "\x00", "a,b", [], {}, [None], (1,)]
)


def around(*limits: int) -> st.SearchStrategy[int]:
    """Numbers near limits."""
    return st.sampled_from(limits).flatmap(lambda limit: st.integers(limit - 2, limit + 2))


def texts(*limits: int) -> st.SearchStrategy[str]:
    """Texts, many with a length near a limit."""
    letters = st.sampled_from(
        ["a", "é", "\N{GRINNING FACE}", "-", "_", ".", "/", "\x01", '"', "\udc80"]
    )
    long = st.builds(lambda letter, size: letter * size, letters, around(*limits))
    return st.one_of(st.text(max_size=5), long, st.from_regex("[a-zA-Z0-9_-]{1,8}", fullmatch=True))


def mappings(limit: int) -> st.SearchStrategy[dict[Any, Any]]:
    """Mappings, many with a size near a limit."""
    return st.one_of(
        st.dictionaries(texts(1), st.one_of(texts(1), ANYTHING), max_size=3),
        st.builds(lambda key, text: {key: text}, st.text(max_size=2), texts(limit - 1, limit // 2)),
    )


def arns(right: str) -> st.SearchStrategy[Any]:
    """ARNs of several kinds, places and lengths."""
    kind = right.split(":")[5].split("/", maxsplit=1)[0]
    return st.sampled_from(
        [
            *[right] * 4,
            right + "a" * (128 - len(right)),
            right + "a" * (129 - len(right)),
            right + "\n",
            right + "é",
            right.replace(":aws:", ":aws-cn:"),
            right.replace(REGION, "us-east-1"),
            right.replace(ACCOUNT, "210987654321"),
            right.replace(ACCOUNT, "1"),
            right.upper(),
            arn(f"{kind}/"),
            arn(f"{kind}/a-b-c"),
            CHANNEL,
            STAGE,
            PUBLIC_KEY,
        ]
    )


HOSTS = st.sampled_from(
    ["example.com", "a-b.example", "xn--bcher-kva.example", "localhost", "192.0.2.1", "[::1]", "A",
     "", "-a", "a-", "a..b", "*", "ü.example", "a b"]
)  # fmt: skip
ORIGINS = st.one_of(
    st.just("*"),
    st.text(max_size=5),
    st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(["https://", "http://", "capacitor://", "HTTPS://", "https:", ""]),
        st.sampled_from(["", "", "*.", "*", "*.*."]),
        HOSTS,
        st.sampled_from(["", "", ":80", ":443", ":8080", ":0", ":65535", ":65536", ":", ":a"]),
        st.sampled_from(["", "", "", "/", "?a", ",", "\n"]),
    ),
)
URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["wss://", "https://", "http://", ""]),
    HOSTS.filter(lambda host: host != "[::1]"),
    st.sampled_from(["", "", ":8443", ":", ":123456"]),
    st.sampled_from(["", "", "/", "/a?b", "/a b", "/é", "/" + "a" * 2030, "/" + "a" * 2040]),
)
SECONDS = st.one_of(
    around(1, 300, 600, 1_209_600, 2_419_200, 10**9),
    st.floats(),
    st.timedeltas(dt.timedelta(-1), dt.timedelta(30)),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "channel_arn": arns(CHANNEL),
    "public_key_arn": arns(PUBLIC_KEY),
    "stage_arn": arns(STAGE),
    "expires_in": SECONDS,
    "allowed_origins": st.lists(st.one_of(st.just("https://example.com"), ORIGINS), max_size=7),
    "strict_origin_enforcement": st.booleans(),
    "single_use": st.booleans(),
    "viewer_id": texts(1, 40),
    "viewer_session_version": around(0, 2**63, -(2**63)),
    "maximum_resolution": st.sampled_from(["SD", "HD", "FULL_HD", "hd", "LOWEST"]),
    "ads_opt_out": st.booleans(),
    "ads_player_params": mappings(1000),
    "ads_playback_config_name": texts(1, 128),
    "ads_reporting_mode": st.sampled_from(["CLIENT", "SERVER", "client"]),
    "events_url": st.one_of(st.just(EVENTS_URL), URLS),
    "whip_url": st.one_of(st.just(WHIP_URL), URLS),
    "participant_id": texts(1, 64),
    "token_id": texts(1, 64),
    "allow_publish": st.booleans(),
    "allow_subscribe": st.booleans(),
    "user_id": texts(1, 128),
    "attributes": mappings(1024),
    "account_id": st.sampled_from([ACCOUNT, "210987654321", "1", int(ACCOUNT)]),
    "region": st.sampled_from([REGION, "us-east-1", "", "us west"]),
}
ARGUMENTS = {
    "playback": [
        "channel_arn",
        "expires_in",
        "allowed_origins",
        "strict_origin_enforcement",
        "single_use",
        "viewer_id",
        "viewer_session_version",
        "maximum_resolution",
        "ads_opt_out",
        "ads_player_params",
        "ads_playback_config_name",
        "ads_reporting_mode",
    ],
    "participant": [
        "public_key_arn",
        "stage_arn",
        "events_url",
        "whip_url",
        "participant_id",
        "expires_in",
        "allow_publish",
        "allow_subscribe",
        "user_id",
        "attributes",
    ],
    "connection": [
        "public_key_arn",
        "token_id",
        "account_id",
        "region",
        "events_url",
        "expires_in",
    ],
}


@st.composite
def arguments(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Arguments of a kind of token, a few of which are not those that are right."""
    chosen = dict(KINDS[kind][1])
    for name in draw(st.lists(st.sampled_from(ARGUMENTS[kind]), max_size=3, unique=True)):
        chosen[name] = draw(st.one_of(VALUES[name], VALUES[name], VALUES[name], ANYTHING))
    return chosen
