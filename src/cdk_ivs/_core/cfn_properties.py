"""
The properties of an L1 as the CDK renders them.

The only module that reads them by the member that the CDK has for its own subclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import CfnResource


def cfn_properties(resource: CfnResource) -> Mapping[str, Any]:
    """
    The properties of a resource under JavaScript's names, by one message.

    The attributes of an L1 take a message each, and some of them cannot be read from Python.
    """
    properties: Mapping[str, Any]
    if hasattr(type(resource), "_cfn_properties"):
        properties = resource._cfn_properties
    else:
        # What the generated bindings do in it, which does not depend on their name for it.
        properties = jsii.get(resource, "cfnProperties")
    return properties
