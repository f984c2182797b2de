"""Values that are computed when the template is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import IAnyProducer, IStableAnyProducer, IStableStringProducer, Lazy

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


def lazy_any(function: Callable[[], Any]) -> IResolvable:
    """Return a value that is computed once."""
    return Lazy.any(_OnceProducer(function))


def lazy_string(function: Callable[[], str]) -> str:
    """Return a text that is computed once."""
    return Lazy.string(_OnceProducer(function))


def uncached_any(function: Callable[[], Any]) -> IResolvable:
    """Return a value that is computed at each rendering, because it can change in between."""
    return Lazy.uncached_any(_Producer(function))
