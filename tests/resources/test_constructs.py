"""What is around the L1 of every resource: attributes, escape hatches, property injection."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from aws_cdk import App, CfnResource, PropertyInjectors, RemovalPolicy, Stack

from cdk_ivs import ValidationError
from tests.support.injectors import Injector
from tests.support.rendered import logical_id_of, properties_of, resource_of

from .attributes import attributes_of
from .records import Record, every_construct, every_named_resource, every_resource


def camel(name: str) -> str:
    """A keyword as JavaScript has it."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


@every_construct
class TestConstruct:
    def test_has_the_l1_as_default_child(self, stack: Stack, record: Record) -> None:
        """
        Escape hatches and removal policies reach the L1, which has the id Resource.
        """
        construct = record.make(stack)
        construct.apply_removal_policy(RemovalPolicy.RETAIN)
        level_1 = construct.node.default_child
        assert level_1.node.id == "Resource"
        assert isinstance(level_1, record.cfn or CfnResource)
        assert resource_of(construct)["DeletionPolicy"] == "Retain"
        assert resource_of(construct)["UpdateReplacePolicy"] == "Retain"

    def test_has_every_attribute(self, stack: Stack, record: Record) -> None:
        """
        Each attribute is that of CloudFormation, however often it is read.
        """
        construct = record.make(stack)
        for name, ours in attributes_of(record).items():
            attribute = name.title().replace("_", "")
            expected = {"Fn::GetAtt": [logical_id_of(construct), attribute]}
            for _ in range(2):
                assert stack.resolve(getattr(construct, ours)) == expected

    def test_is_a_reference(self, stack: Stack, record: Record) -> None:
        """
        What takes a reference finds the ARN in it.
        """
        construct = record.make(stack)
        expected = {"Fn::GetAtt": [logical_id_of(construct), "Arn"]}
        reference = getattr(construct, f"{record.prefix}_ref")
        assert stack.resolve(record.arn_of(reference)) == expected


@every_construct
class TestInjection:
    def test_gets_and_gives_props(self, stack: Stack, record: Record) -> None:
        """
        An injector gets what was given under JavaScript's names, and what it adds is rendered.
        """
        more: dict[str, Any] = {"tags": {"a": "b"}}
        rendered: dict[str, Any] = {"Tags": [{"Key": "a", "Value": "b"}]}
        if record.name_keyword:
            more[camel(record.name_keyword)] = "injected"
            rendered["Name"] = "injected"
        injector = Injector(record.construct, lambda props: {**props, **more})
        PropertyInjectors.of(stack).add(injector)
        given = record.given(stack)
        construct = record.construct(stack, "It", **given)
        props = {camel(name): value for name, value in given.items()}
        assert injector.calls == [(props, "It", stack)]
        assert properties_of(construct).items() >= rendered.items()

    def test_may_give_an_object(self, stack: Stack, record: Record) -> None:
        """
        An injector may answer with the class of the props.
        """
        props_class = getattr(record.package, f"{record.name}Props")
        given = record.given(stack)
        props = props_class(**given, tags={"a": "b"})
        PropertyInjectors.of(stack).add(Injector(record.construct, lambda _: props))
        construct = record.construct(stack, "It", **given)
        assert properties_of(construct)["Tags"] == [{"Key": "a", "Value": "b"}]

    def test_is_checked(self, stack: Stack, record: Record) -> None:
        """
        What an injector gives is checked as if the user had given it, and nothing is created.
        """
        given = record.given(stack)
        wrong = Injector(record.construct, lambda props: {**props, "tags": {"aws:a": "b"}})
        PropertyInjectors.of(stack).add(wrong)
        with pytest.raises(ValidationError, match=r"\[cdk-ivs:TagKey at 'Stack/It'\]"):
            record.construct(stack, "It", **given)
        assert stack.node.try_find_child("It") is None

    def test_needs_what_must_be_given(self, stack: Stack, record: Record) -> None:
        """
        An injector that takes a required argument away is told which.
        """
        given = record.given(stack)
        PropertyInjectors.of(stack).add(Injector(record.construct, lambda _: {}))
        if not record.required:
            assert record.construct(stack, "It").node.path == "Stack/It"
            return
        (keyword,) = record.required
        problem = (
            rf"'{keyword}' must be given unless '{record.instead[keyword]}' is, got neither"
            if keyword in record.instead
            else rf"'props' requires '{keyword}', got \[\], from"
        )
        with pytest.raises(ValidationError, match=problem):
            record.construct(stack, "It", **given)


def change(app: App, construct: Any, path: str, value: object, code: str | None) -> None:
    """Change a property of the L1, which is refused with the code or taken."""
    cfn_resource = cast("CfnResource", construct.node.default_child)
    cfn_resource.add_property_override(path, value)
    if code is None:
        logical_id = cfn_resource.stack.get_logical_id(cfn_resource)
        resources = app.synth().get_stack_by_name("Stack").template["Resources"]
        assert resources[logical_id]["Properties"][path] == value
        return
    with pytest.raises(RuntimeError, match=rf"\[cdk-ivs:{code} at 'Stack/It'\]"):
        app.synth()


class TestChangedL1:
    @every_named_resource
    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("my name", "Name"),
            (5, "ArgumentType"),
            ("my-name", None),
            ({"Fn::Sub": "my name ${AWS::Region}"}, None),
        ],
        ids=["wrong", "number", "right", "token"],
    )
    def test_has_its_name_checked(
        self, app: App, stack: Stack, record: Record, name: object, code: str | None
    ) -> None:
        """
        A name that is given to the L1 is refused if the constructor would have refused it.
        """
        change(app, record.make(stack), "Name", name, code)

    @every_resource
    @pytest.mark.parametrize(
        ("tag", "code"),
        [
            ({"Key": "aws:a", "Value": "b"}, "TagKey"),
            ({"Key": "", "Value": "b"}, "TagKey"),
            ({"Value": "b"}, "ArgumentType"),
            ({"Key": "a", "Value": "b"}, None),
            ({"Key": "a", "Value": {"Ref": "AWS::Region"}}, None),
        ],
        ids=["reserved", "empty", "no key", "right", "token"],
    )
    def test_has_its_tags_checked(
        self, app: App, stack: Stack, record: Record, tag: dict[str, object], code: str | None
    ) -> None:
        """
        Tags that are given to the L1 are refused if the constructor would have refused them.
        """
        change(app, record.make(stack), "Tags", [tag], code)
