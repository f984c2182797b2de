"""Stream keys and playback key pairs render the same as alpha's."""

from __future__ import annotations

from types import ModuleType

import pytest
from aws_cdk import App, NestedStack, Stack
from constructs import Construct

from tests.support.arns import arn
from tests.support.keys import P384_PEM

from .assemblies import assert_same, assert_same_in_stack
from .values import TEXTS


def test_stream_keys_of_channels() -> None:
    """
    A key is added to the channel or made anywhere beside it.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        ivs.Channel(stack, "Added").add_stream_key("Key")
        ivs.StreamKey(stack, "Beside", channel=ivs.Channel(stack, "Channel"))
        for scope in (Construct(stack, "Group"), NestedStack(stack, "Nested")):
            ivs.StreamKey(scope, "Key", channel=ivs.Channel(stack, f"Of{scope.node.id}"))
        ivs.Channel(NestedStack(stack, "Inner"), "Channel").add_stream_key("Key")

    assert_same_in_stack(build)


@pytest.mark.parametrize("id", ["Resource1", "a/b c.é$", "Key" * 50], ids=lambda id: id[:9])
def test_ids_of_stream_keys(id: str) -> None:
    """
    The logical id of an added key is the same for odd ids.
    """
    assert_same_in_stack(lambda stack, ivs: ivs.Channel(stack, "Channel").add_stream_key(id))


def test_stream_keys_of_imported_channels() -> None:
    """
    An imported channel is given a key by either way.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        first = ivs.Channel.from_channel_arn(stack, "First", arn("channel/first"))
        first.add_stream_key("Key")
        second = ivs.Channel.from_channel_arn(stack, "Second", arn("channel/second"))
        ivs.StreamKey(stack, "Key", channel=second)

    assert_same_in_stack(build)


def test_stream_key_in_another_stack() -> None:
    """
    A key in a stack of its own takes the channel's ARN from an export.
    """

    def build(app: App, ivs: ModuleType) -> None:
        channel = ivs.Channel(Stack(app, "Channels"), "Channel")
        ivs.StreamKey(Stack(app, "Keys"), "Key", channel=channel)

    assert_same(build)


def test_replaced_stream_key() -> None:
    """
    A key that was taken out of the tree again leaves the channel free for another.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        channel = ivs.Channel(stack, "Channel")
        channel.add_stream_key("Old")
        channel.node.try_remove_child("Old")
        channel.add_stream_key("New")

    assert_same_in_stack(build)


@pytest.mark.parametrize("name", [None, "", "Viewers-1_a", "x" * 128], ids=lambda x: str(x)[:9])
def test_playback_key_pairs(name: str | None) -> None:
    """
    A key pair renders its public key, and a name only if one is given.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.PlaybackKeyPair(
            stack, "Pair", public_key_material=P384_PEM, playback_key_pair_name=name
        )
    )


@pytest.mark.parametrize(
    "material",
    [
        P384_PEM.strip(),
        P384_PEM.replace("\n", "\r\n"),
        f"\n{P384_PEM}\n",
    ],
    ids=["no last line feed", "carriage returns", "blank lines"],
)
def test_writings_of_a_public_key(material: str) -> None:
    """
    The public key is rendered as it was written.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.PlaybackKeyPair(stack, "Pair", public_key_material=material)
    )


@pytest.mark.parametrize("form", [form for form in TEXTS if form not in {"plain", "lazy"}])
def test_public_keys_known_at_deployment(form: str) -> None:
    """
    The public key and the name may be, or hold, any kind of token.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        ivs.PlaybackKeyPair(
            stack,
            "Pair",
            public_key_material=TEXTS[form](stack, "Key"),
            playback_key_pair_name=TEXTS[form](stack, "Name"),
        )

    assert_same_in_stack(build)


def test_public_key_by_dynamic_reference() -> None:
    """
    A public key may be a dynamic reference, which CloudFormation resolves, written out.
    """
    assert_same_in_stack(
        lambda stack, ivs: ivs.PlaybackKeyPair(
            stack, "Pair", public_key_material="{{resolve:ssm:/ivs/public-key}}"
        )
    )
