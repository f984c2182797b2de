"""Channels: where a live stream comes in and is played from."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import jsii
from aws_cdk import Annotations, IResolvable, IResource, Names
from aws_cdk.aws_ivs import CfnChannel
from aws_cdk.interfaces.aws_ivs import ChannelReference, IChannelRef, IRecordingConfigurationRef

from cdk_ivs._base.arguments import check_name
from cdk_ivs._base.arns import arn_of, check_arn
from cdk_ivs._base.environments import check_arn_environment
from cdk_ivs._base.errors import ValidationError, located
from cdk_ivs._base.injection import InjectionId, inject
from cdk_ivs._base.resource import IvsResource
from cdk_ivs._base.struct import Struct
from cdk_ivs._base.tags import render_tags

from .alpha_resources import AlphaRecordingConfiguration
from .channel_options import (
    ChannelType,
    ContainerFormat,
    LatencyMode,
    MultitrackInputConfiguration,
    Preset,
)
from .stream_key import StreamKey

if TYPE_CHECKING:
    from constructs import Construct


class IChannel(IChannelRef, IResource, Protocol):
    """A channel, made in this app or not."""

    @property
    @jsii.member(jsii_name="channelArn")
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        ...

    @property
    def channel_id(self) -> str:
        """The id of the channel: the last part of its ARN, and what metrics call a channel."""
        ...

    def add_stream_key(self, id: str) -> StreamKey:
        """Give the channel its stream key."""
        ...


@dataclass(frozen=True, kw_only=True)
class ChannelProps(Struct):
    """The parameters of a Channel, which describes them."""

    authorized: bool | IResolvable | None = None
    channel_name: str | None = None
    container_format: ContainerFormat | None = None
    insecure_ingest: bool | IResolvable | None = None
    latency_mode: LatencyMode | None = None
    multitrack_input_configuration: MultitrackInputConfiguration | None = None
    preset: Preset | None = None
    recording_configuration: IRecordingConfigurationRef | AlphaRecordingConfiguration | None = None
    tags: Mapping[str, str] | None = None
    type: ChannelType | None = None


@jsii.implements(IChannel)
class _ChannelBase(IvsResource):
    @property
    @abc.abstractmethod
    def channel_arn(self) -> str:
        """The ARN of the channel."""

    @property
    def channel_id(self) -> str:
        """The id of the channel: the last part of its ARN, and what metrics call a channel."""
        return self._id_from(self.channel_arn)

    @property
    def channel_ref(self) -> ChannelReference:
        """A reference to the channel."""
        return ChannelReference(channel_arn=self.channel_arn)

    def add_stream_key(self, id: str) -> StreamKey:
        """
        Give the channel its stream key.

        Args:
            id: The id of the stream key, unique in the channel.

        Raises:
            ValidationError: If the app gives the channel a stream key already.
        """
        return StreamKey(self, id, channel=self)


class Channel(_ChannelBase):
    """
    Define a channel, to which one encoder streams and from which viewers play.

    CloudFormation makes it without a stream key: call add_stream_key() to have one.

    A channel cannot be changed or deleted while it is live.

    Args:
        scope: The scope in which the construct is made.

        id: The id of the construct, unique in the scope.

        authorized: Whether viewers need a token that a playback key pair of the account
            verifies. Default: False.

        channel_name: The name: at most 128 letters, digits, hyphens and underscores, not
            necessarily unique. Default: a name made from the construct's path.

        container_format: The format of the content for viewers. Default: ``FRAGMENTED_MP4``
            with multitrack input, else the service's, ``TS``.

        insecure_ingest: Whether encoders may send over RTMP and over SRT without a passphrase.
            Anyone on the way can then read the stream key and the video; a warning says so.
            Default: False.

        latency_mode: How far viewers are behind the broadcaster. Default: the service's,
            ``LOW``.

        multitrack_input_configuration: Let the encoder send every quality itself. Only for type
            STANDARD, and only with ``FRAGMENTED_MP4``. Default: a single track.

        preset: How bitrates are chosen when a channel of type ADVANCED_SD or ADVANCED_HD is
            transcoded; needs the type. With STANDARD and BASIC it has no effect, and a warning
            says so. Default: the service's, ``HIGHER_BANDWIDTH_DELIVERY``.

        recording_configuration: Record every stream as the configuration says. Default: nothing
            is recorded.

        tags: Tags for the channel, at most 50. Default: none.

        type: The type of the channel. Default: the service's, ``STANDARD``.

    Raises:
        ValidationError: If an argument, or a combination of them, is one that IVS refuses.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.Channel")
    """The id of this class for property injectors."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        authorized: bool | IResolvable | None = None,
        channel_name: str | None = None,
        container_format: ContainerFormat | None = None,
        insecure_ingest: bool | IResolvable | None = None,
        latency_mode: LatencyMode | None = None,
        multitrack_input_configuration: MultitrackInputConfiguration | None = None,
        preset: Preset | None = None,
        recording_configuration: IRecordingConfigurationRef
        | AlphaRecordingConfiguration
        | None = None,
        tags: Mapping[str, str] | None = None,
        type: ChannelType | None = None,
    ) -> None:
        with located(scope, id):
            props = inject(
                Channel,
                scope,
                id,
                ChannelProps(
                    authorized=authorized,
                    channel_name=channel_name,
                    container_format=container_format,
                    insecure_ingest=insecure_ingest,
                    latency_mode=latency_mode,
                    multitrack_input_configuration=multitrack_input_configuration,
                    preset=preset,
                    recording_configuration=recording_configuration,
                    tags=tags,
                    type=type,
                ),
            )
            check_name("channel_name", props.channel_name)
            rendered_preset = _rendered_preset(props)
            rendered_container_format = _rendered_container_format(props)
            recording_arn = _recording_arn(props, scope)
            cfn_tags = render_tags(props.tags)
        super().__init__(scope, id, physical_name=props.channel_name)
        self._l1 = CfnChannel(
            self,
            "Resource",
            authorized=props.authorized,
            container_format=rendered_container_format,
            insecure_ingest=props.insecure_ingest,
            latency_mode=props.latency_mode,
            multitrack_input_configuration=_rendered_multitrack(props),
            name=self._name(props),
            preset=rendered_preset,
            recording_configuration_arn=recording_arn,
            tags=cfn_tags,
            type=props.type,
        )
        self._warn(props)

    @classmethod
    def from_channel_arn(cls, scope: Construct, id: str, channel_arn: str) -> IChannel:
        """
        Refer to a channel by its ARN.

        Args:
            scope: The scope in which the reference is made.
            id: The id of the reference, unique in the scope.
            channel_arn: The ARN. Its account and Region are those of the reference.

        Raises:
            ValidationError: If the ARN is not that of a channel.
        """
        return _ChannelByArn(scope, id, channel_arn)

    @property
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        return self._once("arn", lambda: self._l1.attr_arn)

    @property
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to, ``a1b2c3d4e5f6.global-contribute.live-video.net``."""
        return self._once("ingest_endpoint", lambda: self._l1.attr_ingest_endpoint)

    @property
    def channel_playback_url(self) -> str:
        """The URL that players open, which ends in ``.m3u8``."""
        return self._once("playback_url", lambda: self._l1.attr_playback_url)

    @property
    def rtmps_ingest_url(self) -> str:
        """The URL that encoders open, ``rtmps://<ingest endpoint>:443/app/``, without the key."""
        return f"rtmps://{self.channel_ingest_endpoint}:443/app/"

    def _name(self, props: ChannelProps) -> str | None:
        if props.channel_name is not None:
            return self._rendered_name(props.channel_name)
        return Names.unique_resource_name(self, max_length=128, allowed_special_characters="-_")

    def _warn(self, props: ChannelProps) -> None:
        if props.preset is not None and props.type in _TYPES_WITHOUT_PRESET:
            Annotations.of(self).add_warning_v2(
                "cdk-ivs:presetIgnored",
                f"'preset' has no effect on a channel of type {props.type}: use ADVANCED_SD or "
                "ADVANCED_HD, or leave it out",
            )
        if props.insecure_ingest is True:
            Annotations.of(self).add_warning_v2(
                "cdk-ivs:insecureIngest",
                "'insecure_ingest' lets encoders send the stream key and the video unencrypted: "
                "leave it out unless an encoder can do neither RTMPS nor SRT with a passphrase",
            )


