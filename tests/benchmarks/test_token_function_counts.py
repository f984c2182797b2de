"""How many messages to JavaScript functions that give out tokens take: each costs about 0.2 ms."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from aws_cdk import App, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import arn
from tests.support.messages import count

IDENTITY = ivs.TokenIdentity.authorizer_claim("sub")
CONDITIONS = {
    "StringEquals": {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"}
}


@pytest.fixture
def key(stack: Stack) -> kms.Key:
    """A key of the stack, as the CDK has it."""
    return kms.Key(
        stack, "Key", key_spec=kms.KeySpec.ECC_NIST_P384, key_usage=kms.KeyUsage.SIGN_VERIFY
    )


@pytest.fixture
def given(stack: Stack, key: kms.Key) -> dict[str, Any]:
    """What functions need, whose ARNs were read before."""
    resources: dict[str, Any] = {
        "channel": ivs.Channel(stack, "Channel", authorized=True),
        "stage": ivs.Stage(stack, "Stage"),
        "room": chat.Room(stack, "Room"),
        "public_key": ivs.PublicKey.from_public_key_arn(
            stack, "PublicKey", arn("public-key/f99cde61-c2b0-4df3-8941-ca7d38acca1a")
        ),
    }
    for name, resource in resources.items():
        assert getattr(resource, f"{name}_arn")
    return {**resources, "key": key}


def by_hand(
    stack: Stack,
    id: str,
    *,
    configuration: Mapping[str, object],
    statements: Sequence[Mapping[str, Any]],
) -> None:
    """The same function with the CDK's own constructs, as its guide writes it."""
    log_group = logs.LogGroup(
        stack,
        f"{id}LogGroup",
        removal_policy=RemovalPolicy.DESTROY,
        retention=logs.RetentionDays.ONE_MONTH,
    )
    role = iam.Role(stack, f"{id}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    log_group.grant_write(role)
    for statement in statements:
        role.add_to_policy(iam.PolicyStatement(**statement))
    with tempfile.TemporaryDirectory() as folder:
        lambda_.Function(
            stack,
            id,
            architecture=lambda_.Architecture.ARM_64,
            code=lambda_.Code.from_asset(folder),
            environment={"CDK_IVS_TOKENS": stack.to_json_string(configuration)},
            handler="handler.handle",
            log_group=log_group,
            memory_size=512,
            role=role,
            runtime=lambda_.Runtime.PYTHON_3_14,
            timeout=Duration.seconds(30),
        )


def hand_made(stack: Stack, given: dict[str, Any], kind: str, id: str = "ByHand") -> None:
    """A function of a kind, by hand: what it needs, and what it may do."""
    signs = kind != "chat"
    key = {"key": given["key"].key_arn} if signs else {}
    sign = {"actions": ["kms:Sign"], "conditions": CONDITIONS}
    resource, action = {
        "playback": (given["channel"].channel_arn, None),
        "participant": (given["stage"].stage_arn, "ivs:GetStage"),
        "chat": (given["room"].room_arn, "ivschat:CreateChatToken"),
    }[kind]
    statements = [{**sign, "resources": [given["key"].key_arn]}] if signs else []
    if action is not None:
        statements.append({"actions": [action], "resources": [resource]})
    by_hand(
        stack,
        id,
        configuration={"kind": kind, **key, "resources": [resource]},
        statements=statements,
    )


def ours(stack: Stack, given: dict[str, Any], kind: str, id: str = "Ours") -> None:
    """A function of a kind."""
    if kind == "playback":
        ivs.PlaybackTokenFunction(
            stack, id, channels=[given["channel"]], identity=IDENTITY, signing_key=given["key"]
        )
    elif kind == "participant":
        role = ivs.ParticipantRole(allow_publish=True, allow_subscribe=True)
        ivs.ParticipantTokenFunction(
            stack,
            id,
            identity=IDENTITY,
            public_key=given["public_key"],
            roles={"host": role},
            signing_key=given["key"],
            stages=[given["stage"]],
        )
    else:
        ivs.ChatTokenFunction(
            stack,
            id,
            identity=IDENTITY,
            roles={"reader": ivs.ChatRole()},
            rooms=[given["room"]],
        )


# By the kind: the messages of the first function of an app, of a later one, and by hand.
COUNTS = {"playback": (13, 9, 14), "participant": (13, 9, 16), "chat": (12, 8, 12)}


@pytest.mark.parametrize("kind", COUNTS)
class TestFunctions:
    def test_of_an_app(self, stack: Stack, given: dict[str, Any], kind: str) -> None:
        """
        Four of the first function are for what all of an app share. One is for the ARN of a key of
        the CDK's, and the rest for the construct, the log group and its ARN, the role, its
        policy and what is in that, the code and the function.
        """
        first, later, by_hand = COUNTS[kind]
        assert count(lambda: ours(stack, given, kind)) == first
        assert count(lambda: ours(stack, given, kind, "Later")) == later
        assert count(lambda: hand_made(stack, given, kind)) == by_hand

    def test_a_later_one_takes_less_than_by_hand(
        self, stack: Stack, given: dict[str, Any], kind: str
    ) -> None:
        """
        At most 0.8 of what the same function takes with the CDK's own constructs.
        """
        ours(stack, given, kind)
        later = count(lambda: ours(stack, given, kind, "Later"))
        assert later <= 0.8 * count(lambda: hand_made(stack, given, kind))


def test_all_three_take_less_than_by_hand(stack: Stack, given: dict[str, Any]) -> None:
    """
    At most 0.8 of what the same functions take with the CDK's own constructs, the first included.
    """

    def all_of(make: Any) -> int:
        return count(lambda: [make(stack, given, kind, kind + make.__name__) for kind in COUNTS])

    assert all_of(ours) <= 0.8 * all_of(hand_made)


def test_no_function_takes_more_for_more_channels(stack: Stack, key: kms.Key) -> None:
    """
    Channels take one message each, for the ARN that is read once.
    """
    channels = [ivs.Channel(stack, f"C{number}", authorized=True) for number in range(5)]
    make = ivs.PlaybackTokenFunction
    assert count(lambda: make(stack, "F", channels=channels, signing_key=key)) == 13 + 5


def test_a_key_of_this_library_takes_none(stack: Stack, given: dict[str, Any]) -> None:
    """
    Its ARN is read once.
    """
    key = ivs.SigningKey(stack, "SigningKey")
    assert key.key_arn
    assert count(lambda: ours(stack, {**given, "key": key}, "playback")) == 12


def test_the_layer(stack: Stack) -> None:
    """
    Four for the runtimes, one for the code and one for the layer.
    """
    assert count(lambda: ivs.TokenLayer(stack, "Layer")) == 6


@pytest.mark.parametrize("functions", [1, 3])
def test_at_synthesis(stack: Stack, app: App, functions: int) -> None:
    """
    One for each channel of a function: is it private? Nothing is asked of a key of this library.
    """
    key = ivs.SigningKey(stack, "SigningKey")
    channels = [ivs.Channel(stack, f"C{number}", authorized=True) for number in range(2)]
    before = count(app.synth)
    for number in range(functions):
        ivs.PlaybackTokenFunction(stack, f"F{number}", channels=channels, signing_key=key)
    assert count(lambda: app.synth(force=True)) == before + 2 * functions
