"""What a type checker must accept and refuse of `ivs_tokens`. It is never run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ivs_tokens import (
    KmsSigner,
    PemSigner,
    TokenError,
    connection_token,
    participant_token,
    playback_token,
)


class OwnSigner:
    """What signs by another key store."""

    def sign(self, message: bytes) -> bytes:
        """Sign."""
        return message


class WrongSigner:
    """What returns texts."""

    def sign(self, message: str) -> str:
        """Sign."""
        return message


token: str = playback_token(
    PemSigner("pem"),
    channel_arn="arn",
    expires_in=timedelta(minutes=5),
    allowed_origins=("https://example.com",),
    maximum_resolution="HD",
    ads_player_params={"a": "b"},
    now=datetime.now(UTC),
)
error: ValueError = TokenError("text", code="Lifetime")
playback_token(KmsSigner("alias/a"), channel_arn="arn", expires_in=300, now=0.5)
playback_token(OwnSigner(), channel_arn="arn", expires_in=300.5)

playback_token("pem", channel_arn="arn", expires_in=300)  # type: ignore[arg-type]
playback_token(WrongSigner(), channel_arn="arn", expires_in=300)  # type: ignore[arg-type]
playback_token(OwnSigner(), "arn", 300)  # type: ignore[call-arg]
playback_token(OwnSigner(), channel_arn="arn")  # type: ignore[call-arg]
playback_token(OwnSigner(), channel_arn="arn", expires_in="5m")  # type: ignore[arg-type]
playback_token(OwnSigner(), channel_arn="a", expires_in=1, maximum_resolution="4K")  # type: ignore[arg-type]
playback_token(OwnSigner(), channel_arn="a", expires_in=1, viewer_id=5)  # type: ignore[arg-type]
participant_token(OwnSigner(), stage_arn="arn")  # type: ignore[call-arg]
connection_token(OwnSigner(), token_id="id")  # type: ignore[call-arg]
PemSigner(5)  # type: ignore[arg-type]
KmsSigner(None)  # type: ignore[arg-type]
