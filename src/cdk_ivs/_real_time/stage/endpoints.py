"""The endpoints of a stage, which CloudFormation does not return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.tree import is_child
from cdk_ivs._validation.errors import error_path

if TYPE_CHECKING:
    from aws_cdk import CustomResource
    from constructs import Construct

_ID = "GetStage"


class StageEndpoints:
    """
    The endpoints of one stage: ``stage.endpoints``.

    The first that you read creates a custom resource, once for each stage, which calls
    ``ivs:GetStage`` when the stack is deployed. It reads them when it is created and not again.
    By the guide, an application that signs participant tokens may keep them for 14 days. After
    that it has to call ``ivs:GetStage`` itself.
    """

    def __init__(self, stage: Construct, stage_arn: str, *, created: bool) -> None:
        self._stage = stage
        self._stage_arn = stage_arn
        self._created = created
        self._resource: CustomResource | None = None
        self._read: dict[str, str] = {}

    @property
    def events(self) -> str:
        """The URL for events, ``events_url`` in participant tokens that are self-signed."""
        return self._field("events")

    @property
    def whip(self) -> str:
        """The URL for WHIP, ``whip_url`` in participant tokens that are self-signed."""
        return self._field("whip")

    @property
    def rtmp(self) -> str:
        """The URL that encoders open to send over RTMP, which is insecure."""
        return self._field("rtmp")

    @property
    def rtmps(self) -> str:
        """The URL that encoders open to send over RTMPS."""
        return self._field("rtmps")

    def _field(self, name: str) -> str:
        if self._resource is None or not is_child(self._resource, self._stage, _ID):
            self._resource = self._ask()
            self._read = {}
        if name not in self._read:
            self._read[name] = self._resource.get_att_string(name.title())
        return self._read[name]

    def _ask(self) -> CustomResource:
        # Here and not above: import cdk_ivs must not load what a custom resource needs.
        from cdk_ivs._services.custom_resource.construct import run_at_deployment
        from cdk_ivs._services.custom_resource.operations import Operation

        with error_path(self._stage, _ID):
            check_in_stack(self._stage)
            check_arn_environment("stage_arn", self._stage_arn, self._stage)
        return run_at_deployment(
            self._stage, _ID, Operation.STAGE_ENDPOINTS, self._stage_arn, created=self._created
        )
