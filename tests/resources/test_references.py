"""References to resources by ARN, and what takes a resource as a reference."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from aws_cdk import Fn, Stack
from aws_cdk.assertions import Template

from cdk_ivs import ValidationError
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.rendered import logical_id_of

from .records import RECORDS, Record, every_construct, every_resource_of_cloudformation

OTHER_REGION = "eu-west-1"
DYNAMIC = "{{resolve:ssm:arn}}"


@every_construct
class TestByArn:
    def test_is_what_the_arn_says(self, stack: Stack, record: Record) -> None:
        """
        The account and the Region of a reference are those of its ARN.
        """
        value = record.arn.replace(REGION, OTHER_REGION)
        reference = record.refer(stack, value=value)
        assert record.arn_of(reference) == value
        assert record.arn_of(getattr(reference, f"{record.prefix}_ref")) == value
        assert (reference.env.account, reference.env.region) == (ACCOUNT, OTHER_REGION)

    def test_has_what_the_interface_has(self, stack: Stack, record: Record) -> None:
        """
        A reference has the members of the interface, and is no construct of the class.
        """
        reference = record.refer(stack)
        interface = getattr(record.package, f"I{record.name}")
        members = {name for name in vars(interface) if not name.startswith("_")}
        assert f"{record.prefix}_arn" in members
        assert members <= set(dir(type(reference)))
        assert not isinstance(reference, record.construct)

    def test_is_nothing_in_the_template(self, stack: Stack, record: Record) -> None:
        """
        A reference has no child and renders no resource.
        """
        assert record.refer(stack).node.children == []
        assert Template.from_stack(stack).find_resources("*") == {}

    def test_may_be_a_token(self, stack: Stack, record: Record) -> None:
        """
        An ARN that is known at deployment is used as it is, and the Region taken from it there.
        """
        reference = record.refer(stack, value=Fn.import_value("Arn"))
        assert stack.resolve(record.arn_of(reference)) == {"Fn::ImportValue": "Arn"}
        assert stack.resolve(reference.env.region) == {
            "Fn::Select": [3, {"Fn::Split": [":", {"Fn::ImportValue": "Arn"}]}]
        }

    def test_may_be_a_dynamic_reference(self, located_stack: Stack, record: Record) -> None:
        """
        An ARN that CloudFormation resolves is used as it is, in the environment of the stack.
        """
        reference = record.refer(located_stack, value=DYNAMIC)
        assert record.arn_of(reference) == DYNAMIC
        assert (reference.env.account, reference.env.region) == (ACCOUNT, REGION)

    def test_refuses_every_other_arn(self, stack: Stack, record: Record) -> None:
        """
        The ARNs of all other types, of the other service, and what is no ARN are refused.
        """
        wrong = [other.arn for other in RECORDS if other is not record]
        services = {"ivs": "ivschat", "ivschat": "ivs", "kms": "ivs"}
        wrong += [arn(record.resource, service=services[record.service])]
        wrong += [record.resource, record.resource.partition("/")[2], ""]
        for value in wrong:
            with pytest.raises(ValidationError) as error:
                record.refer(stack, value=value)
            assert str(error.value) == (
                f"'{record.kind}_arn' must be an ARN of the form arn:aws:{record.service}:"
                f"<region>:<account>:{record.arn_name}/<id>, got '{value}' "
                "[cdk-ivs:Arn at 'Stack/It']"
            )
        assert stack.node.children == []

    def test_refuses_what_is_no_text(self, stack: Stack, record: Record) -> None:
        """
        An ARN is a text.
        """
        with pytest.raises(
            TypeError, match=f"'{record.kind}_arn' must be str, got 5 of type 'int'"
        ):
            record.refer(stack, value=5)
        assert stack.node.children == []

    def test_is_documented(self, record: Record) -> None:
        """
        The doc has every parameter, and says which ARN is refused.
        """
        by_arn = getattr(record.construct, f"from_{record.kind}_arn")
        doc = inspect.getdoc(by_arn) or ""
        words = record.kind.replace("_", " ")
        noun = f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
        assert doc.startswith(f"Refer to {noun} by its ARN.")
        for name in inspect.signature(by_arn).parameters:
            assert re.search(rf"(?m)^    {name}: [A-Z]", doc), name
        assert f"ValidationError: `Arn` if the ARN is not that of {noun}." in " ".join(doc.split())


@every_resource_of_cloudformation
class TestTakenByL1s:
    def test_give_their_arn(self, stack: Stack, record: Record) -> None:
        """
        The L1's own reading of a reference gives the ARN, of a construct and of a reference.
        """
        read: Any = getattr(record.cfn, f"arn_for_{record.prefix}")
        construct = record.make(stack)
        assert stack.resolve(read(construct)) == {"Fn::GetAtt": [logical_id_of(construct), "Arn"]}
        assert read(record.refer(stack, "Reference")) == record.arn
