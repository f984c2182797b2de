"""Channels, which receive live streams and deliver them to viewers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.aws_ivs import CfnChannel

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.lazy import checked_flag
from cdk_ivs._core.placement import check_scope_and_id
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
    Create a channel, to which one encoder sends a live stream and from which viewers play it.

    CloudFormation creates the channel without a stream key. Call `add_stream_key()` to create one.

    You cannot change or delete a channel while it is live.

    An account can have 5,000 channels in a Region, which AWS can raise
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        ad_configuration: The ads to insert into the streams. A custom resource calls
            `ivs:UpdateChannel` at deployment, because CloudFormation cannot attach an ad
            configuration, and detaches it when you remove it. You cannot combine it with
            `FRAGMENTED_MP4` or with multitrack input. Default: no ads.

        authorized: Whether viewers need a playback token that a playback key pair of the account
            verifies. Default: False.

        channel_name: The name, which need not be unique: at most 128 letters, digits, hyphens and
            underscores
            ([CreateChannel](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateChannel.html)).
            Default: a name generated from the path of the construct.

        container_format: The format in which viewers get the content. Default: `FRAGMENTED_MP4`
            with multitrack input, otherwise `TS`, which the service chooses.

        failover_slate_configuration: The slate that viewers see while the video from the encoder is
            interrupted. A custom resource calls `ivs:UpdateChannel` at deployment, because
            CloudFormation cannot attach the configuration, and detaches it when you remove it.
            Default: no slate.

        insecure_ingest: Whether encoders may send over RTMP, and over SRT without a passphrase.
            Others on the network path can then read the stream key and the video. A warning at
            synthesis says so. Default: False.

        latency_mode: The delay between the encoder and the viewers. Default: `LOW`, which the
            service chooses.

        multitrack_input_configuration: Let the encoder send all renditions itself. Needs the type
            `STANDARD` and `FRAGMENTED_MP4`. Default: a single track.

        playback_restriction_policy: The countries and websites in which viewers can play the
            channel. Needs a public channel. A custom resource calls `ivs:UpdateChannel` at
            deployment, because CloudFormation cannot attach the policy, and detaches it when you
            remove it. Default: no restriction.

        preset: How IVS chooses bitrates when it transcodes. Needs the type `ADVANCED_SD` or
            `ADVANCED_HD`. With `STANDARD` and `BASIC` it has no effect, and a warning at synthesis
            says so. Default: `HIGHER_BANDWIDTH_DELIVERY` for these two types, which the service
            chooses.

        recording_configuration: How to record the streams. To turn recording off, give
            `RecordingConfiguration.disable()`. Whether CloudFormation turns recording off when you
            leave the parameter out is UNCONFIRMED. Default: no recording.

        stop_stream_on_delete: Whether to stop a live stream before the channel is deleted, and wait
            until it has ended. CloudFormation deletes the stream key of this app first, so that the
            encoder cannot reconnect. A channel that its removal policy retains keeps its stream.
            Without this parameter the deletion of a live channel fails. Default: False.

        tags: The tags of the channel, at most 50
            ([CreateChannel](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateChannel.html)).
            Default: no tags.

        type: The type of the channel, which decides on its input and renditions. Default:
            `STANDARD`, which the service chooses.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `PresetWithoutType` if there is a preset and no type. `MultitrackType` or
            `MultitrackContainerFormat` if multitrack input contradicts the type or the container
            format. `AdsWithMultitrack` or `AdsContainerFormat` if ads contradict multitrack input
            or the container format. `PolicyOnAuthorizedChannel` if a private channel has a playback
            restriction policy. `SecondAttachment` if the app attaches a resource of the same kind
            to the channel already. `Environment` if a resource that you give is in another account
            or Region. `Name` if the name is invalid. `TagCount`, `TagForm`, `TagKey` or `TagValue`
            if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.Channel")
    """The ID of this class for property injectors."""

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
            authorized=checked_flag("authorized", props.authorized),
            container_format=props._cfn_container_format,
            insecure_ingest=checked_flag("insecure_ingest", props.insecure_ingest),
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

        You cannot read the ingest endpoint and the playback URL of this reference. To have them,
        use `from_channel_attributes()` or `from_lookup()`.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            channel_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The channel.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a channel.
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
        Refer to a channel by its ARN and its attributes.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            channel_arn: The ARN. The reference has the account and the Region of the ARN.
            ingest_endpoint: The host that encoders send to, which is no URL. Default: not known.
            playback_url: The playback URL, which ends in `.m3u8`. Default: not known.

        Returns:
            The channel.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a channel. `IngestEndpoint` if the
                endpoint is not a host. `PlaybackUrl` if the URL is not that of a playlist.
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
        Look up an existing channel at synthesis.

        The CDK CLI reads the channel from the account of the stack with the Cloud Control API. It
        keeps the answer in `cdk.context.json`, which you commit. During the first synthesis the
        attributes are placeholders. The stack needs an `env` with account and Region.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            channel_arn: The ARN. Default: look up by name.
            channel_name: The name, which only one channel may have. Whether Cloud Control lists
                channels with their names is UNCONFIRMED. Default: look up by ARN.

        Returns:
            The channel.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `LookupBy` if you give neither or both. `LookupToken` if the value is a
                token. `LookupEnvironment` if the account or the Region of the stack is not known.
                `Arn`, `Environment` or `Name` if the value is invalid. `LookupArn` or `LookupName`
                if there is no such channel, or several. `LookupAnswer` if the answer is not a list
                of channels.
        """
        with error_path(scope, id):
            # Before the question to the CLI, which stays in the app.
            check_scope_and_id(scope, id)
            found = look_up_channel(scope, channel_arn, channel_name)
        return cls._reference(scope, id, *found)

    @attribute
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to, as in `a1b2c3d4e5f6.global-contribute.live-video.net`."""
        return self._ivs_cfn.attr_ingest_endpoint

    @attribute
    def channel_playback_url(self) -> str:
        """The playback URL, which players open. It ends in `.m3u8`."""
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
