"""Groups of keyword arguments as values, which alpha and the CDK call structs and props."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self, get_type_hints

from cdk_ivs._validation.argument_types import check_type, union_members
from cdk_ivs._validation.errors import ArgumentTypeError, safe_repr, safe_text
from cdk_ivs._validation.hints import nearest
from cdk_ivs._validation.redaction import may_hold_key
from cdk_ivs._validation.tags import check_tag_mapping
from cdk_ivs._validation.type_names import ALPHA, type_name, with_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Options:
    """
    The base of the frozen, keyword-only dataclasses with arguments.

    The constructor checks the type of every argument. Like the generated bindings, it accepts the
    value of an enum member instead of the member, and a mapping instead of a nested struct.
    """

    def __init_subclass__(cls) -> None:
        """Prevent the decorator from adding its own representation and hash."""
        setattr(cls, "__repr__", Options.__repr__)  # noqa: B010 - not to a method, for mypy
        # That of the decorator raises for a value with a list or a mapping.
        setattr(cls, "__hash__", Options.__hash__)  # noqa: B010 - not to a method, for mypy

    def __post_init__(self) -> None:
        """Check the arguments."""
        for field in _fields(type(self)):
            value = getattr(self, field.name)
            if value is None and field.optional:
                continue
            checked = _nest(field, value)
            if checked is not value:
                object.__setattr__(self, field.name, checked)

    def __hash__(self) -> int:
        """Return the same number for equal arguments, also for lists and mappings."""
        values = [getattr(self, field.name) for field in _fields(type(self))]
        return hash((type(self), *map(_hashable, values)))

    def __repr__(self) -> str:
        """Show the arguments, except those that can be a key."""
        arguments = ", ".join(
            f"{field.name}={_represented(getattr(self, field.name), secret=field.secret)}"
            for field in _fields(type(self))
        )
        return f"{type(self).__name__}({arguments})"


class Props(Options):
    """Checked arguments, which can be converted from and to a mapping."""

    @classmethod
    def _from_arguments(cls, arguments: Mapping[str, Any]) -> Self:
        """Create the props from the arguments of a constructor, and ignore other arguments."""
        return cls(**{field.name: arguments[field.name] for field in _fields(cls)})

    @classmethod
    def from_mapping(cls, keyword: str, values: Mapping[str, object]) -> Self:
        """Create the props from names in Python or in JavaScript (`channelName`)."""
        check_type("keyword", keyword, str)
        keyword = safe_text(keyword)
        if not isinstance(values, Mapping):
            raise ArgumentTypeError(f"'{keyword}' must be a mapping, got {with_type(values)}")
        arguments = {}
        allowed = [field.name for field in _fields(cls)]
        for given, value in values.items():
            name = _to_snake(str(given))
            if name not in allowed:
                meant = nearest(name, allowed)
                hint = f"; the nearest is '{meant}'" if meant else ""
                raise ArgumentTypeError(
                    f"'{keyword}' has no option {safe_repr(given)}{hint} (allowed: "
                    f"{', '.join(allowed)})"
                )
            arguments[name] = value
        for field in _fields(cls):
            if not field.optional and field.name not in arguments:
                raise ArgumentTypeError(
                    f"'{keyword}' requires '{field.name}', got {safe_repr(sorted(arguments))}"
                )
        return cls(**arguments)

    def to_mapping(self) -> dict[str, object]:
        """Return the given values under their names in JavaScript, for property injectors."""
        return dict(self._given())

    def _given(self) -> Iterator[tuple[str, object]]:
        for field in _fields(type(self)):
            value = getattr(self, field.name)
            if isinstance(value, Props):
                value = value.to_mapping()
            if value is not None:
                yield _to_camel(field.name), value


class _Field(NamedTuple):
    """
    An argument.

    Attributes:
        name: The keyword.
        hint: The type.
        optional: Whether None means that the argument is not given.
        secret: Whether it is never shown.
    """

    name: str
    hint: Any
    optional: bool
    secret: bool


def _read_fields(kind: Any) -> tuple[_Field, ...]:  # noqa: ANN401 - a class of options
    hints = get_type_hints(kind)
    return tuple(
        _Field(field.name, hints[field.name], field.default is None, not field.repr)
        for field in dataclasses.fields(kind)
        if field.init
    )


# For mypy, the class of a frozen dataclass cannot be hashed.
_fields: Callable[[object], tuple[_Field, ...]] = functools.cache(_read_fields)


def _nest(field: _Field, value: object) -> object:
    if field.name == "tags":
        check_tag_mapping(value)
    (kind, *_) = union_members(field.hint)
    if isinstance(kind, type) and issubclass(kind, Options):
        if isinstance(value, Mapping) and issubclass(kind, Props):
            return kind.from_mapping(field.name, value)
        if type_name(value) == f"{ALPHA}.{kind.__name__}":
            return kind(**{each.name: getattr(value, each.name) for each in _fields(kind)})
    return check_type(field.name, value, field.hint, secret=field.secret)


def _hashable(value: object) -> object:
    if isinstance(value, Mapping):
        return frozenset((_hashable(key), _hashable(value[key])) for key in value)
    return tuple(map(_hashable, value)) if isinstance(value, (list, tuple)) else value


def _represented(value: object, *, secret: bool) -> str:
    text = repr(value)
    if value is None or isinstance(value, Options) or not (secret or may_hold_key(text)):
        return text
    return f"<{type_name(value)}>" if secret else safe_repr(value)


def _to_camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def _to_snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: f"_{match[0].lower()}", name)
