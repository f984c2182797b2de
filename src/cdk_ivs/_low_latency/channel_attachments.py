"""
What is attached to a channel by the API, because CloudFormation cannot.

``ivs:UpdateChannel`` has the parameters, ``AWS::IVS::Channel`` has not. An empty ARN detaches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._base.sdk_calls import SdkCall, call_sdk

from .stop_stream import detach_after_stream_stops

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.custom_resources import AwsCustomResource
    from constructs import Construct

POLICY = "playbackRestrictionPolicyArn"
ADS = "adConfigurationArn"


def attach(
    scope: Construct, id: str, channel_arn: str, attachments: Mapping[str, str]
) -> AwsCustomResource:
    """
    Attach to a channel when the stack is deployed, and detach when that is deleted.

    Args:
        scope: The scope in which the attachment is made.
        id: The id of the attachment.
        channel_arn: The ARN of the channel.
        attachments: An ARN for each parameter of UpdateChannel, empty for nothing.
    """

    def update(arns: Mapping[str, str], *ignore: str) -> SdkCall:
        return SdkCall(
            "updateChannel", {"arn": channel_arn, **arns}, ignore=ignore, output="channel.arn"
        )

    attachment = call_sdk(
        scope,
        id,
        resource_arn=channel_arn,
        resource_type="Custom::IVSChannelAttachment",
        on_update=update(attachments),
        on_delete=update(dict.fromkeys(attachments, ""), "ResourceNotFoundException"),
        # The parameter is of April 2026.
        latest_sdk=bool(attachments.get(ADS)),
    )
    detach_after_stream_stops(attachment, channel_arn)
    return attachment
