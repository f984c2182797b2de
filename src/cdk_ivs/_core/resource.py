"""The base of every construct of this library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from aws_cdk import Resource

from cdk_ivs._validation.arns import can_be_split, resource_id
from cdk_ivs._validation.values import is_plain_name

from .synth_validation import register_injection
from .tree import register_parent

if TYPE_CHECKING:
    from collections.abc import Callable

    from constructs import Construct

    from .rendered_properties import RenderedProperties

_T = TypeVar("_T")


class IvsResource(Resource):
    """A resource whose attributes are read when they are first asked for, and once."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        physical_name: str | None = None,
        environment_from_arn: str | None = None,
    ) -> None:
        # The CDK would look for parts that are not there, or not yet.
        if environment_from_arn is not None and not can_be_split(environment_from_arn):
            environment_from_arn = None
        super().__init__(
            scope, id, physical_name=physical_name, environment_from_arn=environment_from_arn
        )
        register_parent(self, scope, id)
        register_injection(self)

    def _once(self, name: str, produce: Callable[[], _T]) -> _T:
        """The value under the name, produced on the first call: each read is a message."""
        key = sys.intern(f"_once_{name}")
        # Not in __dict__, which an object has only once it was asked for.
        if not hasattr(self, key):
            setattr(self, key, produce())
        value: _T = getattr(self, key)
        return value

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        """Refuse properties of the L1 that the constructor would have refused as arguments."""

    def _id_from(self, arn: str) -> str:
        """The resource's id, from its ARN."""
        return self._once("id", lambda: resource_id(arn))

    def _rendered_name(self, name: str | None) -> str | None:
        """
        The name for the template.

        Only the CDK knows what PhysicalName.GENERATE_IF_NEEDED comes to; any other name is
        rendered as it was given.
        """
        return name if name is None or is_plain_name(name) else self._physical_name
