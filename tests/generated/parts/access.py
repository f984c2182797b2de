"""Parts: permissions, of all methods that there are."""

from __future__ import annotations

import inspect
from typing import Any

from hypothesis import strategies as st

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.generated.plans import Attribute, Call, Id, Scope

from .common import Values, construct, pick, plain, value_of

_ON: tuple[tuple[Any, str, str], ...] = (
    (ivs.AdConfigurationGrants, "cdk_ivs.AdConfigurationGrants", "ads"),
    (ivs.ChannelGrants, "cdk_ivs.ChannelGrants", "channel"),
    (ivs.EncoderConfigurationGrants, "cdk_ivs.EncoderConfigurationGrants", "encoder"),
    (ivs.FailoverSlateConfigurationGrants, "cdk_ivs.FailoverSlateConfigurationGrants", "slate"),
    (ivs.IngestConfigurationGrants, "cdk_ivs.IngestConfigurationGrants", "ingest"),
    (ivs.PlaybackKeyPairGrants, "cdk_ivs.PlaybackKeyPairGrants", "key pair"),
    (ivs.PlaybackRestrictionPolicyGrants, "cdk_ivs.PlaybackRestrictionPolicyGrants", "policy"),
    (ivs.PublicKeyGrants, "cdk_ivs.PublicKeyGrants", "public key"),
    (ivs.RecordingConfigurationGrants, "cdk_ivs.RecordingConfigurationGrants", "recording"),
    (ivs.SigningKeyGrants, "cdk_ivs.SigningKeyGrants", "signing key"),
    (ivs.StageGrants, "cdk_ivs.StageGrants", "stage"),
    (ivs.StorageConfigurationGrants, "cdk_ivs.StorageConfigurationGrants", "storage"),
    (ivs.StreamKeyGrants, "cdk_ivs.StreamKeyGrants", "stream key"),
    (chat.LoggingConfigurationGrants, "cdk_ivs.chat.LoggingConfigurationGrants", "logging"),
    (chat.RoomGrants, "cdk_ivs.chat.RoomGrants", "room"),
)
_PRINCIPALS = st.sampled_from(("lambda.amazonaws.com", "ecs-tasks.amazonaws.com"))
_GRANTEES: Values = st.one_of(
    _PRINCIPALS.map(
        lambda service: Call(
            "aws_cdk.aws_iam.Role",
            (Scope(), Id()),
            {"assumed_by": Call("aws_cdk.aws_iam.ServicePrincipal", (service,))},
        )
    ),
    st.just(Call("aws_cdk.aws_iam.User", (Scope(), Id()))),
    pick("role", near=True),
    pick("function", near=True),
)
# What the methods take beside a grantee.
_ARGUMENTS: dict[str, Values] = {
    "destination": pick("stage"),
    "encoder_configuration": pick("encoder"),
    "storage_configuration": pick("storage"),
    "channel": pick("channel"),
    "include_untagged": st.booleans(),
}


def _methods(kind: Any) -> list[str]:
    return [
        name
        for name, function in inspect.getmembers(kind, callable)
        if not name.startswith(("_", "from_"))
        and name != "actions"
        and "grantee" in inspect.signature(function).parameters
    ]


def _grant(kind: Any, path: str, sort: str, name: str) -> Values:
    parameters = inspect.signature(getattr(kind, name)).parameters
    keywords = {
        # A composition needs a destination.
        f"{keyword}_": each
        for keyword, each in _ARGUMENTS.items()
        if keyword in parameters
    }
    if kind is ivs.TaggedGrants:
        bound: Values = st.just(Attribute(Call(path, (Scope(),), {"tags": {"app": "show"}}), name))
    elif "scope" in parameters:
        return value_of(f"{path}.{name}", st.just(Scope()), _GRANTEES)
    else:
        kind_name = path.rpartition(".")[2].removesuffix("Grants")
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind_name).lstrip("_")
        bound = pick(sort).flatmap(
            lambda of: st.sampled_from(
                [
                    Attribute(Attribute(of, "grants"), name),
                    Attribute(Call(f"{path}.from_{snake}", (of,)), name),
                ]
            )
        )
    return bound.flatmap(lambda method: value_of(method, _GRANTEES, **keywords))


def _grants(kind: Any, path: str, sort: str) -> Values:
    return st.sampled_from(_methods(kind)).flatmap(lambda name: _grant(kind, path, sort, name))


_ACTIONS = pick("channel").flatmap(
    lambda of: value_of(
        Attribute(Attribute(of, "grants"), "actions"), _GRANTEES, st.just("GetChannel")
    )
)

ACCESS = {
    "role": construct(
        "aws_cdk.aws_iam.Role",
        ("role",),
        assumed_by_=_PRINCIPALS.map(
            lambda service: Call("aws_cdk.aws_iam.ServicePrincipal", (service,))
        ),
    ),
    **{
        f"grant by {path}": plain(_grants(kind, path, sort))
        for kind, path, sort in (*_ON, (ivs.TaggedGrants, "cdk_ivs.TaggedGrants", ""))
    },
    "grant of actions": plain(_ACTIONS),
}
"""By a name, strategies of parts."""
