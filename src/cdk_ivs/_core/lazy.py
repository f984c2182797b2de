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

    def produce(self) -> Any:  # noqa: ANN401 - the CDK's
        """The value."""
        return self._function()


@jsii.implements(IAnyProducer)
class _Producer:
    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function

    def produce(self, _: IResolveContext) -> Any:  # noqa: ANN401 - the CDK's
        """The value."""
        return self._function()


def lazy_any(function: Callable[[], Any]) -> IResolvable:
    """A value that is produced once."""
    return Lazy.any(_OnceProducer(function))


def lazy_string(function: Callable[[], str]) -> str:
    """A text that is produced once."""
    return Lazy.string(_OnceProducer(function))


def uncached_any(function: Callable[[], Any]) -> IResolvable:
    """A value that is produced at each rendering: what happens in between can change it."""
    return Lazy.uncached_any(_Producer(function))
