"""An injector without its class."""

from __future__ import annotations

import jsii
from aws_cdk import IPropertyInjector
from constructs import Construct


@jsii.implements(IPropertyInjector)
class Literal:
    """An injector whose id is written out, which changes nothing."""

    def __init__(self, unique_id: str) -> None:
        self._unique_id = unique_id

    @property
    def construct_unique_id(self) -> str:
        """The id of the class."""
        return self._unique_id

    def inject(self, original_props: object, *, id: str, scope: Construct) -> object:
        """Give the props back."""
        return original_props
