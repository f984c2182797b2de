"""Names, tags and texts of every resource."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import PhysicalName, Stack, Tags

from cdk_ivs import ValidationError
from tests.support.reflection import form_of
from tests.support.rendered import properties_of
from tests.support.tokens import token

from .records import CONSTRUCTS, Record, every_construct, every_named_resource, marks_of

TAGS = [{"Key": "team", "Value": "live"}]


def refused(stack: Stack, record: Record, **arguments: Any) -> ValidationError:
    """The error about an argument, which leaves the tree as it was."""
    given = record.given(stack)
    before = [child.node.id for child in stack.node.children]
    with pytest.raises(ValidationError) as error:
        record.construct(stack, "It", **{**given, **arguments})
    assert [child.node.id for child in stack.node.children] == before
    assert error.value.path == "Stack/It"
    return error.value


@every_named_resource
class TestName:
    @pytest.mark.parametrize("name", ["", "A-z_0-9", "x" * 128], ids=["empty", "every", "long"])
    def test_is_rendered_as_it_is(self, stack: Stack, record: Record, name: str) -> None:
        """
        Up to 128 letters, digits, hyphens and underscores are a name.
        """
        construct = record.make(stack, **{f"{record.name_keyword}": name})
        assert properties_of(construct)["Name"] == name

    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("x" * 129, "have at most 128 characters, got 129 characters"),
            ("a b", "contain only letters, digits, '-' and '_', got 'a b'"),
            ("café", "contain only letters, digits, '-' and '_', got 'café'"),
            (5, "be str, got 5 of type 'int'"),
        ],
        ids=["long", "space", "accent", "number"],
    )
    def test_of_anything_else_is_refused(
        self, stack: Stack, record: Record, name: object, problem: str
    ) -> None:
        """
        What the service refuses is refused with the reason, and nothing is created.
        """
        error = refused(stack, record, **{f"{record.name_keyword}": name})
        assert error.message == f"'{record.name_keyword}' must {problem}"
        assert error.code == ("Name" if isinstance(name, str) else "ArgumentType")

    def test_is_left_to_the_service(self, stack: Stack, record: Record) -> None:
        """
        What is not named has no name; a channel has one as with alpha.
        """
        made_by_alpha = record.name == "Channel"
        assert ("Name" in properties_of(record.make(stack))) is made_by_alpha

    def test_may_be_left_to_the_cdk(self, located_stack: Stack, record: Record) -> None:
        """
        A name that is to be generated if it is needed is not rendered where nobody needs it.
        """
        generated = {f"{record.name_keyword}": PhysicalName.GENERATE_IF_NEEDED}
        assert "Name" not in properties_of(record.make(located_stack, **generated))


@every_construct
class TestTags:
    def test_are_rendered(self, stack: Stack, record: Record) -> None:
        """
        Each tag is one of the resource.
        """
        construct = record.make(stack, tags={"team": "live"})
        assert properties_of(construct)["Tags"] == TAGS

    def test_stand_beside_those_of_the_scope(self, stack: Stack, record: Record) -> None:
        """
        The tags of a stack reach its resources, and win over the same key.
        """
        construct = record.make(stack, tags={"team": "live", "zone": "a"})
        Tags.of(stack).add("owner", "me")
        Tags.of(stack).add("zone", "b")
        assert properties_of(construct)["Tags"] == [
            {"Key": "owner", "Value": "me"},
            *TAGS,
            {"Key": "zone", "Value": "b"},
        ]

    def test_are_as_many_as_there_may_be(self, stack: Stack, record: Record) -> None:
        """
        The last that there is room for is taken, and one more is refused with the number.
        """
        tags = {str(number): "v" for number in range(record.most_tags)}
        assert len(properties_of(record.make(stack, "Full", tags=tags))["Tags"]) == record.most_tags
        error = refused(stack, record, tags={**tags, "more": "v"})
        assert error.code == "TagCount"
        assert error.message.startswith(f"'tags' must have at most {record.most_tags} tags")
        assert error.message.endswith(f", got {record.most_tags + 1}")

    @pytest.mark.parametrize(
        ("tags", "problem"),
        [
            (
                {"aws:a": "b"},
                "must not have keys that begin with 'aws:', which is reserved, got 'aws:a'",
            ),
            ({"": "b"}, "must have keys of 1 to 128 characters, got ''"),
            ({"a": 5}, "must map str to str, got 'a': 5"),
            (
                {"a": "v" * 257},
                "must have values of at most 256 characters, got 257 characters for 'a'",
            ),
        ],
        ids=["reserved", "empty key", "long value", "number"],
    )
    def test_are_refused_as_the_service_does(
        self, stack: Stack, record: Record, tags: dict[str, Any], problem: str
    ) -> None:
        """
        A wrong tag is refused with the reason, and nothing is created.
        """
        assert refused(stack, record, tags=tags).message == f"'tags' {problem}"

    def test_may_be_without_a_value(self, stack: Stack, record: Record) -> None:
        """
        A tag without a value is taken where the service takes it.
        """
        tags = {"team": ""}
        if record.empty_tags:
            rendered = properties_of(record.make(stack, tags=tags))["Tags"]
            assert rendered == [{"Key": "team", "Value": ""}]
        else:
            assert refused(stack, record, tags=tags).code == "TagValue"


TEXTS = [
    pytest.param(record, name, form, id=f"{record.name}-{name}", marks=marks_of(record.construct))
    for record in CONSTRUCTS
    for name, parameter in record.parameters.items()
    # An alias is a resource of its own, and tested beside the key.
    if name != "alias" and (form := form_of(str(parameter.annotation)))
]


@pytest.mark.parametrize(("record", "name", "form"), TEXTS)
def test_texts_may_be_tokens(
    stack: Stack, record: Record, name: str, form: Callable[[str], object]
) -> None:
    """
    Every parameter that is a text, or made of texts, is rendered if it is known at deployment.
    """
    arguments = record.given(stack, everything=True) | {name: form(token("Given"))}
    rendered = properties_of(record.construct(stack, "It", **arguments))
    found = {key for key, value in rendered.items() if "{'Ref': 'Given'}" in str(value)}
    assert found == {record.property_of(name)}


def test_texts_are_found() -> None:
    """
    Texts, members of enums, lists and mappings of texts are looked at.
    """
    assert {
        "PublicKey-public_key_material",
        "Channel-type",
        "PlaybackRestrictionPolicy-allowed_origins",
        "Room-tags",
    } <= {str(case.id) for case in TEXTS}
