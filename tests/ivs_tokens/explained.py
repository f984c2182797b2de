"""Claims and headers, and the problems that an explanation has with them."""

from __future__ import annotations

import base64
import json
from typing import Any

from ivs_tokens._explain import problems_of
from ivs_tokens._reading import ReadToken
from tests.ivs_tokens.parts import (
    CHANNEL,
    NOW,
    PUBLIC_KEY,
    claims_of,
    make,
)

HEADER = {"alg": "ES384", "typ": "JWT"}
PLAYBACK = {"aws:channel-arn": CHANNEL, "exp": NOW + 300}
PARTICIPANT = claims_of(make("participant"))
CONNECTION = claims_of(make("connection"))
KEYED = {**HEADER, "kid": PUBLIC_KEY}


def written(content: object) -> str:
    """A part of a token."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def token_of(claims: object, header: object = HEADER, signature: bytes = bytes(96)) -> ReadToken:
    """A token with any parts."""
    return ReadToken(f"{written(header)}.{written(claims)}.{written(signature)}")


def problems(claims: object, header: object = HEADER, signature: bytes = bytes(96)) -> list[str]:
    """What is wrong with such a token."""
    return problems_of(token_of(claims, header, signature), NOW)


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    """Claims but for one."""
    return {claim: value for claim, value in claims.items() if claim != name}
