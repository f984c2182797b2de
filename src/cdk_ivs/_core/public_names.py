"""Public names that are loaded when they are first used: most apps use few of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The public names of each package, by the module that they are defined in; and the modules whose
# names were made public.
_names: dict[str, dict[str, Sequence[str]]] = {}
_published: set[str] = set()


def load_when_used(
    package: str, names: Mapping[str, Sequence[str]], subpackages: Sequence[str] = ()
) -> None:
    """
    Have a package load its public names one by one.

    To be called after publication.publish(), which replaces the module that it is called in.

    Args:
        package: The name of the package.
        names: The names, by the module that they are defined in.
        subpackages: The public packages in it.
    """
    public = sys.modules[package]
    _names[package] = {f"{package}{module}": found for module, found in names.items()}
    _published.difference_update(_names[package])
    module_of = {name: module for module, found in names.items() for name in found}
    listed = {*module_of, *subpackages}

    def load(name: str) -> object:
        if name in subpackages:
            return import_module(f".{name}", package)
        if name not in module_of:
            raise _missing(name, package)
        value: object = getattr(import_module(module_of[name], package), name)
        publish()
        setattr(public, name, value)
        return value

    vars(public).update(__getattr__=load, __dir__=lambda: sorted({*listed, *vars(public)}))


def public_names(package: str) -> set[str]:
    """The public names of a package, loaded or not."""
    # A subpackage has its names when it is imported.
    if package not in _names and package.startswith("cdk_ivs"):
        import_module(package)
    return {name for found in _names.get(package, {}).values() for name in found}


def publish() -> None:
    """
    Make what is loaded by now appear under the names that users import.

    Modules load others, so that what came with a name is made public with it.
    """
    from .public_calls import make_public

    for package, modules in _names.items():
        for path, names in modules.items():
            module = sys.modules.get(path)
            # Another thread may be in the middle of loading it.
            if module is None or path in _published or not all(hasattr(module, n) for n in names):
                continue
            for name in names:
                make_public(package, getattr(module, name))
            _published.add(path)


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
