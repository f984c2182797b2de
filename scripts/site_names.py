"""An extension of Griffe, which reads the code for the site: the public names and their homes."""

from __future__ import annotations

from typing import Any

import griffe

PACKAGES = ("cdk_ivs", "cdk_ivs.chat", "cdk_ivs.patterns", "cdk_ivs.rules")


class PublicNames(griffe.Extension):
    """Takes the names that a module ``_public`` imports for public names of its package."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:  # noqa: ANN401 - what Griffe passes
        """Put the names into their packages."""
        # Griffe loads other packages too, which have no such module.
        for package in (
            pkg,
            *(member for member in pkg.modules.values() if member.path in PACKAGES),
        ):
            if "_public" not in package.members:
                continue
            for name, member in package["_public"].members.items():
                if member.is_alias and member.target_path not in PACKAGES:
                    alias = griffe.Alias(name, _class_of(pkg, member.target_path))
                    alias.public = True
                    package.set_member(name, alias)


def _class_of(pkg: griffe.Module, path: str) -> str:
    """The path of a class, also where a name stands for one to type checkers alone."""
    target = pkg[path.removeprefix(f"{pkg.path}.")]
    if target.is_attribute and isinstance(target.value, griffe.ExprName):
        return f"{path.rpartition('.')[0]}.{target.value.name}"
    return path
