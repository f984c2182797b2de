"""The rules of Amazon IVS for the claims of each kind of token."""

from __future__ import annotations

from collections.abc import Mapping

from ._checks import (
    check_arn,
    check_choice,
    check_flag,
    check_id,
    check_integer,
    check_name,
    check_origin,
    check_text,
    check_texts,
    check_url,
    check_uuid,
)
from ._errors import TokenError
from ._shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # Checks a header and claims. The last mapping has the name of each claim in messages.
    Rule = Callable[[Mapping[str, object], Mapping[str, object], Mapping[str, str]], None]

CHANNEL = "aws:channel-arn"
ORIGIN = "aws:access-control-allow-origin"
STRICT = "aws:strict-origin-enforcement"
SINGLE_USE = "aws:single-use-uuid"
VIEWER = "aws:viewer-id"
SESSION_VERSION = "aws:viewer-session-version"
RESOLUTION = "aws:maximum-resolution"
ADS_OPT_OUT = "aws:ads-opt-out"
ADS_PARAMS = "aws:ads-player-params"
ADS_CONFIG = "aws:ads-playback-config-name"
ADS_REPORTING = "aws:ads-reporting-mode"

VERSION = "1.0"
CAPABILITIES = ("allow_publish", "allow_subscribe")

_STRICT_ORIGINS = 5
_INT64 = 2**63
_VIEWER_ID, _USER_ID = 40, 128
_ADS_PARAMS, _ATTRIBUTES = 1000, 1024


class TokenKind:
    """
    A kind of token.

    Attributes:
        name: The name of the kind.
        required: The claims that a token must have.
        optional: The claims that a token may have.
        each: The check of each claim, with its options.
        across: The checks of several claims, or of claims and the header.
    """

    def __init__(
        self,
        name: str,
        *,
        required: tuple[str, ...],
        optional: tuple[str, ...] = (),
        each: Mapping[str, tuple[Callable[..., object], *tuple[object, ...]]],
        across: tuple[Rule, ...],
    ) -> None:
        self.name = name
        self.required = required
        self.optional = optional
        self.each = each
        self.across = across

    def checks(
        self, header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
    ) -> Iterator[tuple[Callable[..., object], tuple[object, ...]]]:
        """Yield the checks of a header and claims, each with its arguments."""
        for claim, value in claims.items():
            if claim in self.each:
                check, *options = self.each[claim]
                yield check, (names[claim], value, *options)
        for rule in self.across:
            yield rule, (header, claims, names)

    def check(
        self, header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
    ) -> None:
        """Refuse a header and claims if one of the checks refuses them."""
        for check, arguments in self.checks(header, claims, names):
            check(*arguments)


