"""The parameters of a broadcast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import (
    IChannelRef,
    IEncoderConfigurationRef,
    IStageRef,
    IStorageConfigurationRef,
)

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.props import Options
from cdk_ivs._validation.thumbnails import Storage

from .layout import CompositionLayout


@dataclass(frozen=True, kw_only=True)
class BroadcastProps(Options):
    """The parameters of a broadcast, which `StageBroadcast` describes."""

    stage: IStageRef
    channel: IChannelRef | AlphaChannel | None = None
    encoder_configuration: IEncoderConfigurationRef | None = None
    hls_segment_duration: Duration | None = None
    layout: CompositionLayout | None = None
    offline_timeout: Duration | None = None
    replicas: bool = True
    stop_after: Duration | None = None
    storage_configuration: IStorageConfigurationRef | None = None
    thumbnail_interval: Duration | None = None
    thumbnail_storage: Sequence[Storage] | None = None
