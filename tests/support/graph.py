"""In which order CloudFormation makes the resources of a template, and deletes them in reverse."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def only(template: dict[str, Any], resource_type: str) -> str:
    """The logical id of the only resource of a type."""
    (logical_id,) = (
        key for key, value in template["Resources"].items() if value["Type"] == resource_type
    )
    return logical_id


def made_before(template: dict[str, Any], logical_id: str) -> set[str]:
    """
    The logical ids of all resources that are there before another is made.

    CloudFormation deletes them after it.
    """
    resources = template["Resources"]
    found: set[str] = set()
    pending = [logical_id]
    while pending:
        resource = resources[pending.pop()]
        new = {name for name in names_in(resource) if name in resources} - found
        found |= new
        pending += new
    return found


def in_cycles(template: dict[str, Any]) -> list[str]:
    """The logical ids of all resources that would have to be made before themselves."""
    return [name for name in template["Resources"] if name in made_before(template, name)]


def in_order(template: dict[str, Any], *logical_ids: str) -> bool:
    """Whether the resources are certain to be made in this order."""
    return all(
        earlier in made_before(template, later) and later not in made_before(template, earlier)
        for earlier, later in itertools.pairwise(logical_ids)
    )


def names_in(value: object) -> Iterator[str]:
    """All that a part of a template refers to."""
    if isinstance(value, list):
        for item in value:
            yield from names_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref":
                yield item
            elif key == "Fn::GetAtt":
                yield item[0] if isinstance(item, list) else item.partition(".")[0]
            elif key == "DependsOn":
                yield from [item] if isinstance(item, str) else item
            elif key == "Fn::Sub":
                text, variables = (item, {}) if isinstance(item, str) else item
                yield from re.findall(r"\$\{([A-Za-z0-9]+)", text)
                yield from names_in(variables)
            else:
                yield from names_in(item)
