"""What must hold for every cloud assembly."""

from __future__ import annotations

import fnmatch
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.iam.reference import REFERENCE, arn_names, row_of
from tests.support.graph import in_cycles, names_in

from .assemblies import Assembly, templates_of

Template = Mapping[str, Any]

_STREAM_KEY = re.compile(rb"\bsk_[a-z]{2}-[a-z]+-\d_\w+")
_PRIVATE_KEY = re.compile(rb"PRIVATE KEY-----(\\n|\s)+[A-Za-z0-9+/]{32}")
# What may have the value of a stream key: what CloudFormation does not show, and what gives it on.
_KEEPS_SECRETS = {"AWS::SecretsManager::Secret"}
_WITH_SECRETS = {"AWS::IVS::StreamKey": "Value", "AWS::IVS::IngestConfiguration": "StreamKey"}
_PSEUDO = "AWS::"


def problems_of(assembly: Assembly) -> Iterator[str]:
    """Everything that is wrong in an assembly, but for what judges of templates find."""
    templates = templates_of(assembly)
    exports = _exports(templates)
    for name, content in assembly.items():
        if _STREAM_KEY.search(content) or _PRIVATE_KEY.search(content):
            yield f"{name} contains a key"
        if name.endswith(".template.json"):
            for key in _duplicates(content):
                yield f"{name} has {key} twice"
    for name, template in templates.items():
        for problem in (
            *_cycles(template),
            *_dangling(template, exports),
            *_shown_secrets(template),
            *_wrong_statements(template),
        ):
            yield f"{name}: {problem}"


def _duplicates(content: bytes) -> list[str]:
    """Keys that an object of a JSON text has twice, and logical ids of two sections."""
    found: list[str] = []

    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return dict(pairs)

    template = json.loads(content, object_pairs_hook=read)
    sections = [template.get("Resources", {}), template.get("Parameters", {})]
    return found + sorted(set.intersection(*map(set, sections)))


def _cycles(template: Template) -> Iterator[str]:
    resources = {"Resources": template.get("Resources", {})}
    cycle = in_cycles(resources)
    if cycle:
        yield f"{sorted(cycle)} need themselves"


def _exports(templates: Mapping[str, Template]) -> set[str]:
    return {
        output["Export"]["Name"]
        for template in templates.values()
        for output in template.get("Outputs", {}).values()
        if isinstance(output.get("Export", {}).get("Name"), str)
    }


def _dangling(template: Template, exports: set[str]) -> Iterator[str]:
    known = {*template.get("Resources", {}), *template.get("Parameters", {})}
    for section in ("Resources", "Outputs", "Conditions"):
        for name in names_in(template.get(section, {})):
            if name not in known and not name.startswith(_PSEUDO) and name != "AWS":
                yield f"nothing has the logical id {name}"
    conditions = set(template.get("Conditions", {}))
    for function, value in _functions(template):
        match function:
            case "Fn::If" if value[0] not in conditions:
                yield f"there is no condition {value[0]}"
            case "Condition" if isinstance(value, str) and value not in conditions:
                yield f"there is no condition {value}"
            case "Fn::FindInMap" if value[0] not in template.get("Mappings", {}):
                yield f"there is no mapping {value[0]}"
            case "Fn::ImportValue" if "ExportsOutput" in str(value) and value not in exports:
                yield f"nothing exports {value}"


def _functions(value: object) -> Iterator[tuple[str, Any]]:
    """All entries with one key, which functions are, and conditions of resources."""
    if isinstance(value, list):
        for item in value:
            yield from _functions(item)
    elif isinstance(value, dict):
        if len(value) == 1 or "Type" in value:
            yield from (
                (key, item)
                for key, item in value.items()
                if key in {"Fn::If", "Fn::FindInMap", "Fn::ImportValue"}
                or (key == "Condition" and isinstance(item, str))
            )
        for key, item in value.items():
            if key != "Metadata":
                yield from _functions(item)


def _shown_secrets(template: Template) -> Iterator[str]:
    resources = template.get("Resources", {})
    secrets = {
        (logical_id, _WITH_SECRETS[resource["Type"]])
        for logical_id, resource in resources.items()
        if resource["Type"] in _WITH_SECRETS
    }
    for logical_id, resource in resources.items():
        if resource["Type"] not in _KEEPS_SECRETS:
            for secret in secrets & set(_attributes(resource)):
                yield f"{logical_id} shows {secret}"
    for logical_id, output in template.get("Outputs", {}).items():
        for secret in secrets & set(_attributes(output)):
            yield f"the output {logical_id} shows {secret}"


def _attributes(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _attributes(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Fn::GetAtt":
                yield (item[0], item[1])
            else:
                yield from _attributes(item)


def _wrong_statements(template: Template) -> Iterator[str]:
    resources = template.get("Resources", {})
    for logical_id, resource in resources.items():
        for statement in _statements(resource.get("Properties", {})):
            for action in _list(statement.get("Action", [])):
                for problem in _problems_of_action(action, statement, resources):
                    yield f"{logical_id}: {problem}"


def _statements(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _statements(item)
    elif isinstance(value, dict):
        if "Effect" in value and "Action" in value:
            yield value
        for item in value.values():
            yield from _statements(item)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _problems_of_action(
    action: str, statement: Mapping[str, Any], resources: Mapping[str, Any]
) -> Iterator[str]:
    service, _, name = action.partition(":")
    known = REFERENCE.actions.get_actions_for_service(service) if name else []
    if not fnmatch.filter([each.lower() for each in known], name.lower()) and action != "*":
        yield f"there is no action {action}"
    elif service in {"ivs", "ivschat"}:
        types = row_of(action).types
        found = {_type_of(arn, service, resources) for arn in _list(statement.get("Resource", []))}
        if None in found:
            return
        if not found & (types or {"*"}) and found:
            yield f"{action} takes {sorted(types)}, not {sorted(map(str, found))}"


def _type_of(arn: object, service: str, resources: Mapping[str, Any]) -> str | None:
    """The type of resource that an ARN is of, None if it is known only at deployment."""
    if arn == "*":
        return "*"
    if isinstance(arn, dict):
        target = arn.get("Ref") or (arn.get("Fn::GetAtt") or [None])[0]
        if isinstance(target, str) and target in resources:
            kind = resources[target]["Type"].rpartition("::")[2]
            return _CFN_TYPES.get(kind)
    text = json.dumps(arn)
    found = re.search(rf"\b({'|'.join(map(re.escape, arn_names(service).values()))})/", text)
    return found[1] if found else None


_CFN_TYPES = {
    "AdConfiguration": "ad-configuration",
    "Channel": "channel",
    "EncoderConfiguration": "encoder-configuration",
    "IngestConfiguration": "ingest-configuration",
    "LoggingConfiguration": "logging-configuration",
    "PlaybackKeyPair": "playback-key",
    "PlaybackRestrictionPolicy": "playback-restriction-policy",
    "PublicKey": "public-key",
    "RecordingConfiguration": "recording-configuration",
    "Room": "room",
    "Stage": "stage",
    "StorageConfiguration": "storage-configuration",
    "StreamKey": "stream-key",
}
