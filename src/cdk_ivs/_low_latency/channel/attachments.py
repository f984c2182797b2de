"""
Attachments to a channel that CloudFormation cannot create.

`ivs:UpdateChannel` has parameters for them. The resource type `AWS::IVS::Channel` has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs._core.tree import TreeState, is_in_tree, scope_info
from cdk_ivs._low_latency.channel_singletons import find_singleton, register_singleton
from cdk_ivs._low_latency.stop_stream import detach_after_stream_stops
from cdk_ivs._services.custom_resource.operations import Operation
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text
from cdk_ivs._validation.tokens import is_made_up

if TYPE_CHECKING:
    from aws_cdk import CfnResource, CustomResource
    from constructs import Construct


class Attachment(NamedTuple):
    """
    A kind of resource that can be attached to a channel.

    Attributes:
        operation: The operation of the custom resource, and the ID of its construct.
        kind: The kind of the resource, which is the keyword of `Channel` for it.
        keyword: The keyword of the method that attaches the resource.
    """

    operation: Operation
    kind: str
    keyword: str


PLAYBACK_RESTRICTION_POLICY = Attachment(
    Operation.ATTACH_PLAYBACK_RESTRICTION_POLICY, "playback_restriction_policy", "policy"
)
AD_CONFIGURATION = Attachment(
    Operation.ATTACH_AD_CONFIGURATION, "ad_configuration", "ad_configuration"
)
FAILOVER_SLATE_CONFIGURATION = Attachment(
    Operation.ATTACH_FAILOVER_SLATE_CONFIGURATION,
    "failover_slate_configuration",
    "failover_slate_configuration",
)
ATTACHMENTS = (PLAYBACK_RESTRICTION_POLICY, AD_CONFIGURATION, FAILOVER_SLATE_CONFIGURATION)
# For stacks: the attachments to channels that the app does not create.
_ATTACHMENTS: TreeState[dict[str, CustomResource]] = TreeState(lambda _: {})


def attachment_of(channel: Construct, channel_arn: str, attachment: Attachment) -> Construct | None:
    """The construct in this app that attaches a resource of the kind to a channel, if any."""
    return find_singleton(attachment.operation, channel, channel_arn, channel)


def attach(channel: Construct, channel_arn: str, attachment: Attachment, arn: str) -> None:
    """
    Attach a resource to a channel at deployment.

    When the attachment is deleted, the custom resource attaches what was attached before.

    Args:
        channel: The channel, in which the custom resource is created.
        channel_arn: The ARN of the channel.
        attachment: The kind of the resource.
        arn: The ARN of the resource.

    Raises:
        ValidationError: `SecondAttachment` if the stack attaches another resource of the kind to
            the channel.
    """
    created = _run(channel, channel_arn, attachment, arn)
    # One call at a time: the service refuses two changes of a channel at the same time.
    for other in ATTACHMENTS:
        earlier = attachment_of(channel, channel_arn, other)
        if earlier is not None:
            created.node.add_dependency(earlier)
    register_singleton(attachment.operation, channel, channel_arn, channel, created)


def _run(
    channel: Construct,
    channel_arn: str,
    attachment: Attachment,
    arn: str,
) -> CustomResource:
    owner: CfnResource | None = getattr(channel, "_ivs_cfn", None)
    # Imported here, because `import cdk_ivs` must not load the modules of a custom resource.
    from cdk_ivs._services.custom_resource.construct import run_at_deployment

    # A placeholder of a look-up says nothing about the channel.
    is_known = owner is None and not is_made_up(channel_arn)
    logical_id = _logical_id(channel, channel_arn, attachment) if is_known else None
    created = run_at_deployment(
        channel,
        attachment.operation.value,
        attachment.operation,
        channel_arn,
        created=owner is not None,
        logical_id=logical_id,
        owner=owner,
        properties={"Value": arn},
    )
    if logical_id is not None:
        _by_logical_id(channel)[logical_id] = created
    detach_after_stream_stops(created, channel, channel_arn)
    return created


def second_attachment(attachment: Attachment, earlier: Construct) -> ValidationError:
    """The error for a second attachment of the same kind."""
    return ValidationError(
        f"'{attachment.keyword}' must be the only one that the app attaches to the channel, got "
        f"a second one in addition to '{safe_text(earlier.node.path)}'",
        code="SecondAttachment",
    )


def _logical_id(channel: Construct, channel_arn: str, attachment: Attachment) -> str:
    """
    The logical ID of an attachment to a channel that the app does not create.

    It depends on the channel and not on the construct, so an attachment that moves to another
    construct stays the same resource. Otherwise CloudFormation creates the new attachment first,
    and then deletes the earlier one, which detaches the resource.
    """
    from aws_cdk import Stack

    from cdk_ivs._services.custom_resource.permissions import Target

    target = Target.of(Stack.of(channel), channel_arn, created=False)
    logical_id = f"Ivs{attachment.operation}{target.digest}"
    earlier = _by_logical_id(channel).get(logical_id)
    if earlier is not None and is_in_tree(earlier):
        with error_path(channel, attachment.operation):
            raise second_attachment(attachment, earlier)
    return logical_id


def _by_logical_id(channel: Construct) -> dict[str, CustomResource]:
    scope = scope_info(channel)
    return _ATTACHMENTS.of(scope.stack or scope.root)
