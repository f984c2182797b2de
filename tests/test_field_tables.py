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
from cdk_ivs import chat
from cdk_ivs._services.custom_resource.cdk_ivs_handler.settings import SETTINGS

DOCS = Path(__file__).parent.parent / "docs"

# What lies between a resource and its fields; CloudFormation may have more in between.
STRUCTURES = {
    "autoParticipantRecordingConfiguration",
    "cloudWatchLogs",
    "destinationConfiguration",
    "firehose",
    "hlsConfiguration",
    "messageReviewHandler",
    "s3",
    "thumbnailConfiguration",
}


class Table(NamedTuple):
    """
    A table of fields.

    Attributes:
        page: The page that it is on.
        name: What stands in the comments around it.
        service: The API that the fields are of.
        resource: The type in CloudFormation.
        construct: The construct that sets them.
    """

    page: str
    name: str
    service: str
    resource: str
    construct: type


class Row(NamedTuple):
    """
    A row of a table.

    Attributes:
        cloudformation: CloudFormation's name, or ``no``.
        ours: What cdk-ivs says.
    """

    cloudformation: str
    ours: str


def rows(table: Table) -> dict[str, Row]:
    """The rows of the table between two comments, by the name of the field."""
    page = (DOCS / f"{table.page}.md").read_text(encoding="utf-8")
    part = re.search(rf"<!-- {table.name} -->\n(.*?)<!-- /{table.name} -->", page, re.DOTALL)
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


def fields_of(table: Table) -> set[str]:
    """What the API takes to make and to change a resource, but for its own ARN."""
    model = botocore.session.Session().get_service_model(table.service)
    resource = table.resource.rpartition("::")[2]
    operations = [f"{verb}{resource}" for verb in ("Create", "Update")]
    shapes = [model.operation_model(operation).input_shape for operation in operations]
    fields = {field for shape in shapes for field in api_fields(shape)}
    return fields - {"arn", "identifier"}


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


def parameters_of(owner: type, method: str | None) -> set[str]:
    """The names of the parameters of a class, or of a method of it."""
    called = getattr(owner, method) if method else owner.__init__
    return set(inspect.signature(called).parameters)


TABLES = pytest.mark.parametrize(
    "table",
    [
        Table("real-time", "stage fields", "ivs-realtime", "AWS::IVS::Stage", ivs.Stage),
        Table(
            "real-time",
            "ingest fields",
            "ivs-realtime",
            "AWS::IVS::IngestConfiguration",
            ivs.IngestConfiguration,
        ),
        Table("chat", "room fields", "ivschat", "AWS::IVSChat::Room", chat.Room),
        Table(
            "chat",
            "logging fields",
            "ivschat",
            "AWS::IVSChat::LoggingConfiguration",
            chat.LoggingConfiguration,
        ),
    ],
    ids=lambda table: table.name,
)


@TABLES
def test_the_table_has_every_field(table: Table) -> None:
    """
    A field that is new in the API has to be entered.
    """
    assert set(rows(table)) == fields_of(table)


@TABLES
def test_the_table_says_what_cloudformation_has(table: Table) -> None:
    """
    The names are those of the schema, and where there is none CloudFormation has none.
    """
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", table.resource).schema
    read_only = {path.removeprefix("/properties/") for path in schema["readOnlyProperties"]}
    names = set(schema_names(schema, schema["properties"])) - read_only
    table_rows = rows(table)
    assert {row.cloudformation for row in table_rows.values()} - {"no"} == names
    for field, row in table_rows.items():
        assert row.cloudformation in {"no", field[0].upper() + field[1:]}


@TABLES
def test_what_has_a_parameter_is_one(table: Table) -> None:
    """
    A field that CloudFormation has, or the handler sets, is set by a parameter that exists, and no
    other field is.
    """
    by_handler = {setting.name for setting in SETTINGS.values() if setting.service == table.service}
    public = chat if table.service == "ivschat" else ivs
    for field, (cloudformation, ours) in rows(table).items():
        if cloudformation == "no" and field not in by_handler:
            assert ours.startswith("nothing: "), field
            continue
        named = re.match(r"`(?:(\w+)(?:\.(\w+))?\()?(\w+)(?:=…\))?`", ours)
        assert named is not None, field
        owner, method, parameter = named.groups()
        kind = getattr(public, owner) if owner else table.construct
        assert parameter in parameters_of(kind, method), field
