"""
Amazon IVS on this machine: its resources, what it refuses, and a log of the calls.

The limits of parameters are those of the API's models. The rules between resources are written
here, from what AWS documents and from what others saw.
"""

from __future__ import annotations

import copy
import hashlib
import re
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.rehearsal.service import limits
from tests.rehearsal.service.interruption import Interruption
from tests.rehearsal.service.kinds import KINDS, REFERENCES
from tests.support.arns import arn as arn_of
from tests.support.service import NOT_RECORDED, PASSPHRASE, RECORDING, ServiceError, known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.rehearsal.service.neighbors import Neighbors

_ACTION = re.compile(f"(Create|Import|Get|Update|Delete)({'|'.join(KINDS)})")
_LISTS = {f"List{its.plural or f'{kind}s'}": kind for kind, its in KINDS.items()}
_READING = ("Get", "List", "BatchGet")

# By the API reference, in which some lists have 50 and others 100 at most.
PAGE = 50
CHANNEL_DEFAULTS = {
    "authorized": False,
    "containerFormat": "TS",
    "failoverSlateConfigurationArn": "",
    "insecureIngest": False,
    "latencyMode": "LOW",
    "name": "",
    "playbackRestrictionPolicyArn": "",
    "recordingConfigurationArn": "",
    "type": "STANDARD",
}
EXPIRES = "2030-01-01T00:00:00Z"
ROOM_DEFAULTS = {"maximumMessageLength": 500, "maximumMessageRatePerSecond": 10}


class Call(NamedTuple):
    """
    A call that reached the service.

    Attributes:
        action: The name of the action.
        parameters: What it was called with.
        error: The code of the error that it was answered with. Empty if it succeeded.
    """

    action: str
    parameters: dict[str, Any]
    error: str


class Change(NamedTuple):
    """A value of a resource that a call changed."""

    arn: str
    name: str
    before: Any
    after: Any


@dataclass
class Resource:
    """
    A resource of the service.

    Attributes:
        kind: Its kind.
        details: What the API returns of it.
    """

    kind: str
    details: dict[str, Any]

    @property
    def arn(self) -> str:
        """Its ARN."""
        return str(self.details["arn"])


