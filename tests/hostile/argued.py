"""The messages that do not show the value after "got", each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .recognition import forms_of, shows_value
from .subjects import Subject


class Argued(NamedTuple):
    """
    A kind of message that does not show the value.

    Attributes:
        reason: Why it does not.
        pattern: The message, with ``{name}`` for the keyword.
        applies: Whether the value is one of those that the reason is about.
    """

    reason: str
    pattern: str
    applies: Callable[[Subject, Any], bool] = lambda *_: True


ARGUED = (
    Argued(
        "Arguments that exclude or require each other: their values are right, and the message "
        "names the arguments that were given.",
        r"'{name}'.* must be given.* got (both|neither|only one of them|all|\d of them)",
    ),
    Argued(
        "None means that the argument is left out, as with the dimensions of a metric, so the "
        "message is about the others.",
        r"{name}",
        lambda subject, value: (
            value is None and (not subject.is_required or subject.function.startswith("metric_"))
        ),
    ),
    Argued(
        "A construct that is given twice is shown by its ARN.",
        r"'{name}' must not have a value twice, got '(arn:|<token)",
        lambda _, value: isinstance(value, list | tuple) and not isinstance(value[0], str),
    ),
    Argued(
        "A construct of another stack is described by its place, which is what is wrong.",
        r"'{name}' must be in the stack .*, got one in another stack",
    ),
    Argued(
        "Another argument is needed because this one is a token, and is shown as one.",
        r"when '{name}' is a token",
        lambda _, value: "${Token[" in str(value) or "{{resolve:" in str(value),
    ),
    Argued(
        "The token functions get keys in these arguments: a value of a wrong type can be one.",
        r"'{name}' must .* got a value of the type '\w+'",
        lambda subject, value: (
            subject.owner == "ivs_tokens"
            and not (isinstance(value, str) and "str" in subject.annotation)
        ),
    ),
    Argued(
        "A value of a wrong type in place of a secret or a key can be one in another form.",
        r"'{name}' must be \w+, got a value of type '\w+'",
        lambda subject, _: subject.name in {"secret", "private_key_pem", "public_key_material"},
    ),
    Argued(
        "Text in place of key material can be a key in another form. It is only described.",
        r"'{name}' must be the PEM of .* got (text|a private|a public|no)",
        lambda subject, _: subject.name in {"private_key_pem", "public_key_material"},
    ),
    Argued(
        "A URL with a username can have a password, which the message must not show.",
        r"'{name}' must be an HTTPS URL .* got one with a username",
        lambda _, value: isinstance(value, str) and "@" in value,
    ),
)


def argued(subject: Subject, message: str, value: object) -> Argued | None:
    """The kind of a message. None if the message must show the value."""
    return next(
        (
            each
            for each in ARGUED
            if re.search(each.pattern.format(name=subject.name), message, re.DOTALL)
            and each.applies(subject, value)
        ),
        None,
    )


def shows_option(subject: Subject, message: str, value: object) -> bool:
    """
    Whether a message about the options in a mapping names the mapping and shows what is wrong.

    In the calls of `from_mapping`, messages call the mapping `props`, and an option that is wrong
    has a keyword of its own.
    """
    is_props = subject.function == "from_mapping" and subject.name == "values"
    keyword = "props" if is_props else subject.name
    if not isinstance(value, Mapping):
        must_be = f"'{keyword}' must be a mapping, got "
        return is_props and message.startswith(must_be) and shows_value(message, value)
    found = re.match(
        rf"'{keyword}' has no option (.*?)(?: \(allowed|; the nearest)", message, re.DOTALL
    )
    if found:
        return any(re.search(form, found[1], re.DOTALL) for key in value for form in forms_of(key))
    # The message shows the options that were given, and not the missing one.
    return re.match(rf"'{keyword}' requires '\w+', got \[", message) is not None
