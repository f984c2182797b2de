"""
CloudFormation, as far as a custom resource meets it.

It creates, updates and deletes, rolls back what failed, and cleans up what was replaced. The
handler is called directly, or through the provider framework of the CDK, which node runs.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

from cdk_ivs._services.custom_resource.cdk_ivs_handler import handler
from tests.examples.apps import clean_environment
from tests.support.service import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The framework calls Lambda, and answers CloudFormation at an address over HTTPS. Both are given
# to this process instead.
NODE = """
const [framework, port] = process.argv.slice(1);
const Module = require("module");
const load = Module._load;
Module._load = (name, ...others) => name.startsWith("@aws-sdk/") ? {} : load(name, ...others);
const post = async (path, body) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body });
  return answer.json();
};
const outbound = require(`${framework}/outbound`);
outbound.invokeFunction = async (request) => {
  const { payload, error } = await post("/invoke", request.Payload);
  return { Payload: JSON.stringify(payload), FunctionError: error };
};
outbound.httpRequest = (options, body) => post("/respond", body);
process.env.USER_ON_EVENT_FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:handler";
const { onEvent } = require(`${framework}/framework`);
const lines = require("readline").createInterface({ input: process.stdin });
(async () => {
  for await (const line of lines) {
    await onEvent(JSON.parse(line));
    console.log("END");
  }
})();
"""
END = "END\n"
CREATE_FAILED = "AWSCDK::CustomResourceProviderFramework::CREATE_FAILED"
SECONDS = 840
UUID = "51af3dc0-da77-11e4-872e-1234567db123"
STACK_ID = f"arn:aws:cloudformation:us-west-2:123456789012:stack/Stack/{UUID}"


class Context:
    """What Lambda tells about the call."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        """The milliseconds until Lambda ends the call."""
        return int(self.seconds * 1000)


class Response(NamedTuple):
    """What CloudFormation is answered."""

    status: str
    physical_id: str
    data: dict[str, str]
    reason: str
    log: str = ""


class Engine(Protocol):
    """What is between CloudFormation and the handler."""

    def __call__(self, request: dict[str, Any]) -> Response:
        """Answer a request."""


def directly(request: dict[str, Any]) -> Response:
    """Call the handler, and answer as the framework does."""
    known = request.get("PhysicalResourceId", "")
    if request["RequestType"] == "Delete" and known == CREATE_FAILED:
        return Response("SUCCESS", known, {}, "")
    try:
        answer = handler.handler(request, Context())
    except Exception as error:  # noqa: BLE001 - as Lambda does
        return Response("FAILED", known or CREATE_FAILED, {}, str(error))
    return Response("SUCCESS", answer["PhysicalResourceId"], answer.get("Data", {}), "")


@contextlib.contextmanager
def by_framework(framework: Path) -> Iterator[Engine]:
    """The engine that runs the framework, which is in a folder of a cloud assembly."""
    responses: list[dict[str, Any]] = []

    def answer(path: str, body: bytes, headers: Mapping[str, str]) -> object:
        if path == "/respond":
            responses.append(json.loads(body))
            return {}
        try:
            return {"payload": handler.handler(json.loads(body), Context())}
        except Exception as error:  # noqa: BLE001 - as Lambda does
            message = {"errorMessage": str(error), "errorType": type(error).__name__}
            return {"payload": {**message, "stackTrace": []}, "error": "Unhandled"}

    with (
        serve(answer) as port,
        subprocess.Popen(
            ["node", "--no-deprecation", "-e", NODE, "--", str(framework), str(port)],
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        ) as process,
    ):

        def run(request: dict[str, Any]) -> Response:
            assert process.stdin is not None
            assert process.stdout is not None
            responses.clear()
            process.stdin.write(f"{json.dumps(request)}\n")
            process.stdin.flush()
            log = ""
            for line in process.stdout:
                if line == END:
                    break
                log += line
            else:
                pytest.fail(f"the framework ended: {log}")
            ((status, physical_id, data, reason),) = (
                (body["Status"], body["PhysicalResourceId"], body.get("Data"), body["Reason"])
                for body in responses
            )
            return Response(status, physical_id, data or {}, reason, log)

        try:
            yield run
        finally:
            process.kill()


@dataclass
class CustomResource:
    """
    A custom resource in a stack.

    Attributes:
        engine: What is between CloudFormation and the handler.
        properties: Its properties in the template.
        logical_id: Its logical id.
        physical_id: Its physical id, or None if it is not there.
        responses: What CloudFormation was answered.
    """

    engine: Engine
    properties: dict[str, Any]
    logical_id: str = "Attachment"
    physical_id: str | None = None
    responses: list[Response] = field(default_factory=list)
    _replaced: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def create(self) -> Response:
        """Create it, and delete it again if that fails."""
        response = self._ask("Create", self.properties)
        self.physical_id = response.physical_id
        if response.status == "FAILED":
            self.delete()
        return response

    def update(self, **properties: Any) -> Response:
        """Update it, and roll back and clean up if that fails."""
        old, new = self.properties, {**self.properties, **properties}
        old_id = self.physical_id
        response = self._ask("Update", new, physical_id=old_id, OldResourceProperties=old)
        self._take(response, old, new)
        if response.status == "FAILED":
            self.roll_back(old)
        return response

    def roll_back(self, old: dict[str, Any]) -> None:
        """Update it to what it was before, and clean up."""
        new = self.properties
        response = self._ask("Update", old, physical_id=self.physical_id, OldResourceProperties=new)
        # What was replaced is in use again, and what replaced it is cleaned up.
        self._replaced = [
            (physical_id, old)
            for physical_id, old in self._replaced
            if physical_id != response.physical_id
        ]
        self._take(response, new, old)
        self.clean_up()

    def clean_up(self) -> None:
        """Delete what was replaced."""
        for physical_id, properties in self._replaced:
            self._ask("Delete", properties, physical_id=physical_id)
        self._replaced = []

    def delete(self) -> Response:
        """Delete it."""
        response = self._ask("Delete", self.properties, physical_id=self.physical_id)
        self.physical_id = None
        return response

    def _take(self, response: Response, old: dict[str, Any], new: dict[str, Any]) -> None:
        if response.physical_id != self.physical_id and self.physical_id is not None:
            self._replaced.append((self.physical_id, old))
        self.physical_id = response.physical_id
        self.properties = new

    def _ask(
        self, request: str, properties: dict[str, Any], physical_id: str | None = None, **more: Any
    ) -> Response:
        message = {
            "RequestType": request,
            "ResponseURL": "https://127.0.0.1/response",
            "StackId": STACK_ID,
            "RequestId": "request-id",
            "LogicalResourceId": self.logical_id,
            "ResourceType": "Custom::Any",
            "ResourceProperties": {"ServiceToken": "arn", **properties},
            **more,
        }
        if physical_id is not None:
            message["PhysicalResourceId"] = physical_id
        response = self.engine(message)
        self.responses.append(response)
        return response
