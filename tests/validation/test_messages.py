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
    "_advice",
    "_counted",
    "_describe",
    "_instead",
    "_meant",
    "_quoted",
    "_suggest_grantee",
    "number_text",
    "_wrong_item",
    "safe_text",
    "factories_of",
    "suggest_alternative",
    "len",
    "placeholder_if_token",
    "redacted",
    "safe_repr",
    "type_name",
    "version",
    "where_is",
    "with_type",
}
# Parameters and attributes that hold the library's own words, a count or a bound.
OWN_WORDS = {
    "__name__",
    "action",  # In "use {instead}" of grants: a constant of the table of actions.
    "allowed",
    "attribute",
    "count",
    "fewer",  # Advice on a quota: a constant of who counts.
    "high",
    "instead",
    "keyword",
    "kind.service",
    "loss",
    "low",
    "most",
    "name.limit",
    "namespace.name",
    "own",  # The dimension of a metric, and what is known of a stack after a match with its form.
    "package",
    "problem",
    "remedy",
    "resource",
    "secure",
    "self.called",
    "service",
    "unit",
    "what",
}
# What is always of a class of the library's own.
OWN_VALUES = {"props", "self"}
# What is argued one by one.
ARGUED = {
    # Each caller gives a constant.
    ("_core/refusals.py", "rule"),
    # The keywords and the names of the library's own classes.
    ("_validation/thumbnails.py", "', '.join(first)"),
    ("_validation/thumbnails.py", "first"),
    ("_validation/thumbnails.py", "last"),
    ("_validation/thumbnails.py", "kind"),
    # Why, what and on what the library itself permits something.
    ("_services/custom_resource/permissions.py", "operation.actions"),
    ("_services/custom_resource/permissions.py", "operation.resource_type.arn_name"),
    ("_services/custom_resource/permissions.py", "reason"),
    # The text of the caller, which is looked at there.
    ("_core/annotations.py", "message"),
    ("_core/annotations.py", "counted.warning(len(counted.created))"),
    # A number, as it was compared with others.
    ("_validation/values.py", "seconds"),
    ("_validation/values.py", "_SECONDS_IN[unit]"),
    ("patterns/_recording_delivery/validation.py", "after"),
    ("patterns/_recording_delivery/validation.py", "expires"),
    ("patterns/_recording_delivery/validation.py", "seconds"),
    # An account or a Region, after a match with its form.
    ("_core/environments.py", "other"),
    ("_low_latency/ad_configuration.py", "configuration.env.account"),
    ("_low_latency/ad_configuration.py", "written.account"),
    ("_core/annotations.py", "region"),
    ("_core/resource.py", "resource_type.class_name"),
    ("_core/resource.py", "resource_type.kind"),
    ("_core/resource.py", "resource_type.since"),
    ("_low_latency/channel/attachments.py", "attachment.keyword"),
    ("_core/annotations.py", "sorted(regions)"),
    ("_monitoring/alarms/actions.py", "known.region"),
    ("_monitoring/alarms/actions.py", "theirs.region"),
    # The kinds of our own resources, and their parameters, actions, events and metrics.
    ("_validation/arns.py", "word.title()"),
    ("_iam/grants.py", "noun"),
    ("_iam/grants.py", "other.arn_name"),
    ("_iam/grants.py", "resource_type.resource_of(name)"),
    ("_iam/grants.py", "nearest"),
    ("_iam/grants.py", "suggest_action(name, allowed, prefix=f'{service}:')"),
    ("_iam/grants.py", "suggest_for_action(resource_type, name)"),
    ("_iam/tagged/statements.py", "suggest_action(f'{prefix}:{name}', known)"),
    ("_iam/tagged/statements.py", "suggest_for_action(types[0], name)"),
    ("_iam/tagged/statements.py", "_REFUSED[name]"),
    ("_iam/tagged/statements.py", "types[0].resource_of(name)"),
    ("_iam/tagged/statements.py", "service"),
    # One of their names, as it was found in the table.
    ("_iam/tagged/statements.py", "name"),
    ("_services/custom_resource/permissions.py", "needed.operation.actions"),
    ("_core/rendered_properties.py", "expected"),
    ("_core/rendered_properties.py", "name"),
    ("_core/props.py", "field.name"),
    ("_core/synth_secrets.py", "secret.attribute"),
    ("_core/synth_secrets.py", "secret.remedy"),
    ("_core/synth_validation.py", "unique_id"),
    ("_core/props.py", "nearest(name, allowed)"),
    ("_validation/argument_types.py", "nearest(name, allowed)"),
    ("_monitoring/event_filters.py", "limit.name"),
    ("_monitoring/event_filters.py", "_all_method(event_type)"),
    # Its parts are safe_repr(), and an example stands for what is not shown as it is.
    ("_monitoring/event_filters.py", "_wildcard(allowed, text)"),
    ("_monitoring/event_filters.py", "allowed.described"),
    ("_monitoring/event_filters.py", "event_type.detail_type"),
    ("_monitoring/event_filters.py", "event_type.kind"),
    ("_monitoring/event_filters.py", "event_type.methods_of_other_limits"),
    ("_monitoring/event_filters.py", "field.events"),
    ("_monitoring/event_filters.py", "having[0].fields[keyword].name"),
    ("_monitoring/event_filters.py", "sorted(filters)"),
    ("_monitoring/event_pattern.py", "kind.title()"),
    (
        "_monitoring/metric_validation.py",
        "difflib.get_close_matches(str(name), namespace.metrics, cutoff=0)[0]",
    ),
    # After it was found among the published ones, or as this library calls what it checks.
    ("_monitoring/metric_validation.py", "metric_name"),
    ("_monitoring/periods.py", "name"),
    ("_monitoring/metric_validation.py", "each"),
    ("_monitoring/metric_validation.py", "key"),  # Of the dimensions that there are.
    ("_monitoring/metric_validation.py", "namespace.metrics"),
    # The name of a metric after it was found, and the rule of each check.
    ("_monitoring/option_checks.py", "name"),
    ("_monitoring/option_checks.py", "rule"),
    # The text of an error that was looked at where it was raised.
    ("_core/injection.py", "error.message"),
    ("_monitoring/alarms/actions.py", "error.message"),
    # The parts of a message of the library's own.
    ("_token_functions/configuration.py", "rule"),
    ("_token_functions/configuration.py", "rest"),
    # A statement for a policy, the names in which went through placeholder_if_token().
    ("_services/bucket_policies.py", "json.dumps(needed)"),
    ("patterns/_recording_delivery/bucket_access.py", "json.dumps(needed)"),
    (
        "chat/_logging_configuration/destination.py",
        "json.dumps(Stack.of(construct).resolve(statement))",
    ),
    # The tag by which logs are delivered.
    ("chat/_logging_configuration/destination.py", "name"),
    ("chat/_logging_configuration/destination.py", "value"),
    # Counts and durations.
    ("_monitoring/dashboard/construct.py", "amount"),
    ("_monitoring/periods.py", "seconds_at_synthesis('period', period)"),
    ("_real_time/encoder_configuration.py", "default"),
    ("_real_time/encoder_configuration.py", "height"),
    ("_real_time/encoder_configuration.py", "width"),
    (
        "chat/_message_review_handler/permission.py",
        "getattr(function.permissions_node.default_child, 'timeout', None)",
    ),
    (
        "chat/_message_review_handler/permission.py",
        "getattr(getattr(function, 'lambda_', function), 'timeout', None)",
    ),
    ("chat/_message_review_handler/permission.py", "timeout.to_seconds()"),
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
            case ast.Call(func=ast.Name(id="warn_unless_acknowledged"), args=[_, _, text]):
                yield text


def bindings(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """What is bound to each name in a function."""
    bound: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value):
                pairs = [(target, value)]
            case ast.AugAssign(target=target, value=value):
                pairs = [(target, value)]
            case ast.For(target=target, iter=ast.Tuple(elts=values)):
                pairs = [(target, value) for value in values]
            case _:
                continue
        for target, value in pairs:
            for name, part in unpacked(target, value):
                bound.setdefault(name, []).append(part)
    return bound


def unpacked(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The names of an assignment, each with its value."""
    match target, value:
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            for one, other in zip(targets, values, strict=True):
                yield from unpacked(one, other)
        case ast.Tuple(), ast.IfExp(body=body, orelse=other):
            yield from unpacked(target, body)
            yield from unpacked(target, other)
        case ast.Name(id=name), _:
            yield name, value


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
        if isinstance(value, ast.Constant) or is_shown(value):
            return []
        if isinstance(value, ast.Name) and value.id in self.bound and value.id not in seen:
            seen |= {value.id}
            parts = self.bound[value.id]
        else:
            parts = parts_of(value)
        if not parts:
            return [text]
        return [found for part in parts for found in self.unsafe(part, seen)]


def is_shown(value: ast.expr) -> bool:
    """Whether a value is made fit for a message, or a name that Python code has."""
    match value:
        case ast.Attribute(attr="__name__", value=ast.Call(args=[ast.Name(id=name)])):
            # The class of a user's value can be one that jsii made up, which tells nothing.
            return name in OWN_VALUES
        case ast.Attribute(attr="__name__"):
            return True
        case ast.JoinedStr(values=values):
            return not any(isinstance(part, ast.FormattedValue) for part in values)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in SAFE_CALLS
    return False


def parts_of(value: ast.expr) -> list[ast.expr]:
    """The parts of which a text is made, none of what is no text."""
    match value:
        case ast.JoinedStr(values=values):
            return [part.value for part in values if isinstance(part, ast.FormattedValue)]
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(values=values):
            return list(values)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[items]):
            return [items]
        case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item):
            return [item]
    return []


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('raise ValidationError(f"got {value}", code="C")', ["value"]),
        ('raise ArgumentTypeError(f"got {value!r}")', ["value"]),
        ('raise ValidationError("got " + value, code="C")', ["value"]),
        ('raise ValidationError(f"got {safe_repr(value)}", code="C")', []),
        ('raise ValidationError(f"got {len(value)} of {_MOST}", code="C")', []),
        ("raise ArgumentTypeError(f\"'{keyword}' got {safe_text(value)}\")", []),
        ('Annotations.of(it).add_warning_v2("cdk-ivs:id", f"got {value}")', ["value"]),
        ('warn_unless_acknowledged(it, "cdk-ivs:id", f"got {value}")', ["value"]),
        ('rule = f"got {value}"\n    raise ArgumentTypeError(rule)', ["value"]),
        ('rule = f"got {safe_repr(value)}"\n    raise ArgumentTypeError(rule)', []),
        ('hint = ""\n    if value: hint = value\n    raise TypeError(f"no{hint}")', ["value"]),
        ("raise ArgumentTypeError(', '.join(str(each) for each in value))", ["str(each)"]),
        ("raise ArgumentTypeError(', '.join(safe_text(each) for each in value))", []),
        ("raise ArgumentTypeError('a' if value else value)", ["value"]),
        ('other = f"{value}"', []),
    ],
)
def test_the_reader_finds_values(text: str, found: list[str]) -> None:
    """
    A value that goes into a message by any way is found, and nothing else is.
    """
    assert unsafe(ast.parse(f"def check(keyword, value):\n    {text}"), "file.py") == [
        f"check: {each}" for each in found
    ]


def test_what_is_argued_is_there() -> None:
    """
    No argument is kept for what is in no message any more.
    """
    left = set(ARGUED)
    for file, text in ARGUED:
        tree = ast.parse((SOURCE / file).read_text(encoding="utf-8"))
        if any(isinstance(node, ast.expr) and ast.unparse(node) == text for node in ast.walk(tree)):
            left.discard((file, text))
    assert left == set()
