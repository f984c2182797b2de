"""Whole apps render the same as alpha's: outputs, tags, policies, stacks, stages."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import jsii
import pytest
from aws_cdk import (
    App,
    Aspects,
    CfnCondition,
    CfnOutput,
    Environment,
    Fn,
    IAspect,
    NestedStack,
    RemovalPolicies,
    RemovalPolicy,
    Stack,
    Stage,
    Tags,
)
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ssm as ssm
from aws_cdk.aws_ivs import CfnChannel
from constructs import Construct, IConstruct

from tests.support.arns import ACCOUNT, REGION
from tests.support.keys import P384_PEM

from .assemblies import assert_same, assert_same_in_stack

_ENVIRONMENTS = [None, Environment(account=ACCOUNT, region=REGION)]


class _All(Construct):
    """One of each construct, related to one another."""

    def __init__(self, scope: Construct, id: str, ivs: ModuleType) -> None:
        super().__init__(scope, id)
        self.recording = ivs.RecordingConfiguration(
            self, "Recording", bucket=s3.Bucket(self, "Bucket")
        )
        self.channel = ivs.Channel(self, "Channel", recording_configuration=self.recording)
        self.key = self.channel.add_stream_key("Key")
        self.pair = ivs.PlaybackKeyPair(self, "Pair", public_key_material=P384_PEM)

    def resources(self) -> Iterator[Any]:
        yield from (self.recording, self.channel, self.key, self.pair)

    def attributes(self) -> Iterator[str]:
        """Every attribute that is the same in both libraries, and no secret."""
        yield self.recording.recording_configuration_arn
        yield self.channel.channel_arn
        yield self.channel.channel_ingest_endpoint
        yield self.channel.channel_playback_url
        yield self.key.stream_key_arn
        yield self.pair.playback_key_pair_arn
        yield self.pair.playback_key_pair_fingerprint


def _put_out(scope: Construct, made: _All) -> None:
    for number, attribute in enumerate(made.attributes()):
        CfnOutput(scope, f"Output{number}", value=attribute, export_name=f"Export{number}")
        ssm.StringParameter(scope, f"Parameter{number}", string_value=f"<{attribute}>")
    stack = Stack.of(scope)
    CfnOutput(scope, "Text", value=stack.to_json_string({"all": list(made.attributes())}))


def test_attributes() -> None:
    """
    Every attribute can be put out, be part of a text, and be part of a JSON text.
    """
    assert_same_in_stack(lambda stack, ivs: _put_out(stack, _All(stack, "All", ivs)))


def test_secret_in_its_stack() -> None:
    """
    The value of a stream key can be put out and used in its own stack.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        value = _All(stack, "All", ivs).key.stream_key_value
        CfnOutput(stack, "Output", value=value)
        ssm.StringParameter(stack, "Parameter", string_value=f"<{value}>")

    assert_same_in_stack(build)


@pytest.mark.parametrize("env", _ENVIRONMENTS)
def test_attributes_in_another_stack(env: Environment | None) -> None:
    """
    Every attribute can be used in another stack, in one nested in it, and in the outer one.
    """

    def build(app: App, ivs: ModuleType) -> None:
        first, second = Stack(app, "First", env=env), Stack(app, "Second", env=env)
        _put_out(second, _All(first, "All", ivs))
        _put_out(NestedStack(second, "Nested"), _All(first, "Other", ivs))
        _put_out(Construct(second, "Group"), _All(NestedStack(first, "Inner"), "All", ivs))

    assert_same(build)


def test_attributes_in_another_region() -> None:
    """
    With cross-Region references the same values are handed over.
    """

    def build(app: App, ivs: ModuleType) -> None:
        first, second = (
            Stack(
                app,
                f"In-{region}",
                env=Environment(account=ACCOUNT, region=region),
                cross_region_references=True,
            )
            for region in ("us-west-2", "us-east-1")
        )
        made = _All(first, "All", ivs)
        ivs.Channel(second, "Channel")
        CfnOutput(second, "Arn", value=made.channel.channel_arn)
        CfnOutput(second, "Url", value=made.channel.channel_playback_url)

    assert_same(build)


def test_explicit_exports() -> None:
    """
    A value exported by hand has the same export name.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for attribute in _All(stack, "All", ivs).attributes():
            stack.export_value(attribute)

    assert_same_in_stack(build)


def test_tags() -> None:
    """
    Tags reach every resource from every level, and the nearest wins.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(Stage(app, "Stage"), "Stack", tags={"of": "stack", "stack": "x"})
        made = _All(stack, "All", ivs)
        for place in (app, stack, made, *made.resources()):
            Tags.of(place).add("place", place.node.path or "app")
            Tags.of(place).add(f"at-{place.node.id}", "ünï")
        Tags.of(app).add("kind", "x", include_resource_types=["AWS::IVS::Channel"])
        Tags.of(app).add("other", "x", exclude_resource_types=["AWS::IVS::Channel"])
        Tags.of(made.key).remove("at-Channel")
        Tags.of(app).add("strong", "app", priority=300)

    assert_same(build)


