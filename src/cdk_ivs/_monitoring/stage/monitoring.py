"""The metrics and events of stages that are no constructs of this library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._monitoring.monitored_resource import MonitoredResource

from .events import StageEvents
from .metrics import StageMetrics

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IStageRef


class StageMonitoring(StageMetrics, StageEvents):
    """The metrics and events of one stage of any kind: what a Stage has as methods."""

    def __init__(self, stage: IStageRef) -> None:
        self._resource = MonitoredResource(stage, "stage")

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
        return self._resource.id

    def _monitored_resource(self) -> MonitoredResource:
        return self._resource
