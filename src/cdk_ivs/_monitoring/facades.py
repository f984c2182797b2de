"""Metrics and events of resources that are no constructs of this library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._core.resource import IvsResource
from cdk_ivs._monitoring.channel.events import ChannelEvents
from cdk_ivs._monitoring.channel.metrics import ChannelMetrics
from cdk_ivs._monitoring.stage.events import StageEvents
from cdk_ivs._monitoring.stage.metrics import StageMetrics
from cdk_ivs._validation.arns import arn_of, resource_id

from .metrics import MonitoredResource

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef

    from cdk_ivs._core.alpha import AlphaChannel


class ChannelMonitoring(ChannelMetrics, ChannelEvents):
    """The metrics and events of one channel of any kind: what a Channel has as methods."""

    def __init__(self, channel: IChannelRef | AlphaChannel) -> None:
        self._observed = MonitoredResource(
            channel, arn_of("channel", channel, "channel"), "channel"
        )
        self._id: str | None = None

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
        if self._id is None:
            self._id = _id_of(self._observed)
        return self._id

    def _subject(self) -> MonitoredResource:
        return self._observed


class StageMonitoring(StageMetrics, StageEvents):
    """The metrics and events of one stage of any kind: what a Stage has as methods."""

    def __init__(self, stage: IStageRef) -> None:
        self._observed = MonitoredResource(stage, arn_of("stage", stage, "stage"), "stage")
        self._id: str | None = None

    @classmethod
    def from_stage(cls, stage: IStageRef) -> Self:
        """
        The metrics and events of any stage.

        Args:
            stage: The stage: an L1 or a construct of this library.
        """
        return cls(stage)

    @property
    def stage_id(self) -> str:
        """The id of the stage: the last part of its ARN."""
        if self._id is None:
            self._id = _id_of(self._observed)
        return self._id

    def _subject(self) -> MonitoredResource:
        return self._observed


def _id_of(subject: MonitoredResource) -> str:
    """The id, which a construct of this library keeps."""
    if isinstance(subject.construct, IvsResource):
        kept: str = getattr(subject.construct, f"{subject.kind}_id")
        return kept
    return resource_id(subject.arn)
