"""The functions as constructs, each with what it needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Template
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from cdk_ivs._token_functions.construct import TokenFunction
from tests.support.arns import ACCOUNT, REGION, arn
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


def once(scope: Construct, id: str, create: Callable[[Any, str, str], Any], arn: str) -> Any:
    """An imported resource, created if it is not there."""
    return scope.node.try_find_child(id) or create(scope, id, arn)


def signing_key(scope: Construct) -> Any:
    """An imported key."""
    return once(scope, "SigningKey", kms.Key.from_key_arn, KEY_ARN)


def playback(scope: Construct, id: str = "It", **arguments: Any) -> ivs.PlaybackTokenFunction:
    """A function for the tokens of one channel."""
    if "channels" not in arguments:
        channel = once(scope, "ItsChannel", ivs.Channel.from_channel_arn, CHANNEL_ARN)
        arguments["channels"] = [channel]
    if "signing_key" not in arguments:
        arguments["signing_key"] = signing_key(scope)
    return ivs.PlaybackTokenFunction(scope, id, **arguments)


def participant(scope: Construct, id: str = "It", **arguments: Any) -> ivs.ParticipantTokenFunction:
    """A function for the tokens of one stage."""
    if "stages" not in arguments:
        stage = once(scope, "ItsStage", ivs.Stage.from_stage_arn, STAGE_ARN)
        arguments["stages"] = [stage]
    if "public_key" not in arguments:
        arguments["public_key"] = once(
            scope, "ItsPublicKey", ivs.PublicKey.from_public_key_arn, PUBLIC_KEY_ARN
        )
    if "signing_key" not in arguments:
        arguments["signing_key"] = signing_key(scope)
    given = {"identity": BY_FIELD, "roles": {"host": HOST}, **arguments}
    return ivs.ParticipantTokenFunction(scope, id, **given)


def chatting(scope: Construct, id: str = "It", **arguments: Any) -> ivs.ChatTokenFunction:
    """A function for the tokens of one room."""
    if "rooms" not in arguments:
        arguments["rooms"] = [once(scope, "ItsRoom", chat.Room.from_room_arn, ROOM_ARN)]
    given = {"identity": BY_FIELD, "roles": {"reader": ivs.ChatRole()}, **arguments}
    return ivs.ChatTokenFunction(scope, id, **given)


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
    policy = properties_of(function.node.find_child("Role").node.find_child("Tokens"))
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements


def resource_types(stack: Stack) -> list[str]:
    """The types of the resources in a stack."""
    resources = Template.from_stack(stack).to_json().get("Resources", {})
    return sorted(resource["Type"] for resource in resources.values())


every_kind = pytest.mark.parametrize("kind", KINDS)
MAKERS: dict[str, Any] = {
    "channels": ivs.Channel.from_channel_arn,
    "stages": ivs.Stage.from_stage_arn,
    "rooms": chat.Room.from_room_arn,
}
FORMS = {
    "channels": "arn:aws:ivs:{region}:{account}:channel/{id}",
    "stages": "arn:aws:ivs:{region}:{account}:stage/{id}",
    "rooms": "arn:aws:ivschat:{region}:{account}:room/{id}",
}


def resource(
    scope: Stack,
    keyword: str,
    id: str = "Resource",
    *,
    region: str = REGION,
    account: str = ACCOUNT,
) -> Any:
    """An imported channel, stage or room, with the first letters of its id."""
    arn = FORMS[keyword].format(region=region, account=account, id=id.ljust(12, "0"))
    return MAKERS[keyword](scope, id, arn)


def refused(make: Make, stack: Stack, **arguments: Any) -> str:
    """The message with which arguments are refused, after which there is no function."""
    with pytest.raises(ValidationError) as error:
        make(stack, **arguments)
    assert error.value.path == "Stack/It"
    assert stack.node.try_find_child("It") is None
    return error.value.message
