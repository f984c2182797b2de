"""Connection tokens: their claims, and the last good and the first bad value of each."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest

from ivs_tokens import TokenError
from tests.ivs_tokens.parts import (
    EVENTS_URL,
    NOW,
    PUBLIC_KEY,
    NullSigner,
    claims_of,
    header_of,
    make,
)

DAYS = 86_400


def test_every_claim() -> None:
    """
    A token has the claims that the guide asks for, and the ARN of the key as the key id.
    """
    token = make("connection")
    assert header_of(token) == {"alg": "ES384", "typ": "JWT", "kid": PUBLIC_KEY}
    assert claims_of(token) == {
        "exp": NOW + 86_400,
        "iat": NOW,
        "jti": "connection-1",
        "account_id": "123456789012",
        "region": "us-west-2",
        "events_url": EVENTS_URL,
        "version": "1.0",
    }


@pytest.mark.parametrize(
    "arguments", [{"token_id": "a" * 64}, {"expires_in": 28 * DAYS}, {"expires_in": 1}]
)
def test_last_good_values(arguments: dict[str, Any]) -> None:
    """
    What the guide allows up to its limits is signed.
    """
    assert make("connection", **arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"public_key_arn": ""}, "'public_key_arn' must be the ARN of a public key .*, got ''"),
        ({"token_id": "a" * 65}, "'token_id' must be 1 to 64 letters, digits, hyphens and under"),
        ({"token_id": ""}, "'token_id' must be 1 to 64 .*, got ''"),
        (
            {"account_id": "210987654321"},
            (
                "'account_id' must be '123456789012', as in 'public_key_arn', got "
                "'210987654321'; a public key belongs to one account and Region"
            ),
        ),
        ({"account_id": 123456789012}, "must be '123456789012', .*, got 123456789012"),
        (
            {"region": "us-east-1"},
            "'region' must be 'us-west-2', as in 'public_key_arn', got 'us-east-1'",
        ),
        ({"region": None}, "'region' must be 'us-west-2', .*, got None"),
        ({"region": mock.ANY}, "'region' must be 'us-west-2', .*, got "),
        ({"account_id": mock.ANY}, "'account_id' must be '123456789012', .*, got "),
        ({"events_url": "https://a.example"}, "'events_url' must be a URL that begins with 'wss:"),
        (
            {"expires_in": 28 * DAYS + 1},
            r"'expires_in' must be at most 2419200 seconds \(28 days\), got 2419201",
        ),
    ],
)
def test_first_bad_values(arguments: dict[str, Any], message: str) -> None:
    """
    What the guide does not allow is refused by the name of its argument, before it is signed.
    """
    signer = NullSigner()
    with pytest.raises(TokenError, match=message):
        make("connection", signer, **arguments)
    assert signer.messages == []
