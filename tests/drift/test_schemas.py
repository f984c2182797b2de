"""Schemas of CloudFormation, and L1 constructs."""

from __future__ import annotations

import copy
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from .conftest import Compare

# The script and its data are of the repository, and the data of the newest packages.
pytestmark = pytest.mark.newest

PRESETS = 'string, enum ["", "HIGHER_BANDWIDTH_DELIVERY", "CONSTRAINED_BANDWIDTH_DELIVERY"]'


def channel_schema() -> dict[str, Any]:
    """A copy of the schema of channels."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::IVS::Channel").schema
    copied: dict[str, Any] = copy.deepcopy(schema)
    return copied


class TestSchemas:
    def test_properties(self, drift: ModuleType, differences: Compare) -> None:
        """
        A property, a limit, an enum, a property that is required, and an attribute are compared.
        """
        schema = channel_schema()
        known = drift.schemas.facts_of_schema(schema)
        properties = schema["properties"]
        properties["New"] = {"type": "array", "items": {"type": "integer", "maximum": 3}}
        properties["Name"]["maxLength"] = 64
        properties["Preset"]["enum"].append("OTHER")
        schema["required"] = ["Name"]
        schema["readOnlyProperties"].remove("/properties/PlaybackUrl")
        name = "AWS::IVS::Channel"
        found = differences(known, drift.schemas.facts_of_schema(schema))
        assert found == [
            (
                "changed",
                f"{name} Name",
                'string, pattern "^[a-zA-Z0-9-_]*$", minLength 0, maxLength 128',
                'string, pattern "^[a-zA-Z0-9-_]*$", minLength 0, maxLength 64',
            ),
            ("new", f"{name} New", "", "array"),
            ("new", f"{name} New[]", "", "integer, maximum 3"),
            (
                "changed",
                f"{name} Preset",
                PRESETS,
                PRESETS.replace("]", ', "OTHER"]'),
            ),
            ("gone", f"{name} readOnlyProperties PlaybackUrl", "", ""),
            ("new", f"{name} required Name", "", ""),
        ]

    def test_properties_of_properties(self, drift: ModuleType, differences: Compare) -> None:
        """
        What is in the definitions of a schema is compared where it is used.
        """
        schema = channel_schema()
        known = drift.schemas.facts_of_schema(schema)
        multitrack = schema["definitions"]["MultitrackInputConfiguration"]
        multitrack["properties"]["Tracks"] = {"type": "integer"}
        multitrack["required"] = ["Tracks"]
        path = "AWS::IVS::Channel MultitrackInputConfiguration/Tracks"
        assert differences(known, drift.schemas.facts_of_schema(schema)) == [
            ("new", path, "", "integer"),
            ("new", f"{path} required", "", ""),
        ]

    def test_types_by_region(
        self, drift: ModuleType, differences: Compare, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A type of resource that is new in a Region, and one that is gone from all, are compared.
        """
        original = PROVIDER_SCHEMA_MANAGER.get_resource_types

        def changed(region: str) -> list[str]:
            new = ["AWS::IVS::FailoverSlateConfiguration"] if region == "us-west-2" else []
            return [*(one for one in original(region) if one != "AWS::IVSChat::Room"), *new]

        monkeypatch.setattr(PROVIDER_SCHEMA_MANAGER, "get_resource_types", changed)
        found, known = drift.types()
        assert [one[:2] for one in differences(known, found)] == [
            ("new", "AWS::IVS::FailoverSlateConfiguration us-west-2"),
            *(("gone", f"AWS::IVSChat::Room {region}") for region in sorted(drift.REGIONS)),
        ]

    def test_constructs(self, drift: ModuleType, differences: Compare) -> None:
        """
        The parameters of L1 constructs and of their structures are compared.
        """

        def initialize(self: object, scope: object, *, name: str, new: str = "") -> None:
            """Take what an L1 takes."""

        def initialize_structure(self: object, *, policy: str) -> None:
            """Take what a structure takes."""

        structure = type("OneProperty", (), {"__init__": initialize_structure})
        module = SimpleNamespace(
            CfnNew=type(
                "CfnNew",
                (),
                {
                    "CFN_RESOURCE_TYPE_NAME": "AWS::IVS::New",
                    "OneProperty": structure,
                    "__init__": initialize,
                },
            ),
            Other=type("Other", (), {}),
        )
        known = {"CfnNew": "", "CfnNew name": "", "CfnNew old": "", "CfnNew.OneProperty": ""}
        assert differences(known, drift.schemas.facts_of_constructs(module)) == [
            ("new", "CfnNew new", "", ""),
            ("gone", "CfnNew old", "", ""),
            ("new", "CfnNew.OneProperty policy", "", ""),
        ]
