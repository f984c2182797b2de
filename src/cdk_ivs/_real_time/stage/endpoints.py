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
    The endpoints of one stage, from `stage.endpoints`.

    The first endpoint that you read creates a custom resource, one for each stage. At deployment,
    the custom resource calls `ivs:GetStage`. It reads the endpoints when it is created, and not
    again. An application that signs participant tokens can keep them for 14 days
    ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-distribute-tokens.html)).
    After that, it has to call `ivs:GetStage` itself.

    Raises:
        ArgumentTypeError: `ArgumentType` if you create one. Use `stage.endpoints`.
    """

    _attributes: ApiAttributes

    def __init__(self, *_: object, **__: object) -> None:
        raise ArgumentTypeError(
            "StageEndpoints cannot be created; use 'endpoints' of a Stage, or of the reference "
            "that Stage.from_stage_arn() returns"
        )

    @classmethod
    def _of(cls, stage: IvsResource) -> Self:
        endpoints = cls.__new__(cls)
        endpoints._attributes = ApiAttributes(stage, "GetStage", Operation.STAGE_ENDPOINTS)
        return endpoints

    @property
    def events(self) -> str:
        """The URL for events, which self-signed participant tokens contain as `events_url`."""
        return self._attributes["Events"]

    @property
    def whip(self) -> str:
        """The URL for WHIP, which self-signed participant tokens contain as `whip_url`."""
        return self._attributes["Whip"]

    @property
    def rtmp(self) -> str:
        """The URL to which encoders connect to send over RTMP, which is not encrypted."""
        return self._attributes["Rtmp"]

    @property
    def rtmps(self) -> str:
        """The URL to which encoders connect to send over RTMPS."""
        return self._attributes["Rtmps"]
