"""The comparison itself: it sees every kind of difference between two apps."""

from __future__ import annotations

from types import ModuleType

import pytest
from aws_cdk import App, CfnOutput, NestedStack, Stack, Stage
from aws_cdk.aws_ivs import CfnChannel
from constructs import Construct

import cdk_ivs

from .assemblies import Build, assemble, assert_same


def _one_property(app: Construct, ivs: ModuleType) -> None:
    ivs.Channel(Stack(app, "Stack"), "Channel", authorized=ivs is cdk_ivs)


def _one_property_in_a_nested_stack(app: App, ivs: ModuleType) -> None:
    nested = NestedStack(Stack(app, "Stack"), "Nested")
    ivs.Channel(nested, "Channel", authorized=ivs is cdk_ivs)


def _one_property_in_a_stage(app: App, ivs: ModuleType) -> None:
    _one_property(Stage(app, "Stage"), ivs)


def _a_logical_id(app: App, ivs: ModuleType) -> None:
    channel = CfnChannel(Stack(app, "Stack"), "Channel")
    channel.override_logical_id("Ours" if ivs is cdk_ivs else "Alphas")


def _a_path(app: App, ivs: ModuleType) -> None:
    stack = Stack(app, "Stack")
    ivs.Channel(stack, "Channel")
    Construct(stack, "Ours" if ivs is cdk_ivs else "Alphas")


def _a_construct_more(app: App, ivs: ModuleType) -> None:
    stack = Stack(app, "Stack")
    ivs.Channel(stack, "Channel")
    if ivs is cdk_ivs:
        Construct(stack, "More")


def _the_order_of_stacks(app: App, ivs: ModuleType) -> None:
    first, second = Stack(app, "First"), Stack(app, "Second")
    ivs.Channel(first, "Channel")
    if ivs is cdk_ivs:
        second.add_dependency(first)


def _the_order_of_resources(app: App, ivs: ModuleType) -> None:
    stack = Stack(app, "Stack")
    for id in "AB" if ivs is cdk_ivs else "BA":
        ivs.Channel(stack, id)


def _a_file(app: App, ivs: ModuleType) -> None:
    ivs.Channel(Stack(app, "Stack"), "Channel")
    if ivs is cdk_ivs:
        Stack(app, "More")


@pytest.mark.parametrize(
    "build",
    [
        _one_property,
        _one_property_in_a_nested_stack,
        _one_property_in_a_stage,
        _a_logical_id,
        _a_path,
        _a_construct_more,
        _the_order_of_stacks,
        _the_order_of_resources,
        _a_file,
    ],
)
def test_sees_a_difference(build: Build) -> None:
    """
    Two apps that differ in one thing are not the same.
    """
    with pytest.raises(AssertionError, match="not the same as with alpha"):
        assert_same(build)


def test_shows_the_lines_that_differ() -> None:
    """
    The failure names the file and shows both values.
    """
    with pytest.raises(AssertionError) as failure:
        assert_same(_one_property)
    text = str(failure.value)
    assert "+++ ours/Stack.template.json" in text
    assert '-    "Authorized": false,' in text
    assert '+    "Authorized": true,' in text


def test_refuses_an_app_without_ivs() -> None:
    """
    An app in which nothing could differ is no case.
    """
    with pytest.raises(AssertionError, match="nothing of IVS"):
        assert_same(lambda app, _: CfnOutput(Stack(app, "Stack"), "Output", value="x"))


def test_reads_what_is_compared() -> None:
    """
    Templates, asset manifests, order of deployment, construct paths and logical ids are read.
    """
    assembly = assemble(
        lambda app, ivs: ivs.Channel(NestedStack(Stack(app, "Stack"), "Nested"), "Channel"),
        cdk_ivs,
    )
    templates = [name for name in assembly if name.endswith(".template.json")]
    assert len(templates) == 2
    assert "AWS::IVS::Channel" in assembly[templates[1]]
    assert "Stack/Nested/Channel/Resource" in assembly[templates[1]]
    assert "Stack/Nested/Channel/Resource" in assembly["tree.json"].splitlines()
    assert "Stack.template.json" in assembly["manifest.json"]
    assert templates[1] in assembly["Stack.assets.json"]
    ids = "\n".join(text for name, text in assembly.items() if "ids" in name or "metadata" in name)
    assert "/Stack/Nested/Channel/Resource Channel" in ids
