"""
More messages per second than CloudFormation lets a room have.

The API takes 1 to 100. The schema of AWS::IVSChat::Room has 1 to 10, and CloudFormation refuses
what is not in the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._services.custom_resource.construct import run_at_deployment
from cdk_ivs._services.custom_resource.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


def set_message_rate(
    room: Construct, room_arn: str, rate: int, properties: Mapping[str, Any]
) -> None:
    """
    Have the API set the rate of a room, after the room was created and whenever it was changed.

    Args:
        room: The room, in which the custom resource is created.
        room_arn: The ARN of the room.
        rate: The messages per second.
        properties: What the room is made of. The custom resource has them as well, so that it is
            updated after the room is, which may have set the rate back.
    """
    run_at_deployment(
        room,
        "MessageRate",
        Operation.MESSAGE_RATE,
        room_arn,
        created=True,
        properties={"Value": rate, "Room": _without_none(properties)},
    )


def _without_none(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _without_none(value) if isinstance(value, dict) else value
        for name, value in properties.items()
        if value is not None
    }
