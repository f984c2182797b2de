"""Templates, to compare those of two orders of the same steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .assemblies import Assembly, templates_of

# The CDK writes the classes of constructs into it in the order in which they were created.
_OF_THE_ORDER = "AWS::CDK::Metadata"
# The statements of policies have the order in which permissions were granted.
_STATEMENTS = "Statement"
# Its hash is that of the text of the template, in which resources have the order of their creation.
_NESTED = "AWS::CloudFormation::Stack"


def regardless_of_order(assembly: Assembly) -> dict[str, str]:
    """The templates without what the CDK makes of the order in which constructs are created."""
    return {
        name: json.dumps(_without(template), indent=1, sort_keys=True)
        for name, template in templates_of(assembly).items()
    }


def _without(template: Mapping[str, Any]) -> dict[str, Any]:
    resources = {}
    for logical_id, resource in template.get("Resources", {}).items():
        if resource["Type"] == _OF_THE_ORDER:
            continue
        kept = dict(resource)
        if resource["Type"] == _NESTED:
            properties = dict(resource["Properties"])
            del properties["TemplateURL"]
            kept["Properties"] = properties
            kept["Metadata"] = {
                key: value
                for key, value in resource.get("Metadata", {}).items()
                if key != "aws:asset:path"
            }
        resources[logical_id] = _sorted_statements(kept)
    return {**template, "Resources": resources}


def _sorted_statements(value: Any) -> Any:
    if isinstance(value, list):
        return [_sorted_statements(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: sorted(item, key=json.dumps)
        if key == _STATEMENTS and isinstance(item, list)
        else _sorted_statements(item)
        for key, item in value.items()
    }
