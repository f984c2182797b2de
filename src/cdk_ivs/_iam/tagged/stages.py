"""Permissions on stages, compositions and public keys with certain tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.grants import Statement, grant_statements
from cdk_ivs._iam.resource_types import (
    CHANNEL,
    COMPOSITION,
    ENCODER_CONFIGURATION,
    READ_STAGE,
    REPLICATE_PARTICIPANTS,
    STAGE,
    STORAGE_CONFIGURATION,
)
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import error_path_of

from .statements import TagCondition, TaggedStatements

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivs import (
        IChannelRef,
        IEncoderConfigurationRef,
        IStorageConfigurationRef,
    )


class TaggedStageGrants(TaggedStatements):
    """The permissions on stages, compositions and public keys."""

    def create_stage(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create stages with the tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateStage")

    def read_stage(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the stages, their sessions, participants and compositions.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, *READ_STAGE, on=(STAGE,))

    def update_stage(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the stages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "UpdateStage")

    def delete_stage(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the stages, which disconnects all participants.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DeleteStage")

    def create_participant_token(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create the tokens with which participants join the stages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateParticipantToken")

    def disconnect_participant(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to disconnect participants from the stages.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DisconnectParticipant")

    def replicate_participants(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to replicate participants between the stages, and to stop the replication.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, *REPLICATE_PARTICIPANTS)

    def manage_stages(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create, read, change and delete stages with the tags.

        It combines `create_stage()`, `read_stage()`, `update_stage()`, `delete_stage()`,
        `create_participant_token()` and `disconnect_participant()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(
            grantee,
            "CreateStage",
            *READ_STAGE,
            "UpdateStage",
            "DeleteStage",
            "CreateParticipantToken",
            "DisconnectParticipant",
            on=(STAGE,),
        )

    def start_composition(
        self,
        grantee: IGrantable,
        *,
        encoder_configuration: IEncoderConfigurationRef | None = None,
        storage_configuration: IStorageConfigurationRef | None = None,
        channel: IChannelRef | None = None,
    ) -> Grant:
        """
        Allow the grantee to start compositions of the stages, with the tags on the composition.

        The request `ivs:StartComposition` must have the tags. `stop_composition()` and
        `read_composition()` are then limited to the compositions of your application.

        Args:
            grantee: The principal that gets the permission, for instance a role or a state machine.
            encoder_configuration: The only encoder configuration to allow. Default: all that have
                the tags.
            storage_configuration: The only storage configuration to allow. Default: all that have
                the tags.
            channel: The only channel to allow. Default: all that have the tags.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument is not a resource of its type, or if
                the grantee cannot have permissions.
        """
        return grant_statements(
            self._scope,
            grantee,
            self._to_start(encoder_configuration, storage_configuration, channel),
        )

    def read_composition(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the compositions.

        Args:
            grantee: The principal that gets the permission, for instance a role or a state machine.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "GetComposition")

    def stop_composition(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to stop the compositions.

        Args:
            grantee: The principal that gets the permission, for instance a role or a state machine.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "StopComposition")

    def manage_compositions(
        self,
        grantee: IGrantable,
        *,
        encoder_configuration: IEncoderConfigurationRef | None = None,
        storage_configuration: IStorageConfigurationRef | None = None,
        channel: IChannelRef | None = None,
    ) -> Grant:
        """
        Allow the grantee to start, read and stop compositions of the stages, with the tags.

        It combines `start_composition()`, `read_composition()` and `stop_composition()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a state machine.
            encoder_configuration: The only encoder configuration to allow. Default: all that have
                the tags.
            storage_configuration: The only storage configuration to allow. Default: all that have
                the tags.
            channel: The only channel to allow. Default: all that have the tags.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument is not a resource of its type, or if
                the grantee cannot have permissions.
        """
        statements = [
            *self._to_start(encoder_configuration, storage_configuration, channel),
            *self._statements(("GetComposition", "StopComposition"), (COMPOSITION,)),
        ]
        return grant_statements(self._scope, grantee, statements)

    def import_public_key(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to import public keys, with the tags.

        A public key does not belong to a stage. With the private key, one can sign tokens for every
        stage of the account in the Region, including those of other applications.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "ImportPublicKey")

    def read_public_key(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the public keys.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "GetPublicKey")

    def delete_public_key(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the public keys. IVS then refuses the tokens of the keys.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DeletePublicKey")

    def manage_public_keys(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to rotate public keys: import new ones, read and delete old ones.

        It combines `import_public_key()`, `read_public_key()` and `delete_public_key()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "ImportPublicKey", "GetPublicKey", "DeletePublicKey")

    def _to_start(
        self,
        encoder_configuration: IEncoderConfigurationRef | None,
        storage_configuration: IStorageConfigurationRef | None,
        channel: IChannelRef | None,
    ) -> list[Statement]:
        """Return the statements for starting compositions with the tags."""
        tagged = [STAGE]
        known: list[str] = []
        with error_path_of(self._scope):
            for keyword, kind, resource in (
                ("encoder_configuration", ENCODER_CONFIGURATION, encoder_configuration),
                ("storage_configuration", STORAGE_CONFIGURATION, storage_configuration),
                ("channel", CHANNEL, channel),
            ):
                if resource is None:
                    tagged.append(kind)
                else:
                    known.append(arn_of(keyword, resource, keyword))
        actions = ["StartComposition"]
        conditions = self._conditions[TagCondition.REQUEST]
        return [
            self._statement(TagCondition.REQUEST_AND_RESOURCE, tagged, actions),
            *([Statement(STAGE.service, actions, known, conditions)] if known else []),
            self._tagging(COMPOSITION),
        ]
