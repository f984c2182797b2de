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
    An argument or a combination of arguments that Amazon IVS, CloudFormation or the CDK refuses.

    The library raises the error at synthesis, at the line with the argument. The text contains the
    keyword, the value that you gave, the values that are allowed, what to do, the code, and the
    path of the construct.

    Every call that creates a construct can raise `NoStack` if the scope is not in a stack, and
    `ConstructId` if the ID is empty or a token.

    Some checks need the whole app, and run when the CDK synthesizes it. The CDK lists their errors
    as validation errors: `HandlerCycle`, `LateInjector`, `PresetType`, `PublicChannel`,
    `SecretInOtherStack` and `SigningKey`. The same is true of the checks of an L1 that you change
    after its creation, which have the codes of the constructor.

    Attributes:
        message: The problem and its remedy.
        code: The stable identifier of the rule, for instance `PresetWithoutType`.
        path: The path of the construct that was not created. None for a value that was refused
            before you gave it to a construct.
    """

    def __init__(self, message: str, *, code: str) -> None:
        message = redacted(message)
        super().__init__(message)
        self.message = message
        self.code = code
        self.path: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the error, because test runners send errors to other processes."""
        return _restore, (type(self), self.message, self.code, self.path)

    def __str__(self) -> str:
        """The message, the code and the path of the construct."""
        location = f" at '{self.path}'" if self.path is not None else ""
        return f"{self.message} [cdk-ivs:{self.code}{location}]"


class ArgumentTypeError(ValidationError, TypeError):
    """
    An argument of a type that the parameter does not accept, with the code `ArgumentType`.

    The error is also a `TypeError`, so that code which expects the errors of the generated bindings
    continues to work.

    Args:
        message: The problem and its remedy.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, code="ArgumentType")


def _restore(
    kind: type[ValidationError], message: str, code: str, path: str | None
) -> ValidationError:
    error = kind.__new__(kind)
    ValidationError.__init__(error, message, code=code)
    error.path = path
    return error


@contextlib.contextmanager
def error_path(scope: IConstruct, id: object) -> Iterator[None]:
    """Add the path of the construct `id` in `scope` to an error that is raised in the block."""
    try:
        yield
    except ValidationError as error:
        if error.path is None:
            # The scope and the ID themselves can be invalid.
            path = getattr(getattr(scope, "node", None), "path", None)
            name = id if isinstance(id, str) else safe_repr(id)
            is_known = isinstance(path, str) and path != ""
            error.path = safe_text(f"{path}/{name}" if is_known else name)
        raise


@contextlib.contextmanager
def error_path_of(construct: IConstruct) -> Iterator[None]:
    """Add the path of a construct to an error that is raised in the block."""
    try:
        yield
    except ValidationError as error:
        error.path = safe_text(construct.node.path)
        raise
