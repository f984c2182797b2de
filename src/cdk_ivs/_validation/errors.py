"""The errors that the library raises."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from .redaction import number_text, redacted, safe_repr, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constructs import IConstruct


__all__ = [
    "ArgumentTypeError",
    "ValidationError",
    "error_path",
    "error_path_of",
    "number_text",
    "safe_repr",
    "safe_text",
]


class ValidationError(ValueError):
    """
    An input that Amazon IVS, CloudFormation or the CDK would refuse.

    Raised at synthesis, at the line that gave the input. The text names the keyword, the value
    got, what is allowed, and ends with the code and, for a construct, its path.

    Attributes:
        message: What is wrong and what to do about it.
        code: A stable identifier of the rule, for instance ``PresetWithoutType``.
        path: The path of the construct that was not created. None for a value object that was
            refused before it reached a construct.
    """

    __module__ = "cdk_ivs"  # A traceback shows the name that users import.

    def __init__(self, message: str, *, code: str) -> None:
        message = redacted(message)
        super().__init__(message)
        self.message = message
        self.code = code
        self.path: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross to other processes, as those of a test runner."""
        return _restore, (type(self), self.message, self.code, self.path)

    def __str__(self) -> str:
        """The message, the code and the path of the construct."""
        location = f" at '{self.path}'" if self.path is not None else ""
        return f"{self.message} [cdk-ivs:{self.code}{location}]"


class ArgumentTypeError(ValidationError, TypeError):
    """
    An argument of a type that the parameter does not take.

    It is a TypeError too, so that code which expects one from the generated bindings goes on
    to work.
    """

    __module__ = "cdk_ivs"

    def __init__(self, message: str) -> None:
        super().__init__(message, code="ArgumentType")


def _restore(
    kind: type[ValidationError], message: str, code: str, path: str | None
) -> ValidationError:
    error = kind.__new__(kind, message)
    ValidationError.__init__(error, message, code=code)
    error.path = path
    return error


@contextlib.contextmanager
def error_path(scope: IConstruct, id: str) -> Iterator[None]:
    """Give the path of the construct ``id`` in ``scope`` to an error raised within."""
    try:
        yield
    except ValidationError as error:
        if error.path is None:
            # The scope itself may be what is refused.
            path = getattr(getattr(scope, "node", None), "path", "")
            error.path = safe_text(f"{path}/{id}" if path else str(id))
        raise


@contextlib.contextmanager
def error_path_of(construct: IConstruct) -> Iterator[None]:
    """Give the path of a construct to an error that is raised about it."""
    try:
        yield
    except ValidationError as error:
        error.path = safe_text(construct.node.path)
        raise
