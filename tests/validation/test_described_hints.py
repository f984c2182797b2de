"""The type hints of all arguments in messages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from aws_cdk import Duration

from cdk_ivs._core.props import Options, _fields
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ArgumentTypeError
from tests.support.reflection import CLASSES


def all_options(base: type[Options] = Options) -> Iterator[type[Options]]:
    """The classes of arguments."""
    for kind in base.__subclasses__():
        yield kind
        yield from all_options(kind)


def own_options() -> list[type[Options]]:
    """The classes of arguments in the library, all of which are imported with the public ones."""
    assert CLASSES
    own = {
        kind.__qualname__: kind
        for kind in all_options()
        if dataclasses.is_dataclass(kind) and kind.__module__.startswith("cdk_ivs")
    }
    return [own[name] for name in sorted(own)]


@pytest.mark.parametrize("kind", own_options(), ids=lambda kind: kind.__name__)
def test_of_each_argument_can_be_named(kind: type[Options]) -> None:
    """
    A value that no argument takes is refused, with the types that the argument takes.
    """
    for field in _fields(kind):
        with pytest.raises(ArgumentTypeError) as error:
            check_type(field.name, object(), field.hint)
        assert error.value.message.startswith(f"'{field.name}' must be ")
        assert ", got an object of type 'object'" in error.value.message


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (str | None, "str"),
        (Sequence[str] | Duration, "Sequence[str] or Duration"),
        (Mapping[str, Sequence[int]], "Mapping[str, Sequence[int]]"),
        (Callable[[str], str] | None, "Callable[[str], str]"),
        (Callable[[str, int], Sequence[str]], "Callable[[str, int], Sequence[str]]"),
    ],
    ids=str,
)
def test_are_written_as_in_code(hint: object, expected: str) -> None:
    """
    A type is named as in code, without None.
    """
    with pytest.raises(ArgumentTypeError) as error:
        check_type("keyword", object(), hint)
    assert error.value.message.startswith(f"'keyword' must be {expected}, got ")
