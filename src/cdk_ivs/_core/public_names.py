"""
Public names that are loaded when they are first used: most apps use few of them.

The module ``_public`` of a package imports each name from the module that defines it. Type checkers
read these imports, and so does this module: no other list of the names is kept.
"""

from __future__ import annotations

import functools
import sys
from importlib import import_module
from itertools import chain

_NAMES = "_public"


def load_when_used(package: str) -> None:
    """
    Have a package load its public names one by one, and offer them in ``__all__``.

    To be called after publication.publish(), which replaces the module that it is called in.

    Args:
        package: The name of the package.
    """
    _packages[package] = found = _Package(package)
    module = vars(sys.modules[package])
    # The list that publication asked for. The names are known once they have been read.
    module.pop("__all__", None)
    module.update(__getattr__=found.load, __dir__=found.listed)


def publish() -> None:
    """
    Give what is loaded by now the names that users import.

    Modules load others, so that what came with a name is made public with it.
    """
    for package in _packages.values():
        package.publish()


class _Package:
    """A package whose names are loaded when they are used."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module = sys.modules[name]
        # The modules whose names were made public. A package has no names of its own.
        self._published = {name}

    @functools.cached_property
    def _names(self) -> dict[str, list[str]]:
        """
        The public names, by the module that defines them; subpackages by the package.

        Read when the first name is used, which keeps the import fast.
        """
        # These take longer to import than the rest of the package.
        import ast
        from importlib.resources import files

        # Not a path beside the module: the package may be in a zip file.
        source = files(self._name).joinpath(f"{_NAMES}.py")
        if not source.is_file():
            # Installed without sources, as in an executable: all modules are loaded at once.
            path = f"{self._name}.{_NAMES}"
            return {path: [name for name in vars(import_module(path)) if name[0] != "_"]}
        names: dict[str, list[str]] = {}
        for statement in ast.parse(source.read_bytes(), source.name).body:
            if isinstance(statement, ast.ImportFrom) and statement.level == 1:
                path = f"{self._name}.{statement.module}" if statement.module else self._name
                names.setdefault(path, []).extend(alias.name for alias in statement.names)
        return names

    def load(self, name: str) -> object:
        """The value of a name that the module does not have yet."""
        if name == "__all__":
            value: object = sorted(chain.from_iterable(self._names.values()))
        else:
            path = self._home_of(name)
            if path is None:
                raise _missing(name, self._name)
            if path == self._name:
                return import_module(f"{path}.{name}")
            value = getattr(import_module(path), name)
            publish()
        setattr(self._module, name, value)
        return value

    def listed(self) -> list[str]:
        """The names that ``dir`` shows, loaded or not."""
        return sorted({*chain.from_iterable(self._names.values()), *vars(self._module)})

    def publish(self) -> None:
        """Make what is loaded by now appear under the name of the package."""
        from .public_calls import make_public

        for path, names in self._names.items():
            module = sys.modules.get(path)
            if module is None or path in self._published:
                continue
            # Another thread may be in the middle of loading it.
            if not all(hasattr(module, name) for name in names):
                continue
            for name in names:
                make_public(self._name, getattr(module, name))
            self._published.add(path)

    def _home_of(self, name: str) -> str | None:
        """The module that defines a public name."""
        if name.startswith("_"):
            return None
        return next((path for path, names in self._names.items() if name in names), None)


_packages: dict[str, _Package] = {}


def _missing(name: str, package: str) -> Exception:
    """The error about a name that is not there, which says where it is."""
    from cdk_ivs._validation.redaction import safe_repr

    text = f"module '{package}' has no attribute {safe_repr(name)}"
    if name.startswith("_"):
        return AttributeError(text)
    from cdk_ivs._validation.hints import where_is

    hint = where_is(name, package)
    # Before a "from" import fails it asks whether the name is there, and drops what it is told.
    asking = sys._getframe(2).f_code.co_name
    if hint and asking == "_handle_fromlist":
        return ImportError(
            f"cannot import name {safe_repr(name)} from '{package}'{hint}", name=name
        )
    return AttributeError(text + hint, name=name)
