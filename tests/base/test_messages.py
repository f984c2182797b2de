"""What may stand in messages, found in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cdk_ivs

SOURCE = Path(str(cdk_ivs.__file__)).parent
FILES = sorted(SOURCE.rglob("*.py"))

# Functions that make any value fit for a message, or give back what the library itself says.
SAFE_CALLS = {
    "_describe",
    "_instead",
    "_meant",
    "_quoted",
    "_wrong_item",
    "bare",
    "factories_of",
    "instead",
    "len",
    "or_gap",
    "shown",
    "type_name",
    "version",
    "where_is",
}
# Parameters and attributes that hold the library's own words, a count or a bound.
OWN_WORDS = {
    "__name__",
    "action",  # In "use {instead}" of grants: a constant of the table of actions.
    "allowed",
    "attribute",
    "count",
    "high",
    "instead",
    "keyword",
    "kind.name",
    "kind.service",
    "loss",
    "low",
    "most",
    "name.limit",
    "namespace.name",
    "own",  # The dimension of a metric, and what is known of a stack after a match with its form.
    "package",
    "problem",
    "resource",
    "secure",
    "self.called",
    "service",
    "unit",
    "what",
}
# What is argued one by one.
ARGUED = {
    # A number, as it was compared with others.
    ("_base/arguments.py", "seconds"),
    # An account or a Region, after a match with its form.
    ("_base/environments.py", "other"),
    ("_base/guards.py", "environment.account"),
    ("_base/guards.py", "environment.region"),
    ("_base/guards.py", "region"),
    ("_base/guards.py", "sorted(regions)"),
    # The kinds of our own resources, and their parameters, actions, events and metrics.
    ("_base/arns.py", "word.title()"),
    ("_base/grants.py", "other.name"),
    ("_base/grants.py", "kind.own"),
    ("_base/grants.py", "difflib.get_close_matches(name, kind.own, n=1, cutoff=0)[0]"),
    ("_base/struct.py", "field.name"),
    ("_base/struct.py", "nearest(name, allowed)"),
    ("_base/typechecks.py", "nearest(name, allowed)"),
    ("_monitoring/channel_events.py", "limit.name"),
    ("_monitoring/events.py", "having"),
    (
        "_monitoring/metrics.py",
        "difflib.get_close_matches(name, namespace.metrics, n=1, cutoff=0)[0]",
    ),
    ("_monitoring/metrics.py", "name"),  # After it was found among the published ones.
    ("_monitoring/metrics.py", "key"),  # Of the dimensions that there are.
    ("_monitoring/metrics.py", "namespace.metrics"),
    # The text of an error that was looked at where it was raised.
    ("_base/injection.py", "error.message"),
    # A statement for a policy, the names in which went through or_gap().
    ("_base/buckets.py", "json.dumps(needed)"),
    ("chat/_logging_destination.py", "json.dumps(Stack.of(construct).resolve(statement))"),
    # The tag by which logs are delivered.
    ("chat/_logging_destination.py", "name"),
    ("chat/_logging_destination.py", "value"),
    # Counts and durations.
    ("_monitoring/dashboard.py", "amount"),
    ("_monitoring/metrics.py", "period.to_seconds(integral=False)"),
    ("_real_time/encoder_configuration.py", "default"),
    ("_real_time/encoder_configuration.py", "height"),
    ("_real_time/encoder_configuration.py", "width"),
    ("chat/_handler_permission.py", "getattr(function.permissions_node.default_child, 'timeout', None)"),
    ("chat/_handler_permission.py", "getattr(getattr(function, 'lambda_', function), 'timeout', None)"),
    ("chat/_handler_permission.py", "timeout.to_seconds()"),
}
ERRORS = {"ArgumentTypeError", "ValidationError", "AttributeError", "ImportError", "TypeError"}


def messages(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """The texts of the errors and warnings of a function."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[text, *_]) if name in ERRORS:
                yield text
            case ast.Call(func=ast.Attribute(attr="add_warning_v2"), args=[_, text]):
                yield text


def bindings(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """What is bound to each name in a function."""
    bound: dict[str, list[ast.expr]] = {}

    def bind(target: ast.expr, value: ast.expr) -> None:
        match target, value:
            case ast.Tuple(elts=targets), ast.Tuple(elts=values):
                for one, other in zip(targets, values, strict=True):
                    bind(one, other)
            case ast.Tuple(elts=targets), ast.IfExp(body=body, orelse=other):
                bind(target, body)
                bind(target, other)
            case ast.Name(id=name), _:
                bound.setdefault(name, []).append(value)

    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value):
                bind(target, value)
            case ast.AugAssign(target=target, value=value):
                bind(target, value)
            case ast.For(target=target, iter=ast.Tuple(elts=values)):
                for value in values:
                    bind(target, value)
    return bound


class Reader:
    """Finds what stands in the messages of a function and may be a user's."""

    def __init__(self, file: str, function: ast.FunctionDef) -> None:
        self.file = file
        self.bound = bindings(function)

    def unsafe(self, value: ast.expr, seen: frozenset[str] = frozenset()) -> list[str]:
        """The parts of an expression that are not known to be safe."""
        text = ast.unparse(value)
        if (self.file, text) in ARGUED or text in OWN_WORDS or text.lstrip("_").isupper():
            return []
        parts: list[ast.expr]
        match value:
            case ast.Constant() | ast.Attribute(attr="__name__"):
                return []
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in SAFE_CALLS:
                return []
            case ast.JoinedStr(values=values):
                parts = [part.value for part in values if isinstance(part, ast.FormattedValue)]
            case ast.BinOp(left=left, right=right):
                parts = [left, right]
            case ast.IfExp(body=body, orelse=other):
                parts = [body, other]
            case ast.BoolOp(values=values):
                parts = list(values)
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[items]):
                parts = [items]
            case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item):
                parts = [item]
            case ast.Name(id=name) if name in self.bound and name not in seen:
                seen |= {name}
                parts = self.bound[name]
            case _:
                return [text]
        return [found for part in parts for found in self.unsafe(part, seen)]


def unsafe(tree: ast.Module, file: str) -> list[str]:
    """What stands in the messages of a module and is not known to be safe."""
    return [
        f"{function.name}: {found}"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for text in messages(function)
        for found in Reader(file, function).unsafe(text)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_values_are_shown_by_one_function(file: Path) -> None:
    """
    Each value in a message goes through the function that hides keys, or is none of a user's.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert unsafe(tree, str(file.relative_to(SOURCE))) == []
