"""Resources that the function of the custom resources creates, as L1s with tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsii
from aws_cdk import CfnResource, ITaggable, TagManager, TagType

from cdk_ivs._core.dependencies import depend_on
from cdk_ivs._iam.grants import wildcard_arn

from .construct import Handler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk import CfnTag
    from constructs import Construct

    from .operations import Operation


@jsii.implements(ITaggable)
class CreatedAtDeployment(CfnResource):
    """
    A resource that the function creates, updates and deletes.

    Args:
        scope: The scope in which the resource is created.
        id: The ID of the resource.
        operation: The operation of the function.
        properties: The properties. Properties that are None are left out.
        tags: The tags. Aspects of the CDK add others.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        operation: Operation,
        properties: Mapping[str, object],
        tags: Sequence[CfnTag] | None,
    ) -> None:
        handler = Handler.of(scope)
        super().__init__(
            scope,
            id,
            type=operation.custom_type,
            properties={
                "ServiceToken": handler.service_token,
                "Operation": operation.value,
                # The function reads the Region from it, because there is no ARN yet.
                "ResourceArn": wildcard_arn(scope, operation.resource_type),
                **{name: value for name, value in properties.items() if value is not None},
            },
        )
        given = {tag.key: tag.value for tag in tags or ()}
        self._tags = TagManager(
            TagType.KEY_VALUE, operation.custom_type, given, tag_property_name="Tags"
        )
        depend_on(self, handler.permissions.allow_on_all(operation))

    @property
    def attr_arn(self) -> str:
        """The ARN of the new resource."""
        return self.get_att("Arn").to_string()

    @property
    @jsii.member(jsii_name="tags")
    def tags(self) -> TagManager:
        """The tags, to which aspects of the CDK add, and which the CDK renders."""
        return self._tags
