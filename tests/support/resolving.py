"""Values of a template, as CloudFormation makes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def value_of(value: object, attributes: Mapping[str, str]) -> Any:
    """
    A value of a template as CloudFormation gives it to the custom resource.

    Args:
        value: The value.
        attributes: What stands for the resources, as ``Ref`` or as ``LogicalId.Attribute``.
    """
    if isinstance(value, list):
        return [value_of(item, attributes) for item in value]
    if not isinstance(value, dict):
        return str(value).lower() if isinstance(value, bool) else value
    if "Ref" in value:
        return attributes[value["Ref"]]
    if "Fn::GetAtt" in value:
        return attributes[".".join(value["Fn::GetAtt"])]
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return separator.join(value_of(parts, attributes))
    if "Fn::Split" in value:
        separator, text = value["Fn::Split"]
        return str(value_of(text, attributes)).split(separator)
    if "Fn::Select" in value:
        index, items = value["Fn::Select"]
        return value_of(items, attributes)[int(index)]
    return {key: value_of(item, attributes) for key, item in value.items()}
