"""How many messages to JavaScript every resource takes: each costs about 0.2 ms."""

from __future__ import annotations

from aws_cdk import Stack

from tests.support.messages import count

from .attributes import attributes_of
from .records import Record, every_resource


@every_resource
class TestMessages:
    def test_of_another_one(self, stack: Stack, record: Record) -> None:
        """
        A resource takes two: itself and its L1. What it is made of may take more.
        """
        record.make(stack, "First")
        given = record.given(stack)
        assert count(lambda: record.construct(stack, "It", **given)) == record.messages

    def test_of_a_name_and_tags(self, stack: Stack, record: Record) -> None:
        """
        The checks of a right name and of right tags take none.
        """
        record.make(stack, "First")
        given = record.given(stack) | {"tags": {"team": "live"}}
        if record.name_keyword:
            given[record.name_keyword] = "name"
        assert count(lambda: record.construct(stack, "It", **given)) == record.messages

    def test_of_a_reference(self, stack: Stack, record: Record) -> None:
        """
        A reference takes one, and what its ARN says none.
        """
        record.make(stack, "First")
        assert count(lambda: record.refer(stack)) == 1
        reference = stack.node.find_child("It")
        assert count(lambda: (record.arn_of(reference), reference.grants)) == 0  # type: ignore[attr-defined] - of every resource

    def test_of_an_attribute(self, stack: Stack, record: Record) -> None:
        """
        An attribute takes one when it is first read, and none after; that of a custom resource
        two.
        """
        construct = record.make(stack)
        custom = construct.node.default_child.cfn_resource_type.startswith("Custom::")
        for name in attributes_of(record).values():
            counts = [count(lambda name=name: getattr(construct, name)) for _ in range(2)]
            assert counts == [2 if custom else 1, 0], name
