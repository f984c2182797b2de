"""The parameters of a channel, as they are given and as they are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cdk import IResolvable
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.interfaces.aws_ivs import IPlaybackRestrictionPolicyRef, IRecordingConfigurationRef

from cdk_ivs._core.alpha import AlphaRecordingConfiguration
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.props import Props
from cdk_ivs._low_latency.references import IAdConfigurationRef, IFailoverSlateConfigurationRef
from cdk_ivs._validation.disabled_recording import DisabledRecording

from .values import (
    TYPES_WITHOUT_PRESET,
    ChannelType,
    ContainerFormat,
    LatencyMode,
    MultitrackInputConfiguration,
    Preset,
)

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


@dataclass(frozen=True, kw_only=True)
class ChannelProps(Props):
    """The parameters of a `Channel`, which describes each of them."""

    ad_configuration: IAdConfigurationRef | None = None
    authorized: bool | IResolvable | None = None
    channel_name: str | None = None
    container_format: ContainerFormat | None = None
    failover_slate_configuration: IFailoverSlateConfigurationRef | None = None
    insecure_ingest: bool | IResolvable | None = None
    latency_mode: LatencyMode | None = None
    multitrack_input_configuration: MultitrackInputConfiguration | None = None
    playback_restriction_policy: IPlaybackRestrictionPolicyRef | None = None
    preset: Preset | None = None
    recording_configuration: (
        IRecordingConfigurationRef | AlphaRecordingConfiguration | DisabledRecording | None
    ) = None
    stop_stream_on_delete: bool | None = None
    tags: Mapping[str, str] | None = None
    type: ChannelType | None = None

    @property
    def _cfn_preset(self) -> str | None:
        """The preset. It is empty for the types that have none, as CloudFormation requires."""
        return "" if self.preset and self.type in TYPES_WITHOUT_PRESET else self.preset

    @property
    def _cfn_container_format(self) -> str | None:
        """The container format, which depends on multitrack input."""
        if self.multitrack_input_configuration is None:
            return self.container_format
        return self.container_format or ContainerFormat.FRAGMENTED_MP4

    @property
    def _cfn_multitrack(self) -> CfnChannel.MultitrackInputConfigurationProperty | None:
        """The multitrack input, enabled."""
        multitrack = self.multitrack_input_configuration
        if multitrack is None:
            return None
        return CfnChannel.MultitrackInputConfigurationProperty(
            enabled=True,
            maximum_resolution=multitrack.maximum_resolution,
            policy=multitrack.policy,
        )

    def _recording_arn(self, scope: Construct) -> str | None:
        """The ARN of the recording configuration, or an empty text for none."""
        keyword = "recording_configuration"
        if self.recording_configuration is None:
            return None
        if isinstance(self.recording_configuration, DisabledRecording):
            return ""
        return same_environment_arn(keyword, self.recording_configuration, keyword, scope)

    @classmethod
    def _from_rendered(cls, rendered: RenderedProperties) -> ChannelProps:
        """
        The arguments for which the constructor renders the present properties of the L1.

        The name and tags are left out, because `_check_cfn` checks those of every resource.
        """
        return cls(
            authorized=rendered.flag("Authorized"),
            container_format=rendered.text("ContainerFormat"),
            insecure_ingest=rendered.flag("InsecureIngest"),
            latency_mode=rendered.text("LatencyMode"),
            multitrack_input_configuration=_rendered_multitrack(
                rendered.part("MultitrackInputConfiguration")
            ),
            # An empty text means no preset.
            preset=rendered.text("Preset") or None,
            type=rendered.text("Type"),
        )


def _rendered_multitrack(part: RenderedProperties | None) -> MultitrackInputConfiguration | None:
    """The multitrack input that the L1 enables."""
    if part is None or part.flag("Enabled") is not True:
        return None
    return MultitrackInputConfiguration(
        maximum_resolution=part.text("MaximumResolution"), policy=part.text("Policy")
    )
