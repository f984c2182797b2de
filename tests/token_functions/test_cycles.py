"""In which order CloudFormation creates a key, its policy, what imports it, and a function."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk import aws_iam as iam

import cdk_ivs as ivs
from tests.support.graph import in_cycles, in_order, only
from tests.support.oracles import template_of
from tests.token_functions.construct_parts import HOST, participant, playback


def with_playback(stack: Stack, key: ivs.SigningKey) -> Any:
    """A key pair, and the function that signs with the same key."""
    ivs.PlaybackKeyPair(stack, "KeyPair", signing_key=key)
    channel = ivs.Channel(stack, "Channel", authorized=True)
    return playback(stack, signing_key=key, channels=[channel])


def with_stage(stack: Stack, key: ivs.SigningKey) -> Any:
    """A public key, and the function that signs with the same key."""
    public_key = ivs.PublicKey(stack, "PublicKey", signing_key=key)
    return participant(
        stack,
        public_key=public_key,
        roles={"host": HOST},
        signing_key=key,
        stages=[ivs.Stage(stack, "Stage")],
    )


@pytest.mark.parametrize("make", [with_playback, with_stage], ids=["playback", "participant"])
def test_the_policy_of_a_key_can_name_the_role_of_a_function(stack: Stack, make: Any) -> None:
    """
    Nothing has to be there before itself, and a function is created after what it may do.
    """
    key = ivs.SigningKey(stack, "SigningKey")
    function = make(stack, key)
    key.key.add_to_resource_policy(
        iam.PolicyStatement(
            actions=["kms:Sign"], principals=[function.function.role], resources=["*"]
        )
    )
    key.grants.sign(function.function)
    template = template_of(stack)
    assert in_cycles(template) == []
    function_id = stack.get_logical_id(function.function.node.default_child)
    policy = function.node.find_child("Role").node.find_child("Tokens").node.default_child
    assert in_order(
        template, only(template, "AWS::KMS::Key"), stack.get_logical_id(policy), function_id
    )
