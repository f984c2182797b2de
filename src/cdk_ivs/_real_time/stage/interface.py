"""What every stage has, created in this app or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsii
from aws_cdk.interfaces.aws_ivs import IStageRef, StageReference

from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._iam.resource_types import STAGE
from cdk_ivs._monitoring.stage.events import StageEvents
from cdk_ivs._monitoring.stage.metrics import StageMetrics
from cdk_ivs._real_time.ingest_configuration import IngestConfiguration, IngestProtocol
from cdk_ivs._validation.arns import resource_id

from .endpoints import StageEndpoints
from .grants import StageGrants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import IResolvable


# IvsResource comes first: at each creation, jsii looks at all members of the bases before it.
@jsii.implements(IStageRef)
class IStage(IvsResource, StageMetrics, StageEvents):
    """A stage, created in this app or not."""

    _RESOURCE_TYPE = STAGE

    @attribute
    def stage_arn(self) -> str:
        """The ARN of the stage."""
        return self._resource_arn()

    @attribute
    def stage_id(self) -> str:
        """The id of the stage: the last part of its ARN, and what metrics call a stage."""
        return resource_id(self.stage_arn)

    @property
    def stage_ref(self) -> StageReference:
        """A reference to the stage."""
        return StageReference(stage_arn=self.stage_arn)

    @attribute
    def endpoints(self) -> StageEndpoints:
        """
        The endpoints of the stage, as in ``stage.endpoints.whip``.

        CloudFormation does not return them: the first one that is read creates a custom resource
        that asks ``ivs:GetStage`` when the stack is deployed.
        """
        return StageEndpoints._of(self)

    @property
    def grants(self) -> StageGrants:
        """Permissions on the stage, as in ``stage.grants.start_composition(role, ...)``."""
        return StageGrants(self, self.stage_arn)

    def add_ingest_configuration(
        self,
        id: str,
        *,
        ingest_configuration_name: str | None = None,
        ingest_protocol: IngestProtocol | None = None,
        insecure_ingest: bool | IResolvable | None = None,
        tags: Mapping[str, str] | None = None,
        user_id: str | None = None,
    ) -> IngestConfiguration:
        """
        Let an encoder publish to the stage over RTMPS or RTMP.

        Args:
            id: The id of the ingest configuration, unique in the stage.
            ingest_configuration_name: The name. Default: no name.
            ingest_protocol: The protocol. Default: ``RTMPS``.
            insecure_ingest: Whether RTMP is allowed. Default: False.
            tags: Tags for the ingest configuration. Default: none.
            user_id: The user that the encoder publishes as. Default: none.

        Raises:
            ValidationError: If an argument is one that IVS refuses.
        """
        return IngestConfiguration(
            self,
            id,
            ingest_configuration_name=ingest_configuration_name,
            ingest_protocol=ingest_protocol,
            insecure_ingest=insecure_ingest,
            stage=self,
            tags=tags,
            user_id=user_id,
        )
