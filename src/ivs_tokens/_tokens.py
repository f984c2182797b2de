"""Create the tokens that an application signs itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._checks import check_flag
from ._claims import (
    ADS_CONFIG,
    ADS_OPT_OUT,
    ADS_PARAMS,
    ADS_REPORTING,
    CHANNEL,
    CONNECTION,
    ORIGIN,
    PARTICIPANT,
    PLAYBACK,
    RESOLUTION,
    SESSION_VERSION,
    SINGLE_USE,
    STRICT,
    VERSION,
    VIEWER,
    id_in,
)
from ._errors import TokenError
from ._jws import SIGNATURE_LENGTH, encoded, signed
from ._lifetimes import CONNECTION_SECONDS, PARTICIPANT_SECONDS, VIEWER_SECONDS, issued_and_end
from ._shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from typing import Literal

    from ._jws import Signer

PLAYBACK_LENGTH = 2048

_HEADER = {"alg": "ES384", "typ": "JWT"}
_PLAYBACK_HEADER = encoded(_HEADER)

# Messages name the argument that a claim comes from.
_PLAYBACK_ARGUMENTS = {
    CHANNEL: "channel_arn",
    ORIGIN: "allowed_origins",
    STRICT: "strict_origin_enforcement",
    SINGLE_USE: "single_use",
    VIEWER: "viewer_id",
    SESSION_VERSION: "viewer_session_version",
    RESOLUTION: "maximum_resolution",
    ADS_OPT_OUT: "ads_opt_out",
    ADS_PARAMS: "ads_player_params",
    ADS_CONFIG: "ads_playback_config_name",
    ADS_REPORTING: "ads_reporting_mode",
}
_PARTICIPANT_ARGUMENTS = {
    "kid": "public_key_arn",
    "resource": "stage_arn",
    "events_url": "events_url",
    "whip_url": "whip_url",
    "jti": "participant_id",
    "user_id": "user_id",
    "attributes": "attributes",
    "version": "version",
}
_CONNECTION_ARGUMENTS = {
    "kid": "public_key_arn",
    "jti": "token_id",
    "account_id": "account_id",
    "region": "region",
    "events_url": "events_url",
    "version": "version",
}


def playback_token(
    signer: Signer,
    *,
    channel_arn: str,
    expires_in: timedelta | float,
    allowed_origins: Sequence[str] | None = None,
    strict_origin_enforcement: bool | None = None,
    single_use: bool = False,
    viewer_id: str | None = None,
    viewer_session_version: int | None = None,
    maximum_resolution: Literal["SD", "HD", "FULL_HD"] | None = None,
    ads_opt_out: bool | None = None,
    ads_player_params: Mapping[str, str] | None = None,
    ads_playback_config_name: str | None = None,
    ads_reporting_mode: Literal["CLIENT", "SERVER"] | None = None,
    now: datetime | float | None = None,
) -> str:
    """
    Sign a token with which a viewer can start to play a private channel.

    The player opens `<playback URL>?token=<token>`. IVS checks the token when playback starts, not
    throughout.

    Args:
        signer: The signer: a `PemSigner`, a `KmsSigner`, or an object with a method `sign` that
            returns 96 bytes.

        channel_arn: The ARN of the channel.

        expires_in: How long playback can be started, as a `timedelta` or in seconds: from 1 second
            to 10 minutes with `viewer_id` or `single_use`
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)),
            and up to 999,999,999 seconds without, a limit of this library.

        allowed_origins: The origins of the websites that can play the channel, such as
            `https://example.com` or `https://*.example.com`. Default: all origins.

        strict_origin_enforcement: Whether IVS checks the origin of every request, and not only of
            the request for the multivariant playlist. It needs 1 to 5 `allowed_origins`
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)).
            Default: False.

        single_use: Whether the token can start playback only once. Default: False.

        viewer_id: An ID of up to 40 characters
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)).
            With it, you can revoke the sessions of the viewer. Do not use personal data.
            Default: you cannot revoke the sessions.

        viewer_session_version: A version of the session, any 64-bit integer. A revocation can be
            limited to sessions up to a version. It needs `viewer_id`. Default: IVS uses 0.

        maximum_resolution: The highest resolution: `SD`, `HD` or `FULL_HD`. Default: no limit.

        ads_opt_out: Whether the viewer sees no ads. Default: False.

        ads_player_params: Parameters for the ad decision server. Keys and values have up to 1,000
            bytes in all
            ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/server-side-ad-insertion.html)).
            Default: no parameters.

        ads_playback_config_name: The name of the MediaTailor configuration to use. Default: IVS
            chooses.

        ads_reporting_mode: Who reports that the viewer watched an ad: `CLIENT` or `SERVER`.
            Default: `SERVER`.

        now: The time of issue, as a `datetime` with a time zone or in Unix seconds: from 0 to
            99,999,999,999, a limit of this library. Default: the current time.

    Returns:
        The token, of at most 2 KB
        ([guide](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/private-channels-generate-tokens.html)).

    Raises:
        TokenError: `ArgumentType` if an argument has a type that its parameter does not accept.
            `Arn` if `channel_arn` is not the ARN of a channel. `Choice` if a resolution or a
            reporting mode does not exist. `Encoding` if a text cannot be written as UTF-8. `Form`
            if `ads_playback_config_name` has other characters. `Length` if `viewer_id` is too long
            or empty. `Lifetime` if `expires_in` is out of its range. `MappingSize` if
            `ads_player_params` has too many bytes. `NumberRange` if the version is not a 64-bit
            integer. `Origin` if an origin is invalid. `OriginCount` if the list of origins is
            empty. `SessionVersion` if there is a version without `viewer_id`. `Signature` if the
            signer does not return 96 bytes. `StrictOrigins` if strict enforcement has no origins.
            `Time` or `TimeZone` if `now` is invalid. `TokenLength` if the token is longer than 2
            KB.
    """
    _check_signer(signer)
    check_flag("single_use", single_use)
    claims = _given(
        {
            ORIGIN: None if allowed_origins is None else _joined(allowed_origins),
            STRICT: strict_origin_enforcement,
            SINGLE_USE: _new_uuid() if single_use else None,
            VIEWER: viewer_id,
            SESSION_VERSION: viewer_session_version,
            RESOLUTION: maximum_resolution,
            ADS_OPT_OUT: ads_opt_out,
            ADS_PARAMS: _copied(ads_player_params),
            ADS_CONFIG: ads_playback_config_name,
            ADS_REPORTING: ads_reporting_mode,
        }
    )
    claims = {CHANNEL: channel_arn, **claims}
    PLAYBACK.check(_HEADER, claims, _PLAYBACK_ARGUMENTS)
    limited = "viewer_id" if viewer_id is not None else "single_use" if single_use else None
    _, claims["exp"] = issued_and_end(
        expires_in, now, VIEWER_SECONDS if limited else None, f"with '{limited}'"
    )
    message = _PLAYBACK_HEADER + b"." + encoded(claims)
    _check_length(len(message) + SIGNATURE_LENGTH, claims)
    return signed(signer, message)


def participant_token(
    signer: Signer,
    *,
    public_key_arn: str,
    stage_arn: str,
    events_url: str,
    whip_url: str,
    participant_id: str,
    expires_in: timedelta | float,
    allow_publish: bool,
    allow_subscribe: bool,
    user_id: str | None = None,
    attributes: Mapping[str, str] | None = None,
    now: datetime | float | None = None,
) -> str:
    """
    Sign a token with which a participant can join a stage.

    Args:
        signer: The signer: a `PemSigner`, a `KmsSigner`, or an object with a method `sign` that
            returns 96 bytes.

        public_key_arn: The ARN of the public key in IVS that verifies the token. It must be in the
            account and Region of the stage.

        stage_arn: The ARN of the stage.

        events_url: The endpoint `events` of the stage, from `ivs:GetStage`. Ask again after at most
            14 days
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).

        whip_url: The endpoint `whip` of the stage, from `ivs:GetStage`.

        participant_id: A new ID for the participant: 1 to 64 letters, digits, hyphens and
            underscores
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).

        expires_in: How long the participant can join, as a `timedelta` or in seconds: from 1 second
            to 14 days
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            IVS recommends 12 hours.

        allow_publish: Whether the participant can send audio and video.

        allow_subscribe: Whether the participant can receive the audio and video of others.

        user_id: A name that all participants can see: up to 128 characters
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            Default: no user ID.

        attributes: Texts that all participants can see: up to 1 KB in all
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            Default: no attributes.

        now: The time of issue, as a `datetime` with a time zone or in Unix seconds: from 0 to
            99,999,999,999, a limit of this library. Default: the current time.

    Returns:
        The token.

    Raises:
        TokenError: `ArgumentType` if an argument has a type that its parameter does not accept.
            `Arn` if an ARN is not that of a stage or a public key. `Encoding` if a text cannot be
            written as UTF-8. `Endpoint` if an endpoint is not a URL of the right form. `Form` if
            `participant_id` has other characters. `Length` if a text is too long or empty.
            `Lifetime` if `expires_in` is out of its range. `MappingSize` if `attributes` has too
            many bytes. `OtherAccount` if the public key is not in the account and Region of the
            stage. `Signature` if the signer does not return 96 bytes. `Time` or `TimeZone` if `now`
            is invalid.
    """
    _check_signer(signer)
    header = {**_HEADER, "kid": public_key_arn}
    claims = {
        "jti": participant_id,
        "resource": stage_arn,
        "topic": id_in(stage_arn),
        "events_url": events_url,
        "whip_url": whip_url,
        "capabilities": {"allow_publish": allow_publish, "allow_subscribe": allow_subscribe},
        "version": VERSION,
        **_given({"user_id": user_id, "attributes": _copied(attributes)}),
    }
    PARTICIPANT.check(header, claims, _PARTICIPANT_ARGUMENTS)
    times = _times(expires_in, now, PARTICIPANT_SECONDS)
    return signed(signer, encoded(header) + b"." + encoded({**times, **claims}))


def connection_token(
    signer: Signer,
    *,
    public_key_arn: str,
    token_id: str,
    account_id: str,
    region: str,
    events_url: str,
    expires_in: timedelta | float,
    now: datetime | float | None = None,
) -> str:
    """
    Sign a token with which a client can connect to IVS before it joins stages.

    Args:
        signer: The signer: a `PemSigner`, a `KmsSigner`, or an object with a method `sign` that
            returns 96 bytes.

        public_key_arn: The ARN of the public key in IVS that verifies the token.

        token_id: A new ID for the token: 1 to 64 letters, digits, hyphens and underscores
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
            With it, you can revoke the token.

        account_id: The account of the public key, as a text of 12 digits.

        region: The Region of the public key.

        events_url: The endpoint for events, `wss://global.events.live-video.net`.

        expires_in: How long the client can connect, as a `timedelta` or in seconds: from 1 second
            to 4 weeks
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).

        now: The time of issue, as a `datetime` with a time zone or in Unix seconds: from 0 to
            99,999,999,999, a limit of this library. Default: the current time.

    Returns:
        The token.

    Raises:
        TokenError: `ArgumentType` if an argument has a type that its parameter does not accept.
            `Arn` if `public_key_arn` is not the ARN of a public key. `Encoding` if a text cannot be
            written as UTF-8. `Endpoint` if `events_url` is not a URL of the right form. `Form` if
            an ID, the account or the Region has another form. `Length` if a text is too long or
            empty. `Lifetime` if `expires_in` is out of its range. `OtherAccount` if the public key
            is not in the account and Region. `Signature` if the signer does not return 96 bytes.
            `Time` or `TimeZone` if `now` is invalid.
    """
    _check_signer(signer)
    header = {**_HEADER, "kid": public_key_arn}
    claims = {
        "jti": token_id,
        "account_id": account_id,
        "region": region,
        "events_url": events_url,
        "version": VERSION,
    }
    CONNECTION.check(header, claims, _CONNECTION_ARGUMENTS)
    times = _times(expires_in, now, CONNECTION_SECONDS)
    return signed(signer, encoded(header) + b"." + encoded({**times, **claims}))


def _times(
    expires_in: timedelta | float, now: datetime | float | None, longest: int
) -> dict[str, object]:
    issued, end = issued_and_end(expires_in, now, longest, f"({longest // 86_400} days)")
    return {"exp": end, "iat": issued}


def _check_signer(signer: object) -> None:
    # A class of signers has the method too, but cannot sign.
    if isinstance(signer, type) or not callable(getattr(signer, "sign", None)):
        raise TokenError(
            "'signer' must be a PemSigner, a KmsSigner or an object with a method 'sign', got a "
            f"value of the type {shown(type(signer).__name__)}",
            code="ArgumentType",
        )


def _check_length(length: int, claims: Mapping[str, object]) -> None:
    if length <= PLAYBACK_LENGTH:
        return
    longest = max(_PLAYBACK_ARGUMENTS.keys() & claims, key=lambda claim: len(str(claims[claim])))
    raise TokenError(
        f"'{_PLAYBACK_ARGUMENTS[longest]}' must be shorter: a playback token has at most "
        f"{PLAYBACK_LENGTH} bytes, got {length} bytes, and this argument takes the most",
        code="TokenLength",
    )


def _given(claims: Mapping[str, object]) -> dict[str, object]:
    """Return the claims whose argument is not None."""
    return {claim: value for claim, value in claims.items() if value is not None}


def _joined(origins: object) -> str:
    """Join origins for the claim."""
    if isinstance(origins, (str, bytes)) or not isinstance(origins, Sequence):
        raise TokenError(
            f"'allowed_origins' must be a list of origins, got {shown(origins)}",
            code="ArgumentType",
        )
    if not origins:
        raise TokenError(
            "'allowed_origins' must have at least one origin, got none; leave it out to allow all",
            code="OriginCount",
        )
    for origin in origins:
        if not isinstance(origin, str) or "," in origin:
            raise TokenError(
                "'allowed_origins' must be a list of strings, one origin each, got "
                f"{shown(origin)}",
                code="ArgumentType",
            )
    return ",".join(origins)


def _copied(texts: object) -> object:
    """Copy a mapping into a dictionary, which JSON can encode."""
    return dict(texts) if isinstance(texts, Mapping) else texts


def _new_uuid() -> str:
    from uuid import uuid4

    return str(uuid4())
