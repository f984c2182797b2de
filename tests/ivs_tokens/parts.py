"""Arguments that are right, and what is in the tokens that are made of them."""

from __future__ import annotations

import base64
import json
from typing import Any

from ivs_tokens import connection_token, participant_token, playback_token
from tests.support.arns import ACCOUNT, REGION, arn

CHANNEL = arn("channel/AbCdef1G2hij")
STAGE = arn("stage/KlMnop3Q4rst")
PUBLIC_KEY = arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a")
EVENTS_URL = "wss://global.events.live-video.net"
WHIP_URL = "https://1a2b3c4d5e6f.global-bm.whip.live-video.net"
NOW = 1_795_000_000

PLAYBACK = {"channel_arn": CHANNEL, "expires_in": 300}
PARTICIPANT = {
    "public_key_arn": PUBLIC_KEY,
    "stage_arn": STAGE,
    "events_url": EVENTS_URL,
    "whip_url": WHIP_URL,
    "participant_id": "participant-1",
    "expires_in": 43_200,
    "allow_publish": True,
    "allow_subscribe": False,
}
CONNECTION = {
    "public_key_arn": PUBLIC_KEY,
    "token_id": "connection-1",
    "account_id": ACCOUNT,
    "region": REGION,
    "events_url": EVENTS_URL,
    "expires_in": 86_400,
}
KINDS = {
    "playback": (playback_token, PLAYBACK),
    "participant": (participant_token, PARTICIPANT),
    "connection": (connection_token, CONNECTION),
}


class NullSigner:
    """Signs nothing, and notes what it was asked to sign."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    def sign(self, message: bytes) -> bytes:
        """96 bytes, as of a signature."""
        self.messages.append(message)
        return bytes(96)


def make(kind: str, signer: Any = None, **arguments: Any) -> str:
    """A token of a kind, with arguments besides or instead of those that are right."""
    function, right = KINDS[kind]
    return function(signer or NullSigner(), **{**right, "now": NOW, **arguments})


def header_of(token: str) -> dict[str, Any]:
    """The header of a token."""
    return _object_in(token, 0)


def claims_of(token: str) -> dict[str, Any]:
    """The claims of a token."""
    return _object_in(token, 1)


def _object_in(token: str, place: int) -> dict[str, Any]:
    part = token.split(".")[place]
    content = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert isinstance(content, dict)
    return content