def _check_origins(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise TokenError(f"'{name}' must be a string, got {shown(value)}", code="ArgumentType")
    for origin in value.split(","):
        check_origin(name, origin)


def _strict_with_origins(
    _header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    if claims.get(STRICT) is not True:
        return
    origins = claims.get(ORIGIN)
    if origins is None:
        raise TokenError(
            f"'{names[STRICT]}' must be False without '{names[ORIGIN]}', got True; name the "
            "origins that it restricts playback to",
            code="StrictOrigins",
        )
    count = str(origins).count(",") + 1
    if count > _STRICT_ORIGINS:
        raise TokenError(
            f"'{names[ORIGIN]}' must have at most {_STRICT_ORIGINS} origins with "
            f"'{names[STRICT]}', got {count}",
            code="OriginCount",
        )


def _version_with_viewer(
    _header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    if SESSION_VERSION in claims and VIEWER not in claims:
        raise TokenError(
            f"'{names[SESSION_VERSION]}' must be left out without '{names[VIEWER]}', got "
            f"{shown(claims[SESSION_VERSION])}; it does nothing on its own",
            code="SessionVersion",
        )


def _capabilities(
    _header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    value = claims.get("capabilities", {})
    if not isinstance(value, Mapping):
        raise TokenError(
            f"'{names['capabilities']}' must be an object, got {shown(value)}", code="ArgumentType"
        )
    for capability in CAPABILITIES:
        if "capabilities" in claims:
            check_flag(capability, value.get(capability))


def _stage_of_key(
    header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    key = check_arn(names["kid"], header.get("kid"), "public-key")
    if "resource" not in claims:
        return
    stage = check_arn(names["resource"], claims["resource"], "stage")
    _check_place(names["kid"], key, names["resource"], stage)


def id_in(arn: object) -> str | None:
    """Return the ID of a resource in its ARN, or None if the ARN is not a text."""
    return arn.rpartition("/")[2] if isinstance(arn, str) else None


def _topic_of_stage(
    _header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    stage = id_in(claims.get("resource"))
    if stage is not None and claims.get("topic", stage) != stage:
        raise TokenError(
            f"'{names['topic']}' must be the ID of the stage, {shown(stage)}, got "
            f"{shown(claims['topic'])}",
            code="OtherStage",
        )


def _account_of_key(
    header: Mapping[str, object], claims: Mapping[str, object], names: Mapping[str, str]
) -> None:
    key = check_arn(names["kid"], header.get("kid"), "public-key")
    for claim, of_key in (("region", key[0]), ("account_id", key[1])):
        given = claims.get(claim, of_key)
        if not isinstance(given, str) or given != of_key:
            raise TokenError(
                f"'{names[claim]}' must be {shown(of_key)}, as in '{names['kid']}', got "
                f"{shown(given)}; a public key belongs to one account and Region",
                code="OtherAccount",
            )


def _check_place(
    key_name: str, key: tuple[str, str, str], name: str, resource: tuple[str, str, str]
) -> None:
    for what, of_key, of_resource in zip(("Region", "account"), key, resource, strict=False):
        if of_key != of_resource:
            raise TokenError(
                f"'{name}' must be of the {what} of '{key_name}', {shown(of_key)}, got "
                f"{shown(of_resource)}; a public key belongs to one account and Region",
                code="OtherAccount",
            )


PLAYBACK = TokenKind(
    "playback token",
    required=(CHANNEL, "exp"),
    optional=(
        ORIGIN,
        STRICT,
        SINGLE_USE,
        VIEWER,
        SESSION_VERSION,
        RESOLUTION,
        ADS_OPT_OUT,
        ADS_PARAMS,
        ADS_CONFIG,
        ADS_REPORTING,
    ),
    each={
        CHANNEL: (check_arn, "channel"),
        ORIGIN: (_check_origins,),
        STRICT: (check_flag,),
        SINGLE_USE: (check_uuid,),
        VIEWER: (check_text, 1, _VIEWER_ID),
        SESSION_VERSION: (check_integer, -_INT64, _INT64 - 1),
        RESOLUTION: (check_choice, ("SD", "HD", "FULL_HD")),
        ADS_OPT_OUT: (check_flag,),
        ADS_PARAMS: (check_texts, _ADS_PARAMS),
        ADS_CONFIG: (check_name,),
        ADS_REPORTING: (check_choice, ("CLIENT", "SERVER")),
    },
    across=(_strict_with_origins, _version_with_viewer),
)

PARTICIPANT = TokenKind(
    "participant token",
    required=(
        "exp",
        "iat",
        "jti",
        "resource",
        "topic",
        "events_url",
        "whip_url",
        "capabilities",
        "version",
    ),
    optional=("user_id", "attributes"),
    each={
        "events_url": (check_url, "wss"),
        "whip_url": (check_url, "https"),
        "jti": (check_id,),
        "user_id": (check_text, 0, _USER_ID),
        "attributes": (check_texts, _ATTRIBUTES),
        "version": (check_choice, (VERSION,)),
    },
    across=(_stage_of_key, _topic_of_stage, _capabilities),
)

CONNECTION = TokenKind(
    "connection token",
    required=("exp", "iat", "jti", "account_id", "region", "events_url", "version"),
    each={
        "jti": (check_id,),
        "events_url": (check_url, "wss"),
        "version": (check_choice, (VERSION,)),
    },
    across=(_account_of_key,),
)
