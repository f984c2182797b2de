"""The JSON body of a request to an endpoint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsii
from aws_cdk.aws_events import RuleTargetInput, RuleTargetInputProperties

if TYPE_CHECKING:
    from cdk_ivs._monitoring.catalog.events import EventType

# The paths in the event, by the name in the JSON.
_ENVELOPE = {
    "id": "$.id",
    "type": "$.detail-type",
    "time": "$.time",
    "account": "$.account",
    "region": "$.region",
}


class Body(RuleTargetInput):
    """
    The body for events of one type.

    RuleTargetInput.from_object of the CDK would need a message for each field.
    """

    def __init__(self, event_type: EventType) -> None:
        super().__init__()
        self._paths = body_paths(event_type)

    @jsii.member(jsii_name="bind")
    def bind(self, rule: object) -> RuleTargetInputProperties:  # noqa: ARG002 - from the base class
        """Return the input of the target, when a rule asks for it."""
        # Unquoted, as in the guide: EventBridge quotes texts itself, but not other values.
        fields = ",".join(f"{json.dumps(name)}:<{name}>" for name in self._paths)
        return RuleTargetInputProperties(
            input_paths_map=self._paths, input_template=f"{{{fields}}}"
        )


def body_paths(event_type: EventType) -> dict[str, str]:
    """Return the paths of the fields of the JSON in an event."""
    paths = _ENVELOPE | {"event": f"$.detail.{event_type.field}"}
    if event_type.kind:
        in_resources = event_type.resource == "resources"
        paths["resource"] = "$.resources[0]" if in_resources else f"$.detail.{event_type.resource}"
    return paths | {"resources": "$.resources", "detail": "$.detail"}
