"""
The handler behind the custom resources of cdk-ivs, as it runs in AWS Lambda.

It does for CloudFormation what the resource types of IVS cannot: attach to a channel, set the
message rate of a room and what is recorded of a stage, read endpoints, and stop a stream. The
provider framework of the CDK calls it, and ignores the deletion of a resource whose creation
failed.

Three rules keep a failed deployment from removing protection:

- An update of the same resource keeps the physical id, and the roll-back of an update to another
  resource returns to the physical id from before. CloudFormation therefore cleans up nothing that
  is in use.
- A value is read before it is set, and not set again if it is there already.
- A deletion puts back what was there before the creation, and only if what is there now is what
  the custom resource set.
"""

from __future__ import annotations

import json
import random
import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

# How long an error may last before the handler gives up, in seconds.
THROTTLED_SECONDS = 600
BUSY_SECONDS = 120
# A new permission needs some time until all of AWS knows it.
DENIED_SECONDS = 90
STOP_SECONDS = 300
SECONDS_BETWEEN_STOPS = 3
# What the handler needs to answer before Lambda ends the call.
ANSWER_SECONDS = 15
FIRST_PAUSE = 1
_ARN = re.compile("arn:[^:]+:[^:]+:[^:]+:[^:]+:[^:]+")
# CloudFormation takes 1,024 characters.
PHYSICAL_ID_LENGTH = 1_000
LONGEST_PAUSE = 20

INVALID = "ValidationException"
BUSY = "ConflictException"
GONE = "ResourceNotFoundException"
OFFLINE = "ChannelNotBroadcasting"
UNREACHABLE = "Unreachable"
_DENIED = ("AccessDenied", "AccessDeniedException")
_THROTTLED = ("ThrottlingException", "TooManyRequestsException")
# What is in front of the API answers with codes of its own, or with none.
_THROTTLED_STATUS = 429
_REFUSED_STATUS = 300
_FAILED_STATUS = 500
_SHOWN = 300

SECONDS = {
    **dict.fromkeys(_THROTTLED, THROTTLED_SECONDS),
    **dict.fromkeys(_DENIED, DENIED_SECONDS),
    "ConflictException": BUSY_SECONDS,
    "InternalServerException": BUSY_SECONDS,
    "PendingVerification": BUSY_SECONDS,
    "StreamUnavailable": BUSY_SECONDS,
    UNREACHABLE: BUSY_SECONDS,
}

REMEDIES = {
    **dict.fromkeys(
        _THROTTLED,
        "the account makes more calls to Amazon IVS than the service allows; deploy again, with "
        "fewer deployments at a time",
    ),
    **dict.fromkeys(
        _DENIED,
        "a service control policy, a permissions boundary or a changed role keeps the function "
        "from calling it; allow the call and deploy again",
    ),
    "ConflictException": "the resource is live or is being changed; wait until its stream has "
    "ended, and deploy again",
    "InternalServerException": "Amazon IVS had an internal error; deploy again later",
    "PendingVerification": "AWS has not verified the account for Amazon IVS yet; ask AWS Support, "
    "and deploy again",
    "StreamUnavailable": "the stream was not available; deploy again later",
    GONE: "the resource, or what is to be attached to it, does not exist in the account and Region",
    UNREACHABLE: "Amazon IVS did not answer; deploy again later",
}
NO_REMEDY = "correct what the error names, and deploy again"


class Context(Protocol):
    """What Lambda tells about the call."""

    def get_remaining_time_in_millis(self) -> int:
        """The milliseconds until Lambda ends the call."""


