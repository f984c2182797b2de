"""What a construct has in the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from aws_cdk import CfnResource, Stack
from aws_cdk.assertions import Template

if TYPE_CHECKING:
    from constructs import IConstruct


def logical_id_of(construct: IConstruct) -> str:
    """The logical id of the resource of a construct."""
    return str(
        Stack.of(construct).get_logical_id(cast("CfnResource", construct.node.default_child))
    )


def resource_of(construct: IConstruct) -> dict[str, Any]:
    """The resource of a construct in the template of its stack."""
    resources = Template.from_stack(Stack.of(construct)).to_json()["Resources"]
    resource: dict[str, Any] = resources[logical_id_of(construct)]
    return resource


def properties_of(construct: IConstruct) -> dict[str, Any]:
    """The properties of the resource of a construct."""
    properties: dict[str, Any] = resource_of(construct).get("Properties", {})
    return properties
