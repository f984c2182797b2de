"""Permissions on a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._base.arns import arn_of

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivs import IChannelRef

    from .alpha_resources import AlphaChannel

_READ = ("ivs:GetChannel", "ivs:GetStream", "ivs:GetStreamSession", "ivs:ListStreamSessions")


class ChannelGrants:
    """Permissions on one channel: ``channel.grants``, or from_channel() for an L1."""

    def __init__(self, channel_arn: str) -> None:
        self._channel_arn = channel_arn

    @classmethod
    def from_channel(cls, channel: IChannelRef | AlphaChannel) -> Self:
        """
        The permissions on any channel.

        Args:
            channel: The channel: a construct of this library, an L1 or one of alpha's.
        """
        return cls(arn_of("channel", channel, "channel"))

    def read(self, grantee: IGrantable) -> Grant:
        """
        Let somebody see the channel, its live stream and its past ones.

        That includes the passphrase for SRT, which ``ivs:GetChannel`` returns.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        from aws_cdk.aws_iam import Grant

        return Grant.add_to_principal(
            grantee=grantee, actions=list(_READ), resource_arns=[self._channel_arn]
        )
