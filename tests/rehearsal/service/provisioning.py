"""
The resource types of Amazon IVS in CloudFormation.

Each type calls the API with the properties of the template, as the types of AWS do. Attributes and
create-only properties are those of CloudFormation's schemas, as cfn-lint has them.
"""

from __future__ import annotations

import functools
import uuid
from dataclasses import dataclass, field
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from tests.rehearsal.service.ivs import AmazonIvs
from tests.rehearsal.service.kinds import KINDS
from tests.rehearsal.service.limits import operations
from tests.rehearsal.service.others import CONNECTION, DESTINATION, SCHEDULE, Others
from tests.support.arns import REGION, arn
from tests.support.kms import Kms, KmsKey
from tests.support.service import ServiceError

CHAT = {"LoggingConfiguration", "Room"}
# CloudFormation has no type for it.
API_ONLY = {"FailoverSlateConfiguration"}
PLAYBACK_CONFIGURATION = "AWS::MediaTailor::PlaybackConfiguration"
KEY = "AWS::KMS::Key"
# What the emulator does not have, or not without packages that it was not installed with.
OF_OTHERS = (CONNECTION, DESTINATION, KEY, PLAYBACK_CONFIGURATION, SCHEDULE)
TYPES = {
    f"AWS::IVS{'Chat' if kind in CHAT else ''}::{kind}": kind
    for kind in KINDS
    if kind not in API_ONLY
}
SPEC, USAGE = "ECC_NIST_P384", "SIGN_VERIFY"
# Structures that CloudFormation puts around what the API takes.
_AROUND = {"ParticipantRecordingHlsConfiguration", "ParticipantThumbnailConfiguration"}


@functools.cache
def schema(resource_type: str) -> dict[str, Any]:
    """The schema of a resource type."""
    return dict(PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource_type).schema)


def create_only(resource_type: str) -> list[str]:
    """The properties of which a change replaces the resource."""
    return _top_level(resource_type, "createOnlyProperties")


def deletes_first(resource_type: str) -> bool:
    """Whether a resource is deleted before the one that replaces it is created."""
    return schema(resource_type).get("replacementStrategy") == "delete_then_create"


def _top_level(resource_type: str, key: str) -> list[str]:
    paths = [path.removeprefix("/properties/") for path in schema(resource_type).get(key, [])]
    return [path for path in paths if "/" not in path]


