"""A property injector for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import IPropertyInjector

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import Construct


@jsii.implements(IPropertyInjector)
class Injector:
    """Injects what a function makes of the props."""

    def __init__(self, kind: type, inject: Callable[[dict[str, Any]], object]) -> None:
        self._kind = kind
        self._inject = inject
        self.calls: list[tuple[dict[str, Any], str, object]] = []

    @property
    def construct_unique_id(self) -> str:
        """The id of the class."""
        return self._kind.PROPERTY_INJECTION_ID

    def inject(self, original_props: dict[str, Any], *, id: str, scope: Construct) -> object:
        """Note the call, and answer."""
        self.calls.append((dict(original_props), id, scope))
        return self._inject(original_props)
