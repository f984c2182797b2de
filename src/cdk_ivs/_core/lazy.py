"""Values that are computed when the template is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import (
    IAnyProducer,
    IStableAnyProducer,
    IStableStringProducer,
    Lazy,
)

from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    safe_repr,
    safe_text,
)

from .rendered_properties import is_function

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_cdk import IResolvable, IResolveContext


@jsii.implements(IStableAnyProducer, IStableStringProducer)
class _OnceProducer:
    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def produce(self) -> Any:  # noqa: ANN401 - the type in the CDK
        """The value."""
        return self._function()


@jsii.implements(IAnyProducer)
class _Producer:
    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def produce(self, _: IResolveContext) -> Any:  # noqa: ANN401 - the type in the CDK
        """The value."""
        return self._function()


@jsii.implements(IAnyProducer)
class _FlagProducer:
    def __init__(self, keyword: str, flag: IResolvable) -> None:
        self.called = keyword
        self._flag = flag

    def produce(self, context: IResolveContext) -> object:
        """The token, if it has a value that a flag can have."""
        value = context.resolve(self._flag)
        computed = isinstance(value, Mapping) and len(value) == 1 and is_function(next(iter(value)))
        if computed or value is None or isinstance(value, bool):
            return self._flag
        error = ArgumentTypeError(
            f"'{self.called}' must be bool, got a token that produces {safe_repr(value)}; let it "
            "produce True or False"
        )
        error.path = safe_text(context.scope.node.path)
        raise error


def checked_flag(keyword: str, flag: bool | IResolvable | None) -> bool | IResolvable | None:  # noqa: FBT001 - the value of a property
    """
    Return a flag for the property of an L1.

    A token can produce anything, which is known at synthesis only. The error of the CDK would not
    have the keyword.
    """
    if flag is None or isinstance(flag, bool):
        return flag
    return Lazy.uncached_any(_FlagProducer(keyword, flag))


def lazy_any(function: Callable[[], Any]) -> IResolvable:
    """Return a value that is computed once."""
    return Lazy.any(_OnceProducer(function))


def lazy_string(function: Callable[[], str]) -> str:
    """Return a text that is computed once."""
    return Lazy.string(_OnceProducer(function))


def uncached_any(function: Callable[[], Any]) -> IResolvable:
    """Return a value that is computed at each rendering, because it can change in between."""
    return Lazy.uncached_any(_Producer(function))
