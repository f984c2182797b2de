"""Parts: the functions that give out tokens."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import cdk_ivs as ivs
from tests.generated.plans import Attribute, Call, Name, PartPlan

from .common import construct, members, method, minutes, part, pick, plain, seconds, some, value_of
from .low_latency import ORIGINS

_IDENTITIES = st.one_of(
    st.builds(
        lambda hashed: Call("cdk_ivs.TokenIdentity.authorizer_claim", ("sub",), {"hashed": hashed}),
        st.booleans(),
    ),
    st.just(Call("cdk_ivs.TokenIdentity.event_field", ("user_id",))),
)
_URL_IDENTITIES = st.just(Call("cdk_ivs.TokenIdentity.iam"))
_COGNITO = st.just(Call("cdk_ivs.TokenIdentity.cognito_identity"))
_CLAIMS = st.just({"custom:plan": "pro"})
_PLAYBACK_ROLES = value_of(
    "cdk_ivs.PlaybackRole",
    maximum_lifetime=seconds(60, 600),
    maximum_resolution=members(ivs.MaximumResolution),
    single_use=st.booleans(),
)
_PARTICIPANT_ROLES = value_of(
    "cdk_ivs.ParticipantRole",
    allow_publish_=st.booleans(),
    allow_subscribe_=st.just(True),
    attributes=st.just({"team": "red"}),
    maximum_lifetime=seconds(60, 3600),
)
_CHAT_ROLES = value_of(
    "cdk_ivs.ChatRole",
    attributes=st.just({"team": "red"}),
    capabilities=some(members(ivs.ChatCapability), unique=True),
    session_duration=minutes(1, 180),
)
_FUNCTION: dict[str, Any] = {
    "log_group": pick("log group"),
    "memory_size": st.sampled_from((256, 512)),
    "runtime": st.sampled_from(("PYTHON_3_12", "PYTHON_3_13")).map(
        lambda name: Name(f"aws_cdk.aws_lambda.Runtime.{name}")
    ),
}


def _roles(role: Any) -> Any:
    return st.fixed_dictionaries({"viewer": role}, optional={"host": role})


def _function(path: str, identities: Any, sorts: tuple[str, ...], **keywords: Any) -> Any:
    return construct(path, sorts, identity_=identities, **keywords, **_FUNCTION)


_PARTICIPANTS = {
    "public_key_": pick("public key"),
    "signing_key_": pick("signing key"),
    "stages_": some(pick("stage"), most=1),
    "roles_": _roles(_PARTICIPANT_ROLES),
}
_CHATS = {"rooms_": some(pick("room"), most=1), "roles_": _roles(_CHAT_ROLES)}
_PLAYBACKS = {
    "channels_": some(pick("private channel"), most=1),
    "signing_key_": pick("signing key"),
}


def _has_the_origins_that_it_enforces(plan: PartPlan) -> bool:
    given = plan.call.keywords or {}
    return bool(given.get("allowed_origins")) or not given.get("strict_origin_enforcement")


TOKEN_FUNCTIONS = {
    "playback tokens": _function(
        "cdk_ivs.PlaybackTokenFunction",
        _IDENTITIES,
        ("token function",),
        **_PLAYBACKS,
        allowed_origins=some(ORIGINS, unique=True),
        roles=_roles(_PLAYBACK_ROLES),
        strict_origin_enforcement=st.booleans(),
    ).filter(_has_the_origins_that_it_enforces),
    "playback tokens by URL": _function(
        "cdk_ivs.PlaybackTokenFunction",
        st.just(Call("cdk_ivs.TokenIdentity.anonymous")) | _URL_IDENTITIES,
        ("token function", "token function with a URL"),
        **_PLAYBACKS,
        maximum_lifetime=seconds(60, 600),
    ),
    "participant tokens": _function(
        "cdk_ivs.ParticipantTokenFunction",
        _IDENTITIES | _COGNITO,
        ("token function",),
        **_PARTICIPANTS,
    ),
    "participant tokens by URL": _function(
        "cdk_ivs.ParticipantTokenFunction",
        _URL_IDENTITIES,
        ("token function", "token function with a URL"),
        **_PARTICIPANTS,
    ),
    "chat tokens": _function(
        "cdk_ivs.ChatTokenFunction", _IDENTITIES | _COGNITO, ("token function",), **_CHATS
    ),
    "chat tokens by URL": _function(
        "cdk_ivs.ChatTokenFunction",
        _URL_IDENTITIES,
        ("token function", "token function with a URL"),
        **_CHATS,
    ),
    "URL": part(method("token function with a URL", "add_function_url", once="URL")),
    "grant of tokens": plain(
        pick("token function").flatmap(
            lambda of: value_of(Attribute(of, "grant_invoke"), pick("role"))
        )
    ),
    "token layer": construct(
        "cdk_ivs.TokenLayer",
        layer_version_name=st.just("tokens"),
        compatible_runtimes=st.just((Name("aws_cdk.aws_lambda.Runtime.PYTHON_3_13"),)),
    ),
}
"""By a name, strategies of parts."""
