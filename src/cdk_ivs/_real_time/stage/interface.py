"""The members of every stage, whether this app creates it or not."""

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


# IvsResource is first, because jsii reads all members of the bases before it at each creation.
@jsii.implements(IStageRef)
class IStage(IvsResource, StageMetrics, StageEvents):
    """
    A stage that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a `Stage`, or use
            `Stage.from_stage_arn()`.
    """

    _RESOURCE_TYPE = STAGE

    @attribute
    def stage_arn(self) -> str:
        """The ARN of the stage."""
        return self._resource_arn()

    @attribute
    def stage_id(self) -> str:
        """
        The ID of the stage: the last part of its ARN, which metrics have as `Stage`.

        Raises:
            ValidationError: `DynamicReference` if the ARN contains a dynamic reference.
        """
        return resource_id(self.stage_arn)

    @property
    def stage_ref(self) -> StageReference:
        """A reference to the stage."""
        return StageReference(stage_arn=self.stage_arn)

    @attribute
    def endpoints(self) -> StageEndpoints:
        """
        The endpoints of the stage, as in `stage.endpoints.whip`.

        CloudFormation does not return them. The first endpoint that you read creates a custom
        resource, which calls `ivs:GetStage` at deployment.
        """
        return StageEndpoints._of(self)

    @property
    def grants(self) -> StageGrants:
        """Permissions on the stage, as in `stage.grants.start_composition(role, ...)`."""
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
        Add an ingest configuration, with which an encoder publishes to the stage.

        Args:
            id: The ID of the ingest configuration, unique in the stage.
            ingest_configuration_name: The name: up to 128 letters, digits, hyphens and underscores
                ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
                Default: no name.
            ingest_protocol: The protocol of the encoder. Default: `RTMPS`.
            insecure_ingest: Whether the encoder can send over RTMP. Default: False.
            tags: The tags of the ingest configuration, up to 50
                ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
                Default: no tags.
            user_id: The user ID of the encoder in the stage: up to 128 characters
                ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
                Default: no user ID.

        Returns:
            The ingest configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RtmpNeedsInsecureIngest` if the protocol is RTMP without
                `insecure_ingest`. `UserId` if the user ID is too long. `Environment` if the stage
                is in another account or Region. `Name` if IVS refuses the name. `TagForm`,
                `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
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
