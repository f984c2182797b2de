"""The metrics and events of stages that this library does not create."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._monitoring.monitored_resource import MonitoredResource

from .events import StageEvents
from .metrics import StageMetrics

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IStageRef


class StageMonitoring(StageMetrics, StageEvents):
    """
    The metrics and events of any stage, which a `Stage` has as methods.

    Args:
        stage: The stage: a construct of this library or an L1.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
    """

    def __init__(self, stage: IStageRef) -> None:
        self._resource = MonitoredResource(stage, "stage")

    @classmethod
    def from_stage(cls, stage: IStageRef) -> Self:
        """
        Return the metrics and events of any stage.

        Args:
            stage: The stage: a construct of this library or an L1.

        Returns:
            The metrics and events.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls(stage)

    @property
    def stage_id(self) -> str:
        """
        The ID of the stage: the last part of its ARN.

        Raises:
            ValidationError: `DynamicReference` if the ARN of an imported stage contains a dynamic
                reference.
        """
        return self._resource.id

    def _monitored_resource(self) -> MonitoredResource:
        return self._resource
