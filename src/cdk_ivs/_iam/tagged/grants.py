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
    Permissions to create resources with certain tags, and to use the resources that have them.

    For applications that create channels, stages, and rooms while they run, whose ARNs you do not
    know before. Each method allows one thing: to create resources with the tags only, or to use
    resources that have the tags.

    To create a resource with tags, the grantee needs ``TagResource`` as well, by the Service
    Authorization Reference and CloudFormation's schemas; for compositions this is UNCONFIRMED. It
    is granted for these tags, and not on resources that have other values for the keys. A grantee
    that can create something can therefore tag resources that lack the keys, and whoever has other
    of these permissions can then use them. Give the resources of other applications the keys too,
    with other values, or use a separate account.

    Args:
        scope: The stack, or a construct in it, whose account and Region the resources are in.

        tags: The tags, at least one. All of them are needed.

    Raises:
        ValidationError: If there is no tag, or one that AWS refuses, or a key is a token, or the
            scope is not in a stack.
    """

    def __init__(self, scope: Construct, *, tags: Mapping[str, str]) -> None:
        super().__init__(scope, tags=tags)

    def actions(self, grantee: IGrantable, *actions: str) -> Grant:
        """
        Allow the grantee to do what no other method here allows.

        Actions on resources are allowed where the resource has the tags, on all types on which they
        are authorized. Actions that create something must give it the tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            *actions: Names of actions, with the prefix of the service or without.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
            ValidationError: If there is no such action, or tags cannot limit it.
        """
        statements: list[Statement] = []
        for service, names in checked_tagged(self._scope, actions).items():
            types = [each for each in TYPES if each.service == service]
            statements += self._statements(names, types)
        return grant_statements(self._scope, grantee, statements)
