"""Messages in the source hide secrets, and each argument is refused by its name."""

from __future__ import annotations

import ast
import inspect
import pickle
from pathlib import Path

import pytest

import ivs_tokens
from ivs_tokens import TokenError
from tests.ivs_tokens.parts import KINDS, make

FOLDER = Path(ivs_tokens.__file__).parent

# Functions that make any value fit for a message, or that return numbers and times.
SAFE_CALLS = {"_quoted", "_shown_text", "_time_of", "_words", "len", "moment", "shown"}
# Expressions with the library's own words, a count, a bound, or a value after its form was checked.
OWN_WORDS = {
    "', which may be DER' if der else ''",
    "'s' if count > 1 else ''",
    "allowed",
    "bits",
    "claim",
    "count",
    "end - issued",
    "end - now",
    "error",
    "error.start",
    "error.strerror",
    "got",
    "highest",
    "hint",
    "key.curve.name",
    "key_name",
    "kind",
    "kind.replace('-', ' ')",
    "least",
    "length",
    "limited",
    "longest",
    "longest // 86400",
    "lowest",
    "name",
    "note",
    "of",
    "option",
    "part",
    "problem",
    "scheme",
    "seconds",
    "self",
    "self._key_id",
    "shortest",
    "signature",
    "size",
    "title",
    "token.length",
    "unit",
    "self.code",
    "self.message",
    "validity_of(token, now)",
    "value",
    "what",
}


def is_safe(node: ast.expr) -> bool:
    """Whether what is put into a message cannot be a secret."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in SAFE_CALLS:
            return True
    elif isinstance(node, ast.Name) and node.id.isupper():
        return True
    elif isinstance(node, ast.Subscript):
        # The name of a claim or an argument.
        return ast.unparse(node.value) in {"names", "_PLAYBACK_ARGUMENTS"}
    return ast.unparse(node) in OWN_WORDS


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.name)
def test_messages_show_values_by_one_function(file: Path) -> None:
    """
    A value of a user is in a message only by the function that hides secrets.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
    assert [ast.unparse(value) for value in values if not is_safe(value)] == []


@pytest.mark.parametrize(
    ("kind", "argument"),
    [
        (kind, name)
        for kind, (function, _) in KINDS.items()
        for name in inspect.signature(function).parameters
    ],
)
def test_every_argument_is_refused_by_its_name(kind: str, argument: str) -> None:
    """
    An object of a type that no argument has is refused, and the text begins with the argument.
    """
    wrong = object()
    given = {} if argument == "signer" else {argument: wrong}
    with pytest.raises(TokenError) as caught:
        make(kind, wrong if argument == "signer" else None, **given)
    assert str(caught.value).startswith(f"'{argument}' must be ")
    assert "object" in str(caught.value)
    assert not str(caught.value).endswith(".")


def test_messages_end_with_the_code() -> None:
    """
    An error has its message and its code, and its text is both.
    """
    with pytest.raises(TokenError) as caught:
        make("playback", expires_in=0)
    error = caught.value
    assert error.code == "Lifetime"
    assert error.message.startswith("'expires_in' must be at least 1 second")
    assert str(error) == f"{error.message} [ivs-tokens:Lifetime]"
    assert error.args == (error.message,)


def test_errors_can_be_pickled() -> None:
    """
    An error from another process, as that of a test runner, is the same error.
    """
    error = pickle.loads(pickle.dumps(TokenError("no", code="Form")))  # noqa: S301 - made here
    assert (type(error), error.message, error.code) == (TokenError, "no", "Form")
    assert str(error) == "no [ivs-tokens:Form]"


def test_errors_of_a_class_of_yours() -> None:
    """
    An error of a subclass has its message as its argument, whatever its constructor takes.
    """

    class SeatError(TokenError):
        def __init__(self, seats: int) -> None:
            super().__init__(f"'seats' must be at most 12, got {seats}", code="Seats")

    assert SeatError(13).args == ("'seats' must be at most 12, got 13",)
