"""The codes that the source raises and warns under, with the patterns of their messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cdk_ivs
import ivs_tokens

PACKAGES = [Path(str(package.__file__)).parent for package in (cdk_ivs, ivs_tokens)]
# Functions and classes whose first argument is a code, and the second the message.
CODED = {"RotationError", "Response", "coded"}
ANYTHING = ".+"


class Raised(NamedTuple):
    """
    A code in the source.

    Attributes:
        kind: ``error``, ``warning``, ``deployment`` or ``token``.
        name: The code without its prefix.
        pattern: A regular expression that messages with the code match.
    """

    kind: str
    name: str
    pattern: str


def raised() -> set[Raised]:
    """All codes of the source."""
    return {
        code
        for package in PACKAGES
        for file in package.rglob("*.py")
        for code in raised_in(
            ast.parse(file.read_text(encoding="utf-8")),
            "token" if package.name == "ivs_tokens" else "error",
        )
    }


def raised_in(tree: ast.AST, kind: str) -> Iterator[Raised]:
    """The codes of a module, in which codes of errors are of a kind."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(args=ast.arguments(kwonlyargs=keywords, kw_defaults=defaults)):
                # A default that a caller replaces: the message is in the function.
                for keyword, default in zip(keywords, defaults, strict=True):
                    if keyword.arg == "code" and isinstance(default, ast.Constant):
                        yield Raised(kind, str(default.value), ANYTHING)
            case ast.Call():
                yield from raised_by(node, kind)


def raised_by(call: ast.Call, kind: str) -> Iterator[Raised]:
    """The code in a call."""
    match call:
        case ast.Call(
            func=ast.Name(id=name), args=[ast.Constant(value=str(code)), message, *_]
        ) if name in CODED:
            yield Raised("deployment", code, pattern_of(message))
        case ast.Call(
            func=ast.Attribute(attr="add_warning_v2"), args=[ast.Constant(value=str(id)), text]
        ):
            yield Raised("warning", id.removeprefix("cdk-ivs:"), pattern_of(text))
        case ast.Call(
            func=ast.Name(id="warn_unless_acknowledged"),
            args=[_, ast.Constant(value=str(id)), text],
        ):
            yield Raised("warning", id.removeprefix("cdk-ivs:"), pattern_of(text))
        case ast.Call(func=ast.Name(id="_warn_once"), args=[*_, ast.Constant(value=str(id))]):
            yield Raised("warning", id.removeprefix("cdk-ivs:"), ANYTHING)
    for keyword in call.keywords:
        match keyword:
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                yield Raised(kind, code, pattern_of_call(call))


def pattern_of_call(call: ast.Call) -> str:
    """A regular expression for the messages of a call that has a code."""
    match call:
        case ast.Call(func=ast.Name(id="refused_by_cdk"), args=[rule, *_]):
            return f"{pattern_of(rule)}, got the error: .*"
        case ast.Call(args=[message, *_]):
            return pattern_of(message)
    return ANYTHING


def pattern_of(message: ast.expr) -> str:
    """A regular expression for the texts that an expression can have."""
    match message:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=values):
            return "".join(
                re.escape(str(value.value)) if isinstance(value, ast.Constant) else ".*"
                for value in values
            )
    return ANYTHING
