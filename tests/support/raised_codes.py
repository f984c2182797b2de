"""
Which errors a function can raise, found in its code.

Calls are followed where it is certain what is called: names of the module, imports in the function,
and methods of ``self``, ``cls`` and ``super()``. What is found can be raised; there may be more.
"""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .reference import ROOT, TREES

# The errors without a code among their arguments, and what tells them from others.
_WITHOUT_CODE = {"ArgumentTypeError": "ArgumentType"}


@functools.cache
def all_codes() -> frozenset[str]:
    """Every code in the source of the library."""
    return frozenset(
        code
        for package in TREES
        for file in (ROOT / "src" / package).rglob("*.py")
        for code in _codes_in(ast.parse(file.read_text(encoding="utf-8")))
    )


def raised_by(function: Any, owner: type | None) -> frozenset[str]:
    """
    The codes of the errors that a function can raise.

    Args:
        function: The function, or the class whose constructor it is.
        owner: The class that it is called on, if it is a method.
    """
    return frozenset().union(*map(_own_codes, _reached(function, owner)))


def _reached(function: Any, owner: type | None) -> set[Any]:
    """The function, and all that it calls."""
    reached: set[tuple[Any, type | None]] = set()
    waiting = [(function, owner)]
    while waiting:
        for each in _functions_of(*waiting.pop()):
            if each not in reached:
                reached.add(each)
                waiting.extend(_calls_of(*each))
    return {function for function, _ in reached}


def _functions_of(function: Any, owner: type | None) -> Iterator[tuple[Any, type | None]]:
    """The functions of the library that run when something is called."""
    function = inspect.unwrap(getattr(function, "__func__", function))
    if isinstance(function, property):
        function = function.fget
    if isinstance(function, type):
        for name in ("__init__", "__post_init__"):
            base = next((base for base in function.__mro__ if name in vars(base)), object)
            if _is_ours(base):
                yield from _functions_of(vars(base)[name], function)
    elif inspect.isfunction(function) and _is_ours(function):
        yield function, owner


def _is_ours(value: Any) -> bool:
    module = getattr(value, "__module__", None) or ""
    return module.partition(".")[0] in TREES


@functools.cache
def _own_codes(function: Any) -> frozenset[str]:
    tree = _tree(function)
    return frozenset({*_codes_in(tree), *_named_errors(tree)})


@functools.cache
def _calls_of(function: Any, owner: type | None) -> list[tuple[Any, type | None]]:
    return list(_calls(_tree(function), function, owner))


@functools.cache
def _tree(function: Any) -> ast.AST:
    # The constructor of a dataclass is in no file.
    if not Path(function.__code__.co_filename).is_file():
        return ast.Module([], [])
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)
        elif isinstance(node, ast.arguments):
            for argument, default in zip(node.kwonlyargs, node.kw_defaults, strict=True):
                if argument.arg == "code" and isinstance(default, ast.Constant):
                    yield str(default.value)


def _named_errors(tree: ast.AST) -> set[str]:
    """The errors that have no code among their arguments."""
    raised = {
        ast.unparse(node.exc.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    }
    return {code for name, code in _WITHOUT_CODE.items() if name in raised}


def _calls(tree: ast.AST, function: Any, owner: type | None) -> Iterator[tuple[Any, type | None]]:
    names = {**function.__globals__, **_imported(tree, function)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "cls" and owner is not None:
            yield owner, None
        elif isinstance(called, ast.Name) and called.id in names:
            yield names[called.id], None
        elif isinstance(called, ast.Attribute):
            yield from _method(called, names, function, owner)


def _method(
    called: ast.Attribute, names: dict[str, Any], function: Any, owner: type | None
) -> Iterator[tuple[Any, type | None]]:
    on, name = called.value, called.attr
    if owner is not None and isinstance(on, ast.Name) and on.id in {"self", "cls"}:
        yield inspect.getattr_static(owner, name, None), owner
    elif owner is not None and ast.unparse(on) == "super()":
        defined = function.__qualname__.rpartition(".")[0].rpartition(".")[2]
        after = [base.__name__ for base in owner.__mro__].index(defined) + 1
        for base in owner.__mro__[after:]:
            if name in vars(base):
                yield vars(base)[name], owner
                return
    elif isinstance(on, ast.Name) and isinstance(names.get(on.id), type):
        kind = names[on.id]
        yield inspect.getattr_static(kind, name, None), kind


def _imported(tree: ast.AST, function: Any) -> dict[str, Any]:
    """The names that a function imports from the library itself."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            path = "." * node.level + (node.module or "")
            package = function.__globals__["__package__"]
            module = importlib.util.resolve_name(path, package) if node.level else path
            if module.partition(".")[0] in TREES:
                for alias in node.names:
                    found = getattr(importlib.import_module(module), alias.name)
                    names[alias.asname or alias.name] = found
    return names
