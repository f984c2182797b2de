"""Suggestions for the messages of errors."""

from __future__ import annotations

import datetime as dt
import difflib
import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from .errors import safe_repr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# Over three million years.
_MOST_SECONDS = 10**14
_PACKAGES = ("cdk_ivs", "cdk_ivs.chat", "cdk_ivs.patterns")
_REFERENCE = re.compile(r"I([A-Z]\w*?)(?:Ref)?")
_IAM_ARN = re.compile(r"arn:[a-z-]+:iam::[^:]*:(group|role|user)/")


class _Factory(NamedTuple):
    """The methods that refer to an existing resource, by its ARN or by its name."""

    kind: str
    by_arn: str
    by_name: str | None = None


# Constructs of the CDK that parameters of this library accept.
_FACTORIES = {
    "Bucket": _Factory("aws_s3.Bucket", "from_bucket_arn", "from_bucket_name"),
    "Certificate": _Factory("aws_certificatemanager.Certificate", "from_certificate_arn"),
    "DeliveryStream": _Factory(
        "aws_kinesisfirehose.DeliveryStream",
        "from_delivery_stream_arn",
        "from_delivery_stream_name",
    ),
    "EventBus": _Factory("aws_events.EventBus", "from_event_bus_arn", "from_event_bus_name"),
    "Function": _Factory("aws_lambda.Function", "from_function_arn", "from_function_name"),
    "Group": _Factory("aws_iam.Group", "from_group_arn"),
    "Key": _Factory("aws_kms.Key", "from_key_arn"),
    "LogGroup": _Factory("aws_logs.LogGroup", "from_log_group_arn", "from_log_group_name"),
    "Queue": _Factory("aws_sqs.Queue", "from_queue_arn"),
    "Role": _Factory("aws_iam.Role", "from_role_arn", "from_role_name"),
    "Secret": _Factory("aws_secretsmanager.Secret", "from_secret_complete_arn"),
    "Table": _Factory("aws_dynamodb.Table", "from_table_arn", "from_table_name"),
    "Topic": _Factory("aws_sns.Topic", "from_topic_arn"),
    "User": _Factory("aws_iam.User", "from_user_arn"),
}

# Properties of CloudFormation that have a dissimilar name in this library.
_OTHER_WORDS = {
    "destination_configuration": "bucket",
    "s3": "bucket",
}


def snake(name: str) -> str:
    """A name in the form of Python."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def suggest_alternative(expected: Iterable[str], value: object) -> str:
    """
    The suggestion at the end of a message about a parameter that takes a construct.

    Args:
        expected: The names of the expected types, for instance `IBucketRef`.
        value: The value that was given.
    """
    if "Duration" in expected:
        return _duration_of(value)
    if not isinstance(value, str):
        # A key of the CDK, whose public key IVS can import as well.
        of_cdk = "ISigningKey" in expected and hasattr(type(value), "key_ref")
        return (
            '; use SigningKey.from_signing_key_arn(self, "…", key.key_ref.key_arn)'
            if of_cdk
            else ""
        )
    call = _reference_to(expected, value)
    return f"; use {call}" if call else ""


def _duration_of(value: object) -> str:
    """The suggestion of a duration for a number or a timedelta."""
    if isinstance(value, dt.timedelta):
        return f"; use Duration.seconds({value.total_seconds():.15g})"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    # Longer durations are mistakes, and Python limits the digits of an int. Tokens are negative.
    if not 0 <= value < _MOST_SECONDS:
        return ""
    return f"; name the unit, as in Duration.seconds({value:.15g})"


def how_to_refer_to(annotation: str, value: object) -> str:
    """The call that refers to an existing resource, if an ARN was given for a construct."""
    arn = value if isinstance(value, str) and value.startswith("arn:") else "arn:"
    return _reference_to(re.findall(r"\w+", annotation), arn)


def _reference_to(expected: Iterable[str], value: str) -> str:
    """The call that refers to an existing resource of the CDK, with its ARN if that is known."""
    for name in expected:
        if name == "IGrantable":
            return iam_reference(value)
        reference = _REFERENCE.fullmatch(name)
        factory = _factory_of(reference[1]) if reference else None
        if factory is not None:
            return _call_of(factory, value)
    return ""


def reference_by_arn(name: str, arn: str = "arn:") -> str:
    """The call that refers to a resource of the CDK, with its ARN if that is known."""
    return _call_of(_FACTORIES[name], arn)


def iam_reference(arn: str) -> str:
    """The call that refers to the role, the user or the group of an ARN, or nothing."""
    found = _IAM_ARN.match(arn)
    return reference_by_arn(found[1].title(), arn) if found else ""


def factories_of(kind: type, value: object) -> str:
    """The methods that create a value, if something else was given for it."""
    if value is None or not kind.__module__.startswith("cdk_ivs"):
        return ""
    calls = [
        f"{kind.__name__}.{name}({'...' if _takes_arguments(member) else ''})"
        for name, member in vars(kind).items()
        if isinstance(member, (classmethod, staticmethod))
        and not name.startswith("_")
        and member.__func__.__annotations__["return"] in {"Self", kind.__name__}
    ]
    return f"; use {' or '.join(calls)}" if calls else ""


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that is most like a wrong one, if there is one."""
    allowed = list(allowed)
    word = snake(name.strip("_"))
    if word in allowed:
        return word
    for candidate in allowed:
        if candidate.endswith(f"_{word}") or word.startswith(f"{candidate}_"):
            return candidate
    if _OTHER_WORDS.get(word) in allowed:
        return _OTHER_WORDS[word]
    return next(iter(difflib.get_close_matches(word, allowed, cutoff=0.5)), None)


def where_is(name: str, package: str) -> str:
    """The end of a message about a missing name: where it is, or a similar name."""
    for other in _PACKAGES:
        if name in _public_names(other):
            return f"; use {other}.{name}"
    named = {public.lower(): public for public in _public_names(package)}
    for found in difflib.get_close_matches(name.lower(), named):
        return f"; use {package}.{named[found]}"
    return ""


def _public_names(package: str) -> Collection[str]:
    """The public names of a package, loaded or not."""
    names: Collection[str] = import_module(package).__all__
    return names


def _factory_of(name: str) -> _Factory | None:
    for package in _PACKAGES:
        if name in _public_names(package):
            prefix = "chat." if package.endswith(".chat") else ""
            return _Factory(f"{prefix}{name}", f"from_{snake(name)}_arn")
    return _FACTORIES.get(name)


def _call_of(factory: _Factory, value: str) -> str:
    is_arn = value.startswith("arn:")
    method = factory.by_arn if is_arn else factory.by_name or factory.by_arn
    # A type that is only found by its ARN cannot have a name.
    fits = is_arn == (method == factory.by_arn) and value != "arn:"
    given = repr(value) if fits and safe_repr(value) == repr(value) else '"…"'
    return f'{factory.kind}.{method}(self, "…", {given})'


def _takes_arguments(member: classmethod[object, ..., object] | staticmethod[..., object]) -> bool:
    function = inspect.unwrap(member.__func__)
    own = 1 if isinstance(member, classmethod) else 0
    return bool(function.__code__.co_argcount + function.__code__.co_kwonlyargcount > own)
