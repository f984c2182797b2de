"""Permissions on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cdk_ivs._base.arns import arn_of
from cdk_ivs._base.errors import ValidationError

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.interfaces.aws_ivs import (
        IChannelRef,
        IEncoderConfigurationRef,
        IStageRef,
        IStorageConfigurationRef,
    )


class StageGrants:
    """Permissions on one stage: ``stage.grants``, or from_stage() for an L1."""

    def __init__(self, stage: IStageRef, stage_arn: str) -> None:
        self._stage = stage
        self._stage_arn = stage_arn

    @classmethod
    def from_stage(cls, stage: IStageRef) -> Self:
        """
        The permissions on any stage.

        Args:
            stage: The stage: a construct of this library or an L1.
        """
        return cls(stage, arn_of("stage", stage, "stage"))

    def start_composition(
        self,
        grantee: IGrantable,
        *,
        encoder_configuration: IEncoderConfigurationRef,
        storage_configuration: IStorageConfigurationRef | None = None,
        channel: IChannelRef | None = None,
    ) -> Grant:
        """
        Let somebody compose the stage into one video, and watch and stop compositions.

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
        from aws_cdk import Stack
        from aws_cdk.aws_iam import Grant

        if storage_configuration is None and channel is None:
            raise ValidationError(
                "'storage_configuration' or 'channel' must be given, or both: a composition "
                "has a destination",
                code="NoDestination",
            )
        arns = [
            self._stage_arn,
            arn_of("encoder_configuration", encoder_configuration, "encoder_configuration"),
        ]
        if storage_configuration is not None:
            arns.append(
                arn_of("storage_configuration", storage_configuration, "storage_configuration")
            )
        if channel is not None:
            arns.append(arn_of("channel", channel, "channel"))
        env = self._stage.env
        compositions = Stack.of(self._stage).format_arn(
            service="ivs",
            resource="composition",
            resource_name="*",
            account=env.account,
            region=env.region,
        )
        return Grant.add_to_principal(
            grantee=grantee, actions=["ivs:StartComposition"], resource_arns=arns
        ).combine(
            Grant.add_to_principal(
                grantee=grantee,
                actions=["ivs:GetComposition", "ivs:StopComposition"],
                resource_arns=[compositions],
            )
        )
