"""Recording configurations in templates."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.assertions import Template


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only recording configuration."""
    resources = Template.from_stack(stack).find_resources("AWS::IVS::RecordingConfiguration")
    (resource,) = resources.values()
    return resource["Properties"]
