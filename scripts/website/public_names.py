"""An extension of Griffe, which reads the code for the site: public names, bases and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("cdk_ivs", "cdk_ivs.chat", "cdk_ivs.patterns", "cdk_ivs.rules")


class PublicNames(griffe.Extension):
    """
    Takes the names that a module ``_public`` imports for public names of its package.

    Of each class, it also keeps the public classes that it extends. An argument that is not given
    is None, which says nothing about the default: signatures show ``...``, and the text says it.
    """

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:  # noqa: ANN401 - what Griffe passes
        """Put the names into their packages."""
        public: dict[str, str] = {}
        # Griffe loads other packages too, which have no such module.
        for package in (
            pkg,
            *(member for member in pkg.modules.values() if member.path in PACKAGES),
        ):
            if "_public" not in package.members:
                continue
            for name, member in package["_public"].members.items():
                if member.is_alias and member.target_path not in PACKAGES:
                    target = _class_of(pkg, member.target_path)
                    public[target] = name
                    alias = griffe.Alias(name, target)
                    alias.public = True
                    package.set_member(name, alias)
        for path in public:
            found = _member(pkg, path)
            if isinstance(found, griffe.Class):
                _show_properties(pkg, found)
                bases = dict.fromkeys(_bases(pkg, found, public))
                found.extra["cdk_ivs"]["bases"] = list(bases)

    def on_function(self, *, func: griffe.Function, **_: Any) -> None:  # noqa: ANN401 - as above
        """Show that a parameter has a default, which its description states."""
        for parameter in func.parameters:
            if parameter.default == "None":
                parameter.default = "..."

    def on_attribute(self, *, attr: griffe.Attribute, **_: Any) -> None:  # noqa: ANN401 - as above
        """Show the same for a field of a class."""
        if attr.parent is not None and attr.parent.is_class and attr.value == "None":
            attr.value = "..."


def _class_of(pkg: griffe.Module, path: str) -> str:
    """The path of a class, also if only type checkers see a name as one."""
    target = _member(pkg, path)
    if target.is_attribute and isinstance(target.value, griffe.ExprName):
        return f"{path.rpartition('.')[0]}.{target.value.name}"
    return path


def _bases(pkg: griffe.Module, found: griffe.Class, public: dict[str, str]) -> Iterator[str]:
    """The names of the public classes that a class extends."""
    for base in found.bases:
        path = base if isinstance(base, str) else base.canonical_path
        if path in public:
            yield public[path]
        elif path.startswith(f"{pkg.path}."):
            yield from _bases(pkg, _member(pkg, path), public)
        else:
            yield path.rpartition(".")[2]


def _show_properties(pkg: griffe.Module, found: griffe.Class) -> None:
    """Show what the decorator `attribute` reads as properties, which Griffe takes for methods."""
    for name, member in list(found.members.items()):
        if isinstance(member, griffe.Function) and f"{pkg.path}._core.resource.attribute" in {
            decorator.callable_path for decorator in member.decorators
        }:
            shown = griffe.Attribute(
                name,
                annotation=member.returns,
                docstring=member.docstring,
                lineno=member.lineno,
                endlineno=member.endlineno,
            )
            shown.labels.add("property")
            found.set_member(name, shown)


def _member(pkg: griffe.Module, path: str) -> Any:  # noqa: ANN401 - an object of any kind
    return pkg[path.removeprefix(f"{pkg.path}.")]
