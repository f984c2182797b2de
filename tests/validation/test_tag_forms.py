"""Tags in the forms of other APIs."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from aws_cdk import Aws, CfnTag, Stack
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.resources.records import CONSTRUCTS, marks_of, record_of

LISTS: list[object] = [
    [CfnTag(key="team", value="video")],
    [{"Key": "team", "Value": "video"}],
    [("team", "video")],
    (CfnTag(key="team", value="video"),),
    CfnTag(key="team", value="video"),
    [],
    "team=video",
    5,
]
KINDS = [
    *(
        pytest.param(record.construct, id=record.name, marks=marks_of(record.construct))
        for record in CONSTRUCTS
    ),
    pytest.param(ivs.TaggedGrants, id="TaggedGrants"),
]


def make(kind: Any, stack: Stack, tags: object) -> object:
    """A construct with tags, or grants for them. What is refused leaves the tree as it was."""
    others = {} if kind is ivs.TaggedGrants else record_of(kind).given(stack)
    before = [child.node.id for child in stack.node.children]
    try:
        if kind is ivs.TaggedGrants:
            return kind(stack, tags=tags)
        return kind(stack, "New", tags=tags, **others)
    except ValidationError:
        assert [child.node.id for child in stack.node.children] == before
        raise
    finally:
        for child in before:
            stack.node.try_remove_child(child)


class TestKinds:
    def test_are_all_that_take_tags(self) -> None:
        """
        There is every public class whose constructor takes tags, but for the props.
        """
        public = [getattr(module, name) for module in (ivs, chat) for name in module.__all__]
        assert {
            kind
            for kind in public
            if inspect.isclass(kind)
            and (issubclass(kind, Construct) or kind is ivs.TaggedGrants)
            and "tags" in inspect.signature(kind.__init__).parameters
        } == {case.values[0] for case in KINDS}


@pytest.mark.parametrize("kind", KINDS)
class TestForms:
    def test_of_other_types_are_refused(self, stack: Stack, kind: Any) -> None:
        """
        Whatever is no mapping is answered with the form that is meant.
        """
        for tags in LISTS:
            with pytest.raises(TypeError) as caught:
                make(kind, stack, tags)
            assert str(caught.value).startswith(
                f"'tags' must be Mapping[str, str], got {tags!r} of type '{type(tags).__name__}'; "
                'use a dictionary such as {"team": "video"} [cdk-ivs:ArgumentType'
            )

    @pytest.mark.parametrize("names", [("Key", "Value"), ("value", "key")])
    def test_of_one_tag_are_refused(self, stack: Stack, kind: Any, names: tuple[str, str]) -> None:
        """
        A tag as the API has it would be two tags, with the names of its parts as keys.
        """
        with pytest.raises(ValidationError) as caught:
            make(kind, stack, dict(zip(names, ("team", "video"), strict=True)))
        assert caught.value.code == "TagForm"
        assert caught.value.message == (
            f"'tags' must map each key to its value, got the two tags '{names[0]}' and "
            f"'{names[1]}'; use a "
            'dictionary such as {"team": "video"}'
        )

    @pytest.mark.parametrize(
        "tags", [{"team": "video"}, {"Key": "team"}, {"Value": "a", "Key": "b", "team": "c"}]
    )
    def test_that_are_right_are_taken(self, stack: Stack, kind: Any, tags: dict[str, str]) -> None:
        """
        The form of the message is right, and one of the names is a key like any other.
        """
        assert isinstance(make(kind, stack, tags), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_keys_that_cloudformation_leaves_out_are_refused(stack: Stack, kind: Any) -> None:
    """
    A tag must have a key, which `Aws.NO_VALUE` leaves out. Another token is a key.
    """
    with pytest.raises(ValidationError, match=r"must have keys.* got '<token AWS.NoValue>'"):
        make(kind, stack, {Aws.NO_VALUE: "video"})
    if kind is not ivs.TaggedGrants:
        make(kind, stack, {Aws.STACK_NAME: "video"})
