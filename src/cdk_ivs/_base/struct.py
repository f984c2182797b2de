"""Groups of keyword arguments as values: what alpha and the CDK call structs and props."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, cast, get_type_hints

from .errors import ArgumentTypeError
from .tags import check_tag_mapping
from .typechecks import check_type, union_members

if TYPE_CHECKING:
    from collections.abc import Iterator


class Checked:
    """
    Base of the frozen, keyword-only dataclasses that hold arguments.

    Making one checks the type of every argument, takes the value of an enum's member for the
    member, and a mapping for a nested struct, as the generated bindings do.
    """

    def __post_init__(self) -> None:
        """Check the arguments."""
        for keyword, hint, optional in _fields(type(self)):
            value = getattr(self, keyword)
            if value is None and optional:
                continue
            checked = _nest(keyword, value, hint)
            if checked is not value:
                object.__setattr__(self, keyword, checked)


class Struct(Checked):
    """Checked arguments for which a mapping stands as well, and that become one again."""

    @classmethod
    def from_mapping(cls, keyword: str, values: Mapping[str, object]) -> Self:
        """Make one from names in Python's form or in JavaScript's (``channelName``)."""
        arguments = {_to_snake(str(name)): value for name, value in values.items()}
        allowed = [field for field, _, _ in _fields(cls)]
        for name in arguments:
            if name not in allowed:
                raise ArgumentTypeError(
                    f"'{keyword}' has no '{name}' (allowed: {', '.join(allowed)})"
                )
        for name, _, optional in _fields(cls):
            if not optional and name not in arguments:
                raise ArgumentTypeError(f"'{keyword}' needs '{name}', got {sorted(arguments)}")
        return cls(**arguments)

    def to_mapping(self) -> dict[str, object]:
        """The given values under JavaScript's names, as a property injector gets them."""
        return dict(self._given())

    def _given(self) -> Iterator[tuple[str, object]]:
        for keyword, _, _ in _fields(type(self)):
            value = getattr(self, keyword)
            if isinstance(value, Struct):
                value = value.to_mapping()
            if value is not None:
                yield _to_camel(keyword), value


_fields_of: dict[type[Checked], tuple[tuple[str, Any, bool], ...]] = {}


def _fields(kind: type[Checked]) -> tuple[tuple[str, Any, bool], ...]:
    """The name of each argument, its type hint, and whether None stands for not given."""
    if kind not in _fields_of:
        hints = get_type_hints(kind)
        _fields_of[kind] = tuple(
            (field.name, hints[field.name], field.default is None)
            for field in dataclasses.fields(cast("Any", kind))
            if field.init
        )
    return _fields_of[kind]


def _nest(keyword: str, value: object, hint: object) -> object:
    if keyword == "tags":
        check_tag_mapping(value)
    (kind, *_) = union_members(hint)
    if isinstance(value, Mapping) and isinstance(kind, type) and issubclass(kind, Struct):
        return kind.from_mapping(keyword, value)
    return check_type(keyword, value, hint)


def _to_camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def _to_snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: f"_{match[0].lower()}", name)
