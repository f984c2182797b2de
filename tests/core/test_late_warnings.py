"""Warnings that come at synthesis, after the app could acknowledge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aws_cdk import Annotations, CfnOutput, Stack, Tags
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from tests.support.annotations import warnings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import Construct


def private_channel(stack: Stack) -> Construct:
    """A private channel in an app without a key pair."""
    return ivs.Channel(stack, "Warned", authorized=True)


def recording_to_a_key(stack: Stack) -> Construct:
    """A recording configuration whose bucket a key of the customer encrypts."""
    bucket = s3.Bucket(stack, "Bucket", encryption_key=kms.Key(stack, "Key"))
    return ivs.RecordingConfiguration(stack, "Warned", bucket=bucket)


def room_with_an_empty_tag(stack: Stack) -> Construct:
    """A room with a tag without a value."""
    room = chat.Room(stack, "Warned")
    Tags.of(room).add("team", "")
    return room


def output_of_a_key(stack: Stack) -> Construct:
    """An output that shows a stream key."""
    key = ivs.Channel(stack, "Channel").add_stream_key("StreamKey")
    return CfnOutput(stack, "Warned", value=key.stream_key_value)


def delivery_without_a_certificate(stack: Stack) -> Construct:
    """A delivery with the certificate of CloudFront."""
    return patterns.RecordingDelivery(stack, "Warned")


@pytest.mark.parametrize(
    ("create", "id"),
    [
        (private_channel, "AuthorizedWithoutKeyPair"),
        (recording_to_a_key, "RecordingBucketKey"),
        (room_with_an_empty_tag, "EmptyTag"),
        (output_of_a_key, "SecretOutput"),
        (delivery_without_a_certificate, "DeliveryTls"),
    ],
)
class TestAcknowledgments:
    """An acknowledgment on the construct itself, on a parent of it, and of another warning."""

    def test_hides_the_warning_of_the_construct(
        self, located_stack: Stack, create: Callable[[Stack], Construct], id: str
    ) -> None:
        """
        A warning that is acknowledged on its construct is not in the assembly.
        """
        construct = create(located_stack)
        Annotations.of(construct).acknowledge_warning(f"cdk-ivs:{id}", "known")
        assert warnings_of(located_stack) == []

    def test_hides_the_warnings_below(
        self, located_stack: Stack, create: Callable[[Stack], Construct], id: str
    ) -> None:
        """
        A warning that is acknowledged on the stack is not in the assembly.
        """
        create(located_stack)
        Annotations.of(located_stack).acknowledge_warning(f"cdk-ivs:{id}", "known")
        assert warnings_of(located_stack) == []

    def test_hides_no_other_warning(
        self, located_stack: Stack, create: Callable[[Stack], Construct], id: str
    ) -> None:
        """
        The warning is there once, on the construct, and nothing else is left in the tree.
        """
        construct = create(located_stack)
        children = len(construct.node.children)
        Annotations.of(construct).acknowledge_warning("cdk-ivs:Other", "known")
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Warned"
        assert text.endswith(f"[ack: cdk-ivs:{id}]")
        assert len(construct.node.children) == children
