"""The first and the last values that are no problem of a token, and the whole texts of problems."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from ivs_tokens._explain import kind_of, moment, problems_of
from ivs_tokens._reading import ReadToken
from tests.ivs_tokens.explained import (
    CONNECTION,
    HEADER,
    KEYED,
    PARTICIPANT,
    PLAYBACK,
    problems,
    token_of,
    without,
    written,
)
from tests.ivs_tokens.parts import NOW, STAGE

# With them, the signature and the other claims, a playback token has 2048 characters.
FILLED = "m" * 1299
TWO_SLASHES = STAGE.replace("stage/", "stage/a/")
NO_STAGE = (
    "'resource' must be the ARN of a stage of at most 128 characters, such as "
    "'arn:aws:ivs:us-west-2:123456789012:stage/AbCdef1G2hij', got "
)


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("aws:channel-arn", "playback token"),
        ("resource", "participant token"),
        ("topic", "participant token"),
        ("capabilities", "participant token"),
        ("whip_url", "participant token"),
        ("account_id", "connection token"),
        ("region", "connection token"),
    ],
)
def test_kind_of_a_token_with_one_claim(claim: str, name: str) -> None:
    """
    A claim that no other kind has tells the kind, also if the rest is missing.
    """
    kind = kind_of(token_of({claim: "x"}))
    assert kind is not None
    assert kind.name == name


@pytest.mark.parametrize(
    ("claims", "header", "found"),
    [
        ({**PLAYBACK, "more": FILLED}, HEADER, []),
        (
            {**PLAYBACK, "more": f"{FILLED}m"},
            HEADER,
            ["the token must have at most 2048 bytes, got 2049 bytes"],
        ),
        ({**PARTICIPANT, "exp": NOW + 1}, KEYED, []),
        ({**CONNECTION, "exp": NOW + 1}, KEYED, []),
        (
            {**CONNECTION, "iat": "soon"},
            KEYED,
            ["'iat' must be an integer of Unix seconds, got 'soon'; divide milliseconds by 1000"],
        ),
        (without(CONNECTION, "region"), KEYED, ["'region' is missing"]),
        (without(CONNECTION, "account_id"), KEYED, ["'account_id' is missing"]),
        ({**CONNECTION, "version": "2.0"}, KEYED, ["'version' must be '1.0', got '2.0'"]),
        (without(PARTICIPANT, "resource"), KEYED, ["'resource' is missing"]),
        ({**PARTICIPANT, "resource": 7}, KEYED, [f"{NO_STAGE}7"]),
        ({**PARTICIPANT, "resource": TWO_SLASHES}, KEYED, [f"{NO_STAGE}{TWO_SLASHES!r}"]),
    ],
)
def test_problems_of_claims(
    claims: dict[str, Any], header: dict[str, Any], found: list[str]
) -> None:
    """
    A token at a bound has no problem, and one without a claim has no problem with its value.
    """
    assert problems(claims, header) == found


@pytest.mark.parametrize(
    ("signature", "got"),
    [
        (b"", "0 bytes"),
        (b"\x30", "1 bytes, which may be DER"),
        (b"\x30" + bytes(101), "102 bytes, which may be DER"),
        (bytes(95), "95 bytes"),
        (bytes(97), "97 bytes"),
    ],
)
def test_signatures_of_another_length(signature: bytes, got: str) -> None:
    """
    The first byte of a signature tells DER from other forms.
    """
    assert problems(PLAYBACK, HEADER, signature) == [
        f"the signature must be r and s side by side in 96 bytes, got {got}"
    ]


@pytest.mark.parametrize("claims", [PLAYBACK, {**PLAYBACK, "aws:ads-player-params": {"a": "b"}}])
def test_a_name_twice_in_the_header(claims: dict[str, Any]) -> None:
    """
    A name that the header has twice is a problem, whatever objects follow it.
    """
    header = json.dumps(HEADER)[:-1] + ', "alg": "ES384"}'
    token = ReadToken(f"{written(header.encode())}.{written(claims)}.{written(bytes(96))}")
    assert problems_of(token, NOW) == ["the header or the claims have the same name twice"]
    assert token.repeated is True
    assert token_of(claims).repeated is False


def test_times_are_those_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A report has the times of UTC, and not those of the machine.
    """
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "EST+5")
        time.tzset()
        written_out = moment(NOW)
    time.tzset()
    assert written_out == "2026-11-18T11:06:40Z"
