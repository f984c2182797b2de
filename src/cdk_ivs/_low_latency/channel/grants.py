"""Permissions on a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._iam.grants import Grants, Statement, grant_statements
from cdk_ivs._iam.resource_types import (
    CHANNEL,
    READ_CHANNEL,
    READ_STREAM_KEY,
    REVOKE_VIEWER_SESSIONS,
    STREAM_KEY,
)

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivs import IChannelRef

    from cdk_ivs._core.alpha import AlphaChannel


class ChannelGrants(Grants):
    """
    Permissions on one channel.

    You get them from the property `grants` of a channel, or from `from_channel()`.

    Args:
        resource: The channel.
        arn: The ARN of the channel.
    """

    _RESOURCE_TYPE = CHANNEL

    @classmethod
    def from_channel(cls, channel: IChannelRef | AlphaChannel) -> Self:
        """
        Return the permissions on any channel.

        Args:
            channel: The channel: a construct of this library, an L1 or a channel of
                `aws_ivs_alpha`.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(channel)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the channel, its live stream and its past streams.

        The permission includes the passphrase for SRT, which `ivs:GetChannel` returns.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, *READ_CHANNEL)

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the channel.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateChannel")

    def put_metadata(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to put timed metadata into the live stream.

        The metadata of one call has at most 1 KB
        ([PutMetadata](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_PutMetadata.html)).

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "PutMetadata")

    def stop_stream(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to stop the live stream.

        The encoder can start another stream with the same stream key.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "StopStream")

    def insert_ad_break(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to insert ad breaks into the live stream.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "InsertAdBreak")

    def revoke_viewer_sessions(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to end the sessions of viewers, one by one or in batches.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, *REVOKE_VIEWER_SESSIONS)

    def manage_stream_keys(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read, delete and create stream keys, for instance after a leak.

        The ARN of a stream key does not contain the channel. The permission to list is limited to
        the channel. The other permissions cover every stream key of the account in the Region of
        the channel.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        keys = self._on_all(
            STREAM_KEY, *READ_STREAM_KEY, "CreateStreamKey", "DeleteStreamKey", "ListStreamKeys"
        )
        listed = Statement(CHANNEL.service, ["ListStreamKeys"], [self._arn])
        return grant_statements(self._resource, grantee, [keys, listed])
