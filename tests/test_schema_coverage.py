"""What the service offers is what the constructs offer, by the schemas of others."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_s3 import Bucket
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from constructs import IConstruct

import cdk_ivs as ivs
from cdk_ivs import chat
from cdk_ivs._services.custom_resource.cdk_ivs_handler.settings import SETTINGS
from tests.resources.records import (
    RECORDS,
    Record,
    every_resource_of_cloudformation,
    record_of,
)
from tests.support.arns import arn
from tests.support.rendered import logical_id_of

DOCS = Path(__file__).parent.parent / "docs" / "low-latency.md"


def other_channels(stack: Stack) -> None:
    """A channel with multitrack, which does not go with a preset."""
    multitrack = ivs.MultitrackInputConfiguration(
        maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
    )
    ivs.Channel(stack, "Multitrack", multitrack_input_configuration=multitrack)


def other_destinations(stack: Stack) -> None:
    """Two logging configurations: each has one destination."""
    stream = CfnDeliveryStream(stack, "Stream")
    bucket = Bucket.from_bucket_name(stack, "Logs", "logs")
    for id, destination in (
        ("ToFirehose", chat.LoggingDestination.firehose(stream)),
        ("ToBucket", chat.LoggingDestination.s3(bucket)),
    ):
        chat.LoggingConfiguration(stack, id, destination=destination)


# What cannot be given together.
OTHERS: dict[str, Callable[[Stack], None]] = {
    "Channel": other_channels,
    "LoggingConfiguration": other_destinations,
}


def build(record: Record, stack: Stack) -> IConstruct:
    """A resource with every argument, and others with what does not go with them."""
    OTHERS.get(record.name, lambda _: None)(stack)
    arguments = record.given(stack, everything=True) | {"tags": {"team": "live"}}
    if record.name_keyword:
        arguments[record.name_keyword] = "name"
    construct: IConstruct = record.construct(stack, "It", **arguments)
    return construct


# Attributes whose names do not begin with that of the resource, which would say nothing.
SHORT_NAMES = {"participant_id", "state", "stream_key"}


def type_of(record: Record) -> str:
    """The CloudFormation type of a resource."""
    return f"AWS::{'IVSChat' if record.service == 'ivschat' else 'IVS'}::{record.name}"


def schema_of(resource_type: str) -> dict[str, Any]:
    """The schema in CloudFormation's registry, of a Region that has every type."""
    schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema(
        "us-east-1", resource_type
    ).schema
    return schema


