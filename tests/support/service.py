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
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.arns import arn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_T = TypeVar("_T")
POLICY = "playbackRestrictionPolicyArn"
ADS = "adConfigurationArn"
SLATE = "failoverSlateConfigurationArn"
RATE = "maximumMessageRatePerSecond"
RECORDING = "autoParticipantRecordingConfiguration"
# What a stage has that is not recorded, as the reference of the AWS CLI shows it.
NOT_RECORDED = {
    "hlsConfiguration": {"targetSegmentDurationSeconds": 6},
    "mediaTypes": ["AUDIO_VIDEO"],
    "recordParticipantReplicas": True,
    "recordingReconnectWindowSeconds": 0,
    "storageConfigurationArn": "",
    "thumbnailConfiguration": {
        "recordingMode": "DISABLED",
        "storage": ["SEQUENTIAL"],
        "targetIntervalSeconds": 60,
    },
}
PASSPHRASE = "passphrase-of-the-channel"
CHANNEL, OTHER = arn("channel/AbCdef1G2hij"), arn("channel/KlMnop3Q4rst")
ROOM = arn("room/AbCdef1G2hij", service="ivschat")
STAGE = arn("stage/AbCdef1G2hij")
# What IVS gives a failover slate that was created without them.
DEFAULTS = {
    "activationThresholdSeconds": 3,
    "minSlateDisplaySeconds": 3,
    "maxSlateDisplaySeconds": 60,
}
PAGE, TAGS = 2, 50
STORAGE = arn("storage-configuration/AbCdef1G2hij")
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


@dataclass(kw_only=True)
class Slate:
    """
    A failover slate configuration of the service.

    Attributes:
        fields: The fields that were given, by their names in the API.
        tags: The tags.
        looks: How many calls it takes until it is created or updated.
        state: The state after that.
        hidden: How many lists it is not in yet.
        working: The state before that.
    """

    fields: dict[str, Any]
    tags: dict[str, str]
    looks: int = 0
    state: str = "CREATED"
    hidden: int = 0
    working: str = "CREATING"

    def shown(self, arn: str) -> dict[str, Any]:
        """What the service answers."""
        state = self.state if self.looks == 0 else self.working
        self.looks = max(0, self.looks - 1)
        tags = {"tags": self.tags} if self.tags else {}
        return {"arn": arn, "state": state, **DEFAULTS, **self.fields, **tags}


