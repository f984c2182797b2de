"""
More messages per second than CloudFormation lets a room have.

The API takes 1 to 100. The schema of AWS::IVSChat::Room has 1 to 10, and CloudFormation refuses
what is not in the schema.
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
    Have the API set the rate of a room, after the room was created and whenever it was changed.

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
