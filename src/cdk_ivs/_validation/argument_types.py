"""
Checks of argument types with typeguard, and of what typeguard leaves out.

This is the only module that uses typeguard. jsii pins version 2.13.3, which accepts any object for
a jsii interface. This module therefore checks the members of such objects.
"""

from __future__ import annotations

import enum
import functools
import types
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar, Union, get_args, get_origin

from .carried import check_carried
from .disabled_recording import DisabledRecording
from .errors import ArgumentTypeError, safe_repr
from .hints import factories_of, nearest, suggest_alternative
from .jsii_objects import has_members, is_protocol, is_proxy, proxy_fits
from .tokens import can_become, is_token
from .type_names import ALPHA, type_name, with_type

if TYPE_CHECKING:
    _Check = Callable[[object], object]
    _E = TypeVar("_E", bound=enum.StrEnum)

_MISFIT = object()
_NO_LISTS = (str, bytes, bytearray, memoryview)


def check_type(keyword: str, value: object, hint: object, *, secret: bool = False) -> object:
    """
    Refuse a value that does not fit the type hint, and return the value to use.

    The returned value is the same, except for enums of strings. Their members can be given by
    value, and a token passes for any member.

    Args:
        keyword: The name of the parameter, for the message.
        value: The value.
        hint: The type hint.
        secret: Whether the value may be a key, which the message must not show.
    """
    checked = _fitted(value, hint)
    # Raised here, because the error of the failed check can contain the value.
    if checked is not _MISFIT:
        # The checks of each kind of mapping look at its items.
        if not isinstance(checked, Mapping):
            check_carried(keyword, checked, secret=secret)
        return checked
    hidden = secret and value is not None
    got = f"a value of type '{type_name(value)}'" if hidden else with_type(value)
    raise ArgumentTypeError(
        f"'{keyword}' must be {_describe(hint)}, got {got}{_wrong_item(value, hint)}"
        f"{_instead(value, hint, keyword)}"
    )


def fits(value: object, hint: object) -> bool:
    """Whether a value fits the type hint."""
    return _fitted(value, hint) is not _MISFIT


def _fitted(value: object, hint: object) -> object:
    try:
        return _check_for(hint)(value)
    except TypeError:
        # A token for a number is a float, also for a whole number.
        if isinstance(value, float) and int in union_members(hint) and is_token(value):
            return value
        return _MISFIT


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    # A string is a sequence of strings, and bytes of numbers, but users never mean them as one.
    return isinstance(value, Sequence) and not isinstance(value, _NO_LISTS)


def _wrong_item(values: object, hint: object) -> str:
    """Describe the wrong item of a list, and suggest a replacement."""
    (first, *_) = union_members(hint)
    if not _is_list(values):
        return ""
    if get_origin(first) is not Sequence:
        return ""
    (item_hint,) = get_args(first)
    wrong = (
        (index, item) for index, item in enumerate(values) if _fitted(item, item_hint) is _MISFIT
    )
    # At least one item is wrong, because the list did not fit.
    index, item = next(wrong)
    place = f" with {with_type(item)} at index {index}"
    # The message already shows a single item.
    return f"{place if len(values) > 1 else ''}{_instead(item, item_hint)}"


def _instead(value: object, hint: object, keyword: str = "") -> str:
    (first, *_) = union_members(hint)
    # For CloudFormation, an empty text means no recording.
    if isinstance(value, str | bool) and not value and DisabledRecording in union_members(hint):
        owner = "".join(word.title() for word in keyword.split("_"))
        return f"; to record nothing, use {owner}.disable()"
    if get_origin(first) is Sequence and _fitted(value, *get_args(first)) is not _MISFIT:
        return "; put it into a list"
    if get_origin(first) is Mapping:
        (_, kind) = get_args(first)
        of_library = kind.__module__.startswith("cdk_ivs")
        return f'; use {{"…": {kind.__name__}(...)}}' if of_library else ""
    kinds = [part for part in union_members(hint) if isinstance(part, type)]
    hints = (factories_of(kind, value) for kind in kinds)
    return next(filter(None, hints), "") or suggest_alternative(
        [kind.__name__ for kind in kinds], value
    )


