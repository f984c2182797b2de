"""
The handler behind the custom resources of cdk-ivs, as it runs in AWS Lambda.

It does for CloudFormation what the resource types of IVS cannot: attach to a channel, set the
message rate of a room and the recording of a stage, read endpoints and public keys, stop a stream,
and create resources of other types. The provider framework of the CDK calls it, and ignores the
deletion of a resource whose creation failed.

Three rules prevent a failed deployment from removing protection:

- An update of the same resource keeps the physical ID, and the rollback of an update to another
  resource returns to the previous physical ID. CloudFormation therefore cleans up nothing that is
  in use.
- A value is read before it is set, and not set again if it is already there.
- A deletion restores the value from before the creation, and only if the current value is the one
  that the custom resource set.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Protocol

from .api import Api
from .errors import BUSY, GONE, CallError, coded
from .ids import PhysicalId, short
from .public_keys import PUBLIC_KEY_PEM, read_public_key
from .resources import RESOURCES, Resources, mark_of
from .settings import READINGS, SETTINGS, drift, put, put_back, read
from .streams import stop_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .settings import Setting

# The time that the handler needs to respond before Lambda ends the call.
ANSWER_SECONDS = 15
_ARN = re.compile("arn:[^:]+:[^:]+:[^:]+:[^:]+:[^:]+")


class Context(Protocol):
    """The information from Lambda about the call."""

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until Lambda ends the call."""


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Respond to the provider framework."""
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - ANSWER_SECONDS
    properties = event["ResourceProperties"]
    if event["RequestType"] == "Delete":
        known = event["PhysicalResourceId"]
        delete(PhysicalId.parse(known), properties, deadline)
        return {"PhysicalResourceId": known}
    operation, arn = properties["Operation"], properties["ResourceArn"]
    if not _ARN.fullmatch(arn):
        message = f"{operation} requires the ARN of a resource, got '{arn}'"
        raise ValueError(coded("ResourceArn", message))
    api = Api(arn, deadline)
    new = PhysicalId(arn, operation, event["LogicalResourceId"])
    if operation in RESOURCES:
        return put_resource(api, new, event)
    if operation in SETTINGS:
        return put_setting(api, new, event)
    if operation == PUBLIC_KEY_PEM:
        # An ID without an operation, so that a deletion does nothing.
        return {"PhysicalResourceId": arn, "Data": read_public_key(api)}
    answer: dict[str, Any] = {"PhysicalResourceId": str(new)}
    if operation in READINGS:
        answer["Data"] = read(api, READINGS[operation])
    return answer


def put_setting(api: Api, new: PhysicalId, event: Mapping[str, Any]) -> dict[str, Any]:
    """
    Set a value of a resource.

    The physical ID stays the same for the same resource, and returns with it.
    """
    setting, value = SETTINGS[new.operation], event["ResourceProperties"]["Value"]
    earlier = PhysicalId.parse(event.get("PhysicalResourceId", ""))
    # An ID of another operation is that of a creation, or of another handler.
    is_update = earlier.operation == new.operation
    if is_update and earlier.arn != new.arn:
        old = event["OldResourceProperties"]["Value"]
        left = drift(Api(earlier.arn, api.deadline), setting, old)
        found = put(api, setting, value)
        before = _before(setting, found)
        put_at = earlier.moved_to(new.arn, before, found=found, value=value, left=left)
    else:
        found = put(api, setting, value)
        put_at = earlier if is_update else new._replace(before=_before(setting, found))
    return {"PhysicalResourceId": str(put_at)}


def _before(setting: Setting, found: str) -> str:
    """The part of an ID for the value that was found."""
    return "" if found == setting.default else short(found)


def put_resource(api: Api, new: PhysicalId, event: Mapping[str, Any]) -> dict[str, Any]:
    """
    Create or update a resource for which CloudFormation has no type.

    The physical ID stays the same for the same resource.
    """
    resources, mark = Resources(api, RESOURCES[new.operation]), mark_of(event)
    properties = event["ResourceProperties"]
    earlier = PhysicalId.parse(event.get("PhysicalResourceId", ""))
    if earlier.operation == new.operation:
        old = event["OldResourceProperties"]
        arn = resources.update(earlier.arn, properties, old, mark)
    else:
        arn = resources.create(properties, mark)
    return {"PhysicalResourceId": str(new._replace(arn=arn)), "Data": {"Arn": arn}}


def delete(physical_id: PhysicalId, properties: Mapping[str, str], deadline: float) -> None:
    """
    Undo the operation of a physical ID.

    Args:
        physical_id: The ID, which contains the operation and the resource.
        properties: The properties of the operation.
        deadline: The time by which the handler must respond.
    """
    api = Api(physical_id.arn, deadline)
    setting = SETTINGS.get(physical_id.operation)
    try:
        if setting is not None:
            before = physical_id.before or setting.default
            if setting.resource and physical_id.before:
                before = f"{api.arn.rpartition(':')[0]}:{setting.resource}/{before}"
            put_back(api, setting, properties["Value"], before)
        elif physical_id.operation in RESOURCES:
            Resources(api, RESOURCES[physical_id.operation]).delete()
        elif physical_id.operation == "StopStream":
            stop_stream(api)
    except CallError as error:
        left = {GONE, BUSY} if setting is not None and setting.structure else {GONE}
        if error.code not in left:
            raise
