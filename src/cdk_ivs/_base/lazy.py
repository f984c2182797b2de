"""Public names that are loaded when they are first used: most apps use few of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
    module_of = {name: module for module, found in names.items() for name in found}
    public_names = {*module_of, *subpackages}

    def load(name: str) -> object:
        if name in subpackages:
            return import_module(f".{name}", package)
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(module_of[name], package), name)
        setattr(public, name, value)
        return value

    vars(public).update(__getattr__=load, __dir__=lambda: sorted({*public_names, *vars(public)}))