@dataclass
class Provisioning:
    """
    What CloudFormation asks the resource types to do.

    Attributes:
        ivs: The service that they call.
        kms: The service that has the keys.
        playback_configurations: The configurations of AWS Elemental MediaTailor, by name.
        refused: The logical ids of resources, of whatever type, that are refused once.
        others: Resource types of other services.
    """

    ivs: AmazonIvs
    kms: Kms = field(default_factory=lambda: Kms(keys={}, aliases={}))
    playback_configurations: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    others: Others = field(init=False)

    def __post_init__(self) -> None:
        """Ask the same neighbors."""
        self.others = Others(self.ivs.neighbors)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """
        Create, update or delete a resource.

        Raises:
            ServiceError: If the service refuses it.
        """
        if request["request"] == "begin":
            self._begin(request["logical_id"])
            return {}
        resource_type, properties = request["type"], request["properties"]
        if resource_type == PLAYBACK_CONFIGURATION:
            return self._playback_configuration(request["request"], properties)
        if resource_type == KEY:
            return self._key(request)
        if resource_type in OF_OTHERS:
            return self.others.answer(request)
        kind = TYPES[resource_type]
        if request["request"] == "create":
            id = self._create(kind, properties)
        else:
            id = request["physical_id"]
            if request["request"] == "delete":
                self._delete(kind, id)
                return {"physical_id": id, "attributes": {}}
            if deletes_first(resource_type) and _replaced(request):
                self._delete(kind, id)
                id = self._create(kind, properties)
            else:
                self._update(kind, id, request["old"], properties)
        return {"physical_id": id, "attributes": self._attributes(resource_type, id)}

    def _begin(self, logical_id: str) -> None:
        if self.ivs.interruption is not None:
            self.ivs.interruption.begin(logical_id)
        if logical_id in self.refused:
            self.refused.remove(logical_id)
            if self.ivs.interruption is not None:
                self.ivs.interruption.end()
            raise ServiceError("Refused", 400, "refused, as the rehearsal asked")

    def _create(self, kind: str, properties: dict[str, Any]) -> str:
        action = f"{KINDS[kind].verb}{kind}"
        answer = self.ivs.answer(action, _parameters(action, _required(kind) | properties))
        member = KINDS[kind].member
        arn = str((answer[member] if member else answer)["arn"])
        if kind == "Channel":
            # The API creates a key with the channel, and the type of CloudFormation keeps none.
            self.ivs.answer("DeleteStreamKey", {"arn": answer["streamKey"]["arn"]})
        return arn

    def _update(self, kind: str, id: str, old: dict[str, Any], properties: dict[str, Any]) -> None:
        action = f"Update{kind}"
        if action in operations():
            name = next(iter(operations()[action].input_shape.required_members))
            # What leaves the template gets the default of the schema, if there is one. INFERRED.
            left = {key: value for key, value in _defaults(kind).items() if key in old}
            parameters = _parameters(action, left | properties)
            if parameters != _parameters(action, old):
                self.ivs.answer(action, {name: id, **parameters})
        before, after = _tags(old), _tags(properties)
        if added := {key: value for key, value in after.items() if before.get(key) != value}:
            self.ivs.answer("TagResource", {"resourceArn": id, "tags": added})
        if removed := sorted(before.keys() - after.keys()):
            self.ivs.answer("UntagResource", {"resourceArn": id, "tagKeys": removed})

    def _delete(self, kind: str, id: str) -> None:
        name = "identifier" if kind in CHAT else "arn"
        try:
            self.ivs.answer(f"Delete{kind}", {name: id})
        except ServiceError as error:
            if error.code != "ResourceNotFoundException":
                raise

    def _attributes(self, resource_type: str, id: str) -> dict[str, Any]:
        details = self.ivs.resources[id].details
        names = _top_level(resource_type, "readOnlyProperties")
        return {name: details[_camel(name)] for name in names}

    def _playback_configuration(self, request: str, properties: dict[str, Any]) -> dict[str, Any]:
        name = properties["Name"]
        if request == "delete":
            self.playback_configurations.pop(name, None)
        else:
            self.playback_configurations[name] = properties
        prefix = f"https://0.mediatailor.{REGION}.amazonaws.com/v1"
        attributes = {
            "PlaybackConfigurationArn": arn(f"playbackConfiguration/{name}", service="mediatailor"),
            "PlaybackEndpointPrefix": prefix,
            "SessionInitializationEndpointPrefix": f"{prefix}/session/",
        }
        return {"physical_id": name, "attributes": attributes}

    def _key(self, request: dict[str, Any]) -> dict[str, Any]:
        """A key that signs tokens. One that is deleted stays until its window is over."""
        properties = request["properties"]
        if (properties.get("KeySpec"), properties.get("KeyUsage")) != (SPEC, USAGE):
            raise ServiceError("UnsupportedOperationException", 400, f"not {SPEC} for {USAGE}")
        id = request.get("physical_id") or str(uuid.uuid4())
        key_arn = arn(f"key/{id}", service="kms")
        if request["request"] == "create":
            self.kms.keys[key_arn] = KmsKey()
        elif request["request"] == "delete":
            self.kms.keys[key_arn].state = "PendingDeletion"
        return {"physical_id": id, "attributes": {"Arn": key_arn, "KeyId": id}}


def _replaced(request: dict[str, Any]) -> bool:
    return any(
        request["old"].get(name) != request["properties"].get(name)
        for name in create_only(request["type"])
    )


def _parameters(action: str, properties: dict[str, Any]) -> dict[str, Any]:
    """The parameters of an action, from the properties of a template."""
    members = operations()[action].input_shape.members
    parameters = {
        _camel(name): _plain(value)
        for name, value in properties.items()
        if name != "Tags" and _camel(name) in members
    }
    if "tags" in members and _tags(properties):
        parameters["tags"] = _tags(properties)
    return parameters


def _required(kind: str) -> dict[str, Any]:
    """What CloudFormation says where the API wants to be told."""
    required = operations()[f"{KINDS[kind].verb}{kind}"].input_shape.required_members
    return {name: value for name, value in _defaults(kind).items() if _camel(name) in required}


def _defaults(kind: str) -> dict[str, Any]:
    """The defaults of CloudFormation's schema."""
    (resource_type,) = (each for each, its_kind in TYPES.items() if its_kind == kind)
    return {
        name: property["default"]
        for name, property in schema(resource_type)["properties"].items()
        if "default" in property
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    for name in _AROUND & value.keys():
        return _plain(value[name])
    return {_camel(name): _plain(item) for name, item in value.items()}


def _camel(name: str) -> str:
    return name[0].lower() + name[1:]


def _tags(properties: dict[str, Any]) -> dict[str, str]:
    """The tags of the template. Those that CloudFormation adds are its own."""
    return {
        tag["Key"]: tag["Value"]
        for tag in properties.get("Tags", [])
        if not tag["Key"].startswith("aws:")
    }
