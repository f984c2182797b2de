"""The APIs of IVS and KMS, with retries."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .errors import UNREACHABLE, UNSURE, CallError, coded, kind_of, response_to

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_PAUSE = 1
LONGEST_PAUSE = 20
_REFUSED_STATUS = 300
_SHOWN = 300
# An action of each service that has no required parameters, and that every version of the SDK has.
CARRIERS = {"ivs": "ListChannels", "ivs-realtime": "ListStages", "ivschat": "ListRooms"}
# The actions that every version of the SDK has. The parameters of the two for tags are in the URL,
# and KMS has all its actions at one path.
_KNOWN = frozenset({"GetPublicKey", "TagResource", "UntagResource"})


class Api:
    """
    The API of a service for one resource, in the Region of the resource.

    Attributes:
        arn: The ARN of the resource.
        deadline: The time by which the handler must respond, by the monotonic clock.
    """

    _request: tuple[str, Mapping[str, object]]
    _answer: dict[str, Any]

    def __init__(self, arn: str, deadline: float) -> None:
        self.arn = arn
        self.deadline = deadline
        self._clients: dict[str, Any] = {}

    def call(
        self,
        service: str,
        action: str,
        look: Callable[[], dict[str, Any] | None] = lambda: None,
        /,
        **parameters: object,
    ) -> dict[str, Any]:
        """
        Call an action until it succeeds, fails permanently, or has failed for too long.

        Args:
            service: The service of boto3.
            action: The name of the action.
            look: A function for an action that must not run twice. After an error that leaves open
                whether the action ran, it finds the response.
            **parameters: The parameters, by their names in the API.

        Returns:
            The response, from the API or as it was found.

        Raises:
            CallError: With the code of the error, and what to do about it.
        """
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                return self._sent(service, action, parameters)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                text = error.response["Error"]["Message"]
                kind = kind_of(code, error.response["ResponseMetadata"]["HTTPStatusCode"])
            except BotoCoreError as error:
                code = kind = UNREACHABLE
                text = str(error)
            pause = random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt))  # noqa: S311 - it spreads calls and keeps no secret
            attempt += 1
            response = response_to(action, kind)
            end = min(started + response.seconds, self.deadline)
            is_last = time.monotonic() + pause > end
            if not is_last:
                time.sleep(pause)
            found = look() if kind in UNSURE else None
            if found is not None:
                return found
            if is_last:
                message = (
                    f"{action} failed for {self.arn}: {response.remedy} "
                    f"({code}, {attempt} {'try' if attempt == 1 else 'tries'}"
                    f"{f': {_line(text)}' if text else ''})"
                )
                raise CallError(code, coded(response.code, message))

    def _sent(self, service: str, action: str, parameters: Mapping[str, object]) -> dict[str, Any]:
        client = self._client(service)
        if action in _KNOWN:
            answer: dict[str, Any] = getattr(client, xform_name(action))(**parameters)
            return answer
        self._request = (action, parameters)
        getattr(client, xform_name(CARRIERS[service]))()
        return self._answer

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has no types
        """
        Return the client of a service.

        The SDK of Lambda can be older than an action or a parameter. It would not have the action,
        refuse to send the parameter, and silently drop it from responses. Therefore, the client is
        called with an action that it knows, and sends and returns another one.
        """
        if service not in self._clients:
            client = boto3.client(
                service,
                region_name=self.arn.split(":")[3],
                config=Config(retries={"total_max_attempts": 1}),
            )
            if service in CARRIERS:
                known = f"call.{service}.{CARRIERS[service]}"
                client.meta.events.register(f"before-{known}", self._write)
                client.meta.events.register(f"after-{known}", self._read)
            self._clients[service] = client
        return self._clients[service]

    def _write(self, model: Any, params: dict[str, Any], **_: object) -> None:  # noqa: ANN401 - boto3 has no types
        # The request is signed after this. The path of every action is its name.
        action, parameters = self._request
        params["url"] = f"{params['url'].removesuffix(model.name)}{action}"
        params["body"] = json.dumps(parameters).encode()

    def _read(self, http_response: Any, **_: object) -> None:  # noqa: ANN401 - boto3 has no types
        # botocore parses errors itself, and a proxy in front of the API can send a page.
        if http_response.status_code < _REFUSED_STATUS:
            self._answer = json.loads(http_response.content or b"{}")


def _line(text: str) -> str:
    """Shorten a text to a part of a line, because a proxy can respond with a whole page."""
    return " ".join(text.split())[:_SHOWN]
