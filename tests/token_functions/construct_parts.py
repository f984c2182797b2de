"""The functions as constructs, each with what it needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from aws_cdk import Stack
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._token_functions.construct import TokenFunction
from tests.support.arns import arn
from tests.support.kms import KEY_ARN
from tests.support.rendered import properties_of

CHANNEL_ARN, OTHER_CHANNEL_ARN = arn("channel/AbCdef1G2hij"), arn("channel/KlMnop3Q4rst")
STAGE_ARN = arn("stage/AbCdef1G2hij")
ROOM_ARN = arn("room/AbCdef1G2hij", service="ivschat")
PUBLIC_KEY_ARN = arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a")

HOST = ivs.ParticipantRole(allow_publish=True, allow_subscribe=True)
BY_CLAIM = ivs.TokenIdentity.authorizer_claim("sub")
BY_FIELD = ivs.TokenIdentity.event_field("viewer_id")

Make = Callable[..., Any]


def signing_key(scope: Construct, id: str = "Key") -> kms.IKey:
    """A key of elsewhere, by its ARN."""
    return kms.Key.from_key_arn(scope, id, KEY_ARN)


def playback(scope: Construct, id: str = "It", **arguments: Any) -> ivs.PlaybackTokenFunction:
    """A function for the tokens of one channel."""
    given: dict[str, Any] = {}
    if "channels" not in arguments:
        channel = ivs.Channel.from_channel_arn(scope, f"{id}Channel", CHANNEL_ARN)
        given["channels"] = [channel]
    if "signing_key" not in arguments:
        given["signing_key"] = signing_key(scope, f"{id}Key")
    return ivs.PlaybackTokenFunction(scope, id, **{**given, **arguments})


def participant(scope: Construct, id: str = "It", **arguments: Any) -> ivs.ParticipantTokenFunction:
    """A function for the tokens of one stage."""
    given: dict[str, Any] = {"identity": BY_FIELD, "roles": {"host": HOST}}
    if "stages" not in arguments:
        given["stages"] = [ivs.Stage.from_stage_arn(scope, f"{id}Stage", STAGE_ARN)]
    if "public_key" not in arguments:
        key = ivs.PublicKey.from_public_key_arn(scope, f"{id}PublicKey", PUBLIC_KEY_ARN)
        given["public_key"] = key
    if "signing_key" not in arguments:
        given["signing_key"] = signing_key(scope, f"{id}Key")
    return ivs.ParticipantTokenFunction(scope, id, **{**given, **arguments})


def chatting(scope: Construct, id: str = "It", **arguments: Any) -> ivs.ChatTokenFunction:
    """A function for the tokens of one room."""
    given: dict[str, Any] = {"identity": BY_FIELD, "roles": {"reader": ivs.ChatRole()}}
    if "rooms" not in arguments:
        given["rooms"] = [chat.Room.from_room_arn(scope, f"{id}Room", ROOM_ARN)]
    return ivs.ChatTokenFunction(scope, id, **{**given, **arguments})


KINDS: dict[str, Make] = {"playback": playback, "participant": participant, "chat": chatting}
RESOURCES = {"playback": "channels", "participant": "stages", "chat": "rooms"}


def variable_of(function: TokenFunction) -> Any:
    """The environment variable of a function, as it is in the template."""
    return properties_of(function.function)["Environment"]["Variables"]["CDK_IVS_TOKENS"]


def configuration_of(function: TokenFunction) -> dict[str, Any]:
    """What a function allows, where nothing is left to the deployment."""
    configuration: dict[str, Any] = json.loads(variable_of(function))
    return configuration


def statements_of(function: TokenFunction) -> list[dict[str, Any]]:
    """What the role of a function may do."""
    role = function.node.find_child("Role")
    (policy,) = properties_of(role)["Policies"]
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements


def resource_types(stack: Stack) -> list[str]:
    """The types of the resources in a stack."""
    resources = Template.from_stack(stack).to_json().get("Resources", {})
    return sorted(resource["Type"] for resource in resources.values())