class CallError(Exception):
    """
    A call that failed for good, with what to do about it.

    Attributes:
        code: The code of the last error.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Setting(NamedTuple):
    """
    A value of a resource that can be read and set.

    Attributes:
        service: The service of boto3.
        read: The action that reads the resource.
        path: Where the resource is in the answer of that action.
        change: The action that changes the resource.
        identifier: The parameter of both actions that names the resource.
        name: The parameter that has the value, and its name in the answer.
        kind: What the API takes, made from the text.
        default: The value that the service has if none is set.
        resource: For a value that is an ARN, the type of resource in it.
        structure: For a value in a structure that the API takes as a whole, its name. IVS deletes
            such a resource also while it refuses to change it.
    """

    service: str
    read: str
    path: tuple[str, ...]
    change: str
    identifier: str
    name: str
    kind: Callable[[str], object]
    default: str
    resource: str | None = None
    structure: str | None = None


class Reading(NamedTuple):
    """
    Values of a resource that only the API returns.

    Attributes:
        read: The action that reads the resource.
        service: The service of boto3.
        paths: Where each value is in the answer, by the name of the attribute.
    """

    service: str
    read: str
    paths: Mapping[str, tuple[str, ...]]


def _attachment(name: str, resource: str) -> Setting:
    read, change = "GetChannel", "UpdateChannel"
    return Setting("ivs", read, ("channel",), change, "arn", name, str, "", resource)


def _recording(name: str, default: str) -> Setting:
    structure = "autoParticipantRecordingConfiguration"
    path, kind = ("stage", structure), json.loads
    read, change = "GetStage", "UpdateStage"
    return Setting("ivs-realtime", read, path, change, "arn", name, kind, default, None, structure)


SETTINGS = {
    "AttachAdConfiguration": _attachment("adConfigurationArn", "ad-configuration"),
    "AttachPlaybackRestrictionPolicy": _attachment(
        "playbackRestrictionPolicyArn", "playback-restriction-policy"
    ),
    "MessageRate": Setting(
        "ivschat",
        "GetRoom",
        (),
        "UpdateRoom",
        "identifier",
        "maximumMessageRatePerSecond",
        int,
        "10",
    ),
    "ParticipantMediaTypes": _recording("mediaTypes", '["AUDIO_VIDEO"]'),
    "RecordParticipantReplicas": _recording("recordParticipantReplicas", "true"),
}
READINGS = {
    "SrtEndpoint": Reading("ivs", "GetChannel", {"Endpoint": ("channel", "srt", "endpoint")}),
    "StageEndpoints": Reading(
        "ivs-realtime",
        "GetStage",
        {
            name.title(): ("stage", "endpoints", name)
            for name in ("events", "rtmp", "rtmps", "whip")
        },
    ),
}


class PhysicalId(NamedTuple):
    """
    What CloudFormation keeps of a custom resource, and gives back with every request.

    Attributes:
        arn: The ARN of the resource that the operation is about.
        operation: The operation.
        logical_id: The logical id of the custom resource.
        before: What was set before, without what is the same in all ARNs. Empty if it is the
            default.
        history: The resources that the custom resource was about before this one, the last one
            first, as ``id=before``, or as ``id=before=drifted`` where something else than the
            value of the custom resource was set when it left.
    """

    arn: str
    operation: str
    logical_id: str
    before: str = ""
    history: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> PhysicalId:
        """Read an id of the handler. Any other has no operation."""
        arn, operation, logical_id, before, *history = (*text.split("#"), *[""] * 4)[:5]
        return cls(arn, operation, logical_id, before, tuple(filter(None, history[0].split(","))))

    def __str__(self) -> str:
        """The text. A history that is too long loses its oldest part."""
        history = list(self.history)
        while True:
            text = "#".join((*self[:3], self.before, ",".join(history))).rstrip("#")
            if len(text) <= PHYSICAL_ID_LENGTH:
                return text
            history.pop()

    def moved_to(
        self, arn: str, before: str, *, found: str, value: str, left: str | None
    ) -> PhysicalId:
        """
        The id of the same custom resource for another resource.

        Where the resource that it was about last has what it had when the custom resource left,
        CloudFormation rolls back: that has its id again.

        Args:
            arn: The ARN of the other resource.
            before: What to put back there.
            found: What was set there.
            value: What is set there now.
            left: What is set instead of the value where the custom resource leaves, or None.
        """
        last, *older = self.history or ("",)
        name, earlier, *drifted = (last or "=").split("=")
        if name == _short(arn) and (found == value or drifted == [_short(found)]):
            return self._replace(arn=arn, before=earlier, history=tuple(older))
        entry = f"{_short(self.arn)}={self.before}"
        history = (entry if left is None else f"{entry}={left}", *self.history)
        return self._replace(arn=arn, before=before, history=history)


def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answer the provider framework."""
    deadline = time.monotonic() + context.get_remaining_time_in_millis() / 1000 - ANSWER_SECONDS
    properties = event["ResourceProperties"]
    known = event.get("PhysicalResourceId", "")
    if event["RequestType"] == "Delete":
        delete(PhysicalId.parse(known), properties, deadline)
        return {"PhysicalResourceId": known}
    operation, arn = properties["Operation"], properties["ResourceArn"]
    if not _ARN.fullmatch(arn):
        raise ValueError(f"{operation} needs the ARN of a resource, got '{arn}'")
    api = Api(arn, deadline)
    new = PhysicalId(arn, operation, event["LogicalResourceId"])
    if operation in READINGS:
        return {"PhysicalResourceId": str(new), "Data": read(api, READINGS[operation])}
    if operation not in SETTINGS:
        return {"PhysicalResourceId": str(new)}
    setting, value = SETTINGS[operation], properties["Value"]
    earlier = PhysicalId.parse(known)
    left = None
    if earlier.operation == operation and earlier.arn != arn:
        left = drift(Api(earlier.arn, deadline), setting, event["OldResourceProperties"]["Value"])
    found = put(api, setting, value)
    before = "" if found == setting.default else _short(found)
    if not known:
        return {"PhysicalResourceId": str(new._replace(before=before))}
    if earlier.arn == arn:
        return {"PhysicalResourceId": known}
    moved = earlier.moved_to(arn, before, found=found, value=value, left=left)
    return {"PhysicalResourceId": str(moved)}


