"""What CloudFormation offers is what the constructs offer, by its own schemas."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_lambda import Function
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_s3 import Bucket
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from constructs import IConstruct

from cdk_ivs import chat
from tests.support.arns import arn
from tests.test_schema_coverage import read_only, schema_of, schema_paths, value_paths

TAGS = {"team": "live"}


def room(stack: Stack) -> IConstruct:
    """A room with every argument."""
    return chat.Room(
        stack,
        "Room",
        logging_configurations=[
            chat.LoggingConfiguration.from_logging_configuration_arn(
                stack, "Logging", arn("logging-configuration/a", service="ivschat")
            )
        ],
        maximum_message_length=100,
        maximum_message_rate_per_second=5,
        message_review_handler=chat.MessageReviewHandler.from_function(
            Function.from_function_name(stack, "Function", "review")
        ),
        room_name="lobby",
        tags=TAGS,
    )


def logging_configuration(stack: Stack) -> IConstruct:
    """Three logging configurations: each has one destination."""
    destinations = {
        "ToLogGroup": chat.LoggingDestination.cloud_watch_logs(
            LogGroup.from_log_group_name(stack, "LogGroup", "chat")
        ),
        "ToBucket": chat.LoggingDestination.s3(Bucket.from_bucket_name(stack, "Bucket", "logs")),
    }
    for id, destination in destinations.items():
        chat.LoggingConfiguration(stack, id, destination=destination)
    return chat.LoggingConfiguration(
        stack,
        "LoggingConfiguration",
        destination=chat.LoggingDestination.firehose(CfnDeliveryStream(stack, "Stream")),
        logging_configuration_name="audit",
        tags=TAGS,
    )


Build = Callable[[Stack], IConstruct]
BUILDERS: list[Build] = [logging_configuration, room]


def type_of(build: Build) -> str:
    """The CloudFormation type that a function builds."""
    return f"AWS::IVSChat::{build.__name__.title().replace('_', '')}"


@pytest.mark.parametrize("build", BUILDERS)
def test_every_property_can_be_rendered(build: Build, stack: Stack) -> None:
    """
    With every argument given, every property that can be written is in the template.
    """
    schema = schema_of(type_of(build))
    build(stack)
    resources = Template.from_stack(stack).find_resources(type_of(build)).values()
    rendered = {path for resource in resources for path in value_paths(resource["Properties"])}
    assert rendered == set(schema_paths(schema, schema)) - read_only(schema)


@pytest.mark.parametrize("build", BUILDERS)
def test_every_attribute_is_exposed(build: Build, stack: Stack) -> None:
    """
    Every attribute of the resource is one of the construct, named after both.
    """
    construct = build(stack)
    logical_id = stack.get_logical_id(construct.node.default_child)  # type: ignore[arg-type] - the L1
    names = {path.removeprefix("/") for path in read_only(schema_of(type_of(build)))}
    assert {"Arn", "Id"} <= names
    for name in names:
        attribute = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
        value = getattr(construct, f"{build.__name__}_{attribute}")
        assert stack.resolve(value) == {"Fn::GetAtt": [logical_id, name]}


def test_every_type_is_compared() -> None:
    """
    The types above are all that CloudFormation has of IVS Chat.
    """
    types = {
        name
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1")
        if name.startswith("AWS::IVSChat::")
    }
    assert {type_of(build) for build in BUILDERS} == types
