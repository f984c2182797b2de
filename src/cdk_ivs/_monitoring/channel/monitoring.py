"""The metrics and events of channels that this library does not create."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._monitoring.monitored_resource import MonitoredResource

from .events import ChannelEvents
from .metrics import ChannelMetrics

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IChannelRef

    from cdk_ivs._core.alpha import AlphaChannel


class ChannelMonitoring(ChannelMetrics, ChannelEvents):
    """
    The metrics and events of any channel, which a `Channel` has as methods.

    Args:
        channel: The channel: a construct of this library, an L1 or a channel of `aws_ivs_alpha`.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
    """

    def __init__(self, channel: IChannelRef | AlphaChannel) -> None:
        self._resource = MonitoredResource(channel, "channel")

    @classmethod
    def from_channel(cls, channel: IChannelRef | AlphaChannel) -> Self:
        """
        Return the metrics and events of any channel.

        Args:
            channel: The channel: a construct of this library, an L1 or a channel of
                `aws_ivs_alpha`.

        Returns:
            The metrics and events.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls(channel)

    @property
    def channel_id(self) -> str:
        """
        The ID of the channel: the last part of its ARN.

        Raises:
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference.
        """
        return self._resource.id

    def _monitored_resource(self) -> MonitoredResource:
        return self._resource