@pytest.mark.parametrize("policy", list(RemovalPolicy))
def test_removal_policies(policy: RemovalPolicy) -> None:
    """
    Every removal policy can be given to every construct.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for resource in _All(stack, "All", ivs).resources():
            resource.apply_removal_policy(policy)

    assert_same_in_stack(build)


def test_removal_policies_of_a_scope() -> None:
    """
    A removal policy given to a scope reaches the resources in it.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        _All(stack, "All", ivs)
        RemovalPolicies.of(stack).retain()

    assert_same_in_stack(build)


def test_escape_hatches() -> None:
    """
    The L1 is the default child, with the id Resource, and takes overrides.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        for resource in _All(stack, "All", ivs).resources():
            level_1 = resource.node.default_child
            level_1.add_property_override("Name", f"Of{resource.node.id}")
            level_1.add_override("UpdateReplacePolicy", "Retain")
            level_1.cfn_options.metadata = {"Key": "Value"}
            level_1.override_logical_id(f"My{resource.node.id}")
            resource.node.find_child("Resource").add_property_deletion_override("Tags")

    assert_same_in_stack(build)


def test_changed_level_1() -> None:
    """
    Properties of the L1 can be read and set.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        made = _All(stack, "All", ivs)
        level_1 = made.channel.node.default_child
        level_1.name = f"{level_1.name}-2"
        level_1.authorized = not level_1.authorized
        made.recording.node.default_child.name = "Name"

    assert_same_in_stack(build)


def test_conditions() -> None:
    """
    Resources can be made to depend on a condition.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        condition = CfnCondition(
            stack, "Condition", expression=Fn.condition_equals(stack.region, "us-west-2")
        )
        for resource in _All(stack, "All", ivs).resources():
            resource.node.default_child.cfn_options.condition = condition

    assert_same_in_stack(build)


def test_dependencies() -> None:
    """
    Constructs depend on one another in one stack and across stacks.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack")
        first, second = _All(stack, "First", ivs), _All(stack, "Second", ivs)
        other = _All(Stack(app, "Other"), "Other", ivs)
        nested = _All(NestedStack(stack, "Nested"), "Nested", ivs)
        second.channel.node.add_dependency(first.channel, first.pair)
        nested.node.add_dependency(second.key)
        other.pair.node.add_dependency(nested)

    assert_same(build)


def test_aspects() -> None:
    """
    An aspect finds the constructs by their class, and their L1s.
    """

    def build(app: App, ivs: ModuleType) -> None:
        @jsii.implements(IAspect)
        class Namer:
            def visit(self, node: IConstruct) -> None:
                if isinstance(node, ivs.Channel):
                    Tags.of(node).add("seen", node.channel_arn)
                if isinstance(node, CfnChannel):
                    node.authorized = True

        _All(Stack(app, "Stack"), "All", ivs)
        Aspects.of(app).add(Namer())

    assert_same(build)


@pytest.mark.parametrize("env", _ENVIRONMENTS)
def test_stages(env: Environment | None) -> None:
    """
    The same stacks in several Stages, one inside another, with names given and made.
    """

    def build(app: App, ivs: ModuleType) -> None:
        outer = Stage(app, "Outer", env=env)
        for stage in (outer, Stage(outer, "Inner"), Stage(app, "Named", stage_name="Prod")):
            _All(Stack(stage, "Made"), "All", ivs)
            _All(Stack(stage, "Given", stack_name="given-name"), "All", ivs)

    assert_same(build)


def test_nested_stacks() -> None:
    """
    Nested stacks, two deep, in a group, with references in both directions.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        outer = NestedStack(Construct(stack, "Group"), "Outer")
        inner = NestedStack(outer, "Inner", description="inner")
        recording = _All(stack, "All", ivs).recording
        channel = ivs.Channel(inner, "Channel", recording_configuration=recording)
        ivs.StreamKey(outer, "Key", channel=channel)
        ivs.Channel(stack, "Last", recording_configuration=_All(inner, "All", ivs).recording)

    assert_same_in_stack(build)


def test_feature_flags() -> None:
    """
    Flags that change what a construct leaves in the assembly make no difference.
    """
    flags = {
        "@aws-cdk/core:enableAdditionalMetadataCollection": True,
        "@aws-cdk/core:explicitStackTags": True,
        "@aws-cdk/core:checkSecretUsage": True,
        "@aws-cdk/aws-s3:createDefaultLoggingPolicy": True,
        "@aws-cdk/core:aspectPrioritiesMutating": True,
        "@aws-cdk/core:aspectStabilization": True,
    }

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack")
        Tags.of(stack).add("key", "value")
        _put_out(stack, _All(stack, "All", ivs))

    assert_same(build, context=flags)
