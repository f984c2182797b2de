"""Facts in the schemas of CloudFormation, and in the L1 constructs made from them."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from .section import Facts

NAMESPACES = ("AWS::IVS::", "AWS::IVSChat::")
_CONSTRAINTS = (
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "uniqueItems",
)
_OF_TYPE = ("required", "readOnlyProperties", "createOnlyProperties", "primaryIdentifier")


def facts_of_schema(schema: Mapping[str, Any]) -> Facts:
    """
    The facts of a resource type: its values with their limits, and which are required or fixed.

    Args:
        schema: The schema in CloudFormation's registry.
    """
    name = str(schema["typeName"])
    facts = {name: ""}
    for key in _OF_TYPE:
        for path in schema.get(key, ()):
            facts[f"{name} {key} {path.removeprefix('/properties/')}"] = ""
    facts.update(
        (f"{name} {path}", value)
        for path, value in _values(schema, {"properties": schema["properties"]}, "")
    )
    return facts


def _values(
    schema: Mapping[str, Any], node: Mapping[str, Any], path: str
) -> Iterator[tuple[str, str]]:
    if "$ref" in node:
        definition = schema["definitions"][str(node["$ref"]).removeprefix("#/definitions/")]
        yield from _values(schema, definition, path)
        return
    if path:
        yield path, _described(node, _CONSTRAINTS)
    for name in node.get("required", ()) if path else ():
        yield f"{path}/{name} required", ""
    for name, child in node.get("properties", {}).items():
        yield from _values(schema, child, f"{path}/{name}".removeprefix("/"))
    if "items" in node:
        yield from _values(schema, node["items"], f"{path}[]")


def _described(node: Mapping[str, Any], constraints: tuple[str, ...]) -> str:
    parts = [str(node.get("type", "object"))]
    parts += [f"{key} {json.dumps(node[key])}" for key in constraints if key in node]
    return ", ".join(parts)


def facts_of_constructs(module: ModuleType) -> Facts:
    """
    The L1 constructs of a module with their parameters, and those of their structures.

    Args:
        module: For instance `aws_cdk.aws_ivs`.
    """
    facts: Facts = {}
    for name, construct in inspect.getmembers(module, inspect.isclass):
        if not hasattr(construct, "CFN_RESOURCE_TYPE_NAME"):
            continue
        structures = {
            f"{name}.{inner}": value
            for inner, value in vars(construct).items()
            if inner.endswith("Property") and inspect.isclass(value)
        }
        for owner, kind in {name: construct, **structures}.items():
            parameters = inspect.signature(kind.__init__).parameters.values()
            facts[owner] = ""
            facts.update(
                (f"{owner} {parameter.name}", "")
                for parameter in parameters
                if parameter.kind is inspect.Parameter.KEYWORD_ONLY
            )
    return facts
