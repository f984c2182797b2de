"""
What is attached to a channel by the API, because CloudFormation cannot.

``ivs:UpdateChannel`` has the parameters, ``AWS::IVS::Channel`` has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.tree import TreeState, is_in_tree, scope_info
from cdk_ivs._low_latency.stop_stream import detach_after_stream_stops
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text
from cdk_ivs._validation.tokens import is_made_up

if TYPE_CHECKING:
    from aws_cdk import CfnResource, CustomResource
    from constructs import Construct

PLAYBACK_RESTRICTION_POLICY_PARAM = "AttachPlaybackRestrictionPolicy"
AD_CONFIGURATION_PARAM = "AttachAdConfiguration"
FAILOVER_SLATE_PARAM = "AttachFailoverSlateConfiguration"
ATTACHMENTS = (PLAYBACK_RESTRICTION_POLICY_PARAM, AD_CONFIGURATION_PARAM, FAILOVER_SLATE_PARAM)
# Of stacks: the attachments to channels that the app does not create.
_ATTACHMENTS = TreeState[dict[str, "CustomResource"]](lambda _: {})
_KEYWORDS = {
    PLAYBACK_RESTRICTION_POLICY_PARAM: "policy",
    AD_CONFIGURATION_PARAM: "ad_configuration",
    FAILOVER_SLATE_PARAM: "failover_slate_configuration",
}


def attach(
    channel: Construct, operation: str, channel_arn: str, arn: str, owner: CfnResource | None
) -> CustomResource:
    """
    Attach one thing to a channel when the stack is deployed.

    When the attachment is deleted, what was attached before it is attached again.

    Args:
        channel: The channel, in which the custom resource is created.
        operation: What is attached: one of ``ATTACHMENTS``.
        channel_arn: The ARN of the channel.
        arn: The ARN of what is attached.
        owner: The channel in the template, or None if the app does not create it.

    Raises:
        ValidationError: If the stack attaches another one to the same channel.
    """
    # Here and not above: import cdk_ivs must not load what a custom resource needs.
    from cdk_ivs._services.custom_resource.construct import run_at_deployment
    from cdk_ivs._services.custom_resource.operations import Operation

    # What stands in for an ARN until it was looked up says nothing of the channel.
    is_known = owner is None and not is_made_up(channel_arn)
    logical_id = _logical_id(channel, operation, channel_arn) if is_known else None
    attachment = run_at_deployment(
        channel,
        operation,
        Operation(operation),
        channel_arn,
        created=owner is not None,
        logical_id=logical_id,
        owner=owner,
        properties={"Value": arn},
    )
    if logical_id is not None:
        _by_logical_id(channel)[logical_id] = attachment
    detach_after_stream_stops(attachment, channel, channel_arn)
    return attachment


def second_attachment(keyword: str, earlier: Construct) -> ValidationError:
    """The error that a channel cannot have two."""
    return ValidationError(
        f"'{keyword}' must be the only one that the app attaches to the channel, got "
        f"a second one beside '{safe_text(earlier.node.path)}'",
        code="SecondAttachment",
    )


def _logical_id(channel: Construct, operation: str, channel_arn: str) -> str:
    """
    The logical id of an attachment to a channel that the app does not create.

    Made from the channel and not from the construct: an attachment that moves to another
    construct stays the same resource. CloudFormation would else create the new one, and then
    delete the earlier one, which detaches.
    """
    from aws_cdk import Stack

    from cdk_ivs._services.custom_resource.permissions import Target

    target = Target.of(Stack.of(channel), channel_arn, created=False)
    logical_id = f"Ivs{operation}{target.digest}"
    earlier = _by_logical_id(channel).get(logical_id)
    if earlier is not None and is_in_tree(earlier):
        with error_path(channel, operation):
            raise second_attachment(_KEYWORDS[operation], earlier)
    return logical_id


def _by_logical_id(channel: Construct) -> dict[str, CustomResource]:
    scope = scope_info(channel)
    return _ATTACHMENTS.of(scope.stack or scope.root)
