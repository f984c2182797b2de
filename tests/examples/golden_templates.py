"""Parts of the golden templates, as they are after deployment."""

from __future__ import annotations

import json
from typing import Any

from tests.examples.apps import golden
from tests.support.arns import ACCOUNT, REGION

PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
}


def deployed(node: Any, values: dict[str, Any]) -> Any:
    """
    A part of a template after deployment.

    Args:
        node: The part.
        values: What stands for the resources, as ``Ref`` or as ``LogicalId.Attribute``, the
            logical ids without their hashes.
    """
    match node:
        case {"Ref": str(name)}:
            return PSEUDO[name] if name in PSEUDO else values[_plain(name)]
        case {"Fn::GetAtt": [str(logical_id), str(attribute)]}:
            return values[f"{_plain(logical_id)}.{attribute}"]
        case {"Fn::Join": [str(separator), list(parts)]}:
            return separator.join(deployed(part, values) for part in parts)
        case dict():
            return {key: deployed(value, values) for key, value in node.items()}
        case list():
            return [deployed(value, values) for value in node]
    return node


def properties_of(example: str, resource_type: str, prefix: str = "") -> dict[str, Any]:
    """The properties of the one resource of the type whose logical id begins with the prefix."""
    (found,) = (
        resource["Properties"]
        for logical_id, resource in golden(example)["Resources"].items()
        if resource["Type"] == resource_type and logical_id.startswith(prefix)
    )
    assert isinstance(found, dict)
    return found


def states_of(example: str, prefix: str, values: dict[str, Any]) -> dict[str, Any]:
    """The definition of a state machine."""
    machine = properties_of(example, "AWS::StepFunctions::StateMachine", prefix)
    definition: dict[str, Any] = json.loads(deployed(machine["DefinitionString"], values))
    return definition


def at(path: str, data: Any) -> Any:
    """The value at a path of the States Language, or of an input of EventBridge."""
    for step in path.removeprefix("$.").replace("[", ".").replace("]", "").split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def _plain(logical_id: str) -> str:
    return logical_id[:-8]
