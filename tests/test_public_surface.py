"""What users can import."""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
import pickle
import typing
from pathlib import Path
from types import ModuleType

import pytest
from aws_cdk import aws_ivs_alpha as alpha

import cdk_ivs
from cdk_ivs._core.props import Props
from cdk_ivs._iam.grants import Grants
from tests.support.reflection import PACKAGES, SUBPACKAGES

every_package = pytest.mark.parametrize(
    "package", PACKAGES, ids=lambda package: str(package.__name__)
)


def statements(package: ModuleType) -> list[ast.stmt]:
    """The statements of the list of the public names of a package, after its documentation."""
    names = Path(str(package.__file__)).with_name("_public.py")
    return ast.parse(names.read_text(encoding="utf-8")).body[1:]


@every_package
def test_all_is_exactly_what_is_public(package: ModuleType) -> None:
    """
    Nothing can be imported that is not named, and everything named can be imported.
    """
    public = {name for name in dir(package) if not name.startswith("_")}
    # cfn-lint imports this module by its name, and so does its test.
    assert public - {"cfn_lint"} == set(package.__all__)


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
    names = {name: getattr(package, name) for name in package.__all__ if name not in SUBPACKAGES}
    assert {value.__module__ for value in names.values()} == {package.__name__}
    assert [name for name, value in names.items() if value.__qualname__ != name] == []
    again = pickle.loads(pickle.dumps(names))  # noqa: S301 - made a line ago
    assert [name for name, value in names.items() if again[name] is not value] == []


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
class TestNames:
    """The names of a package are written once, in its module ``_public``."""

    def test_imports_each_name_from_a_module_of_the_package(self, package: ModuleType) -> None:
        """
        A type checker takes a name for public if it is imported under its own name.
        """
        found = statements(package)
        assert [
            ast.unparse(statement)
            for statement in found
            if not isinstance(statement, ast.ImportFrom)
            or statement.level != 1
            or any(alias.asname != alias.name for alias in statement.names)
        ] == []
        modules = [statement.module or "" for statement in found]  # type: ignore[attr-defined] - see above
        assert modules == sorted(set(modules))

    def test_has_all_that_is_public(self, package: ModuleType) -> None:
        """
        What can be imported is what that module imports, and each name stands there once.
        """
        names = [
            alias.name
            for statement in statements(package)
            if isinstance(statement, ast.ImportFrom)
            for alias in statement.names
        ]
        assert sorted(names) == package.__all__

    def test_has_what_its_modules_define(self, package: ModuleType) -> None:
        """
        A name is the object of that name in the module that is named.
        """
        for statement in statements(package):
            if isinstance(statement, ast.ImportFrom) and statement.module is not None:
                source = importlib.import_module(f".{statement.module}", package.__name__)
                names = [alias.name for alias in statement.names]
                assert [
                    name for name in names if getattr(package, name) is not vars(source)[name]
                ] == []

    def test_leaves_out_nothing_that_users_create(self, package: ModuleType) -> None:
        """
        Beside a public name, a module has no props, permissions or enums that are not public.
        """
        for statement in statements(package):
            if isinstance(statement, ast.ImportFrom) and statement.module is not None:
                source = importlib.import_module(f".{statement.module}", package.__name__)
                code = ast.parse(Path(str(source.__file__)).read_text(encoding="utf-8"))
                defined = {node.name for node in code.body if isinstance(node, ast.ClassDef)}
                assert [
                    name
                    for name in defined - {alias.name for alias in statement.names}
                    if not name.startswith("_")
                    and issubclass(getattr(source, name), (Props, Grants, enum.Enum))
                ] == []

    def test_leaves_nothing_to_the_package(self, package: ModuleType) -> None:
        """
        The package itself names none of them, where a name would have to be changed twice.
        """
        source = Path(str(package.__file__)).read_text(encoding="utf-8")
        code = ast.parse(source)
        code.body = code.body[1:]  # Without the documentation.
        words = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
        words |= {node.value for node in ast.walk(code) if isinstance(node, ast.Constant)}  # type: ignore[misc] - texts
        assert words & set(package.__all__) == set()

    @pytest.mark.newest
    def test_is_what_the_site_shows(self, package: ModuleType) -> None:
        """
        The reference has every name, which Griffe finds by our extension alone.
        """
        import griffe

        root = Path(__file__).resolve().parent.parent
        loader = griffe.GriffeLoader(
            extensions=griffe.load_extensions(str(root / "scripts/website/public_names.py")),
            search_paths=[root / "src"],
            allow_inspection=False,
        )
        found = loader.load(package.__name__, try_relative_path=False)
        public = {name for name, member in found.members.items() if member.is_public}
        # The last is a module for cfn-lint, which takes the rules that it has.
        public -= {"__all__", "__main__", "cfn_lint"}
        assert public == set(package.__all__)
        assert [
            name
            for name in public - SUBPACKAGES
            if isinstance(getattr(package, name), type) and not found.members[name].target.is_class
        ] == []
