"""Public classes with their public names, and with helpful errors for wrong arguments."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from typing import TYPE_CHECKING, Any, get_type_hints

from cdk_ivs._validation.errors import ArgumentTypeError, error_path, safe_repr
from cdk_ivs._validation.hints import how_to_refer_to, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SCOPE_AND_ID = ("scope", "id")


def make_public(package: str, kind: Any) -> None:  # noqa: ANN401 - of any kind
    """Give a class the name of its package, and check the arguments of its calls."""
    if not isinstance(kind, type):
        return
    if dataclasses.is_dataclass(kind):
        # The annotations use names of the defining module, which the public package does not have.
        kind.__annotations__ = get_type_hints(kind)
    kind.__module__ = package
    for name, member in list(vars(kind).items()):
        if name == "__init__" and inspect.isfunction(member):
            setattr(kind, name, _looked_at(member, kind.__name__))
        elif isinstance(member, (classmethod, staticmethod)) and not name.startswith("_"):
            function = _looked_at(member.__func__, f"{kind.__name__}.{name}")
            setattr(kind, name, type(member)(function))


def _looked_at(function: Callable[..., Any], called: str) -> Callable[..., Any]:
    """Wrap a function so that wrong arguments raise an error that lists its parameters."""
    call = _Call(function, called)
    if call.takes_any:
        return function

    @functools.wraps(function)
    def look(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the arguments of the function
        if not (call.required <= kwargs.keys() <= call.keywords and len(args) == call.by_position):
            call.check(args, kwargs)
        return function(*args, **kwargs)

    return look


class _Call:
    """The parameters of a function."""

    def __init__(self, function: Any, called: str) -> None:  # noqa: ANN401 - a function
        code = function.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        positional = names[: code.co_argcount]
        # Python passes "self" or "cls".
        self.own = 1 if positional[:1] in {("self",), ("cls",)} else 0
        self.called = called
        self.annotations = function.__annotations__
        self.takes_any = bool(code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS))
        self.positional = positional[self.own :]
        self.names = names[self.own :]
        optional = positional[len(positional) - len(function.__defaults__ or ()) :]
        self.needed = [
            name
            for name in self.names
            if name not in optional and name not in (function.__kwdefaults__ or {})
        ]
        # The usual call, with all positional parameters given by position.
        self.by_position = code.co_argcount
        self.keywords = set(names[code.co_argcount :])
        self.required = self.keywords & set(self.needed)

    def check(self, args: tuple[Any, ...], kwargs: Mapping[str, object]) -> None:
        """Refuse the arguments, unless they are correct in another form."""
        given = args[self.own :]
        problem = self._problem(given, kwargs)
        if problem is None:
            return
        error = ArgumentTypeError(f"{self.called} {problem}")
        if self.positional[:2] == _SCOPE_AND_ID:
            values = {**kwargs, **dict(zip(self.positional, given, strict=False))}
            if all(name in values for name in _SCOPE_AND_ID):
                with error_path(values["scope"], str(values["id"])):
                    raise error
        raise error

    def _problem(self, given: tuple[Any, ...], kwargs: Mapping[str, object]) -> str | None:
        allowed = f"(allowed: {', '.join(self.names) or 'none'})"
        by_position = self.positional[: len(given)]
        for name in kwargs:
            if name not in self.names:
                return (
                    f"has no parameter {safe_repr(name)}{self._meant(name, kwargs[name])} {allowed}"
                )
            if name in by_position:
                return f"got '{name}' twice, by position and by keyword"
        if len(given) > len(self.positional):
            rule = (
                f"only {_quoted(self.positional)} by position, and keywords"
                if self.positional
                else "keywords only"
            )
            return f"takes {rule}, got {len(given)} arguments by position {allowed}"
        missing = [name for name in self.needed if name not in kwargs and name not in by_position]
        if missing:
            return f"requires {_quoted(missing)} {allowed}"
        return None

    def _meant(self, name: str, value: object) -> str:
        meant = nearest(name, [each for each in self.names if each not in _SCOPE_AND_ID])
        if meant is None:
            return ""
        how = ""
        if name.lower().endswith("arn") and not meant.endswith("arn"):
            how = how_to_refer_to(str(self.annotations.get(meant, "")), value)
        return f"; the nearest is '{meant}'{f', which takes {how}' if how else ''}"


def _quoted(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
