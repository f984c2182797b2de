"""
Public names that are loaded on first use, because most apps use few of them.

The module `_public` of a package imports each name from the module that defines it. Type checkers
read these imports, and so does this module. There is no other list of the names.
"""

from __future__ import annotations

import functools
import sys
from importlib import import_module
from itertools import chain

_NAMES = "_public"


def load_when_used(package: str) -> None:
    """
    Make a package load its public names one by one, and list them in `__all__`.

    Call it after `publication.publish()`, which replaces the module that calls it.

    Args:
        package: The name of the package.
    """
    _packages[package] = found = _Package(package)
    module = vars(sys.modules[package])
    # Only publication needs the list. The names are known when the file is read.
    module.pop("__all__", None)
    module.update(__getattr__=found.load, __dir__=found.listed)


def publish() -> None:
    """
    Give their public names to the objects that are loaded so far.

    Modules load other modules, so objects that are loaded together become public together.
    """
    for package in _packages.values():
        package.publish()


class _Package:
    """A package whose names are loaded on first use."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._module = sys.modules[name]
        # The modules whose names are public. A package has no names of its own.
        self._published = {name}

    @functools.cached_property
    def _names(self) -> dict[str, list[str]]:
        """
        Return the public names, by the module that defines them. Subpackages are under the package.

        They are read when the first name is used, which keeps the import fast.
        """
        # These take longer to import than the rest of the package.
        import ast
        from importlib.resources import files

        # Not a file path, because the package can be in a ZIP file.
        source = files(self._name).joinpath(f"{_NAMES}.py")
        if not source.is_file():
            # Without sources, as in an executable, all modules are loaded at once.
            path = f"{self._name}.{_NAMES}"
            return {path: [name for name in vars(import_module(path)) if name[0] != "_"]}
        names: dict[str, list[str]] = {}
        for statement in ast.parse(source.read_bytes(), source.name).body:
            if isinstance(statement, ast.ImportFrom) and statement.level == 1:
                path = f"{self._name}.{statement.module}" if statement.module else self._name
                names.setdefault(path, []).extend(alias.name for alias in statement.names)
        return names

    def load(self, name: str) -> object:
        """Return the value of a name that the module does not have yet."""
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
        """Return the names for `dir()`, loaded or not."""
        return sorted({*chain.from_iterable(self._names.values()), *vars(self._module)})

    def publish(self) -> None:
        """Give the loaded objects the name of the package."""
        from .public_calls import make_public

        for path, names in self._names.items():
            module = sys.modules.get(path)
            if module is None or path in self._published:
                continue
            # Another thread may be loading it.
            if not all(hasattr(module, name) for name in names):
                continue
            for name in names:
                make_public(self._name, getattr(module, name))
            self._published.add(path)

    def _home_of(self, name: str) -> str | None:
        """Return the module that defines a public name."""
        if name.startswith("_"):
            return None
        return next((path for path, names in self._names.items() if name in names), None)


_packages: dict[str, _Package] = {}


def _missing(name: str, package: str) -> Exception:
    """Return the error for a missing name, which tells where the name is."""
    from cdk_ivs._validation.redaction import safe_repr

    text = f"module '{package}' has no attribute {safe_repr(name)}"
    if name.startswith("_"):
        return AttributeError(text)
    from cdk_ivs._validation.hints import where_is

    hint = where_is(name, package)
    # A "from" import asks for the name before it fails, and ignores the error.
    asking = sys._getframe(2).f_code.co_name
    if hint and asking == "_handle_fromlist":
        return ImportError(
            f"cannot import name {safe_repr(name)} from '{package}'{hint}", name=name
        )
    return AttributeError(text + hint, name=name)
