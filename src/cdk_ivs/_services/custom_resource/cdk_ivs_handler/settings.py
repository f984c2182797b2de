"""Values of resources that only the API sets or returns."""

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
        path: The path of the resource in the response of that action.
        change: The action that changes the resource.
        identifier: The parameter of both actions that identifies the resource.
        name: The parameter with the value, and its name in the response.
        kind: The conversion of the text to the type of the API.
        default: The default value of the service.
        resource: For a value that is an ARN, the type of resource in it.
        structure: For a value in a structure that the API takes as a whole, the name of the
            structure. IVS deletes such a resource even while it refuses to change it.
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
        paths: The path of each value in the response, by the name of the attribute.
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
    """Return only the values of a resource, because the response can contain secrets."""
    answer = api.call(reading.service, reading.read, arn=api.arn)
    found = {name: _at(answer, path) for name, path in reading.paths.items()}
    return {name: str(value) for name, value in found.items() if value}


def around(api: Api, setting: Setting) -> Any:  # noqa: ANN401 - JSON
    """Return the structure that contains the value."""
    answer = api.call(setting.service, setting.read, **{setting.identifier: api.arn})
    return _at(answer, setting.path) or {}


def current(api: Api, setting: Setting) -> str:
    """Return the current value."""
    found = around(api, setting).get(setting.name)
    if found in (None, []):
        return setting.default
    return found if isinstance(found, str) else json.dumps(found)


def change(api: Api, setting: Setting, value: str) -> None:
    """Set a value, and send the structure around it unchanged."""
    parameters: dict[str, object] = {setting.name: setting.kind(value)}
    if setting.structure:
        parameters = {setting.structure: {**around(api, setting), **parameters}}
    api.call(setting.service, setting.change, **{setting.identifier: api.arn}, **parameters)


def put(api: Api, setting: Setting, value: str) -> str:
    """Set a value if the current one differs, and return the previous value."""
    before = current(api, setting)
    if before != value:
        change(api, setting, value)
    return before


def drift(api: Api, setting: Setting, value: str) -> str | None:
    """Return the value that replaced the set value, as the part of an ID, or None."""
    try:
        found = current(api, setting)
    except CallError:
        return None
    return None if found in {value, setting.default} else short(found)


def put_back(api: Api, setting: Setting, value: str, before: str) -> None:
    """Restore the previous value, if the current value is the set one."""
    if current(api, setting) != value or value == before:
        return
    try:
        change(api, setting, before)
    except CallError as error:
        # The previous attachment can be gone. There is no other one to restore.
        if error.code not in {GONE, INVALID} or before == setting.default:
            raise
        change(api, setting, setting.default)


def _at(answer: Mapping[str, Any], path: Collection[str]) -> object:
    """Return the value at a path of a response, or None."""
    found: Any = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
