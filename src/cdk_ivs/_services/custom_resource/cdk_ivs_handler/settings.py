"""Values of resources that the API sets, or only returns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import GONE, INVALID, CallError
from .ids import short

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from .api import Api


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
    "AttachFailoverSlateConfiguration": _attachment(
        "failoverSlateConfigurationArn", "failover-slate-configuration"
    ),
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
    return None if found in {value, setting.default} else short(found)


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


def _at(answer: Mapping[str, Any], path: Collection[str]) -> object:
    """What is at a path of an answer, or None."""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