@dataclass
class Service:
    """
    The API of IVS.

    Attributes:
        channels: The channels, by ARN.
        rooms: The message rates of the rooms, by ARN.
        stages: The endpoints of the stages, by ARN.
        slates: The failover slate configurations, by ARN.
        new_slate: What the next ones are like.
        recordings: How the participants of the stages are recorded, by ARN.
        recorded: The stages that a participant is recorded in.
        attachable: The ARNs of what exists to be attached.
        attachments: What was attached to each channel, in order.
        slate_changes: What was done with slates, in order: create, update or delete.
        calls: The calls, in order.
        errors: The errors of the next calls of an action, by its name.
        lost: The errors that come back although the action is done, in the same form.
        port: The port on the loopback interface.
    """

    channels: dict[str, Channel] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)
    stages: dict[str, dict[str, str]] = field(default_factory=dict)
    slates: dict[str, Slate] = field(default_factory=dict)
    new_slate: dict[str, Any] = field(default_factory=dict)
    recordings: dict[str, dict[str, Any]] = field(default_factory=dict)
    recorded: set[str] = field(default_factory=set)
    attachable: set[str] = field(default_factory=set)
    attachments: dict[str, list[str]] = field(default_factory=dict)
    slate_changes: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    errors: dict[str, deque[ServiceError]] = field(default_factory=dict)
    lost: dict[str, deque[ServiceError]] = field(default_factory=dict)
    port: int = 0

    def attached(self, arn: str, parameter: str = POLICY) -> str:
        """What is attached to a channel, or an empty text."""
        return self.channels[arn].attached.get(parameter, "")

    def fail(self, action: str, *errors: ServiceError) -> None:
        """Have the next calls of an action fail."""
        self.errors.setdefault(action, deque()).extend(errors)

    def lose(self, action: str, *errors: ServiceError) -> None:
        """Have the next calls of an action succeed, and their answers be errors."""
        self.lost.setdefault(action, deque()).extend(errors)

    def answer(self, path: str, body: bytes, headers: Mapping[str, str]) -> object:
        """Answer a request of the API."""
        action, parameters = request_of(path, body)
        self.calls.append(Call(action, parameters))
        if self.errors.get(action):
            raise self.errors[action].popleft()
        answer: object = getattr(self, f"_{action}")(parameters)
        if self.lost.get(action):
            raise self.lost[action].popleft()
        return answer

    def changes(self) -> list[Call]:
        """The calls that change something."""
        return [call for call in self.calls if not call.action.startswith(("Get", "List"))]

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
            if value and value not in {*self.attachable, *self.slates}:
                raise ServiceError("ResourceNotFoundException", 404, "not there")
        channel.attached.update(parameters)
        self.attachments.setdefault(arn, []).extend(parameters.values())
        return {"channel": channel.attached}

    def _CreateFailoverSlateConfiguration(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        number = sum(call.action == "CreateFailoverSlateConfiguration" for call in self.calls)
        new = arn(f"failover-slate-configuration/AbCdef1G2h{number:02}")
        fields = {key: value for key, value in parameters.items() if key != "tags"}
        self.slates[new] = Slate(fields=fields, tags=dict(parameters["tags"]), **self.new_slate)
        self.slate_changes.append("create")
        return {"failoverSlateConfiguration": self.slates[new].shown(new)}

    def _GetFailoverSlateConfiguration(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        slate = known(self.slates, parameters["arn"])
        return {"failoverSlateConfiguration": slate.shown(parameters["arn"])}

    def _ListFailoverSlateConfigurations(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        listed = [arn for arn, slate in self.slates.items() if slate.hidden == 0]
        for slate in self.slates.values():
            slate.hidden = max(0, slate.hidden - 1)
        first = int(parameters.get("nextToken", 0))
        page = {
            "failoverSlateConfigurations": [
                self.slates[arn].shown(arn) for arn in listed[first : first + PAGE]
            ]
        }
        return page | ({"nextToken": str(first + PAGE)} if listed[first + PAGE :] else {})

    def _UpdateFailoverSlateConfiguration(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        arn = parameters["arn"]
        slate = known(self.slates, arn)
        slate.fields |= {key: value for key, value in parameters.items() if key != "arn"}
        self.slate_changes.append("update")
        slate.looks, slate.working = self.new_slate.get("looks", 0), "UPDATING"
        return {"failoverSlateConfiguration": slate.shown(arn)}

    def _DeleteFailoverSlateConfiguration(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        arn = parameters["arn"]
        known(self.slates, arn)
        if any(arn in channel.attached.values() for channel in self.channels.values()):
            raise ServiceError("ConflictException", 409, "it is attached")
        del self.slates[arn]
        self.slate_changes.append("delete")
        return None

    def _TagResource(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        tags = known(self.slates, parameters["resourceArn"]).tags
        if len(tags | parameters["tags"]) > TAGS:
            raise ServiceError("ValidationException", 400, "too many tags")
        tags.update(parameters["tags"])
        return {}

    def _UntagResource(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        tags = known(self.slates, parameters["resourceArn"]).tags
        for key in parameters["tagKeys"]:
            tags.pop(key, None)
        return {}

    def _StopStream(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        channel = known(self.channels, parameters["channelArn"])
        if channel.stops is None:
            raise ServiceError("ChannelNotBroadcasting", 404, "offline")
        channel.stops = channel.stops - 1 or None
        return {}

    def _GetStage(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        arn = parameters["arn"]
        recording = self.recordings.get(arn, {})
        return {"stage": {"endpoints": known(self.stages, arn), RECORDING: recording}}

    def _UpdateStage(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        arn = parameters["arn"]
        known(self.stages, arn)
        if arn in self.recorded:
            raise ServiceError("ConflictException", 409, "a participant is recorded")
        recording = parameters[RECORDING]
        if "storageConfigurationArn" not in recording:
            raise ServiceError("ValidationException", 400, "no storage configuration")
        kept = recording if recording["storageConfigurationArn"] else {}
        self.recordings[arn] = {**NOT_RECORDED, **kept}
        return {}

    def _GetRoom(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        return {RATE: known(self.rooms, parameters["identifier"])}

    def _UpdateRoom(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        known(self.rooms, parameters["identifier"])
        self.rooms[parameters["identifier"]] = parameters[RATE]
        return {}


def request_of(path: str, body: bytes) -> tuple[str, dict[str, Any]]:
    """The action and the parameters of a request."""
    url = urlsplit(path)
    _, first, *rest = url.path.split("/", 2)
    if first in {"TagResource", "UntagResource"}:
        raise ServiceError("UnknownOperationException", 404, "it is at another path")
    if first != "tags":
        return first, json.loads(body)
    resource = {"resourceArn": unquote(rest[0])}
    if url.query:
        return "UntagResource", {**resource, **parse_qs(url.query)}
    return "TagResource", {**resource, **json.loads(body)}


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
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            try:
                status, content = 200, answer(self.path, body, self.headers)
            except ServiceError as error:
                # Some services have the code in a header, KMS has it in the answer.
                content = {"__type": error.code, "message": str(error)}
                status = error.status
                code = error.code
            else:
                code = None
            # None stands for an answer without a body.
            text = b"" if content is None else json.dumps(content).encode()
            self.send_response(204 if content is None else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            if code is not None:
                self.send_header("x-amzn-ErrorType", code)
            self.end_headers()
            self.wfile.write(text)

        do_DELETE = do_POST  # noqa: N815 - the name of the method

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
