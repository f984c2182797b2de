"""Which construct of the tree an object in Python is."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_iam import Role
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_s3 import Bucket
from constructs import Construct, IConstruct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs._core.identity import jsii_reference
from tests.support.included import included_channels, stack_of_javascript

ROLE_ARN = "arn:aws:iam::123456789012:role/existing"


def level_1(stack: Stack) -> IConstruct:
    """The L1 in a bucket."""
    child = (stack.node.try_find_child("Bucket") or Bucket(stack, "Bucket")).node.default_child
    assert child is not None
    return child


def imported(stack: Stack) -> IConstruct:
    """An imported bucket, of a class that only JavaScript has."""
    if stack.node.try_find_child("Imported") is None:
        Bucket.from_bucket_name(stack, "Imported", "videos")
    return stack.node.find_child("Imported")


def interface(stack: Stack) -> IConstruct:
    """An imported role, known by what it implements."""
    if stack.node.try_find_child("Role") is None:
        Role.from_role_arn(stack, "Role", ROLE_ARN)
    return stack.node.find_child("Role")


def role_of_function(stack: Stack) -> IConstruct:
    """A role that JavaScript created for a function."""
    function = stack.node.try_find_child("Function") or Function(
        stack,
        "Function",
        runtime=Runtime.PYTHON_3_13,
        handler="index.handler",
        code=Code.from_inline("def handler(*_): pass"),
    )
    return function.node.find_child("ServiceRole")


def inner_stack(stack: Stack) -> IConstruct:
    """A stack that JavaScript created for an included template."""
    if stack.node.try_find_child("Included") is None:
        return stack_of_javascript(stack, "Included")
    return stack.node.find_child("Included").node.find_child("Nested")


PROXIES = [level_1, imported, interface, role_of_function, inner_stack]


class TestReference:
    @pytest.mark.parametrize("read", PROXIES)
    def test_is_equal_for_every_proxy_of_a_construct(
        self, stack: Stack, read: Callable[[Stack], IConstruct]
    ) -> None:
        """
        Python gets a new object from jsii on each read, with the reference of the construct; if it
        no longer does, every construct that JavaScript created is taken for several.
        """
        first, second = read(stack), read(stack)
        assert first is not second
        assert jsii_reference(first) == jsii_reference(second)

    def test_of_a_construct_of_python_is_its_own(self, stack: Stack) -> None:
        """
        A construct that Python created has the reference as well, wherever it is read.
        """
        group, other = Construct(stack, "Group"), Construct(stack, "Other")
        assert jsii_reference(stack.node.find_child("Group")) == jsii_reference(group)
        assert jsii_reference(other) != jsii_reference(group)

    @pytest.mark.parametrize("read", PROXIES)
    def test_takes_no_message(self, stack: Stack, read: Callable[[Stack], IConstruct]) -> None:
        """
        The reference is known in Python.
        """
        construct = read(stack)
        with sent_messages() as messages:
            jsii_reference(construct)
        assert messages == []

    def test_tells_included_resources_apart(self, stack: Stack) -> None:
        """
        Two channels of an included template are two.
        """
        first, second = included_channels(stack, "Included")
        assert jsii_reference(first) != jsii_reference(second)

    def test_tells_a_construct_from_its_replacement(self, stack: Stack) -> None:
        """
        What stands where a construct was removed is another one, though its address is the same.
        """
        removed = Bucket.from_bucket_name(stack, "Bucket", "videos")
        stack.node.try_remove_child("Bucket")
        replacement = Bucket.from_bucket_name(stack, "Bucket", "videos")
        assert removed.node.addr == replacement.node.addr
        assert jsii_reference(removed) != jsii_reference(replacement)

    def test_falls_back_on_the_address(self, stack: Stack) -> None:
        """
        Without a reference of jsii's, a construct is known by its path.
        """
        channel = ivs.Channel(stack, "Channel")
        other = ivs.Channel(stack, "Other")
        unknown = SimpleNamespace(node=channel.node)
        assert jsii_reference(unknown) == channel.node.addr
        assert jsii_reference(unknown) != other.node.addr
        assert (
            jsii_reference(SimpleNamespace(node=channel.node, __jsii_ref__=5)) == channel.node.addr
        )


def test_the_app_of_a_stack_without_a_scope_is_of_javascript() -> None:
    """
    A stack without a scope has an app that JavaScript created, which the tests of scopes rest on.
    """
    stack = Stack()
    assert isinstance(stack.node.root, App)
    assert stack.node.root is not stack.node.root
    assert jsii_reference(stack.node.root) == jsii_reference(stack.node.root)
