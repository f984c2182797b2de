"""Public names that are loaded when they are first used."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import cdk_ivs
from cdk_ivs import chat, rules
from cdk_ivs._core import public_names as lazy
from cdk_ivs._core.public_names import load_when_used

STUB = """
import abc
from .colours import Red as Red
from .shapes import Circle as Circle, Square as Square
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A package with two modules, whose names are loaded when they are used."""
    folder = tmp_path / "lazy_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("VERSION = 1\n", encoding="utf-8")
    (folder / "_public.py").write_text(STUB, encoding="utf-8")
    (folder / "shapes.py").write_text("Circle, Square = object(), object()\n", encoding="utf-8")
    (folder / "colours.py").write_text("Red = object()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("lazy_package")
    load_when_used("lazy_package")
    yield module
    for name in [name for name in sys.modules if name.split(".")[0] == "lazy_package"]:
        del sys.modules[name]


def loaded() -> set[str]:
    """The modules of the package that are loaded."""
    return {name for name in sys.modules if name.startswith("lazy_package.")}


def test_nothing_is_loaded_before(package: ModuleType) -> None:
    """
    Neither the call nor a look at the names loads a module.
    """
    assert {"Circle", "Red", "Square", "VERSION"} <= set(dir(package))
    assert loaded() == set()


def test_a_name_loads_its_module_alone(package: ModuleType) -> None:
    """
    The module that defines the name is loaded, and no other.
    """
    circle = package.Circle
    assert loaded() == {"lazy_package.shapes"}
    assert circle is sys.modules["lazy_package.shapes"].Circle


def test_a_name_is_kept(package: ModuleType) -> None:
    """
    From the first use on, a name is the package's own.
    """
    assert "Red" not in vars(package)
    red = package.Red
    assert vars(package)["Red"] is red
    assert package.Red is red


def test_names_are_imported_as_ever(package: ModuleType) -> None:
    """
    An import statement finds a name that was not loaded.
    """
    namespace: dict[str, object] = {}
    exec("from lazy_package import Square", namespace)  # noqa: S102 - the statement is what is tested
    assert namespace["Square"] is package.Square


def test_all_names_are_imported_by_a_star(package: ModuleType) -> None:
    """
    The public names are those in ``__all__``, in order, and nothing else is among them.
    """
    namespace: dict[str, object] = {}
    exec("from lazy_package import *", namespace)  # noqa: S102 - the statement is what is tested
    del namespace["__builtins__"]
    assert package.__all__ == ["Circle", "Red", "Square"]
    assert sorted(namespace) == package.__all__
    assert package.__all__ is package.__all__


def test_what_was_there_stays(package: ModuleType) -> None:
    """
    A name that the package has is not looked for elsewhere.
    """
    assert package.VERSION == 1
    assert loaded() == set()


def test_all_names_are_listed_in_order(package: ModuleType) -> None:
    """
    Completion in an editor or a shell shows every name, loaded or not.
    """
    names = [name for name in dir(package) if not name.startswith("_")]
    assert names == ["Circle", "Red", "Square", "VERSION"]


def test_other_names_are_missing(package: ModuleType) -> None:
    """
    A name that is nowhere is an AttributeError, as of any module, and an ImportError.
    """
    with pytest.raises(AttributeError, match="module 'lazy_package' has no attribute 'Triangle'"):
        _ = package.Triangle
    assert not hasattr(package, "Triangle")
    with pytest.raises(ImportError, match="cannot import name 'Triangle'"):
        exec("from lazy_package import Triangle", {})  # noqa: S102 - the statement is what is tested


class TestNames:
    """The one place where the names stand."""

    def test_is_read_from_a_zip_file(self, tmp_path: Path) -> None:
        """
        An app that has the library in a zip file has its names as well.
        """
        root = Path(str(cdk_ivs.__file__)).parent
        archive = tmp_path / "library.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for path in root.rglob("*.py"):
                file.write(path, path.relative_to(root.parent))
        code = f"""
            import sys
            sys.path.insert(0, {str(archive)!r})
            import cdk_ivs
            from cdk_ivs import *
            print(cdk_ivs.__file__.endswith("library.zip/cdk_ivs/__init__.py"))
            print(len(cdk_ivs.__all__), Channel, chat.Room)
        """
        # Coverage cannot read the source from there.
        environment = {key: os.environ[key] for key in os.environ if key[:9] != "COVERAGE_"}
        printed = subprocess.check_output(
            [sys.executable, "-c", textwrap.dedent(code)], env=environment, text=True
        )
        assert printed.splitlines() == [
            "True",
            f"{len(cdk_ivs.__all__)} <class 'cdk_ivs.Channel'> <class 'cdk_ivs.chat.Room'>",
        ]

    def test_is_imported_where_there_is_no_source(
        self, package: ModuleType, tmp_path: Path
    ) -> None:
        """
        An executable may have the compiled modules alone: all names are loaded at once then.
        """
        folder = tmp_path / "lazy_package"
        (folder / "_public.py").unlink()
        (folder / "_public").mkdir()
        source = "from lazy_package.shapes import Circle as Circle"
        (folder / "_public" / "__init__.py").write_text(source, encoding="utf-8")
        load_when_used("lazy_package")
        assert package.__all__ == ["Circle"]
        assert package.Circle is sys.modules["lazy_package.shapes"].Circle

    @pytest.mark.parametrize(
        "package", [cdk_ivs, chat, rules], ids=lambda package: str(package.__name__)
    )
    def test_can_be_imported_as_a_module(self, package: ModuleType) -> None:
        """
        What is imported from there is what the package offers.
        """
        names = vars(importlib.import_module(f"{package.__name__}._public"))
        assert {name for name in names if name[0] != "_"} == set(package.__all__)
        assert [name for name in package.__all__ if names[name] is not getattr(package, name)] == []

    def test_names_what_its_modules_define(self, package: ModuleType, tmp_path: Path) -> None:
        """
        A name that is in the list and not in the module is an error about that module.
        """
        stub = tmp_path / "lazy_package" / "_public.py"
        stub.write_text("from .shapes import Circle as Circle, Oval as Oval", encoding="utf-8")
        load_when_used("lazy_package")
        with pytest.raises(AttributeError, match=r"'lazy_package\.shapes' has no attribute 'Oval'"):
            _ = package.Oval

    def test_leaves_out_what_it_does_not_name(self, package: ModuleType, tmp_path: Path) -> None:
        """
        A name that is in a module and not in the list is not public.
        """
        stub = tmp_path / "lazy_package" / "_public.py"
        stub.write_text("from .shapes import Circle as Circle", encoding="utf-8")
        load_when_used("lazy_package")
        assert package.__all__ == ["Circle"]
        with pytest.raises(AttributeError, match="'lazy_package' has no attribute 'Square'"):
            _ = package.Square

    def test_names_subpackages(self, package: ModuleType, tmp_path: Path) -> None:
        """
        A package in the package is imported when it is used, and is an attribute from then on.
        """
        folder = tmp_path / "lazy_package"
        (folder / "_public.py").write_text("from . import inner as inner", encoding="utf-8")
        (folder / "inner").mkdir()
        (folder / "inner" / "__init__.py").write_text("WEIGHT = 2", encoding="utf-8")
        load_when_used("lazy_package")
        assert loaded() == set()
        assert package.__all__ == ["inner"]
        assert package.inner.WEIGHT == 2
        assert vars(package)["inner"] is sys.modules["lazy_package.inner"]


class TestHints:
    @pytest.mark.parametrize(
        ("package", "name", "hint"),
        [
            (cdk_ivs, "Room", "; use cdk_ivs.chat.Room"),
            (chat, "Channel", "; use cdk_ivs.Channel"),
            (cdk_ivs, "Chanel", "; use cdk_ivs.Channel"),
            (cdk_ivs, "channel", "; use cdk_ivs.Channel"),
            (chat, "RoomProp", "; use cdk_ivs.chat.RoomProps"),
            (cdk_ivs, "Qqqq", ""),
            (cdk_ivs, "_base_of", ""),
        ],
        ids=lambda value: getattr(value, "__name__", value),
    )
    def test_say_where_a_name_is(self, package: ModuleType, name: str, hint: str) -> None:
        """
        A name of the other package, or one that looks alike, stands in the error.
        """
        with pytest.raises(AttributeError) as error:
            getattr(package, name)
        assert str(error.value) == f"module '{package.__name__}' has no attribute '{name}'{hint}"
        assert not hasattr(package, name)

    def test_know_what_was_not_loaded(self) -> None:
        """
        A name of the other package is known before anything of that is used.
        """
        code = "import cdk_ivs, sys; assert 'cdk_ivs.chat' not in sys.modules; cdk_ivs.Room"
        failed = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert failed.stderr.splitlines()[-1] == (
            "AttributeError: module 'cdk_ivs' has no attribute 'Room'; use cdk_ivs.chat.Room"
        )

    def test_stand_in_import_errors(self) -> None:
        """
        An import statement says it too, where Python would say only that there is no such name.
        """
        with pytest.raises(ImportError) as error:
            exec("from cdk_ivs import Room", {})  # noqa: S102 - the statement is what is tested
        assert str(error.value) == "cannot import name 'Room' from 'cdk_ivs'; use cdk_ivs.chat.Room"

    def test_do_not_stand_in_the_way_of_modules(self) -> None:
        """
        A name without a hint is still looked for among the modules of the package.
        """
        namespace: dict[str, object] = {}
        exec("from cdk_ivs import _core, chat", namespace)  # noqa: S102 - the statement is what is tested
        assert namespace["chat"] is chat
        with pytest.raises(ImportError, match="cannot import name 'Qqqq'"):
            exec("from cdk_ivs import Qqqq", {})  # noqa: S102 - the statement is what is tested


def test_a_module_that_is_being_loaded_is_left_for_later(
    package: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Names that another thread has not defined yet are made public when they are there.
    """
    half = ModuleType("lazy_package.colours")
    monkeypatch.setitem(sys.modules, "lazy_package.colours", half)
    lazy.publish()
    half.Red = type("Red", (), {})  # type: ignore[attr-defined] - what it will define
    assert package.Red.__module__ == "lazy_package"
