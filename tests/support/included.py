"""Constructs that JavaScript creates, from templates."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from aws_cdk.cloudformation_include import CfnInclude, CfnIncludeProps

if TYPE_CHECKING:
    from aws_cdk import Stack
    from aws_cdk.aws_ivs import CfnChannel

CHANNELS = {
    "First": {"Type": "AWS::IVS::Channel", "Properties": {"Name": "first"}},
    "Second": {"Type": "AWS::IVS::Channel", "Properties": {"Name": "second"}},
}


def include(
    stack: Stack, id: str, resources: dict[str, Any], nested: dict[str, Any] | None = None
) -> CfnInclude:
    """A template in a stack, with one for each nested stack in it."""
    with tempfile.TemporaryDirectory() as folder:

        def file(name: str, content: dict[str, Any]) -> str:
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps({"Resources": content}))
            return str(path)

        return CfnInclude(
            stack,
            id,
            template_file=file("template", resources),
            load_nested_stacks={
                name: CfnIncludeProps(template_file=file(name, content))
                for name, content in (nested or {}).items()
            },
        )


def included_channels(stack: Stack, id: str) -> tuple[CfnChannel, CfnChannel]:
    """Two channels of an included template."""
    included = include(stack, id, CHANNELS)
    return cast(
        "tuple[CfnChannel, CfnChannel]", tuple(included.get_resource(name) for name in CHANNELS)
    )


def stack_of_javascript(stack: Stack, id: str) -> Stack:
    """A nested stack of an included template, with a channel in it."""
    resource = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": "https://example.com/template.json"},
    }
    included = include(stack, id, {"Nested": resource}, {"Nested": CHANNELS})
    return included.get_nested_stack("Nested").stack
