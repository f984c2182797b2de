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
    match value:
        case list():
            result: Any = [value_of(item, attributes) for item in value]
        case {"Ref": name}:
            result = attributes[name]
        case {"Fn::GetAtt": path}:
            result = attributes[".".join(path)]
        case {"Fn::Join": [separator, parts]}:
            result = separator.join(value_of(parts, attributes))
        case {"Fn::Split": [separator, text]}:
            result = value_of(text, attributes).split(separator)
        case {"Fn::Select": [index, items]}:
            result = value_of(items, attributes)[int(index)]
        case dict():
            result = {key: value_of(item, attributes) for key, item in value.items()}
        case bool():
            result = str(value).lower()
        case _:
            result = value
    return result
