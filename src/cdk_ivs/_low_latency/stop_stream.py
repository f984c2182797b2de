"""The custom resource that stops the live stream of a channel before the channel is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.tree import scope_info
from cdk_ivs._low_latency.channel_singletons import find_singleton, register_singleton

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from constructs import Construct

_KIND = "stop stream"


def stop_stream_on_delete_of(channel: Construct, channel_arn: str, owner: CfnResource) -> None:
    """
    Create the custom resource that stops the stream of a channel when it is deleted.

    CloudFormation deletes it before the channel, to which it refers, and retains it with the
    channel.

    Args:
        channel: The channel, in which the custom resource is created.
        channel_arn: The ARN of the channel.
        owner: The L1 of the channel.
    """
    from cdk_ivs._services.custom_resource.construct import run_at_deployment
    from cdk_ivs._services.custom_resource.operations import Operation

    stopper = run_at_deployment(
        channel, "StopStream", Operation.STOP_STREAM, channel_arn, created=True, owner=owner
    )
    register_singleton(_KIND, channel, channel_arn, channel, stopper)


def delete_before_stream_stops(
    stream_key: Construct, channel: object, channel_arn: str, scope: Construct
) -> None:
    """
    Delete a stream key before the custom resource stops the stream, if the channel has one.

    Args:
        stream_key: The L1 of the stream key.
        channel: The channel.
        channel_arn: The ARN of the channel.
        scope: The scope of the stream key.
    """
    stopper = find_singleton(_KIND, channel, channel_arn, scope)
    if stopper is not None:
        stream_key.node.add_dependency(stopper)


def detach_after_stream_stops(attachment: Construct, channel: Construct, channel_arn: str) -> None:
    """
    Detach a resource after the stream of the channel is stopped, because a live channel refuses it.

    The order holds in one stack only. CloudFormation deletes a stack that uses the channel before
    the stack of the channel.

    Args:
        attachment: The construct that attaches and detaches.
        channel: The channel, in which the attachment is.
        channel_arn: The ARN of the channel.
    """
    stopper = find_singleton(_KIND, channel, channel_arn, channel)
    if stopper is not None and scope_info(stopper).stack is scope_info(attachment).stack:
        stopper.node.add_dependency(attachment)
