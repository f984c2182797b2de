"""All that users can call, found by reflection."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import cdk_ivs
from cdk_ivs import chat, patterns, rules

PACKAGES = (cdk_ivs, chat, patterns, rules)
# Packages in the first, which are names of it.
SUBPACKAGES = {"chat", "patterns", "rules"}
PUBLIC = {
    f"{package.__name__}.{name}": getattr(package, name)
    for package in PACKAGES
    for name in package.__all__
    if name not in SUBPACKAGES
}
CLASSES: dict[str, type] = {
    name: kind
    for name, kind in PUBLIC.items()
    if inspect.isclass(kind) and not getattr(kind, "_is_protocol", False)
}


def class_named(name: str) -> type | None:
    """The public class of a name, in whichever package it is."""
    return next(
        (kind for full, kind in CLASSES.items() if full.rpartition(".")[2] == name),
        None,
    )


class Parameter(NamedTuple):
    """
    A parameter of something that users can call.

    Attributes:
        owner: The public class.
        function: The name of the method, ``__init__`` for the class itself.
        name: The name of the parameter.
        annotation: Its type, as it is written.
        required: What must be given beside it, by name with the type.
    """

    owner: str
    function: str
    name: str
    annotation: str
    required: dict[str, str]

    def __str__(self) -> str:
        function = "" if self.function == "__init__" else f".{self.function}"
        return f"{self.owner}{function}({self.name})"


def form_of(annotation: str) -> Callable[[str], object] | None:
    """How a parameter takes a text: directly, as the member of an enum, or in a list or mapping."""
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("Sequence["):
        inner = form_of(annotation.removeprefix("Sequence[").removesuffix("]").split(" | ")[-1])
        return (lambda text: [inner(text)]) if inner is not None else None
    if annotation == "Mapping[str, str]":
        return lambda text: {"key": text, text: "value"}
    named = class_named(annotation)
    is_text = annotation == "str" or (named is not None and issubclass(named, enum.StrEnum))
    return (lambda text: text) if is_text else None


def functions_of(kind: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The constructor and the public methods of a class, those of other libraries left out."""
    for name in dir(kind):
        if name != "__init__" and name.startswith("_"):
            continue
        member = inspect.getattr_static(kind, name)
        function = getattr(member, "__func__", member)
        if not inspect.isfunction(function):
            continue
        code = inspect.unwrap(function).__code__
        # Of dataclasses the constructor is in no file.
        if "cdk_ivs" in code.co_filename or code.co_filename == "<string>":
            yield name, inspect.unwrap(function)


def parameters() -> Iterator[Parameter]:
    """Every parameter of every public class that can be made or called."""
    for owner, kind in CLASSES.items():
        if issubclass(kind, (enum.Enum, Exception)):
            continue
        for function, called in functions_of(kind):
            signature = inspect.signature(called)
            named = {
                name: parameter
                for name, parameter in signature.parameters.items()
                if name not in {"self", "cls"}
                and parameter.kind is not inspect.Parameter.VAR_KEYWORD
            }
            for name, parameter in named.items():
                yield Parameter(
                    owner,
                    function,
                    name,
                    str(parameter.annotation),
                    {
                        other: str(each.annotation)
                        for other, each in named.items()
                        if other != name
                        and each.default is inspect.Parameter.empty
                        and each.kind is not inspect.Parameter.VAR_POSITIONAL
                    },
                )
