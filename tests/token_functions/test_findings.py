"""What others have against the functions in a template."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_iam as iam

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.oracles import cdk_findings, cfn_lint_findings, template_of


@pytest.fixture
def functions(located_stack: Stack) -> Stack:
    """A stack with one of each, and all that they need."""
    stack = located_stack
    key = ivs.SigningKey(stack, "SigningKey")
    ivs.PlaybackKeyPair(stack, "KeyPair", signing_key=key)
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    playback = ivs.PlaybackTokenFunction(
        stack,
        "Playback",
        channels=[ivs.Channel(stack, "Channel", authorized=True)],
        identity=ivs.TokenIdentity.iam(),
        signing_key=key,
    )
    playback.add_function_url()
    playback.grant_invoke_url(caller)
    by_field = ivs.TokenIdentity.event_field("user_id")
    participant = ivs.ParticipantTokenFunction(
        stack,
        "Participant",
        identity=by_field,
        public_key=ivs.PublicKey(stack, "PublicKey", signing_key=key),
        roles={"host": ivs.ParticipantRole(allow_publish=True, allow_subscribe=True)},
        signing_key=key,
        stages=[ivs.Stage(stack, "Stage")],
    )
    participant.grant_invoke(caller)
    ivs.ChatTokenFunction(
        stack,
        "Chat",
        identity=by_field,
        roles={"reader": ivs.ChatRole()},
        rooms=[chat.Room(stack, "Room")],
    )
    ivs.TokenLayer(stack, "Layer")
    return stack


@pytest.mark.newest
def test_the_cdk_finds_nothing(functions: Stack) -> None:
    """
    The validation of the CDK has nothing against the template.
    """
    # Of the newest alone, which brings it.
    assert cdk_findings(Path(App.of(functions).synth().directory)) == []  # type: ignore[union-attr] - it has one


def test_cfn_lint_finds_nothing(functions: Stack) -> None:
    """
    The rules of cfn-lint have nothing against the template.
    """
    assert cfn_lint_findings(json.dumps(template_of(functions))) == []


@pytest.mark.newest
def test_cdk_nag_finds_nothing(functions: Stack) -> None:
    """
    The pack of cdk-nag for AWS's solutions has nothing against the functions and their roles: each
    has a role of its own, without a policy of AWS's and without a wildcard.
    """
    # Of the newest alone: the pack is a plugin of the CDK's validation.
    from cdk_nag import AwsSolutionsChecks

    report = AwsSolutionsChecks(App.of(functions)).validate_scope(App.of(functions))
    paths = {
        resource.construct_path.removeprefix(f"{functions.node.path}/"): violation.rule_name
        for violation in report.violations
        for resource in violation.violating_resources
    }
    ours = ("Playback/", "Participant/", "Chat/", "Layer/")
    assert {path: rule for path, rule in paths.items() if path.startswith(ours)} == {}
    # The pack is run: it names the framework of the CDK's for custom resources.
    assert any(path.startswith("cdk-ivs:CustomResources/Provider") for path in paths)
