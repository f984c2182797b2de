"""The metrics and events of channels that are no constructs of this library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._monitoring.monitored_resource import MonitoredResource

from .events import ChannelEvents
from .metrics import ChannelMetrics

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IChannelRef

    from cdk_ivs._core.alpha import AlphaChannel


class ChannelMonitoring(ChannelMetrics, ChannelEvents):
    """The metrics and events of one channel of any kind: what a Channel has as methods."""

    def __init__(self, channel: IChannelRef | AlphaChannel) -> None:
        self._resource = MonitoredResource(channel, "channel")

    @classmethod
    def from_channel(cls, channel: IChannelRef | AlphaChannel) -> Self:
        """
        The metrics and events of any channel.

        Args:
            channel: The channel: an L1, one of alpha's or a construct of this library.
        """
        return cls(channel)

    @property
    def channel_id(self) -> str:
        """The id of the channel: the last part of its ARN."""
        return self._resource.id

    def _monitored_resource(self) -> MonitoredResource:
        return self._resource
