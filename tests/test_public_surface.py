"""What users can import."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

from aws_cdk import aws_ivs_alpha as alpha

import cdk_ivs

PRIVATE = importlib.import_module("cdk_ivs._base")
SOURCE = Path(inspect.getfile(PRIVATE)).parent.parent / "__init__.py"


def assigned(module: ast.Module, name: str) -> object:
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
        "." * node.level + str(node.module): tuple(alias.name for alias in node.names)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
    }


def test_all_is_exactly_what_is_public() -> None:
    """
    Nothing can be imported that is not named, and everything named can be imported.
    """
    public = {name for name in dir(cdk_ivs) if not name.startswith("_")}
    assert public == set(cdk_ivs.__all__)


def test_all_is_sorted_and_without_repetition() -> None:
    """
    A name is found by its letter.
    """
    assert sorted(set(cdk_ivs.__all__)) == cdk_ivs.__all__


def test_every_name_has_documentation() -> None:
    """
    What is public is explained.
    """
    undocumented = [name for name in cdk_ivs.__all__ if not inspect.getdoc(getattr(cdk_ivs, name))]
    assert undocumented == []


def test_every_name_of_alpha_is_here() -> None:
    """
    A changed import line finds every name.
    """
    assert set(alpha.__all__) - set(cdk_ivs.__all__) == set()


class TestLazyNames:
    """The names of the package are written three times, for three readers."""

    def test_are_those_that_type_checkers_see(self) -> None:
        """
        What is loaded when it is used is what a type checker takes for imported.
        """
        module = ast.parse(SOURCE.read_text(encoding="utf-8"))
        assert assigned(module, "_NAMES") == type_checking_imports(module)

    def test_are_those_that_are_public(self) -> None:
        """
        Each public name is loaded from one module, and no other name is.
        """
        module = ast.parse(SOURCE.read_text(encoding="utf-8"))
        names = [name for found in type_checking_imports(module).values() for name in found]
        assert sorted(names) == assigned(module, "__all__")

    def test_are_what_their_modules_define(self) -> None:
        """
        A name is the object of that name in its module.
        """
        module = ast.parse(SOURCE.read_text(encoding="utf-8"))
        for path, names in type_checking_imports(module).items():
            source = importlib.import_module(path, "cdk_ivs")
            assert [
                name for name in names if getattr(cdk_ivs, name) is not vars(source)[name]
            ] == []
