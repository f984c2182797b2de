"""Conventions that every public class keeps, found by reflection."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import re
from types import ModuleType

import jsii
import pytest
from aws_cdk import Resource
from aws_cdk import aws_ivs_alpha as alpha
from constructs import Construct

import cdk_ivs
from cdk_ivs import chat
from cdk_ivs._core.props import Options
from tests.support.reflection import PACKAGES

PUBLIC = [getattr(package, name) for package in PACKAGES for name in package.__all__]
CLASSES = [item for item in PUBLIC if inspect.isclass(item)]
# An interface is a class too, which only references are made of.
CONSTRUCTS = [
    kind for kind in CLASSES if issubclass(kind, Resource) and "PROPERTY_INJECTION_ID" in vars(kind)
]
ENUMS = [kind for kind in CLASSES if issubclass(kind, enum.Enum)]
STRUCTS = [kind for kind in CLASSES if issubclass(kind, Options)]

# Attributes whose name is given by design.md and not made from the resource's.
OTHER_ATTRIBUTES = {
    "endpoints",
    "grants",
    "participant_id",
    "public_key_pem",
    "rtmps_ingest_url",
    "srt_endpoint",
    "state",
    "stream_key",
}


# What attributes begin with, where that is not the name of the class: a signing key is a key of
# the CDK's too, and has its names.
PREFIXES = {"SigningKey": "key"}


def home(kind: type) -> ModuleType:
    """The package that a public class is imported from."""
    return chat if getattr(chat, kind.__name__, None) is kind else cdk_ivs


def snake(name: str) -> str:
    """A class's name as attributes begin with it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def prefix(kind: type) -> str:
    """What the attributes of a construct begin with."""
    return PREFIXES.get(kind.__name__, snake(kind.__name__))


def keywords(kind: type) -> dict[str, inspect.Parameter]:
    """The parameters of a construct but for self, scope and id."""
    # Of the constructor: the metaclass of jsii hides the signature of the class.
    parameters = inspect.signature(kind.__init__).parameters
    return dict(list(parameters.items())[3:])


def own_members(kind: type) -> set[str]:
    """The names that the classes of this library define for a construct."""
    ours = [base for base in kind.__mro__ if base.__module__.startswith("cdk_ivs")]
    return {name for base in ours for name in vars(base)}


def jsii_members(kind: type) -> set[str]:
    """The names of jsii members, protected ones included."""
    members = set()
    for name, member in inspect.getmembers(kind):
        function = member.fget if isinstance(member, property) else member
        if hasattr(function, "__jsii_name__"):
            members.add(name)
    return members


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
        props = getattr(home(kind), f"{kind.__name__}Props")
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
        Each parameter has its paragraph, which ends with the default if there is one.
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
        name = f"from_{snake(kind.__name__)}_arn"
        assert list(inspect.signature(getattr(kind, name)).parameters) == [
            "scope",
            "id",
            f"{snake(kind.__name__)}_arn",
        ]

    def test_prefix_their_attributes(self, kind: type) -> None:
        """
        An attribute begins with the name of its resource.
        """
        attributes = {
            name
            for name in own_members(kind)
            if not name.startswith("_") and isinstance(inspect.getattr_static(kind, name), property)
        }
        assert {
            name for name in attributes if not name.startswith(f"{prefix(kind)}_")
        } <= OTHER_ATTRIBUTES
        assert f"{prefix(kind)}_arn" in attributes
        assert f"{prefix(kind)}_ref" in attributes

    def test_override_no_jsii_member(self, kind: type) -> None:
        """
        A member of ours that has the name of one of the CDK's would be called from JavaScript.
        """
        assert own_members(kind) & (jsii_members(Resource) | jsii_members(Construct)) == set()

    def test_have_an_id_for_property_injectors(self, kind: type) -> None:
        """
        The id is the class's name in this library.
        """
        package = home(kind).__name__.replace("cdk_ivs", "cdk-ivs")
        assert f"{package}.{kind.__name__}" == kind.PROPERTY_INJECTION_ID

    def test_have_an_interface(self, kind: type) -> None:
        """
        There is an interface of the class's public face, which the class has all members of.
        """
        interface = getattr(home(kind), f"I{kind.__name__}")
        members = [name for name in vars(interface) if not name.startswith("_")]
        assert f"{prefix(kind)}_arn" in members
        assert [name for name in members if not hasattr(kind, name)] == []


@pytest.mark.parametrize("kind", STRUCTS)
def test_structs_are_frozen_and_keyword_only(kind: type) -> None:
    """
    A value is made by keywords and never changes.
    """
    assert kind.__dataclass_params__.frozen
    assert all(field.kw_only for field in dataclasses.fields(kind))


@pytest.mark.parametrize("kind", ENUMS)
def test_enums_are_strings_named_as_their_values(kind: type[enum.Enum]) -> None:
    """
    A member crosses to JavaScript as the value that CloudFormation expects; those of events are
    named as what the events say.
    """
    assert issubclass(kind, enum.StrEnum)
    for member in kind:
        words = re.sub(r"(?<=[a-z])([A-Z])", r" \1", member.value)
        assert member.name == words.replace(" ", "_").upper()


ALPHA_CLASSES = [getattr(alpha, name) for name in alpha.__all__]


@pytest.mark.parametrize("theirs", ALPHA_CLASSES)
def test_every_member_of_alpha_is_here(theirs: type) -> None:
    """
    Each class has the methods, attributes, members and parameters that alpha's has.
    """
    ours = getattr(cdk_ivs, theirs.__name__)
    members = [name for name in vars(theirs) if not name.startswith("_")]
    fields = getattr(ours, "__dataclass_fields__", {})
    assert [name for name in members if not hasattr(ours, name) and name not in fields] == []
    if issubclass(theirs, Resource):
        expected = set(inspect.signature(theirs.__init__).parameters) - {"self"}
        assert expected <= set(inspect.signature(ours.__init__).parameters)


def test_the_reflection_finds_what_it_looks_for() -> None:
    """
    The lists above are not empty, and a jsii member is recognised.
    """
    assert {kind.__name__ for kind in CONSTRUCTS} >= {"Channel", "StreamKey"}
    assert "_physical_name" in jsii_members(Resource)
    assert len(ENUMS) >= 10
    assert len(STRUCTS) >= 7
    assert issubclass(type(cdk_ivs.Channel), jsii.JSIIMeta)
