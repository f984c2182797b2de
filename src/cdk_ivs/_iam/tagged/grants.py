"""Permissions for applications that create resources while they run, limited by tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.grants import grant_statements
from cdk_ivs._iam.resource_types import TYPES

from .channels import TaggedChannelGrants
from .rooms import TaggedRoomGrants
from .stages import TaggedStageGrants
from .statements import checked_tagged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._iam.grants import Statement


class TaggedGrants(TaggedChannelGrants, TaggedStageGrants, TaggedRoomGrants):
    """
    The permissions to create resources with certain tags, and to use resources that have them.

    Use it for applications that create channels, stages and rooms at run time, whose ARNs you do
    not know at deployment. Each method allows one thing: either to create resources with the tags,
    or to use resources that have the tags.

    To create a resource with tags, the grantee also needs `TagResource`, according to the Service
    Authorization Reference and the schemas of CloudFormation. For compositions, this is
    UNCONFIRMED. The grants allow `TagResource` for these tags, but not on resources that have other
    values for the keys. A grantee that can create a resource can therefore tag resources that lack
    the keys, and then use them. To protect the resources of other applications, give them the same
    tag keys with other values, or use a separate account.

    Args:
        scope: The stack with the account and Region of the resources, or a construct in it.

        tags: The tags. A resource needs all of them. There must be one or more, up to 50
            ([limits](https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html)).

    Raises:
        ArgumentTypeError: `ArgumentType` if the scope is not a construct, or if the tags are not a
            mapping from strings to strings.
        ValidationError: `NoStack` if the scope is not in a stack. `TagForm`, `TagCount`, `TagKey`
            or `TagValue` if there are no tags, if AWS refuses the tags, or if a key is a token.
    """

    def __init__(self, scope: Construct, *, tags: Mapping[str, str]) -> None:
        super().__init__(scope, tags=tags)

    def actions(self, grantee: IGrantable, *actions: str) -> Grant:
        """
        Allow the grantee to call actions for which there is no method.

        An action on a resource is allowed if the resource has the tags, on all types on which IAM
        authorizes the action. An action that creates a resource is allowed if the request has the
        tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            *actions: The names of the actions, with or without the prefix of the service.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if an action is not a string, or if the grantee cannot
                have permissions.
            ValidationError: `Action` if there is no action, or if IVS and IVS Chat do not have it.
                `ActionWithoutTags` if tags cannot limit the action.
        """
        statements: list[Statement] = []
        for service, names in checked_tagged(self._scope, actions).items():
            types = [each for each in TYPES if each.service == service]
            statements += self._statements(names, types)
        return grant_statements(self._scope, grantee, statements)
