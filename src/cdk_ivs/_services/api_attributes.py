"""Attributes that CloudFormation does not return, which the API returns at deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.tree import is_child
from cdk_ivs._validation.errors import error_path

if TYPE_CHECKING:
    from aws_cdk import CustomResource

    from cdk_ivs._core.resource import IvsResource

    from .custom_resource.operations import Operation


class ApiAttributes:
    """
    Attributes of one resource, by their names in the response of an operation.

    The first read creates a custom resource inside the resource. All attributes come from it.

    Args:
        resource: The resource.
        id: The ID of the custom resource.
        operation: The operation.
        arn_attribute: The attribute of the resource with its ARN. Default: the attribute of its
            type.
        anywhere: Whether the resource can be in another account or Region than the stack.
    """

    def __init__(
        self,
        resource: IvsResource,
        id: str,
        operation: Operation,
        *,
        arn_attribute: str | None = None,
        anywhere: bool = False,
    ) -> None:
        self._resource = resource
        self._id = id
        self._operation = operation
        self._arn_attribute = arn_attribute or f"{resource._RESOURCE_TYPE.kind}_arn"
        self._anywhere = anywhere
        self._custom_resource: CustomResource | None = None
        self._values: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the value, a token."""
        known = self._custom_resource
        # It can have been removed.
        if known is None or not is_child(known, self._resource, self._id):
            known = self._custom_resource = self._create_custom_resource()
            self._values = {}
        if name not in self._values:
            self._values[name] = known.get_att_string(name)
        return self._values[name]

    def _create_custom_resource(self) -> CustomResource:
        # Here and not above: import cdk_ivs must not load what a custom resource needs.
        from .custom_resource.construct import run_at_deployment

        resource = self._resource
        arn: str = getattr(resource, self._arn_attribute)
        with error_path(resource, self._id):
            check_in_stack(resource)
            if not self._anywhere:
                check_arn_environment(self._arn_attribute, arn, resource)
        return run_at_deployment(
            resource, self._id, self._operation, arn, created=resource._given_arn is None
        )
