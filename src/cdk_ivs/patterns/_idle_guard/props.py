"""The parameters of a guard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef
from aws_cdk.interfaces.aws_sns import ITopicRef

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.props import Options


@dataclass(frozen=True, kw_only=True)
class GuardProps(Options):
    """The parameters of a guard, which `IdleGuard` describes."""

    all_channels: bool = False
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    check_every: Duration | None = None
    delete_stages: bool = False
    dry_run: bool = False
    no_viewers_for: Duration | None = None
    stage_tags: Mapping[str, str] | None = None
    stages_idle_for: Duration | None = None
    starving_for: Duration | None = None
    topic: ITopicRef | None = None
