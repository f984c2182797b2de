"""Failover slates for the handler to create, and the calls for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.arns import arn
from tests.support.cloudformation import UUID, CustomResource
from tests.support.service import Service, ServiceError

if TYPE_CHECKING:
    from tests.support.cloudformation import Engine

CREATE, UPDATE = "CreateFailoverSlateConfiguration", "UpdateFailoverSlateConfiguration"
GET, DELETE = "GetFailoverSlateConfiguration", "DeleteFailoverSlateConfiguration"
LIST = "ListFailoverSlateConfigurations"
FIRST, SECOND = (arn(f"failover-slate-configuration/AbCdef1G2h0{number}") for number in (1, 2))
REFUSED = ServiceError("ValidationException", 400, "refused")
THROTTLED = ServiceError("ThrottlingException", 429, "slow down")
# What leaves open whether the action was done.
UNSURE = [
    ServiceError("InternalServerException", 500, "internal"),
    ServiceError("InternalFailure", 500, "of another"),
    ServiceError("", 502, "bad gateway"),
]
# The first 16 digits of SHA-256 of the logical id: printf Slate | sha256sum.
MARK = {"cdk-ivs:created-for": f"Stack/{UUID}/10ad4c3873636fa8"}


def slate_of(engine: Engine, logical_id: str = "Slate", **more: Any) -> CustomResource:
    """A failover slate with a threshold and a tag."""
    properties = {
        "Operation": "FailoverSlateConfiguration",
        "ResourceArn": arn("failover-slate-configuration/*"),
        "ActivationThresholdSeconds": "4",
        "Tags": [{"Key": "team", "Value": "live"}],
        **more,
    }
    return CustomResource(engine, properties, logical_id)


def without(slate: CustomResource, *names: str) -> None:
    """Leave out properties from now on."""
    slate.properties = {key: slate.properties[key] for key in slate.properties if key not in names}


def left_by(service: Service) -> dict[str, dict[str, Any]]:
    """The fields of the slates that there are."""
    return {arn: slate.fields for arn, slate in service.slates.items()}
