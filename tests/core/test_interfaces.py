"""The interfaces of resources: what they are, and what they are not for."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import arn
from tests.support.keys import P384_PEM

INTERFACES = [
    getattr(package, name)
    for package in (ivs, chat)
    for name in package.__all__
    if name.startswith("I") and not name.endswith("Ref") and name[1:] in package.__all__
]
OF_ALPHA = {"IChannel", "IPlaybackKeyPair", "IRecordingConfiguration", "IStreamKey"}


def test_all_are_found() -> None:
    """
    There is one for each resource, and one for signing keys.
    """
    assert len(INTERFACES) == 15
    assert {kind.__name__ for kind in INTERFACES} >= OF_ALPHA


@pytest.mark.parametrize("kind", INTERFACES)
def test_have_a_docstring_of_their_own(kind: type) -> None:
    """
    It says what the resource is, created in the app or not.
    """
    assert str(vars(kind)["__doc__"]).strip().startswith("A")


@pytest.mark.parametrize(
    ("create", "interface"),
    [
        (lambda stack: ivs.Channel(stack, "It"), ivs.IChannel),
        (lambda stack: ivs.Channel.from_channel_arn(stack, "It", arn("channel/a")), ivs.IChannel),
        (lambda stack: ivs.PublicKey(stack, "It", public_key_material=P384_PEM), ivs.IPublicKey),
        (lambda stack: ivs.Stage.from_stage_arn(stack, "It", arn("stage/a")), ivs.IStage),
    ],
)
def test_are_known_of_their_instances(stack: Stack, create: Any, interface: type) -> None:
    """
    isinstance() tells what a resource is, also with the interfaces that alpha has.
    """
    others = {ivs.IChannel, ivs.IPublicKey, ivs.IStage, ivs.IStreamKey} - {interface}
    resource = create(stack)
    assert isinstance(resource, interface)
    assert not any(isinstance(resource, other) for other in others)


@pytest.mark.parametrize("kind", INTERFACES, ids=lambda kind: str(kind.__name__))
def test_are_not_created(stack: Stack, kind: Any) -> None:
    """
    Whoever tries is told what creates the resource, and what refers to it.
    """
    package = "chat." if kind.__module__ == "cdk_ivs.chat" else ""
    name = f"{package}{kind.__name__[1:]}"
    with pytest.raises(
        ivs.ArgumentTypeError,
        match=rf"{package}{kind.__name__} cannot be created; create a {name}, or refer to one "
        rf"with {name}\.from_\w+_arn\(\)",
    ):
        kind(stack, "It", "arn")
    assert stack.node.children == []
