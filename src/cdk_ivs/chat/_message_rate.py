"""
More messages per second than CloudFormation lets a room have.

The API takes 1 to 100, the schema of AWS::IVSChat::Room 1 to 10, and CloudFormation refuses what
is not in the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from cdk_ivs._base.sdk_calls import SdkCall, call_sdk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import CfnResource
    from constructs import Construct

CLOUDFORMATION_MOST = 10


def set_message_rate(
    room: Construct, room_arn: str, rate: int, properties: Mapping[str, Any]
) -> None:
    """
    Have the API set the rate of a room, when the room was made and whenever it was changed.

    Args:
        room: The room, in which the resource is made that calls the API.
        room_arn: The ARN of the room.
        rate: The messages per second.
        properties: What the room is made of. The resource has them as well, so that it is
            updated after the room is, which may have set the rate back.
    """
    resource = call_sdk(
        room,
        "MessageRate",
        resource_arn=room_arn,
        resource_type="Custom::IVSChatMessageRate",
        on_update=SdkCall(
            "updateRoom",
            {"identifier": room_arn, "maximumMessageRatePerSecond": rate},
            outputs=["arn"],
            service="Ivschat",
        ),
    )
    level_1 = cast("CfnResource", resource.node.find_child("Resource").node.default_child)
    level_1.add_property_override("Room", dict(properties))