class _ChannelByArn(_ChannelBase):
    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with located(scope, id):
            check_arn("channel_arn", arn, "channel")
        super().__init__(scope, id, environment_from_arn=arn)
        self._arn = arn

    @property
    def channel_arn(self) -> str:
        return self._arn


_TYPES_WITHOUT_PRESET = frozenset({ChannelType.STANDARD, ChannelType.BASIC})
_TYPES_WITHOUT_MULTITRACK = frozenset(ChannelType) - {ChannelType.STANDARD}


def _rendered_preset(props: ChannelProps) -> str | None:
    """The preset, blank for the types that have none, as CloudFormation wants it."""
    if props.preset is None:
        return None
    if props.type is None:
        raise ValidationError(
            f"'preset' needs 'type' to be ADVANCED_SD or ADVANCED_HD, got {props.preset} without "
            "a type, which stands for STANDARD; add the type or leave the preset out",
            code="PresetWithoutType",
        )
    return "" if props.type in _TYPES_WITHOUT_PRESET else props.preset


def _recording_arn(props: ChannelProps, scope: Construct) -> str | None:
    keyword = "recording_configuration"
    if props.recording_configuration is None:
        return None
    arn = arn_of(keyword, props.recording_configuration, "recording_configuration")
    check_arn_environment(keyword, arn, scope)
    return arn


def _rendered_multitrack(
    props: ChannelProps,
) -> CfnChannel.MultitrackInputConfigurationProperty | None:
    multitrack = props.multitrack_input_configuration
    if multitrack is None:
        return None
    return CfnChannel.MultitrackInputConfigurationProperty(
        enabled=True, maximum_resolution=multitrack.maximum_resolution, policy=multitrack.policy
    )


def _rendered_container_format(props: ChannelProps) -> str | None:
    """The container format, which multitrack input decides."""
    if props.multitrack_input_configuration is None:
        return props.container_format
    if props.type in _TYPES_WITHOUT_MULTITRACK:
        raise ValidationError(
            "'multitrack_input_configuration' needs 'type' to be STANDARD or left out, "
            f"got {props.type}",
            code="MultitrackType",
        )
    if props.container_format is None:
        return ContainerFormat.FRAGMENTED_MP4
    if props.container_format == ContainerFormat.TS:
        raise ValidationError(
            "'multitrack_input_configuration' needs 'container_format' to be FRAGMENTED_MP4 or "
            f"left out, got {props.container_format}",
            code="MultitrackContainerFormat",
        )
    return props.container_format
