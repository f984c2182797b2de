"""Stages, in which participants exchange video in real time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk.aws_ivs import CfnStage

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._validation.disabled_recording import DisabledRecording

from .interface import IStage
from .values import ParticipantRecording, check_rendered_recording, rendered_recording

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


@dataclass(frozen=True, kw_only=True)
class StageProps(Props):
    """The parameters of a `Stage`, which describes each of them."""

    participant_recording: ParticipantRecording | DisabledRecording | None = None
    stage_name: str | None = None
    tags: Mapping[str, str] | None = None


class Stage(IStage):
    """
    Create a stage, in which participants exchange audio and video in real time.

    Up to 12 participants can publish at the same time
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)). The
    token with which a participant joins determines whether the participant can publish and
    subscribe. An account can have 1,000 stages in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        participant_recording: Records every participant to S3. You cannot change it while a
            recording is active. To turn recording off, use `ParticipantRecording.disable()`:
            whether CloudFormation turns recording off when you leave the parameter out is
            UNCONFIRMED. Default: nothing is recorded.

        stage_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateStage](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateStage.html)).
            Names do not have to be unique. Default: no name.

        tags: The tags of the stage, up to 50
            ([CreateStage](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateStage.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Environment` if the storage configuration is known to be in another
            account or Region. `Name` if IVS refuses the name. `TagForm`, `TagCount`, `TagKey` or
            `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.Stage")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnStage

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        participant_recording: ParticipantRecording | DisabledRecording | None = None,
        stage_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, StageProps, locals()) as props:
            recording = props.participant_recording
            cfn_recording = rendered_recording(recording, scope)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnStage)(
            self,
            "Resource",
            auto_participant_recording_configuration=cfn_recording,
            name=cfn_name,
            tags=cfn_tags,
        )
        by_api = recording._by_api() if isinstance(recording, ParticipantRecording) else None
        if by_api:
            # Here and not above: import cdk_ivs must not load what a custom resource needs.
            from .recording_by_api import set_by_api

            set_by_api(self, self.stage_arn, self._ivs_cfn, by_api)

    @classmethod
    def from_stage_arn(cls, scope: Construct, id: str, stage_arn: str) -> IStage:
        """
        Refer to a stage by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            stage_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The stage.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a stage.
        """
        return IStage._import_by_arn(scope, id, stage_arn)

    @attribute
    def stage_active_session_id(self) -> str:
        """The ID of the session that was active when CloudFormation last changed the stage."""
        return self._ivs_cfn.attr_active_session_id

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        recording = rendered.part("AutoParticipantRecordingConfiguration")
        # An empty ARN means that nothing is recorded.
        if recording is not None and recording.text("StorageConfigurationArn"):
            recording.check_arn_environment(
                "storage_configuration", "StorageConfigurationArn", self
            )
            check_rendered_recording(recording)
