"""
What is attached to a channel by the API, because CloudFormation cannot.

``ivs:UpdateChannel`` has the parameters, ``AWS::IVS::Channel`` has not. An empty ARN detaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._base.sdk_calls import SdkCall, call_sdk

from .stop_stream import detach_after_stream_stops

if TYPE_CHECKING:
    from aws_cdk.custom_resources import AwsCustomResource
    from constructs import Construct

POLICY = "playbackRestrictionPolicyArn"
ADS = "adConfigurationArn"


def attach(
    scope: Construct, id: str, channel_arn: str, parameter: str, arn: str
) -> AwsCustomResource:
    """
    Attach one thing to a channel when the stack is deployed, and detach it when that is deleted.

    Each has a resource of its own: what is detached is then what this resource attached, by the
    same function with the same SDK.

    Args:
        scope: The scope in which the attachment is made.
        id: The id of the attachment.
        channel_arn: The ARN of the channel.
        parameter: The parameter of UpdateChannel.
        arn: The ARN of what is attached.
    """

    def update(value: str, *ignore: str) -> SdkCall:
        return SdkCall(
            "updateChannel",
            {"arn": channel_arn, parameter: value},
            ignore=ignore,
            outputs=["channel.arn"],
        )

    attachment = call_sdk(
        scope,
        id,
        resource_arn=channel_arn,
        resource_type="Custom::IVSChannelAttachment",
        on_update=update(arn),
        on_delete=update("", "ResourceNotFoundException"),
        # The parameter is of April 2026.
        latest_sdk=parameter == ADS,
    )
    detach_after_stream_stops(attachment, channel_arn)
    return attachment
