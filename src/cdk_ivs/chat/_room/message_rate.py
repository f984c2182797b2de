"""
A message rate above the maximum of CloudFormation.

The API accepts 1 to 100 messages per second. The schema of AWS::IVSChat::Room allows 1 to 10, and
CloudFormation refuses values outside of its schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._services.custom_resource.construct import properties_to_follow, run_at_deployment
from cdk_ivs._services.custom_resource.operations import Operation

if TYPE_CHECKING:
    from aws_cdk.aws_ivschat import CfnRoom
    from constructs import Construct


def set_message_rate(room: Construct, room_arn: str, cfn_room: CfnRoom, rate: int) -> None:
    """
    Call the API to set the message rate, each time the room is created or changed.

    Args:
        room: The room, in which the custom resource is created.
        room_arn: The ARN of the room.
        cfn_room: The room in the template.
        rate: The messages per second.
    """
    run_at_deployment(
        room,
        "MessageRate",
        Operation.MESSAGE_RATE,
        room_arn,
        created=True,
        owner=cfn_room,
        properties={"Value": rate, "Room": properties_to_follow(cfn_room)},
    )
