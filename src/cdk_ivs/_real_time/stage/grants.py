"""The permissions on a stage."""

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
    """
    Permissions on one stage.

    You get them from the property `grants` of a stage, or from `from_stage()`.

    Args:
        resource: The stage.
        arn: The ARN of the stage.
    """

    _RESOURCE_TYPE = STAGE

    @classmethod
    def from_stage(cls, stage: IStageRef) -> Self:
        """
        Return the permissions on a stage.

        Args:
            stage: The stage: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a stage.
        """
        return cls._of(stage)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the stage, its sessions, its participants and its compositions.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, *READ_STAGE)

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the stage.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateStage")

    def create_participant_token(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create the tokens with which participants join.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "CreateParticipantToken")

    def disconnect_participant(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to disconnect participants from the stage.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "DisconnectParticipant")

    @classmethod
    def revoke_connection_token(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to revoke connection tokens, which disconnects the clients that use them.

        `ivs:RevokeConnectionToken` has no resource type in IAM. The grant is therefore for `*`, all
        connection tokens of the account.

        Args:
            scope: The stack, or a construct in it.
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the scope is not a construct, or if the grantee
                cannot have permissions.
            ValidationError: `NoStack` if the scope is not in a stack.
        """
        check_in_stack(scope)
        return grant_actions(scope, grantee, STAGE, ["RevokeConnectionToken"], "*")

    def replicate_participants(self, grantee: IGrantable, *, destination: IStageRef) -> Grant:
        """
        Allow the grantee to replicate participants to another stage, and to stop the replication.

        The grant is for both stages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            destination: The stage to which participants are replicated.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the destination is not a stage, or if the grantee
                cannot have permissions.
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
        Allow the grantee to start, read and stop compositions of the stage.

        The grant for `ivs:StartComposition` is for the stage, the encoder configuration and the
        destinations. A composition exists at run time only, so its ARN is not known at deployment.
        The grant for `ivs:GetComposition` and `ivs:StopComposition` is therefore for every
        composition of the account in the Region of the stage.

        Args:
            grantee: The principal that gets the permission, for instance a role or a state machine.
            encoder_configuration: The video settings of the composition.
            storage_configuration: The storage configuration to which the composition is recorded.
                Default: no recording.
            channel: The channel to which the composition is streamed. Default: no channel.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument is not a resource of its type, or if
                the grantee cannot have permissions.
            ValidationError: `NoDestination` if there is neither a channel nor a storage
                configuration.
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
