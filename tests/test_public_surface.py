"""What users can import."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pickle
import subprocess
import sys
import textwrap
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aws_cdk import aws_ivs_alpha as alpha

import cdk_ivs
from cdk_ivs import chat

PACKAGES = [cdk_ivs, chat]
every_package = pytest.mark.parametrize(
    "package", PACKAGES, ids=lambda package: str(package.__name__)
)


def parsed(package: ModuleType) -> ast.Module:
    """The source of a package."""
    return ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))


def assigned(module: ast.Module, name: str) -> Any:
    """The value that is assigned to a name, if it is a literal."""
    (value,) = (
        node.value
        for node in module.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    return ast.literal_eval(value)


def type_checking_imports(module: ast.Module) -> dict[str, tuple[str, ...]]:
    """The names that are imported for type checkers only, by module."""
    (block,) = (
        node
        for node in module.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    return {
        "." * node.level + (node.module or ""): tuple(alias.name for alias in node.names)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
    }


@every_package
def test_all_is_exactly_what_is_public(package: ModuleType) -> None:
    """
    Nothing can be imported that is not named, and everything named can be imported.
    """
    public = {name for name in dir(package) if not name.startswith("_")}
    assert public == set(package.__all__)


@every_package
def test_all_is_sorted_and_without_repetition(package: ModuleType) -> None:
    """
    A name is found by its letter.
    """
    assert sorted(set(package.__all__)) == package.__all__


@every_package
def test_every_name_has_documentation(package: ModuleType) -> None:
    """
    What is public is explained.
    """
    undocumented = [name for name in package.__all__ if not inspect.getdoc(getattr(package, name))]
    assert undocumented == []


@every_package
def test_every_name_is_of_its_package(package: ModuleType) -> None:
    """
    A traceback, a representation and a pickle have the names that users import.
    """
    names = {name: getattr(package, name) for name in package.__all__ if name != "chat"}
    assert {value.__module__ for value in names.values()} == {package.__name__}
    assert [name for name, value in names.items() if value.__qualname__ != name] == []
    again = pickle.loads(pickle.dumps(names))  # noqa: S301 - made a line ago
    assert [name for name, value in names.items() if again[name] is not value] == []


def test_what_comes_with_a_name_is_of_its_package_too() -> None:
    """
    A class that no one asked for, and that a method of another one makes, has its public name.
    """
    code = """
        from aws_cdk import App, Stack
        import cdk_ivs as ivs
        channel = ivs.Channel(Stack(App(), "Stack"), "Channel")
        key = channel.add_stream_key("Key")
        assert "StreamKey" not in vars(ivs)
        print(type(key), type(channel.grants))
        from cdk_ivs import chat
        chat.Room
        print(sys.modules["cdk_ivs._monitoring.metric_options"].MetricOptions)
        try:
            ivs.Channel(None, None, name="x")
        except TypeError as error:
            print(type(error), repr(error)[:17])
    """
    printed = subprocess.check_output(
        [sys.executable, "-c", "import sys\n" + textwrap.dedent(code)], text=True
    )
    assert printed.splitlines() == [
        "<class 'cdk_ivs.StreamKey'> <class 'cdk_ivs.ChannelGrants'>",
        "<class 'cdk_ivs.MetricOptions'>",
        "<class 'cdk_ivs.ArgumentTypeError'> ArgumentTypeError",
    ]


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for package in PACKAGES
        for name in package.__all__
        if dataclasses.is_dataclass(kind := getattr(package, name))
    ],
)
def test_type_hints_are_found(kind: type) -> None:
    """
    What reads the hints of a value class, as pydantic does, finds a type for each field.
    """
    hints = typing.get_type_hints(kind)
    assert set(hints) == {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type] - is one
    assert [hint for hint in hints.values() if isinstance(hint, str)] == []


def test_every_name_of_alpha_is_here() -> None:
    """
    A changed import line finds every name.
    """
    assert set(alpha.__all__) - set(cdk_ivs.__all__) == set()


@every_package
class TestLazyNames:
    """The names of a package are written three times, for three readers."""

    def test_are_those_that_type_checkers_see(self, package: ModuleType) -> None:
        """
        What is loaded when it is used is what a type checker takes for imported.
        """
        module = parsed(package)
        imports = type_checking_imports(module)
        imports.pop(".", None)  # The subpackages, which are packages of their own.
        assert assigned(module, "_NAMES") == imports

    def test_are_those_that_are_public(self, package: ModuleType) -> None:
        """
        Each public name is loaded from one module, and no other name is.
        """
        module = parsed(package)
        names = [name for found in type_checking_imports(module).values() for name in found]
        assert sorted(names) == assigned(module, "__all__")

    def test_are_what_their_modules_define(self, package: ModuleType) -> None:
        """
        A name is the object of that name in its module.
        """
        for path, names in assigned(parsed(package), "_NAMES").items():
            source = importlib.import_module(path, package.__name__)
            assert [
                name for name in names if getattr(package, name) is not vars(source)[name]
            ] == []
