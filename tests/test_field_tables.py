"""The tables of what the API can set are complete, by the schemas of others."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import botocore.session
import pytest
from botocore.model import Shape
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

import cdk_ivs as ivs

PAGE = (Path(__file__).parent.parent / "docs" / "real-time.md").read_text(encoding="utf-8")

# What lies between the stage and its fields of recording; CloudFormation has more in between.
STRUCTURES = {
    "autoParticipantRecordingConfiguration",
    "hlsConfiguration",
    "thumbnailConfiguration",
}


class Row(NamedTuple):
    """
    A row of a table.

    Attributes:
        cloudformation: CloudFormation's name, or ``no``.
        ours: What cdk-ivs says.
    """

    cloudformation: str
    ours: str


def rows(table: str) -> dict[str, Row]:
    """The rows of the table between two comments, by the name of the field."""
    part = re.search(rf"<!-- {table} -->\n(.*?)<!-- /{table} -->", PAGE, re.DOTALL)
    assert part is not None
    cells = [line.strip("| ").split(" | ") for line in part[1].strip().splitlines()[2:]]
    found = {field.strip("`"): Row(name.strip("`"), ours) for field, name, ours in cells}
    assert len(found) == len(cells)
    return found


def api_fields(shape: Shape) -> Iterator[str]:
    """The last parts of the names of all fields of a structure."""
    for name, member in shape.members.items():
        if name in STRUCTURES:
            yield from api_fields(member)
        else:
            yield name


def fields_of(resource: str) -> set[str]:
    """What the API takes to make and to change a resource, but for its own ARN."""
    model = botocore.session.Session().get_service_model("ivs-realtime")
    operations = [f"{verb}{resource}" for verb in ("Create", "Update")]
    shapes = [model.operation_model(operation).input_shape for operation in operations]
    return {field for shape in shapes for field in api_fields(shape)} - {"arn"}


def schema_names(schema: dict[str, Any], properties: dict[str, Any]) -> Iterator[str]:
    """The last parts of the names of all values in a part of a schema."""
    for name, node in properties.items():
        found = node
        if "$ref" in found:
            found = schema["definitions"][found["$ref"].removeprefix("#/definitions/")]
        if "properties" in found:
            yield from schema_names(schema, found["properties"])
        else:
            yield name


TABLES = pytest.mark.parametrize(
    ("table", "resource", "construct"),
    [
        ("stage fields", "Stage", ivs.Stage),
        ("ingest fields", "IngestConfiguration", ivs.IngestConfiguration),
    ],
    ids=["stage", "ingest"],
)


@TABLES
def test_the_table_has_every_field(table: str, resource: str, construct: type) -> None:
    """
    A field that is new in the API has to be entered.
    """
    assert set(rows(table)) == fields_of(resource)


@TABLES
def test_the_table_says_what_cloudformation_has(table: str, resource: str, construct: type) -> None:
    """
    The names are those of the schema, and where there is none CloudFormation has none.
    """
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(
        "us-east-1", f"AWS::IVS::{resource}"
    ).schema
    read_only = {path.removeprefix("/properties/") for path in schema["readOnlyProperties"]}
    names = set(schema_names(schema, schema["properties"])) - read_only
    table_rows = rows(table)
    assert {row.cloudformation for row in table_rows.values()} - {"no"} == names
    for field, row in table_rows.items():
        assert row.cloudformation in {"no", field[0].upper() + field[1:]}


@TABLES
def test_what_has_a_parameter_is_one(table: str, resource: str, construct: type) -> None:
    """
    A field that CloudFormation has is set by a parameter that exists, and no other field is.
    """
    for field, (cloudformation, ours) in rows(table).items():
        if cloudformation == "no":
            assert ours.startswith("nothing: "), field
            continue
        named = re.match(r"`(?:(\w+)\()?(\w+)(?:=…\))?`", ours)
        assert named is not None, field
        owner = getattr(ivs, named[1]) if named[1] else construct
        assert named[2] in inspect.signature(owner.__init__).parameters, field
