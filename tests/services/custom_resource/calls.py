"""Calls of the handler for each operation, and what the API has for them."""

from __future__ import annotations

from typing import Any

import botocore.session

from cdk_ivs._services.custom_resource.cdk_ivs_handler import handler
from tests.support.arns import arn
from tests.support.cloudformation import Context
from tests.support.service import CHANNEL, OLD, ROOM, STAGE, ServiceError

ENOUGH = 2_000
# Each operation's resource and value, and the actions that it calls.
OPERATIONS: dict[str, tuple[str, str, set[str]]] = {
    "AttachAdConfiguration": (
        CHANNEL,
        arn("ad-configuration/Ads"),
        {"GetChannel", "UpdateChannel"},
    ),
    "AttachFailoverSlateConfiguration": (
        CHANNEL,
        arn("failover-slate-configuration/Slate"),
        {"GetChannel", "UpdateChannel"},
    ),
    "AttachPlaybackRestrictionPolicy": (CHANNEL, OLD, {"GetChannel", "UpdateChannel"}),
    "MessageRate": (ROOM, "50", {"GetRoom", "UpdateRoom"}),
    "ParticipantMediaTypes": (STAGE, '["NONE"]', {"GetStage", "UpdateStage"}),
    "RecordParticipantReplicas": (STAGE, "false", {"GetStage", "UpdateStage"}),
    "SrtEndpoint": (CHANNEL, "", {"GetChannel"}),
    "StageEndpoints": (STAGE, "", {"GetStage"}),
    "StopStream": (CHANNEL, "", {"StopStream"}),
}
# What the operation calls that creates failover slates.
OF_SLATES = {
    "CreateFailoverSlateConfiguration",
    "DeleteFailoverSlateConfiguration",
    "GetFailoverSlateConfiguration",
    "ListFailoverSlateConfigurations",
    "TagResource",
    "UntagResource",
    "UpdateFailoverSlateConfiguration",
}
SERVICE_OF = {
    **dict.fromkeys(OF_SLATES, "ivs"),
    "GetChannel": "ivs",
    "GetRoom": "ivschat",
    "GetStage": "ivs-realtime",
    "StopStream": "ivs",
    "UpdateChannel": "ivs",
    "UpdateRoom": "ivschat",
    "UpdateStage": "ivs-realtime",
}


def repeated(code: str, count: int = ENOUGH) -> list[ServiceError]:
    """An error as often as may be."""
    return [ServiceError(code, 400, f"said by the service: {code}")] * count


def call(
    operation: str = "AttachPlaybackRestrictionPolicy",
    request: str = "Create",
    *,
    seconds: float = 840,
) -> Any:
    """Call the handler for an operation."""
    resource, value, _ = OPERATIONS[operation]
    event = {
        "RequestType": request,
        "LogicalResourceId": "Id",
        "ResourceProperties": {"Operation": operation, "ResourceArn": resource, "Value": value},
    }
    if request != "Create":
        event["PhysicalResourceId"] = f"{resource}#{operation}#Id"
    return handler.handler(event, Context(seconds))


def model(service: str) -> Any:
    """Botocore's model of a service."""
    return botocore.session.get_session().get_service_model(service)
