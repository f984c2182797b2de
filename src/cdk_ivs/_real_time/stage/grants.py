"""Permissions on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._iam.grants import Grants, Statement, grant_actions, grant_statements
from cdk_ivs._iam.resource_types import COMPOSITION, READ_STAGE, REPLICATE_PARTICIPANTS, STAGE
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import ValidationError, error_path_of

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivs import (
        IChannelRef,
        IEncoderConfigurationRef,
        IStageRef,
        IStorageConfigurationRef,
    )
    from constructs import Construct


class StageGrants(Grants):
    """Permissions on one stage: ``stage.grants``, or from_stage() for an L1."""

    _RESOURCE_TYPE = STAGE

    @classmethod
    def from_stage(cls, stage: IStageRef) -> Self:
        """
        The permissions on any stage.

        Args:
            stage: The stage: a construct of this library or an L1.
        """
        return cls._of(stage)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the stage, its sessions and compositions, and who takes part.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, *READ_STAGE)

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the stage.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "UpdateStage")

    def create_participant_token(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create the tokens with which participants join.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "CreateParticipantToken")

    def disconnect_participant(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to disconnect participants from the stage.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "DisconnectParticipant")

    @classmethod
    def revoke_connection_token(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to revoke connection tokens, which disconnects the clients that use them.

        ``ivs:RevokeConnectionToken`` has no resource in policies: it is granted on ``*``, for all
        connection tokens of the account.

        Args:
            scope: The stack, or a construct in it.
            grantee: Who may, for instance a role or a function.

        Raises:
            ValidationError: If the scope is not in a stack, or the grantee cannot have permissions.
        """
        check_in_stack(scope)
        return grant_actions(scope, grantee, STAGE, ["RevokeConnectionToken"], "*")

    def replicate_participants(self, grantee: IGrantable, *, destination: IStageRef) -> Grant:
        """
        Allow the grantee to replicate participants to another stage, and to stop that.

        Granted on both stages.

        Args:
            grantee: Who may, for instance a role or a function.
            destination: The stage in which the participants are shown.
        """
        with error_path_of(self._resource):
            other = arn_of("destination", destination, "stage")
        return grant_actions(
            self._resource, grantee, STAGE, REPLICATE_PARTICIPANTS, self._arn, other
        )

    def start_composition(
        self,
        grantee: IGrantable,
        *,
        encoder_configuration: IEncoderConfigurationRef,
        storage_configuration: IStorageConfigurationRef | None = None,
        channel: IChannelRef | None = None,
    ) -> Grant:
        """
        Allow the grantee to compose the stage into one video, and watch and stop compositions.

        ``ivs:StartComposition`` on the stage, the encoder configuration and what is given of
        the destinations. A composition exists at run time only and its ARN is not known before:
        ``ivs:GetComposition`` and ``ivs:StopComposition`` are granted on every composition of
        the account in the stage's Region.

        Args:
            grantee: Who may, for instance a role or a state machine.
            encoder_configuration: The video that is made.
            storage_configuration: Where the composition is recorded. Default: not recorded.
            channel: The channel to which it is streamed. Default: not streamed.

        Raises:
            ValidationError: If there is no destination: IVS starts no composition without.
        """
        with error_path_of(self._resource):
            if storage_configuration is None and channel is None:
                raise ValidationError(
                    "at least one of 'storage_configuration' and 'channel' must be given, got "
                    "none: a composition needs a destination",
                    code="NoDestination",
                )
            arns = [
                arn_of(keyword, resource, keyword)
                for keyword, resource in (
                    ("encoder_configuration", encoder_configuration),
                    ("storage_configuration", storage_configuration),
                    ("channel", channel),
                )
                if resource is not None or keyword == "encoder_configuration"
            ]
        started = Statement(STAGE.service, ["StartComposition"], [self._arn, *arns])
        compositions = self._on_all(COMPOSITION, "GetComposition", "StopComposition")
        return grant_statements(self._resource, grantee, [started, compositions])
