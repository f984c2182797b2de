"""The API of IVS, and that of KMS, called until they answer."""

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
# An action of each service that has no required parameter, and that the SDK of every age knows.
CARRIERS = {"ivs": "ListChannels", "ivs-realtime": "ListStages", "ivschat": "ListRooms"}
# What the SDK of every age knows. Two of them have their parameters in the URL, and KMS has all of
# its actions at one path.
_KNOWN = frozenset({"GetPublicKey", "TagResource", "UntagResource"})


class Api:
    """
    The API of a service for one resource, in the Region of the resource.

    Attributes:
        arn: The ARN of the resource.
        deadline: When the handler must have answered, by the monotonic clock.
    """

    def __init__(self, arn: str, deadline: float) -> None:
        self.arn = arn
        self.deadline = deadline
        self._request: tuple[str, Mapping[str, object]] = ("", {})
        self._answer: dict[str, Any] = {}
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
        Call an action until it succeeds, fails for good, or has failed for too long.

        Args:
            service: The service of boto3.
            action: The name of the action.
            look: For an action that must not be done twice, what finds the answer after an error
                that leaves open whether it was done.
            **parameters: The parameters, by their names in the API.

        Returns:
            The answer, as the API sent it or as it was found.

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
                text = error.response["Error"].get("Message", "")
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
        self._answer = {}
        getattr(client, xform_name(CARRIERS[service]))()
        return self._answer

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has no types
        """
        The client of a service.

        The SDK of Lambda can be older than an action or a parameter. It would not have the
        action, refuse to send the parameter, and drop it from answers without a word: so this
        client is asked for an action that it knows, and sends and returns another.
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
        # It is signed after this. Every action is at a path of its name.
        action, parameters = self._request
        params["url"] = f"{params['url'].removesuffix(model.name)}{action}"
        params["body"] = json.dumps(parameters).encode()

    def _read(self, http_response: Any, **_: object) -> None:  # noqa: ANN401 - boto3 has no types
        # botocore reads an error by itself, and what is in front of the API can send a page.
        if http_response.status_code < _REFUSED_STATUS:
            self._answer = json.loads(http_response.content or b"{}")


def _line(text: str) -> str:
    """A text as the part of a line: a proxy answers with a whole page."""
    return " ".join(text.split())[:_SHOWN]
