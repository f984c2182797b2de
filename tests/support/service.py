"""
Amazon IVS and AWS Lambda on this machine, for the handler of the custom resources.

The service keeps the state of its resources, refuses what IVS refuses, and notes the calls.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tests.support.arns import arn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_T = TypeVar("_T")
POLICY = "playbackRestrictionPolicyArn"
ADS = "adConfigurationArn"
RATE = "maximumMessageRatePerSecond"
PASSPHRASE = "passphrase-of-the-channel"
CHANNEL, OTHER = arn("channel/AbCdef1G2hij"), arn("channel/KlMnop3Q4rst")
ROOM = arn("room/AbCdef1G2hij", service="ivschat")
STAGE = arn("stage/AbCdef1G2hij")
OLD, NEW, CONSOLE = (arn(f"playback-restriction-policy/{id}") for id in ("Old", "New", "Console"))


class ServiceError(Exception):
    """An error of the API."""

    def __init__(self, code: str, status: int, message: str = "refused") -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class Call(NamedTuple):
    """A call that reached the API."""

    action: str
    parameters: dict[str, Any]


@dataclass(kw_only=True)
class Channel:
    """
    A channel of the service.

    Attributes:
        attached: What is attached, by the parameter of UpdateChannel.
        stops: How many stops a live stream takes to end. None if the channel is offline.
    """

    attached: dict[str, str] = field(default_factory=dict)
    stops: int | None = None


@dataclass
class Service:
    """
    The API of IVS.

    Attributes:
        channels: The channels, by ARN.
        rooms: The message rates of the rooms, by ARN.
        stages: The endpoints of the stages, by ARN.
        attachable: The ARNs of what exists to be attached.
        attachments: What was attached to each channel, in order.
        calls: The calls, in order.
        errors: The errors of the next calls of an action, by its name.
        port: The port on the loopback interface.
    """

    channels: dict[str, Channel] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)
    stages: dict[str, dict[str, str]] = field(default_factory=dict)
    attachable: set[str] = field(default_factory=set)
    attachments: dict[str, list[str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    errors: dict[str, deque[ServiceError]] = field(default_factory=dict)
    port: int = 0

    def attached(self, arn: str, parameter: str = POLICY) -> str:
        """What is attached to a channel, or an empty text."""
        return self.channels[arn].attached.get(parameter, "")

    def fail(self, action: str, *errors: ServiceError) -> None:
        """Have the next calls of an action fail."""
        self.errors.setdefault(action, deque()).extend(errors)

    def answer(self, path: str, body: bytes, headers: Mapping[str, str]) -> object:
        """Answer a request of the API."""
        action, parameters = path.removeprefix("/"), json.loads(body)
        self.calls.append(Call(action, parameters))
        if self.errors.get(action):
            raise self.errors[action].popleft()
        answer: object = getattr(self, f"_{action}")(parameters)
        return answer

    def changes(self) -> list[Call]:
        """The calls that change something."""
        return [call for call in self.calls if not call.action.startswith("Get")]

    def _GetChannel(self, parameters: dict[str, Any]) -> object:  # noqa: N802 - the action
        channel = known(self.channels, parameters["arn"])
        srt = {"endpoint": "srt://a.srt.live-video.net:9000", "passphrase": PASSPHRASE}
        return {"channel": {"arn": parameters["arn"], "srt": srt, **channel.attached}}

    def _UpdateChannel(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        arn = parameters.pop("arn")
        channel = known(self.channels, arn)
        if channel.stops is not None:
            raise ServiceError("ConflictException", 409, "the channel is live")
        for value in parameters.values():
            if value and value not in self.attachable:
                raise ServiceError("ResourceNotFoundException", 404, "not there")
        channel.attached.update(parameters)
        self.attachments.setdefault(arn, []).extend(parameters.values())
        return {"channel": channel.attached}

    def _StopStream(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        channel = known(self.channels, parameters["channelArn"])
        if channel.stops is None:
            raise ServiceError("ChannelNotBroadcasting", 404, "offline")
        channel.stops = channel.stops - 1 or None
        return {}

    def _GetStage(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        return {"stage": {"endpoints": known(self.stages, parameters["arn"])}}

    def _GetRoom(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        return {RATE: known(self.rooms, parameters["identifier"])}

    def _UpdateRoom(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        known(self.rooms, parameters["identifier"])
        self.rooms[parameters["identifier"]] = parameters[RATE]
        return {}


def known(resources: dict[str, _T], arn: str) -> _T:
    """
    The resource of an ARN.

    Raises:
        ServiceError: If there is none.
    """
    if arn not in resources:
        raise ServiceError("ResourceNotFoundException", 404, f"{arn} does not exist")
    return resources[arn]


@contextlib.contextmanager
def serve(answer: Callable[[str, bytes, Mapping[str, str]], object]) -> Iterator[int]:
    """A server on a free port of the loopback interface, which answers by a function."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status, content = 200, answer(self.path, body, self.headers)
            except ServiceError as error:
                status, content = error.status, {"message": str(error)}
                code = error.code
            else:
                code = None
            text = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            if code is not None:
                self.send_header("x-amzn-ErrorType", code)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *arguments: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