@dataclass
class AmazonIvs:
    """
    The service, for one account and Region.

    Attributes:
        neighbors: The other services that it asks.
        resources: The resources, by ARN.
        calls: The calls, in order.
        changes: What calls changed in resources, in order.
        live: The ARNs of the channels that somebody streams to.
        rates: How many calls of an action are allowed in a second. All others are not limited.
        page: How many resources a list has at most in one answer.
        interruption: A failure that is to happen.
        watch: What is called before each call.
    """

    neighbors: Neighbors
    resources: dict[str, Resource] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    live: set[str] = field(default_factory=set)
    rates: dict[str, int] = field(default_factory=dict)
    page: int = PAGE
    interruption: Interruption | None = None
    watch: Callable[[], object] | None = None
    _refusals: dict[str, deque[ServiceError | None]] = field(
        default_factory=lambda: defaultdict(deque), init=False
    )
    _times: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque), init=False)
    _count: int = field(default=0, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def refuse(self, action: str, *errors: ServiceError | None) -> None:
        """Have the next calls of an action fail, but for those that have None."""
        self._refusals[action].extend(errors)

    def relent(self) -> None:
        """Forget the refusals that have not happened yet."""
        self._refusals.clear()

    def reset(self) -> None:
        """Forget everything."""
        self.relent()
        for state in (self.resources, self.calls, self.changes, self.live, self.rates):
            state.clear()
        self.page = PAGE
        self.interruption = self.watch = None
        self._times.clear()

    def of_kind(self, kind: str) -> list[Resource]:
        """The resources of a kind."""
        return [resource for resource in self.resources.values() if resource.kind == kind]

    def only(self, kind: str) -> Resource:
        """The one resource of a kind."""
        (resource,) = self.of_kind(kind)
        return resource

    def state(self) -> dict[str, dict[str, Any]]:
        """A copy of all resources, by ARN."""
        return {arn: copy.deepcopy(each.details) for arn, each in self.resources.items()}

    def written(self, since: int = 0) -> list[str]:
        """The actions that changed something, in order, after the first so many calls."""
        return [
            call.action
            for call in self.calls[since:]
            if not call.error and not call.action.startswith(_READING)
        ]

    def add(self, kind: str, **details: Any) -> Resource:
        """Add a resource that exists before, without a call."""
        return self._new(kind, details)

    def answer(self, path: str, parameters: dict[str, Any], *, role: str = "") -> dict[str, Any]:
        """
        Answer a call.

        Args:
            path: The path of the request, which has the name of the action.
            parameters: What it is called with.
            role: The role that calls it. Without one, all is allowed.

        Raises:
            ServiceError: If the service refuses it.
        """
        action = path.removeprefix("/")
        with self._lock:
            try:
                self._limit(action)
                refusal = self._refusals[action].popleft() if self._refusals[action] else None
                if refusal is not None:
                    raise refusal
                result = self._act_if_let(role, action, parameters)
            except ServiceError as error:
                self.calls.append(Call(action, parameters, error.code))
                raise
            self.calls.append(Call(action, parameters, ""))
            return result

    def _act_if_let(self, role: str, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Act, unless this call must fail."""
        if self.watch is not None:
            self.watch()
        if self.interruption is None:
            return self._act(role, action, parameters)
        lost = self.interruption.call(role, action)
        result = self._act(role, action, parameters)
        if lost is not None:
            raise lost
        return result

    def _authorize(self, role: str, action: str, parameters: dict[str, Any]) -> None:
        if not role:
            return
        operation = limits.operations()[action]
        resource = _concerned(action, parameters)
        # The operations of tags are those of one of the three services.
        service = resource.split(":")[2] if action in limits.TAGGING else None
        permission = f"{service or operation.service_model.signing_name}:{action}"
        context = {f"aws:RequestTag/{key}": tag for key, tag in parameters.get("tags", {}).items()}
        if resource in self.resources:
            tags = self.resources[resource].details["tags"]
            context |= {f"aws:ResourceTag/{key}": tag for key, tag in tags.items()}
        if not self.neighbors.allows(role, permission, resource, context):
            message = f"{role} is not authorized to perform: {permission} on resource: {resource}"
            raise ServiceError("AccessDeniedException", 403, message)

    def _limit(self, action: str) -> None:
        rate = self.rates.get(action)
        if rate is None:
            return
        now, times = time.monotonic(), self._times[action]
        while times and times[0] <= now - 1:
            times.popleft()
        if len(times) >= rate:
            raise ServiceError("ThrottlingException", 429, "Rate exceeded")
        times.append(now)

    def _act(self, role: str, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if action not in limits.operations():
            raise ServiceError("UnknownOperationException", 404, f"there is no {action}")
        limits.check(action, parameters)
        self._authorize(role, action, parameters)
        if action in limits.TAGGING:
            return self._tag(action, parameters)
        others = {
            "CreateChatToken": self._create_chat_token,
            "GetStream": self._get_stream,
            "StopStream": self._stop_stream,
        }
        if action in others:
            return others[action](parameters)
        if action in _LISTS:
            return self._list(_LISTS[action], action, parameters)
        match = _ACTION.fullmatch(action)
        if match is None:
            raise ServiceError("NotImplemented", 501, f"{action} is not rehearsed")
        verb, kind = match.groups()
        if verb in {"Create", "Import"}:
            return self._create(kind, copy.deepcopy(parameters))
        resource = known(self.resources, parameters.get("arn") or parameters["identifier"])
        if verb == "Update":
            self._update(resource, copy.deepcopy(parameters))
        if verb == "Delete":
            self._delete(resource)
            return {}
        return _as_answer(resource)

    def _list(self, kind: str, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """A page of the resources of a kind, each with as much as the model of the list has."""
        filters = parameters.keys() - {"maxResults", "nextToken"}
        found = [
            each.details
            for each in self.of_kind(kind)
            if all(each.details.get(name) == parameters[name] for name in filters)
        ]
        first = int(parameters.get("nextToken", "0"))
        end = first + min(self.page, parameters.get("maxResults", self.page))
        members = limits.operations()[action].output_shape.members
        (name,) = members.keys() - {"nextToken"}
        shown = members[name].member.members
        page = [{key: each[key] for key in shown if key in each} for each in found[first:end]]
        return copy.deepcopy({name: page} | ({"nextToken": str(end)} if found[end:] else {}))

    def _create(self, kind: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._check_references(kind, parameters)
        self._check_quota(kind, parameters)
        self.neighbors.check(kind, parameters)
        resource = self._new(kind, parameters)
        answer = _as_answer(resource)
        if kind == "Channel":
            answer["streamKey"] = self._new("StreamKey", {"channelArn": resource.arn}).details
        return answer

    def _check_references(self, kind: str, parameters: dict[str, Any]) -> None:
        for reference in REFERENCES:
            if reference.kind == kind:
                for target in _named(parameters, reference.path):
                    known(self.resources, target)

    def _check_quota(self, kind: str, parameters: dict[str, Any]) -> None:
        others = self.of_kind(kind)
        if kind == "StreamKey":
            others = [
                each for each in others if each.details["channelArn"] == parameters["channelArn"]
            ]
        if len(others) >= KINDS[kind].quota:
            message = f"there may be {KINDS[kind].quota} of {kind}"
            raise ServiceError("ServiceQuotaExceededException", 402, message)

    def _new(self, kind: str, parameters: dict[str, Any]) -> Resource:
        self._count += 1
        id = hashlib.sha256(f"{kind}{self._count}".encode()).hexdigest()[:12]
        segment = KINDS[kind].segment
        details = {
            "arn": arn_of(f"{segment}/{id}", service=KINDS[kind].service),
            "tags": {},
            **_generated(kind, id),
            **_completed(kind, parameters),
        }
        resource = Resource(kind, details)
        self.resources[resource.arn] = resource
        return resource

    def _update(self, resource: Resource, parameters: dict[str, Any]) -> None:
        for name in ("arn", "identifier"):
            parameters.pop(name, None)
        parameters = _completed(resource.kind, parameters)
        if resource.arn in self.live:
            raise ServiceError("ConflictException", 409, "the channel is live")
        self._check_references(resource.kind, parameters)
        self.neighbors.check(resource.kind, resource.details | parameters)
        for name, value in parameters.items():
            before = resource.details.get(name)
            if before != value:
                self.changes.append(Change(resource.arn, name, before, value))
        resource.details |= parameters

    def _delete(self, resource: Resource) -> None:
        if resource.arn in self.live:
            raise ServiceError("ConflictException", 409, "the channel is live")
        users = [user.arn for user in self._users(resource)]
        if users:
            message = f"{resource.arn} is in use by {', '.join(users)}"
            raise ServiceError("ConflictException", 409, message)
        del self.resources[resource.arn]
        if resource.kind == "Channel":
            for key in self.of_kind("StreamKey"):
                if key.details["channelArn"] == resource.arn:
                    del self.resources[key.arn]

    def _users(self, resource: Resource) -> Iterator[Resource]:
        for reference in REFERENCES:
            if reference.target == resource.kind and reference.keeps:
                for user in self.of_kind(reference.kind):
                    if resource.arn in _named(user.details, reference.path):
                        yield user

    def _create_chat_token(self, parameters: dict[str, Any]) -> dict[str, Any]:
        known(self.resources, parameters["roomIdentifier"])
        times = dict.fromkeys(("sessionExpirationTime", "tokenExpirationTime"), EXPIRES)
        return {"token": f"token-of-{parameters['userId']}", **times}

    def _get_stream(self, parameters: dict[str, Any]) -> dict[str, Any]:
        channel = parameters["channelArn"]
        known(self.resources, channel)
        if channel not in self.live:
            raise ServiceError("ChannelNotBroadcasting", 404, f"{channel} is offline")
        return {"stream": {"channelArn": channel, "state": "LIVE"}}

    def _stop_stream(self, parameters: dict[str, Any]) -> dict[str, Any]:
        self._get_stream(parameters)
        self.live.discard(parameters["channelArn"])
        return {}

    def _tag(self, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        tags = known(self.resources, parameters["resourceArn"]).details["tags"]
        tags.update(parameters.get("tags", {}))
        for key in parameters.get("tagKeys", ()):
            tags.pop(key, None)
        return {"tags": dict(tags)} if action == "ListTagsForResource" else {}


def _concerned(action: str, parameters: dict[str, Any]) -> str:
    """The ARN that a call is authorized for: that of a resource, or of all of its kind."""
    kind = _LISTS.get(action) or action.removeprefix("Create").removeprefix("Import")
    if kind in KINDS:
        return arn_of(f"{KINDS[kind].segment}/*", service=KINDS[kind].service)
    # What is called for a resource requires its ARN before all.
    return str(parameters[limits.operations()[action].input_shape.required_members[0]])


def _completed(kind: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """
    The parameters of a call, with what the service adds to structures.

    That a recording without a field gets the default of the field is UNCONFIRMED.
    """
    if kind != "Stage" or RECORDING not in parameters:
        return parameters
    given = parameters[RECORDING]
    # Without a storage configuration nothing is recorded.
    kept = given if given["storageConfigurationArn"] else {}
    return {**parameters, RECORDING: {**NOT_RECORDED, **kept}}


def _as_answer(resource: Resource) -> dict[str, Any]:
    details = copy.deepcopy(resource.details)
    member = KINDS[resource.kind].member
    return {member: details} if member else details


def _named(details: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    """The ARNs at a place. The empty text switches a feature off, and names nothing."""
    value: Any = details
    for name in path:
        value = value.get(name) or {}
    named = value if isinstance(value, list) else [value]
    return [arn for arn in named if arn]


def _generated(kind: str, id: str) -> dict[str, Any]:
    """What the service adds to a new resource."""
    host = f"{id}.global-contribute.live-video.net"
    playback = f"https://{id}.us-west-2.playback.live-video.net/api/video/v1/{id}.m3u8"
    stage = "global-bm.whip.live-video.net"
    fingerprint = ":".join(re.findall("..", hashlib.sha256(id.encode()).hexdigest()[:32]))
    generated: dict[str, dict[str, Any]] = {
        "Channel": {
            **CHANNEL_DEFAULTS,
            "ingestEndpoint": host,
            "playbackUrl": playback,
            "srt": {"endpoint": f"srt://{id}.srt.live-video.net:9000", "passphrase": PASSPHRASE},
        },
        "FailoverSlateConfiguration": {"state": "CREATED"},
        "IngestConfiguration": {
            "participantId": f"participant-{id}",
            "state": "INACTIVE",
            "streamKey": f"rt_{id}",
        },
        "LoggingConfiguration": {"id": id, "state": "ACTIVE"},
        "PlaybackKeyPair": {"fingerprint": fingerprint},
        "PublicKey": {"fingerprint": fingerprint},
        "RecordingConfiguration": {"state": "ACTIVE"},
        "Room": {"id": id, **ROOM_DEFAULTS},
        "Stage": {
            "activeSessionId": "",
            "endpoints": {
                "events": f"wss://{id}.events.live-video.net",
                "rtmp": f"rtmp://{id}.{stage}/app/",
                "rtmps": f"rtmps://{id}.{stage}:443/app/",
                "whip": f"https://{id}.{stage}",
            },
        },
        "StreamKey": {"value": f"sk_us-west-2_{id}"},
    }
    return generated.get(kind, {})
