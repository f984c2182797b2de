"""The endpoints of a stage, which CloudFormation does not return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._services.api_attributes import ApiAttributes
from cdk_ivs._services.custom_resource.operations import Operation
from cdk_ivs._validation.errors import ArgumentTypeError

if TYPE_CHECKING:
    from cdk_ivs._core.resource import IvsResource


class StageEndpoints:
    """
    The endpoints of one stage: ``stage.endpoints``.

    The first that you read creates a custom resource, once for each stage, which calls
    ``ivs:GetStage`` when the stack is deployed. It reads them when it is created and not again.
    By the guide, an application that signs participant tokens may keep them for 14 days. After
    that it has to call ``ivs:GetStage`` itself.
    """

    _attributes: ApiAttributes

    def __init__(self, *_: object, **__: object) -> None:
        raise ArgumentTypeError(
            "StageEndpoints cannot be created; use 'endpoints' of a Stage, or of what "
            "Stage.from_stage_arn() returns"
        )

    @classmethod
    def _of(cls, stage: IvsResource) -> Self:
        endpoints = cls.__new__(cls)
        endpoints._attributes = ApiAttributes(stage, "GetStage", Operation.STAGE_ENDPOINTS)
        return endpoints

    @property
    def events(self) -> str:
        """The URL for events, ``events_url`` in participant tokens that are self-signed."""
        return self._attributes["Events"]

    @property
    def whip(self) -> str:
        """The URL for WHIP, ``whip_url`` in participant tokens that are self-signed."""
        return self._attributes["Whip"]

    @property
    def rtmp(self) -> str:
        """The URL that encoders open to send over RTMP, which is insecure."""
        return self._attributes["Rtmp"]

    @property
    def rtmps(self) -> str:
        """The URL that encoders open to send over RTMPS."""
        return self._attributes["Rtmps"]
