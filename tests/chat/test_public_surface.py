"""What users can import from cdk_ivs.chat."""

from __future__ import annotations

import dataclasses
import inspect
import re

import pytest
from aws_cdk import Resource
from constructs import Construct

from cdk_ivs import chat

CONSTRUCTS = [chat.LoggingConfiguration, chat.Room]

# The names of jsii members, protected ones included.
JSII_MEMBERS = {
    name
    for base in (Resource, Construct)
    for name, member in inspect.getmembers(base)
    if hasattr(member.fget if isinstance(member, property) else member, "__jsii_name__")
}


def snake(name: str) -> str:
    """A class's name as attributes begin with it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def keywords(kind: type) -> dict[str, inspect.Parameter]:
    """The parameters of a construct but for self, scope and id."""
    return dict(list(inspect.signature(kind.__init__).parameters.items())[3:])


def own_members(kind: type) -> set[str]:
    """The names that the classes of this library define for a construct."""
    ours = [base for base in kind.__mro__ if base.__module__.startswith("cdk_ivs")]
    return {name for base in ours for name in vars(base)}


class TestNames:
    def test_are_these(self) -> None:
        """
        The names that users can import are a contract.
        """
        assert chat.__all__ == [
            "FallbackResult",
            "ILoggingConfiguration",
            "IRoom",
            "LoggingConfiguration",
            "LoggingConfigurationProps",
            "LoggingDestination",
            "MessageReviewHandler",
            "Room",
            "RoomProps",
        ]

    def test_are_all_that_is_public(self) -> None:
        """
        Nothing can be imported that is not named, and everything named can be imported.
        """
        public = {name for name in dir(chat) if not name.startswith("_")}
        assert public == set(chat.__all__)
        assert [name for name in chat.__all__ if not hasattr(chat, name)] == []

    def test_have_documentation(self) -> None:
        """
        What is public is explained.
        """
        undocumented = [name for name in chat.__all__ if not inspect.getdoc(getattr(chat, name))]
        assert undocumented == []

    def test_that_are_wrong_are_refused(self) -> None:
        """
        A name that there is not fails as in any other module.
        """
        with pytest.raises(
            AttributeError, match=r"module 'cdk_ivs\.chat' has no attribute 'Rooom'"
        ):
            _ = chat.Rooom  # type: ignore[attr-defined] - the mistake


@pytest.mark.parametrize("kind", CONSTRUCTS)
class TestConstructs:
    def test_take_scope_and_id_and_then_keywords(self, kind: type) -> None:
        """
        Only scope and id may be given by position.
        """
        assert list(inspect.signature(kind.__init__).parameters)[1:3] == ["scope", "id"]
        assert {parameter.kind for parameter in keywords(kind).values()} == {
            inspect.Parameter.KEYWORD_ONLY
        }

    def test_have_props_with_the_same_parameters(self, kind: type) -> None:
        """
        Names, types and defaults of the props class are those of the constructor.
        """
        props = getattr(chat, f"{kind.__name__}Props")
        assert [(field.name, field.type, field.default) for field in dataclasses.fields(props)] == [
            (
                name,
                parameter.annotation,
                dataclasses.MISSING
                if parameter.default is inspect.Parameter.empty
                else parameter.default,
            )
            for name, parameter in keywords(kind).items()
        ]

    def test_document_every_parameter_and_default(self, kind: type) -> None:
        """
        Each parameter has its paragraph, which says the default if there is one.
        """
        doc = inspect.getdoc(kind) or ""
        for name, parameter in keywords(kind).items():
            entry = re.search(rf"(?ms)^    {name}:(.*?)(?=^    \S|^\S|\Z)", doc)
            assert entry, f"{name} is not documented"
            optional = parameter.default is not inspect.Parameter.empty
            assert ("Default:" in entry[1]) == optional, f"{name} lacks a default, or has one"

    def test_can_be_referred_to_by_arn(self, kind: type) -> None:
        """
        There is a from_..._arn, which takes scope, id and the ARN.
        """
        name = snake(kind.__name__)
        factory = getattr(kind, f"from_{name}_arn")
        assert list(inspect.signature(factory).parameters) == ["scope", "id", f"{name}_arn"]

    def test_prefix_their_attributes(self, kind: type) -> None:
        """
        An attribute begins with the name of its resource.
        """
        name = snake(kind.__name__)
        attributes = {
            member
            for member in own_members(kind)
            if not member.startswith("_")
            and isinstance(inspect.getattr_static(kind, member), property)
        }
        assert {f"{name}_arn", f"{name}_id", f"{name}_ref"} <= attributes
        assert [member for member in attributes if not member.startswith(f"{name}_")] == []

    def test_override_no_jsii_member(self, kind: type) -> None:
        """
        A member of ours that has the name of one of the CDK's would be called from JavaScript.
        """
        assert own_members(kind) & JSII_MEMBERS == set()

    def test_have_an_id_for_property_injectors(self, kind: type) -> None:
        """
        The id is the class's name in this package.
        """
        assert f"cdk-ivs.chat.{kind.__name__}" == kind.PROPERTY_INJECTION_ID

    def test_have_an_interface(self, kind: type) -> None:
        """
        There is a protocol of the class's public face, which the class has all members of.
        """
        interface = getattr(chat, f"I{kind.__name__}")
        members = [name for name in vars(interface) if not name.startswith("_")]
        assert f"{snake(kind.__name__)}_arn" in members
        assert [name for name in members if not hasattr(kind, name)] == []
