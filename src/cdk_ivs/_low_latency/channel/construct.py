"""Channels: where a live stream comes in and is played from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.resource import attribute
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._core.unique_names import unique_resource_name
from cdk_ivs._low_latency.stop_stream import stop_stream_on_delete_of
from cdk_ivs._low_latency.synth_checks import check_key_pairs
from cdk_ivs._validation.endpoints import check_ingest_endpoint, check_playback_url
from cdk_ivs._validation.errors import error_path

from .attachments import ATTACHMENTS, attach, attachment_of
from .interface import ChannelBase, IChannel
from .lookup import look_up_channel
from .props import ChannelProps
from .validation import (
    add_warnings,
    attached_arns,
    check_attachable,
    check_multitrack,
    check_preset,
    check_rendered,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aws_cdk import IResolvable
    from aws_cdk.interfaces.aws_ivs import (
        IPlaybackRestrictionPolicyRef,
        IRecordingConfigurationRef,
    )
    from constructs import Construct

    from cdk_ivs._core.alpha import AlphaRecordingConfiguration
    from cdk_ivs._core.rendered_properties import RenderedProperties
    from cdk_ivs._low_latency.references import IAdConfigurationRef, IFailoverSlateConfigurationRef
    from cdk_ivs._validation.disabled_recording import DisabledRecording

    from .attachments import Attachment
    from .values import (
        ChannelType,
        ContainerFormat,
        LatencyMode,
        MultitrackInputConfiguration,
        Preset,
    )


class Channel(ChannelBase):
    """
    Define a channel, to which one encoder streams and from which viewers play.

    CloudFormation creates it without a stream key: call add_stream_key() to have one.

    A channel cannot be changed or deleted while it is live.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        ad_configuration: Insert ads into the streams. CloudFormation cannot attach it: a custom
            resource calls ``ivs:UpdateChannel`` at deployment, and detaches it when you remove
            it. Not with ``FRAGMENTED_MP4`` and so not with multitrack input. Default: no
            ads.

        authorized: Whether viewers need a token that a playback key pair of the account
            verifies. Default: False.

        channel_name: The name: at most 128 letters, digits, hyphens and underscores, not
            necessarily unique. Default: a name generated from the construct's path.

        container_format: The format of the content for viewers. Default: ``FRAGMENTED_MP4``
            with multitrack input, else the service's, ``TS``.

        failover_slate_configuration: Show viewers a slate while the video from the encoder is
            interrupted. CloudFormation cannot attach it: a custom resource calls
            ``ivs:UpdateChannel`` at deployment, and detaches it when you remove it. Default: no
            slate.

        insecure_ingest: Whether encoders may send over RTMP and over SRT without a passphrase.
            Anyone on the way can then read the stream key and the video; a warning says so.
            Default: False.

        latency_mode: How far viewers are behind the broadcaster. Default: the service's,
            ``LOW``.

        multitrack_input_configuration: Let the encoder send every quality itself. Only for type
            STANDARD, and only with ``FRAGMENTED_MP4``. Default: a single track.

        playback_restriction_policy: Restrict the countries and websites in which the channel
            can be played. Only for public channels. CloudFormation cannot attach it: a custom
            resource calls ``ivs:UpdateChannel`` at deployment, and detaches the policy when you
            remove it. Default: no restriction.

        preset: How bitrates are chosen when a channel of type ADVANCED_SD or ADVANCED_HD is
            transcoded; needs the type. With STANDARD and BASIC it has no effect, and a warning
            says so. Default: the service's, ``HIGHER_BANDWIDTH_DELIVERY``.

        recording_configuration: Record every stream as the configuration says. To turn recording
            off, give ``RecordingConfiguration.disable()``: whether CloudFormation turns it off
            when the parameter is left out is UNCONFIRMED. Default: nothing is recorded.

        stop_stream_on_delete: Whether to stop a live stream before the channel is deleted, and
            wait until it has ended; the stream key that this app gives to the channel is
            deleted first, so that encoders cannot come back. A channel with a removal policy that
            retains it keeps its stream. Without it the deletion of a live channel fails.
            Default: False.

        tags: Tags for the channel, at most 50. Default: none.

        type: The type of the channel. Default: the service's, ``STANDARD``.

    Raises:
        ValidationError: If an argument, or a combination of them, is one that IVS refuses.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.Channel")
    """The id of this class for property injectors."""

    _ivs_cfn: CfnChannel

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        ad_configuration: IAdConfigurationRef | None = None,
        authorized: bool | IResolvable | None = None,
        channel_name: str | None = None,
        container_format: ContainerFormat | None = None,
        failover_slate_configuration: IFailoverSlateConfigurationRef | None = None,
        insecure_ingest: bool | IResolvable | None = None,
        latency_mode: LatencyMode | None = None,
        multitrack_input_configuration: MultitrackInputConfiguration | None = None,
        playback_restriction_policy: IPlaybackRestrictionPolicyRef | None = None,
        preset: Preset | None = None,
        recording_configuration: IRecordingConfigurationRef
        | AlphaRecordingConfiguration
        | DisabledRecording
        | None = None,
        stop_stream_on_delete: bool | None = None,
        tags: Mapping[str, str] | None = None,
        type: ChannelType | None = None,
    ) -> None:
        with self._checked_props(scope, id, ChannelProps, locals()) as props:
            check_preset(props)
            check_multitrack(props)
            recording_configuration_arn = props._recording_arn(scope)
            attached = attached_arns(props, scope)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnChannel)(
            self,
            "Resource",
            authorized=props.authorized,
            container_format=props._cfn_container_format,
            insecure_ingest=props.insecure_ingest,
            latency_mode=props.latency_mode,
            multitrack_input_configuration=props._cfn_multitrack,
            name=unique_resource_name(self, max_length=128, special_characters="-_")
            if cfn_name is None
            else cfn_name,
            preset=props._cfn_preset,
            recording_configuration_arn=recording_configuration_arn,
            tags=cfn_tags,
            type=props.type,
        )
        self._check_more_at_synth(props)
        if props.stop_stream_on_delete:
            stop_stream_on_delete_of(self, self.channel_arn, self._ivs_cfn)
        for attachment, arn in attached.items():
            attach(self, self.channel_arn, attachment, arn)
        add_warnings(self, props)

    @classmethod
    def from_channel_arn(cls, scope: Construct, id: str, channel_arn: str) -> IChannel:
        """
        Refer to a channel by its ARN.

        Its ingest endpoint and playback URL are not known then: reading one is an error.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            channel_arn: The ARN. Its account and Region are those of the reference.

        Raises:
            ValidationError: If the ARN is not that of a channel.
        """
        return ChannelBase._import_by_arn(scope, id, channel_arn)

    @classmethod
    def from_channel_attributes(
        cls,
        scope: Construct,
        id: str,
        *,
        channel_arn: str,
        ingest_endpoint: str | None = None,
        playback_url: str | None = None,
    ) -> IChannel:
        """
        Refer to a channel by what is known of it.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            channel_arn: The ARN. Its account and Region are those of the reference.
            ingest_endpoint: The host that encoders send to, not a URL. Default: not known.
            playback_url: The URL that players open, which ends in ``.m3u8``. Default: not known.

        Raises:
            ValidationError: If the ARN is not that of a channel, the endpoint not a host, or the
                URL not that of a playlist.
        """
        with error_path(scope, id):
            check_ingest_endpoint(ingest_endpoint)
            check_playback_url(playback_url)
        return cls._reference(scope, id, channel_arn, ingest_endpoint, playback_url)

    @classmethod
    def from_lookup(
        cls,
        scope: Construct,
        id: str,
        *,
        channel_arn: str | None = None,
        channel_name: str | None = None,
    ) -> IChannel:
        """
        Look an existing channel up while the app is synthesized.

        The CDK CLI asks the account of the stack, by the Cloud Control API, and keeps the
        answer in ``cdk.context.json``, which belongs under version control. Until it has asked,
        the attributes are made-up ones. The stack needs an ``env`` with account and Region.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            channel_arn: The ARN. Default: look up by name.
            channel_name: The name, which only one channel may have. That Cloud Control lists
                channels with their names is UNCONFIRMED. Default: look up by ARN.

        Raises:
            ValidationError: If none or both are given, are tokens, or the stack's account or
                Region is not known; if no channel has the name, or several have.
        """
        with error_path(scope, id):
            found = look_up_channel(scope, channel_arn, channel_name)
        return cls._reference(scope, id, *found)

    @attribute
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to, ``a1b2c3d4e5f6.global-contribute.live-video.net``."""
        return self._ivs_cfn.attr_ingest_endpoint

    @attribute
    def channel_playback_url(self) -> str:
        """The URL that players open, which ends in ``.m3u8``."""
        return self._ivs_cfn.attr_playback_url

    def _check_attachable(self, attachment: Attachment) -> None:
        check_attachable({attachment}, self._ivs_cfn.authorized, self._ivs_cfn.container_format)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        props = ChannelProps._from_rendered(rendered)
        check_rendered(props, rendered.text("Preset"))
        rendered.check_arn_environment("recording_configuration", "RecordingConfigurationArn", self)
        attached = {
            each for each in ATTACHMENTS if attachment_of(self, self.channel_arn, each) is not None
        }
        check_attachable(attached, props.authorized, props.container_format)
        self._check_more_at_synth(props)
        add_warnings(self, props)

    def _check_more_at_synth(self, props: ChannelProps) -> None:
        if props.authorized is True:
            validate_at_synth(self, check_key_pairs, self)
