"""What every stage has, created in this app or not."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Protocol

import jsii
from aws_cdk import IResolvable, IResource
from aws_cdk.interfaces.aws_ivs import IStageRef, StageReference

from cdk_ivs._core.resource import IvsResource
from cdk_ivs._monitoring.stage.events import StageEvents
from cdk_ivs._monitoring.stage.metrics import StageMetrics
from cdk_ivs._real_time.ingest_configuration import IngestConfiguration, IngestProtocol
from cdk_ivs._validation.arns import check_arn
from cdk_ivs._validation.errors import error_path

from .endpoints import StageEndpoints
from .grants import StageGrants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constructs import Construct


if TYPE_CHECKING:

    class _Monitored(StageMetrics, StageEvents, Protocol): ...
else:

    class _Monitored(Protocol):
        """A protocol can inherit the methods from protocols only."""


class IStage(IStageRef, IResource, _Monitored, Protocol):
    """A stage, created in this app or not."""

    @property
    def stage_arn(self) -> str:
        """The ARN of the stage."""
        ...

    @property
    def stage_id(self) -> str:
        """The id of the stage: the last part of its ARN, and what metrics call a stage."""
        ...

    @property
    def endpoints(self) -> StageEndpoints:
        """The endpoints of the stage, asked of the API at deployment."""
        ...

    @property
    def grants(self) -> StageGrants:
        """Permissions on the stage."""
        ...

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
        """Let an encoder publish to the stage."""
        ...


@jsii.implements(IStage)
class StageBase(IvsResource, StageMetrics, StageEvents):
    """A stage, as far as its origin does not matter."""

    @property
    @abc.abstractmethod
    def stage_arn(self) -> str:
        """The ARN of the stage."""

    @property
    def stage_id(self) -> str:
        """The id of the stage: the last part of its ARN, and what metrics call a stage."""
        return self._id_from(self.stage_arn)

    @property
    def stage_ref(self) -> StageReference:
        """A reference to the stage."""
        return StageReference(stage_arn=self.stage_arn)

    @property
    def endpoints(self) -> StageEndpoints:
        """
        The endpoints of the stage, as in ``stage.endpoints.whip``.

        CloudFormation does not return them: the first one that is read makes a custom resource
        that asks ``ivs:GetStage`` when the stack is deployed.
        """
        return self._once("endpoints", self._endpoints)

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

    def _endpoints(self) -> StageEndpoints:
        created = not isinstance(self, ImportedStage)
        return StageEndpoints(self, self.stage_arn, created=created)


class ImportedStage(StageBase):
    """A stage that is known by its ARN."""

    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with error_path(scope, id):
            check_arn("stage_arn", arn, "stage")
        super().__init__(scope, id, environment_from_arn=arn)
        self._arn = arn

    @property
    def stage_arn(self) -> str:
        """The ARN of the stage."""
        return self._arn
