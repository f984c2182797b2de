"""
Resource types of other services that the emulator does not have.

Attributes and create-only properties are those of CloudFormation's schemas. A rotation schedule
rotates when it is created and when it changes, as the property RotateImmediatelyOnUpdate says.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from tests.rehearsal.service.neighbors import Neighbors

CONNECTION = "AWS::Events::Connection"
DESTINATION = "AWS::Events::ApiDestination"
SCHEDULE = "AWS::SecretsManager::RotationSchedule"
_EVENTS = {CONNECTION: "connection", DESTINATION: "api_destination"}
# The four steps of a rotation, in order.
_STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


class Rotation(NamedTuple):
    """
    A rotation that was tried.

    Attributes:
        secret: The ARN of the secret.
        error: What the function raised. Empty if the rotation succeeded.
    """

    secret: str
    error: str


@dataclass
class Others:
    """
    The resource types.

    Attributes:
        neighbors: The services that have the resources.
        rotations: The rotations, in order.
    """

    neighbors: Neighbors
    rotations: list[Rotation] = field(default_factory=list)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Create, update or delete a resource."""
        if request["type"] == SCHEDULE:
            return self._schedule(request)
        kind, properties = _EVENTS[request["type"]], request["properties"]
        name = request.get("physical_id") or properties.get("Name")
        name = name or f"{request['logical_id']}-{uuid.uuid4().hex[:8]}"
        given = {key: value for key, value in properties.items() if key not in {"Name", "Tags"}} | (
            {"InvocationRateLimitPerSecond": int(properties["InvocationRateLimitPerSecond"])}
            if "InvocationRateLimitPerSecond" in properties
            else {}
        )
        if request["request"] == "delete":
            given = {}
        events = self.neighbors.client("events")
        answer = getattr(events, f"{request['request']}_{kind}")(Name=name, **given)
        arn = answer.get("ConnectionArn") or answer.get("ApiDestinationArn") or ""
        attributes = {"Arn": arn, "ArnForPolicy": arn}
        if request["type"] == CONNECTION:
            attributes["SecretArn"] = f"{arn}-secret"
        return {"physical_id": name, "attributes": attributes}

    def _schedule(self, request: dict[str, Any]) -> dict[str, Any]:
        properties = request["properties"]
        secret = properties["SecretId"]
        if request["request"] != "delete" and properties.get("RotateImmediatelyOnUpdate", True):
            self.rotate(secret, properties["RotationLambdaARN"])
        return {"physical_id": secret, "attributes": {"Id": secret}}

    def rotate(self, secret: str, function: str) -> Rotation:
        """Have a function rotate a secret, as Secrets Manager does, in four steps."""
        token, error = str(uuid.uuid4()), ""
        for step in _STEPS:
            event = {"ClientRequestToken": token, "SecretId": secret, "Step": step}
            functions = self.neighbors.client("lambda")
            answer = functions.invoke(FunctionName=function, Payload=json.dumps(event))
            if answer.get("FunctionError"):
                error = answer["Payload"].read().decode()
                break
        self.rotations.append(Rotation(secret, error))
        return self.rotations[-1]

    def value(self, secret: str) -> str | None:
        """The current value of a secret."""
        try:
            answer = self.neighbors.client("secretsmanager").get_secret_value(SecretId=secret)
        except ClientError:
            return None
        return str(answer["SecretString"])
