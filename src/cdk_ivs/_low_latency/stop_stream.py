"""Stopping the live stream of a channel before the channel is deleted."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_ivs._base.scopes import is_in_tree

if TYPE_CHECKING:
    from aws_cdk import CustomResource
    from aws_cdk.aws_iam import IRole

_PROVIDER_ID = "cdk-ivs:StopStream"
_HANDLER = "stop_stream_handler"


# By the channel's ARN, a token of its own for every channel that is made.
_stoppers: dict[str, CustomResource] = {}


def stop_stream_on_delete_of(channel: Construct, channel_arn: str) -> None:
    """
    Make the resource that stops the stream of a channel when it is deleted.

    It is deleted before the channel, to which it refers.

    Args:
        channel: The channel, in which the resource is made.
        channel_arn: The ARN of the channel.
    """
    from aws_cdk import CustomResource
    from aws_cdk import aws_iam as iam

    provider = _StopStreamProvider.of(channel)
    # Of the channel and not of the function: it must be there until the stream was stopped,
    # also when the channel alone leaves the stack.
    policy = iam.Policy(
        channel,
        "StopStreamPolicy",
        roles=[provider.role],
        statements=[iam.PolicyStatement(actions=["ivs:StopStream"], resources=[channel_arn])],
    )
    resource = CustomResource(
        channel,
        "StopStream",
        resource_type="Custom::IVSStopStream",
        service_token=provider.service_token,
        properties={"ChannelArn": channel_arn},
    )
    resource.node.add_dependency(policy)
    _stoppers[channel_arn] = resource


def delete_before_stream_stops(stream_key: Construct, channel_arn: str) -> None:
    """Have a stream key deleted before the stream is stopped, if it is going to be."""
    stopper = _stoppers.get(channel_arn)
    if stopper is not None and is_in_tree(stopper):
        stream_key.node.add_dependency(stopper)


def detach_after_stream_stops(attachment: Construct, channel_arn: str) -> None:
    """
    Have something detached, which a live channel refuses, after the stream was stopped.

    Of the same stack only: an attachment in a stack that uses the channel is deleted before
    anything of the channel's stack.
    """
    from aws_cdk import Stack

    stopper = _stoppers.get(channel_arn)
    if stopper is not None and Stack.of(stopper) is Stack.of(attachment):
        stopper.node.add_dependency(attachment)


class _StopStreamProvider(Construct):
    """The function, once a stack."""

    def __init__(self, scope: Construct, id: str) -> None:
        from aws_cdk import Duration
        from aws_cdk import aws_lambda as lambda_
        from aws_cdk import custom_resources as cr

        super().__init__(scope, id)
        source = files(__package__).joinpath(f"{_HANDLER}.py").read_text(encoding="utf-8")
        function = lambda_.Function(
            self,
            "Handler",
            description="Stops the streams of IVS channels before they are deleted",
            runtime=lambda_.Runtime.PYTHON_3_13,
            handler="index.handler",
            code=lambda_.Code.from_inline(source),
            timeout=Duration.minutes(5),
        )
        self.role = cast("IRole", function.role)
        self.service_token = cr.Provider(self, "Provider", on_event_handler=function).service_token

    @classmethod
    def of(cls, construct: Construct) -> _StopStreamProvider:
        from aws_cdk import Stack

        stack = Stack.of(construct)
        existing = cast("_StopStreamProvider | None", stack.node.try_find_child(_PROVIDER_ID))
        return existing if existing is not None else cls(stack, _PROVIDER_ID)