def delete(physical_id: PhysicalId, properties: Mapping[str, str], deadline: float) -> None:
    """
    Undo what was done for a physical id.

    Args:
        physical_id: The id, which says what was done to which resource.
        properties: The properties with which it was done.
        deadline: When the handler must have answered.
    """
    api = Api(physical_id.arn, deadline)
    setting = SETTINGS.get(physical_id.operation)
    try:
        if setting is not None:
            before = physical_id.before or setting.default
            if setting.resource and physical_id.before:
                before = f"{api.arn.rpartition(':')[0]}:{setting.resource}/{before}"
            put_back(api, setting, properties["Value"], before)
        elif physical_id.operation == "StopStream":
            stop_stream(api)
    except CallError as error:
        left = {GONE, BUSY} if setting is not None and setting.structure else {GONE}
        if error.code not in left:
            raise


def read(api: Api, reading: Reading) -> dict[str, str]:
    """Read values of a resource, and nothing else of the answer, which can hold secrets."""
    answer = api.call(reading.service, reading.read, arn=api.arn)
    found = {name: _at(answer, path) for name, path in reading.paths.items()}
    return {name: str(value) for name, value in found.items() if value}


def around(api: Api, setting: Setting) -> Any:  # noqa: ANN401 - JSON
    """What has the value in it."""
    answer = api.call(setting.service, setting.read, **{setting.identifier: api.arn})
    return _at(answer, setting.path) or {}


def current(api: Api, setting: Setting) -> str:
    """The value that is set."""
    found = around(api, setting).get(setting.name)
    if found in (None, "", []):
        return setting.default
    return found if isinstance(found, str) else json.dumps(found)


def change(api: Api, setting: Setting, value: str) -> None:
    """Set a value, and send what is around it back as it is."""
    parameters: dict[str, object] = {setting.name: setting.kind(value)}
    if setting.structure:
        parameters = {setting.structure: {**around(api, setting), **parameters}}
    api.call(setting.service, setting.change, **{setting.identifier: api.arn}, **parameters)


def put(api: Api, setting: Setting, value: str) -> str:
    """Set a value if it is not set already, and return what was there before."""
    before = current(api, setting)
    if before != value:
        change(api, setting, value)
    return before


def drift(api: Api, setting: Setting, value: str) -> str | None:
    """What somebody set instead of a value, as the part of an id, or None."""
    try:
        found = current(api, setting)
    except CallError:
        return None
    return None if found in {value, setting.default} else _short(found)


def put_back(api: Api, setting: Setting, value: str, before: str) -> None:
    """Set what was there before, if what is there now is the value."""
    if current(api, setting) != value or value == before:
        return
    try:
        change(api, setting, before)
    except CallError as error:
        # What was attached before may be gone. Nothing else is known to attach again.
        if error.code not in {GONE, INVALID} or before == setting.default:
            raise
        change(api, setting, setting.default)


def stop_stream(api: Api) -> None:
    """
    Stop the stream of a channel until there is none.

    A channel can be deleted only when its stream has ended, which takes a while. An encoder
    whose stream key still exists can come back, and is stopped again.
    """
    end = min(time.monotonic() + STOP_SECONDS, api.deadline)
    while True:
        try:
            api.call("ivs", "StopStream", channelArn=api.arn)
        except CallError as error:
            if error.code == OFFLINE:
                return
            raise
        if time.monotonic() + SECONDS_BETWEEN_STOPS > end:
            raise TimeoutError(
                f"{api.arn} is still live after its stream was stopped again and again: stop its "
                "encoder, and delete it again"
            )
        time.sleep(SECONDS_BETWEEN_STOPS)


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
                kind = _kind(code, error.response["ResponseMetadata"]["HTTPStatusCode"])
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


def _kind(code: str, status: int) -> str:
    """The code whose retries and remedy an error has."""
    if code in SECONDS or code in REMEDIES:
        return code
    if status == _THROTTLED_STATUS:
        return _THROTTLED[0]
    return UNREACHABLE if status >= _FAILED_STATUS else code


def _line(text: str) -> str:
    """A text as the part of a line: a proxy answers with a whole page."""
    return " ".join(text.split())[:_SHOWN]


def _short(value: str) -> str:
    """The id in an ARN, or the value."""
    return value.rpartition("/")[2]


def _at(answer: Mapping[str, Any], path: Collection[str]) -> object:
    """What is at a path of an answer, or None."""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