def validate_options(options: Mapping[str, object], kind: type, *others: str) -> Any:  # noqa: ANN401 - of the kind
    """
    Return the options that are not None, or refuse one that the typed dictionary does not have.

    Args:
        options: The options.
        kind: The typed dictionary.
        *others: The other keywords of the method, which the error can suggest.
    """
    allowed = sorted({*kind.__annotations__, *others})
    for name in options:
        if name not in allowed:
            meant = nearest(name, allowed)
            hint = f"; the nearest is '{meant}'" if meant else ""
            raise ArgumentTypeError(
                f"there is no option {safe_repr(name)}{hint} (allowed: {', '.join(allowed)})"
            )
    return {name: value for name, value in options.items() if value is not None}


def union_members(hint: object) -> tuple[object, ...]:
    """The members of a union without None, or the hint itself."""
    if get_origin(hint) in {Union, types.UnionType}:
        return tuple(part for part in get_args(hint) if part is not types.NoneType)
    return (hint,)


@functools.cache
def _check_for(hint: object) -> _Check:
    parts = union_members(hint)
    if _is_enum(parts[0]):
        return functools.partial(_to_member, parts[0])
    if get_origin(parts[0]) is Sequence:
        (item,) = get_args(parts[0])
        if _is_enum(item):
            return functools.partial(_to_members, item)
        # For typeguard, a test double in a list is of every type, and it does not check unions on
        # some versions of Python.
        return functools.partial(_fit_all, item)
    protocols = tuple(part for part in parts if is_protocol(part))
    plain = tuple(part for part in parts if part not in protocols)
    rest = Union[plain] if plain else None  # noqa: UP007 - of members found at run time
    return functools.partial(_fits, protocols, rest)


def _fits(protocols: tuple[type, ...], plain: object, value: object) -> object:
    if protocols and is_proxy(value) and proxy_fits(value, protocols):
        return value
    if any(has_members(value, protocol) for protocol in protocols):
        return value
    if plain is None:
        raise TypeError
    # Loaded by the first construct, because they take longer than the import of this library.
    from unittest.mock import NonCallableMock

    import typeguard

    # For typeguard, a test double is of every type. JavaScript takes none.
    if isinstance(value, NonCallableMock):
        raise TypeError
    typeguard.check_type("", value, plain)
    return value


def _fit_all(item: object, values: object) -> object:
    if not _is_list(values):
        raise TypeError
    if any(_fitted(value, item) is _MISFIT for value in values):
        raise TypeError
    return values


def _to_member(kind: type[_E], value: object) -> object:
    if isinstance(value, str):
        if value in kind.__members__.values():
            return kind(value)
        if can_become(value, kind):
            return value
    # Enum members of `aws_ivs_alpha` are not strings.
    if isinstance(value, enum.Enum) and type_name(value) == f"{ALPHA}.{kind.__name__}":
        return kind(value.value)
    raise TypeError


def _to_members(kind: type[_E], values: object) -> object:
    if not _is_list(values):
        raise TypeError
    try:
        return [_to_member(kind, value) for value in values]
    except TypeError:
        if is_token(list(values)):
            return list(values)
        raise


def _is_enum(part: object) -> TypeGuard[type[enum.StrEnum]]:
    return isinstance(part, type) and issubclass(part, enum.StrEnum)


def _describe(hint: object) -> str:
    """The type hint in words, with the members of an enum."""
    # Constructs of `aws_ivs_alpha` are accepted, but messages do not recommend them.
    members = union_members(hint)
    parts = [_describe_part(part) for part in members]
    if str in members and any(map(is_protocol, members)):
        parts[members.index(str)] = "an ARN"
    return " or ".join(part for part in parts if not part.startswith("Alpha"))


def _describe_part(part: Any) -> str:  # noqa: ANN401 - types and generic types, which all have names
    # The parameters of a function.
    if isinstance(part, list):
        return f"[{', '.join(map(_describe, part))}]"
    arguments = get_args(part)
    if arguments:
        inner = ", ".join(_describe(argument) for argument in arguments)
        return f"{get_origin(part).__name__}[{inner}]"
    if _is_enum(part):
        return f"{part.__name__} ({', '.join(part)})"
    return str(part.__name__)
