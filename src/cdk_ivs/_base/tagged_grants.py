"""Permissions for applications that make resources while they run, limited by tags."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from .actions import CHANNEL, ROOM, STAGE, STREAM_KEY
from .errors import ValidationError, bare
from .grants import every_arn, give
from .stacks import check_in_stack
from .tags import check_tag_mapping, render_tags
from .tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from .actions import ResourceType


class TaggedGrants:
    """
    Permissions to make resources with certain tags, and to use the resources that have them.

    For applications that make channels, stages and rooms while they run, the ARNs of which are
    not known before: they may make them with these tags only, and change and delete only what
    has them.

    To make a resource with tags, ``TagResource`` is needed as well, by the Service Authorization
    Reference. It is granted for these tags, and not on resources that have other values for the
    keys. Resources that lack the keys can be tagged by whoever has these permissions, and then
    be changed and deleted: give others' resources the keys too, or use an account of their own.

    Args:
        scope: The stack, or a construct in it, whose account and Region the resources are in.

        tags: The tags, at least one. All of them are needed.

    Raises:
        ValidationError: If there is no tag, or one that AWS refuses, or a key is a token, or the
            scope is not in a stack.
    """

    def __init__(self, scope: Construct, *, tags: Mapping[str, str]) -> None:
        check_in_stack(scope)
        check_tag_mapping(tags)
        render_tags(tags, variables=True)
        if not tags:
            raise ValidationError("'tags' must be at least one tag, got none", code="TagCount")
        if any(is_token(key) for key in tags):
            raise ValidationError(
                "'tags' must have keys that are known at synthesis, got a token: policies have "
                "them in the names of conditions",
                code="TagKey",
            )
        if len({key.lower() for key in tags}) < len(tags):
            raise ValidationError(
                "'tags' must have keys that differ in more than upper and lower case, got "
                f"{', '.join(bare(key) for key in tags)}: policies do not tell them apart",
                code="TagKey",
            )
        self._scope = scope
        self._in_request = {f"aws:RequestTag/{key}": value for key, value in tags.items()}
        self._on_resource = {f"aws:ResourceTag/{key}": value for key, value in tags.items()}

    def manage_channels(self, grantee: IGrantable) -> Grant:
        """
        Let somebody make channels, and read, change, stop and delete those with the tags.

        A channel is made and deleted with its stream key, on which the actions are authorized
        as well. The key is in the answer of ``ivs:CreateChannel``; manage_stream_keys() permits
        to make and read others.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        channels, stream_keys = (every_arn(self._scope, kind) for kind in (CHANNEL, STREAM_KEY))
        grants = [
            self._create(grantee, CHANNEL, ["CreateChannel"], channels, stream_keys),
            self._use(
                grantee,
                CHANNEL,
                [
                    "DeleteChannel",
                    "GetChannel",
                    "GetStream",
                    "GetStreamSession",
                    "ListStreamSessions",
                    "StopStream",
                    "UpdateChannel",
                ],
            ),
            # The channel must have the tags. The key that was made with it has none.
            give(self._scope, grantee, CHANNEL, ["DeleteChannel"], stream_keys),
        ]
        return self._combine(grants, grantee, CHANNEL)

    def manage_stream_keys(self, grantee: IGrantable) -> Grant:
        """
        Let somebody make stream keys, and read and delete those with the tags.

        A key can be made for any channel that has none: the channel is not in its ARN. The key
        that ``ivs:CreateChannel`` makes has no tags, by what others saw in tests against AWS, so
        it is not among these.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        grants = [
            self._create(grantee, STREAM_KEY, ["CreateStreamKey"]),
            self._use(grantee, STREAM_KEY, ["DeleteStreamKey", "GetStreamKey"]),
        ]
        return self._combine(grants, grantee, STREAM_KEY)

    def manage_stages(self, grantee: IGrantable) -> Grant:
        """
        Let somebody make stages, and read, change and delete those with the tags.

        With the tokens to join them, and to put participants out.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        grants = [
            self._create(grantee, STAGE, ["CreateStage"]),
            self._use(
                grantee,
                STAGE,
                [
                    "CreateParticipantToken",
                    "DeleteStage",
                    "DisconnectParticipant",
                    "GetParticipant",
                    "GetStage",
                    "GetStageSession",
                    "ListParticipants",
                    "ListStageSessions",
                    "UpdateStage",
                ],
            ),
        ]
        return self._combine(grants, grantee, STAGE)

    def manage_rooms(self, grantee: IGrantable) -> Grant:
        """
        Let somebody make rooms, and read, change, moderate and delete those with the tags.

        With the tokens to join them.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        grants = [
            self._create(grantee, ROOM, ["CreateRoom"]),
            self._use(
                grantee,
                ROOM,
                [
                    "CreateChatToken",
                    "DeleteMessage",
                    "DeleteRoom",
                    "DisconnectUser",
                    "GetRoom",
                    "SendEvent",
                    "UpdateRoom",
                ],
            ),
        ]
        return self._combine(grants, grantee, ROOM)

    def _create(
        self, grantee: IGrantable, kind: ResourceType, actions: Sequence[str], *arns: str
    ) -> Grant:
        conditions = {"StringEquals": self._in_request}
        on = arns or (every_arn(self._scope, kind),)
        return give(self._scope, grantee, kind, actions, *on, conditions=conditions)

    def _use(self, grantee: IGrantable, kind: ResourceType, actions: Sequence[str]) -> Grant:
        conditions = {"StringEquals": self._on_resource}
        return give(
            self._scope, grantee, kind, actions, every_arn(self._scope, kind), conditions=conditions
        )

    def _combine(self, grants: list[Grant], grantee: IGrantable, kind: ResourceType) -> Grant:
        conditions = {"StringEquals": self._in_request, "StringEqualsIfExists": self._on_resource}
        every = every_arn(self._scope, kind)
        last = give(self._scope, grantee, kind, ["TagResource"], every, conditions=conditions)
        return functools.reduce(lambda first, other: first.combine(other), [*grants, last])
