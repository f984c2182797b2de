"""
The properties of an L1 as the CDK renders them.

The CDK keeps this member for its own subclasses. No other module uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import CfnResource


def cfn_properties(resource: CfnResource) -> Mapping[str, Any]:
    """
    Return the properties of a resource under their names in JavaScript, with one message.

    Each attribute of an L1 takes a message, and Python cannot read some of them.
    """
    properties: Mapping[str, Any]
    if hasattr(type(resource), "_cfn_properties"):
        properties = resource._cfn_properties
    else:
        # The generated bindings make the same call. It does not depend on their Python name.
        properties = jsii.get(resource, "cfnProperties")
    return properties