def schema_paths(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths of all values in a schema, without the numbers of lists."""
    if "$ref" in node:
        (name,) = re.findall(r"^#/definitions/(\w+)$", node["$ref"])
        yield from schema_paths(schema, schema["definitions"][name], path)
    elif "properties" in node:
        for name, child in node["properties"].items():
            yield from schema_paths(schema, child, f"{path}/{name}")
    elif "items" in node:
        yield from schema_paths(schema, node["items"], path)
    else:
        yield path


def value_paths(node: object, path: str = "") -> Iterator[str]:
    """The paths of all values in the properties of a resource."""
    match node:
        case {"Ref": _} | {"Fn::GetAtt": _} | {"Fn::Join": _}:
            yield path
        case dict():
            for name, child in node.items():
                yield from value_paths(child, f"{path}/{name}")
        case list():
            for child in node:
                yield from value_paths(child, path)
        case _:
            yield path


def read_only(schema: dict[str, Any]) -> set[str]:
    """The attributes that a schema has."""
    return {path.removeprefix("/properties") for path in schema["readOnlyProperties"]}


@every_resource_of_cloudformation
def test_every_property_can_be_rendered(record: Record, stack: Stack) -> None:
    """
    With every argument given, every property that can be written is in the template.
    """
    schema = schema_of(type_of(record))
    build(record, stack)
    resources = Template.from_stack(stack).find_resources(type_of(record)).values()
    rendered = {path for resource in resources for path in value_paths(resource["Properties"])}
    assert rendered == set(schema_paths(schema, schema)) - read_only(schema)


@every_resource_of_cloudformation
def test_every_attribute_is_exposed(record: Record, stack: Stack) -> None:
    """
    Every attribute of the resource is one of the construct, named after both; those of an
    ingest configuration that are not its own are named after the attribute alone.
    """
    construct = build(record, stack)
    names = {path.removeprefix("/") for path in read_only(schema_of(type_of(record)))}
    assert "Arn" in names
    for name in names:
        attribute = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
        short = record.construct is ivs.IngestConfiguration and attribute in SHORT_NAMES
        value = getattr(construct, attribute if short else f"{record.kind}_{attribute}")
        assert stack.resolve(value) == {"Fn::GetAtt": [logical_id_of(construct), name]}


@pytest.mark.newest
def test_every_type_is_compared() -> None:
    """
    The types above are all of both namespaces.
    """
    types = {
        name
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")
        if name.startswith(("AWS::IVS::", "AWS::IVSChat::"))
    }
    assert types == {type_of(record) for record in RECORDS if record.cfn is not None}


class TestChannelFields:
    """The table in docs/low-latency.md of what the API can set."""

    @pytest.fixture
    def rows(self) -> dict[str, tuple[str, str]]:
        """CloudFormation's name and what cdk-ivs says, by the name of the field."""
        text = DOCS.read_text(encoding="utf-8")
        table = re.search(
            r"<!-- channel fields -->\n(.*?)<!-- /channel fields -->", text, re.DOTALL
        )
        assert table is not None
        cells = [line.strip("| ").split(" | ") for line in table[1].strip().splitlines()[2:]]
        return {field.strip("`"): (cfn.strip("`"), ours) for field, cfn, ours in cells}

    @pytest.fixture
    def fields(self) -> set[str]:
        """What CreateChannel and UpdateChannel take, but for the name of the channel to update."""
        model = botocore.session.Session().get_service_model("ivs")
        members: set[str] = set()
        for operation in ("CreateChannel", "UpdateChannel"):
            members |= set(model.operation_model(operation).input_shape.members)
        return members - {"arn"}

    def test_the_table_has_every_field(
        self, rows: dict[str, tuple[str, str]], fields: set[str]
    ) -> None:
        """
        A field that is new in the API has to be entered.
        """
        assert set(rows) == fields

    def test_the_table_says_what_cloudformation_has(self, rows: dict[str, tuple[str, str]]) -> None:
        """
        The names are those of the schema, and where there is none CloudFormation has none.
        """
        schema = schema_of("AWS::IVS::Channel")
        assert {name for name, _ in rows.values()} - {"no"} == {
            name for name in schema["properties"] if f"/{name}" not in read_only(schema)
        }

    @pytest.mark.newest
    def test_what_has_a_parameter_is_set(
        self, rows: dict[str, tuple[str, str]], stack: Stack
    ) -> None:
        """
        A field is set by CloudFormation or by UpdateChannel, or the table says why it is not.
        """
        ivs.Channel(
            stack,
            "Attached",
            playback_restriction_policy=(
                ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
                    stack, "Policy", arn("playback-restriction-policy/a")
                )
            ),
            ad_configuration=ivs.AdConfiguration.from_ad_configuration_arn(
                stack, "Ads", arn("ad-configuration/a")
            ),
            failover_slate_configuration=(
                ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
                    stack, "Slate", arn("failover-slate-configuration/a")
                )
            ),
        )
        build(record_of(ivs.Channel), stack)
        resources = Template.from_stack(stack).to_json()["Resources"].values()
        rendered = {
            name
            for resource in resources
            if resource["Type"] == "AWS::IVS::Channel"
            for name in resource["Properties"]
        }
        model = botocore.session.Session().get_service_model("ivs")
        settings = [
            SETTINGS[resource["Properties"]["Operation"]]
            for resource in resources
            if resource["Type"].startswith("Custom::") and "Value" in resource["Properties"]
        ]
        called = {
            setting.name
            for setting in settings
            if setting.name in model.operation_model(setting.change).input_shape.members
        }
        assert len(called) == len(settings)
        settable = {
            field for field, (name, _) in rows.items() if name in rendered or field in called
        }
        parameters = inspect.signature(ivs.Channel.__init__).parameters
        assert {
            field for field, (_, ours) in rows.items() if ours.strip("`") in parameters
        } == settable

    def test_every_field_has_a_parameter(self, rows: dict[str, tuple[str, str]]) -> None:
        """
        All that the API takes can be given.
        """
        parameters = inspect.signature(ivs.Channel.__init__).parameters
        assert [
            field for field, (_, ours) in rows.items() if ours.strip("`") not in parameters
        ] == []


@every_resource_of_cloudformation
def test_tags_without_a_value_are_as_in_the_schema(record: Record) -> None:
    """
    A tag without a value is refused for the types whose schema has a minimum.
    """
    value = schema_of(type_of(record))["definitions"]["Tag"]["properties"]["Value"]
    assert record.empty_tags is not bool(value.get("minLength"))
