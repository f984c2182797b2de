"""The API of IVS, called until it answers."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .errors import NO_REMEDY, REMEDIES, SECONDS, UNREACHABLE, CallError, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_PAUSE = 1
LONGEST_PAUSE = 20
_REFUSED_STATUS = 300
_SHOWN = 300


class Api:
    """
    The API of IVS for one resource, in the Region of the resource.

    Attributes:
        arn: The ARN of the resource.
        deadline: When the handler must have answered, by the monotonic clock.
    """

    def __init__(self, arn: str, deadline: float) -> None:
        self.arn = arn
        self.deadline = deadline
        self._body: dict[str, Any] = {}
        self._answer: dict[str, Any] = {}
        self._clients: dict[str, Any] = {}

    def call(self, service: str, action: str, **parameters: object) -> dict[str, Any]:
        """
        Call an action until it succeeds, fails for good, or has failed for too long.

        Args:
            service: The service of boto3.
            action: The name of the action.
            **parameters: The parameters, by their names in the API.

        Returns:
            The answer, as the API sent it.

        Raises:
            CallError: With the code of the error, and what to do about it.
        """
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                return self._call_once(service, action, parameters)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                text = error.response["Error"].get("Message", "")
                kind = kind_of(code, error.response["ResponseMetadata"]["HTTPStatusCode"])
            except BotoCoreError as error:
                code = kind = UNREACHABLE
                text = str(error)
            pause = random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt))  # noqa: S311 - it spreads calls and keeps no secret
            attempt += 1
            end = min(started + SECONDS.get(kind, 0), self.deadline)
            if time.monotonic() + pause > end:
                raise CallError(
                    code,
                    f"{action} failed for {self.arn}: {REMEDIES.get(kind, NO_REMEDY)} "
                    f"({code}, {attempt} {'try' if attempt == 1 else 'tries'}"
                    f"{f': {_line(text)}' if text else ''})",
                )
            time.sleep(pause)

    def _call_once(
        self, service: str, action: str, parameters: Mapping[str, object]
    ) -> dict[str, Any]:
        client = self._client(service)
        self._body = dict(parameters)
        self._answer = {}
        # The client is given what the SDK of every age knows. The body has all parameters.
        shape = client.meta.service_model.operation_model(action).input_shape
        required = {name: parameters[name] for name in shape.required_members}
        getattr(client, xform_name(action))(**required)
        return self._answer

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has no types
        """
        The client of a service.

        The SDK of Lambda can be older than a parameter. It would refuse to send the parameter,
        and drop it from answers without a word: so this client sends and returns whole bodies.
        """
        if service not in self._clients:
            client = boto3.client(
                service,
                region_name=self.arn.split(":")[3],
                config=Config(retries={"total_max_attempts": 1}),
            )
            client.meta.events.register(f"before-call.{service}", self._write)
            client.meta.events.register(f"after-call.{service}", self._read)
            self._clients[service] = client
        return self._clients[service]

    def _write(self, params: dict[str, Any], **_: object) -> None:
        params["body"] = json.dumps(self._body).encode()

    def _read(self, http_response: Any, **_: object) -> None:  # noqa: ANN401 - boto3 has no types
        # botocore reads an error by itself, and what is in front of the API can send a page.
        if http_response.status_code < _REFUSED_STATUS:
            self._answer = json.loads(http_response.content or b"{}")


def _line(text: str) -> str:
    """A text as the part of a line: a proxy answers with a whole page."""
    return " ".join(text.split())[:_SHOWN]
