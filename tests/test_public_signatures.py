"""What stands in the signatures of public classes: nothing that users cannot import."""

from __future__ import annotations

import ast
import builtins
import functools
import importlib.util
import inspect
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.reflection import PACKAGES, PUBLIC

OUTSIDE = {"aws_cdk", "constructs", "jsii", *sys.stdlib_module_names}


class Annotation(NamedTuple):
    """
    A type in a signature.

    Attributes:
        place: The class and the member.
        type: The type, written out or not.
        module: The name of the module in which it is written.
    """

    place: str
    type: Any
    module: str


class Found(NamedTuple):
    """A name that a type consists of, and the module that it comes from."""

    module: str
    name: str


@functools.cache
def imported_names(module: str) -> dict[str, Found]:
    """What the names of a module come from, also those that only type checkers see."""
    source = Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
    names = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            path = "." * node.level + (node.module or "")
            package = module.rpartition(".")[0]
            origin = importlib.util.resolve_name(path, package) if node.level else path
            names |= {alias.asname or alias.name: Found(origin, alias.name) for alias in node.names}
    return names


def names_in(type: Any, module: str) -> Iterator[Found]:
    """The names that a type consists of."""
    if isinstance(type, typing.ForwardRef):
        type = type.__forward_arg__
    if isinstance(type, str):
        for node in ast.walk(ast.parse(type, mode="eval")):
            # Texts would be types in quotation marks, or values of a Literal.
            assert not isinstance(node, ast.Constant) or node.value is None, type
            if isinstance(node, ast.Name):
                known = imported_names(module).get(node.id)
                is_builtin = known is None and hasattr(builtins, node.id)
                yield known or Found("builtins" if is_builtin else module, node.id)
        return
    arguments = typing.get_args(type)
    for argument in arguments:
        yield from names_in(argument, module)
    if not arguments and isinstance(type, builtins.type):
        yield Found(type.__module__, type.__qualname__)


def can_be_imported(found: Found) -> bool:
    """Whether users can import a name from here, or from what they have anyway."""
    root, *inner = found.module.split(".")
    if root in OUTSIDE:
        return not found.name.startswith("_") and not any(part[0] == "_" for part in inner)
    value = vars(importlib.import_module(found.module)).get(found.name)
    # A name of the CDK's that a module of ours passes on.
    if getattr(value, "__module__", "cdk_ivs").split(".")[0] != "cdk_ivs":
        return can_be_imported(Found(value.__module__, value.__qualname__))
    return value in [vars(package).get(found.name) for package in PACKAGES]


def homes() -> dict[str, str]:
    """The module that defines each public class, by its full name."""
    return {
        f"{package.__name__}.{alias.name}": f"{package.__name__}.{statement.module}"
        for package in PACKAGES
        for statement in ast.parse(
            Path(str(package.__file__)).with_name("_public.py").read_text(encoding="utf-8")
        ).body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


def annotations() -> Iterator[Annotation]:
    """The types in the signatures of the public classes, those of other libraries left out."""
    for owner, module in homes().items():
        # The others are packages.
        if inspect.isclass(PUBLIC.get(owner)):
            yield from annotations_of(owner, PUBLIC[owner], module)


def annotations_of(owner: str, kind: type, module: str) -> Iterator[Annotation]:
    """The types of parameters, results, properties and fields of a class."""
    for name in dir(kind):
        if name != "__init__" and name.startswith("_"):
            continue
        member = inspect.getattr_static(kind, name)
        function = member.fget if isinstance(member, property) else member
        function = inspect.unwrap(getattr(function, "__func__", function))
        if inspect.isfunction(function) and function.__module__.startswith("cdk_ivs"):
            for parameter, type in function.__annotations__.items():
                yield Annotation(f"{owner}.{name}({parameter})", type, function.__module__)
    for base in kind.__mro__:
        if base.__module__.startswith("cdk_ivs"):
            for field, type in vars(base).get("__annotations__", {}).items():
                if not field.startswith("_"):
                    yield Annotation(f"{owner}.{field}", type, module)


ANNOTATIONS = list(annotations())


def test_all_kinds_are_found() -> None:
    """
    Parameters, results, properties, fields and options are looked at.
    """
    places = {annotation.place for annotation in ANNOTATIONS}
    assert {
        "cdk_ivs.Channel.__init__(recording_configuration)",
        "cdk_ivs.Channel.from_lookup(return)",
        "cdk_ivs.Channel.grants(return)",
        "cdk_ivs.ChannelGrants.from_channel(channel)",
        "cdk_ivs.ChannelProps.recording_configuration",
        "cdk_ivs.IChannel.add_stream_key(return)",
        "cdk_ivs.MetricOptions.period",
        "cdk_ivs.Stage.metric(options)",
        "cdk_ivs.chat.Room.__init__(message_review_handler)",
    } <= places
    assert len(places) > 700


# Of ad configurations, of which an older aws-cdk-lib has no references, there are stand-ins.
@pytest.mark.newest
def test_every_type_can_be_imported() -> None:
    """
    Whoever writes a function around a call can annotate it with the types of the call.
    """
    assert {
        f"{found.module}.{found.name}, for example in {annotation.place}"
        for annotation in ANNOTATIONS
        for found in names_in(annotation.type, annotation.module)
        if not can_be_imported(found)
    } == set()
