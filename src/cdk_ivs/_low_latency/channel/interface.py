"""What every channel has, created in this app or not."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import jsii
from aws_cdk import IResource
from aws_cdk.interfaces.aws_ivs import (
    ChannelReference,
    IChannelRef,
    IPlaybackRestrictionPolicyRef,
)

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._core.singletons import find_singleton, register_singleton
from cdk_ivs._core.tree import is_child
from cdk_ivs._low_latency.stream_key import StreamKey
from cdk_ivs._monitoring.channel.events import ChannelEvents
from cdk_ivs._monitoring.channel.metrics import ChannelMetrics
from cdk_ivs._validation.arns import arn_of, check_arn
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text

from .attachments import (
    AD_CONFIGURATION_PARAM,
    ATTACHMENTS,
    FAILOVER_SLATE_PARAM,
    PLAYBACK_RESTRICTION_POLICY_PARAM,
    attach,
    second_attachment,
)
from .grants import ChannelGrants

if TYPE_CHECKING:
    from aws_cdk import CustomResource
    from aws_cdk.aws_ivs import CfnChannel
    from constructs import Construct

    from cdk_ivs._low_latency.ad_references import IAdConfigurationRef
    from cdk_ivs._low_latency.slate_references import IFailoverSlateConfigurationRef


_SRT_ID = "SrtEndpoint"

if TYPE_CHECKING:

    class _Monitored(ChannelMetrics, ChannelEvents, Protocol): ...
else:

    class _Monitored(Protocol):
        """A protocol can inherit the methods from protocols only."""


class IChannel(IChannelRef, IResource, _Monitored, Protocol):
    """A channel, created in this app or not."""

    @property
    @jsii.member(jsii_name="channelArn")
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        ...

    @property
    def channel_id(self) -> str:
        """The id of the channel: the last part of its ARN, and what metrics call a channel."""
        ...

    @property
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to. An error if the channel is known by its ARN only."""
        ...

    @property
    def channel_playback_url(self) -> str:
        """The URL that players open. An error if the channel is known by its ARN only."""
        ...

    @property
    def rtmps_ingest_url(self) -> str:
        """The URL that encoders open. An error if the channel is known by its ARN only."""
        ...

    @property
    def srt_endpoint(self) -> str:
        """The URL that encoders open to send over SRT, asked of the API at deployment."""
        ...

    @property
    def grants(self) -> ChannelGrants:
        """Permissions on the channel."""
        ...

    def add_stream_key(self, id: str) -> StreamKey:
        """Give the channel its stream key."""
        ...

    def attach_playback_restriction_policy(self, policy: IPlaybackRestrictionPolicyRef) -> None:
        """Restrict where the channel can be played."""
        ...

    def attach_ad_configuration(self, ad_configuration: IAdConfigurationRef) -> None:
        """Insert ads into the channel's streams."""
        ...

    def attach_failover_slate_configuration(
        self, failover_slate_configuration: IFailoverSlateConfigurationRef
    ) -> None:
        """Show a slate while the video from the encoder is interrupted."""
        ...


class _Endpoint(NamedTuple):
    resource: CustomResource
    url: str


@jsii.implements(IChannel)
class ChannelBase(IvsResource, ChannelMetrics, ChannelEvents):
    """A channel, as far as its origin does not matter."""

    _srt: _Endpoint | None = None

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

    @property
    @abc.abstractmethod
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to, ``a1b2c3d4e5f6.global-contribute.live-video.net``."""

    @property
    @abc.abstractmethod
    def channel_playback_url(self) -> str:
        """The URL that players open, which ends in ``.m3u8``."""

    @property
    def rtmps_ingest_url(self) -> str:
        """The URL that encoders open, ``rtmps://<ingest endpoint>:443/app/``, without the key."""
        return f"rtmps://{self.channel_ingest_endpoint}:443/app/"

    @property
    def srt_endpoint(self) -> str:
        """
        The URL that encoders open to send over SRT, ``srt://<id>.srt.live-video.net:9000``.

        CloudFormation does not return it: the first read creates a custom resource that calls
        ``ivs:GetChannel`` when the stack is deployed. The passphrase that SRT needs unless
        ``insecure_ingest`` is set never comes into the template: an application asks for it
        with ``ivs:GetChannel`` at run time, which ``grants.read()`` permits.
        """
        known = self._srt
        if known is None or not is_child(known.resource, self, _SRT_ID):
            resource = self._ask_for_srt_endpoint()
            known = self._srt = _Endpoint(resource, resource.get_att_string("Endpoint"))
        return known.url

    @property
    def grants(self) -> ChannelGrants:
        """Permissions on the channel, as in ``channel.grants.read(role)``."""
        return ChannelGrants(self, self.channel_arn)

    def add_stream_key(self, id: str) -> StreamKey:
        """
        Give the channel its stream key.

        Args:
            id: The id of the stream key, unique in the channel.

        Raises:
            ValidationError: If the app gives the channel a stream key already.
        """
        return StreamKey(self, id, channel=self)

    def attach_playback_restriction_policy(self, policy: IPlaybackRestrictionPolicyRef) -> None:
        """
        Restrict where the channel can be played, by ``ivs:UpdateChannel`` at deployment.

        What the parameter ``playback_restriction_policy`` does, for a channel that the app does
        not create, and for a policy that is created after the channel. When you remove the call,
        what was attached to the channel before is attached again. The channel must be public,
        and not live while it is changed.

        Args:
            policy: The playback restriction policy.

        Raises:
            ValidationError: If this app attaches another policy to the channel.
        """
        self._attach(
            "policy", policy, "playback_restriction_policy", PLAYBACK_RESTRICTION_POLICY_PARAM
        )

    def attach_ad_configuration(self, ad_configuration: IAdConfigurationRef) -> None:
        """
        Insert ads into the channel's streams, by ``ivs:UpdateChannel`` at deployment.

        What the parameter ``ad_configuration`` does, for a channel that the app does not create,
        and for a configuration that needs the channel's playback URL. When you remove the call,
        what was attached to the channel before is attached again. The channel must not deliver
        fragmented MP4, and not be live while it is changed.

        Args:
            ad_configuration: The ad configuration.

        Raises:
            ValidationError: If this app attaches another one to the channel.
        """
        self._attach(
            "ad_configuration", ad_configuration, "ad_configuration", AD_CONFIGURATION_PARAM
        )

    def attach_failover_slate_configuration(
        self, failover_slate_configuration: IFailoverSlateConfigurationRef
    ) -> None:
        """
        Show a slate during interruptions, by ``ivs:UpdateChannel`` at deployment.

        What the parameter ``failover_slate_configuration`` does, for a channel that the app does
        not create. When you remove the call, what was attached to the channel before is attached
        again. The channel must not be live while it is changed.

        Args:
            failover_slate_configuration: The failover slate configuration.

        Raises:
            ValidationError: If this app attaches another one to the channel.
        """
        keyword = "failover_slate_configuration"
        self._attach(keyword, failover_slate_configuration, keyword, FAILOVER_SLATE_PARAM)

    def _attach(self, keyword: str, resource: object, kind: str, operation: str) -> None:
        with error_path(self, operation):
            check_in_stack(self)
            check_arn_environment("channel_arn", self.channel_arn, self)
            arn = arn_of(keyword, resource, kind)
            check_arn_environment(keyword, arn, self, resource)
            earlier = find_singleton(operation, self, self.channel_arn, self)
            if earlier is not None:
                raise second_attachment(keyword, earlier)
            self._check_attachable(operation)
        self._make_attachment(operation, arn)

    def _make_attachment(self, operation: str, arn: str) -> None:
        attachment = attach(self, operation, self.channel_arn, arn, self._owner())
        # One call after the other: the service refuses to change a channel twice at a time.
        for other in ATTACHMENTS:
            earlier = find_singleton(other, self, self.channel_arn, self)
            if earlier is not None:
                attachment.node.add_dependency(earlier)
        register_singleton(operation, self, self.channel_arn, self, attachment)

    def _owner(self) -> CfnChannel | None:
        """The channel in the template, or None if the app does not create it."""
        return None

    def _check_attachable(self, operation: str) -> None:
        """Refuse an attachment that does not go with what is known of the channel."""

    def _ask_for_srt_endpoint(self) -> CustomResource:
        # Here and not above: import cdk_ivs must not load what a custom resource needs.
        from cdk_ivs._services.custom_resource.construct import run_at_deployment
        from cdk_ivs._services.custom_resource.operations import Operation

        with error_path(self, _SRT_ID):
            check_in_stack(self)
            check_arn_environment("channel_arn", self.channel_arn, self)
        return run_at_deployment(
            self,
            _SRT_ID,
            Operation.SRT_ENDPOINT,
            self.channel_arn,
            created=self._owner() is not None,
        )


class ImportedChannel(ChannelBase):
    """A channel of which this app knows some attributes."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        channel_arn: str,
        ingest_endpoint: str | None = None,
        playback_url: str | None = None,
    ) -> None:
        with error_path(scope, id):
            check_arn("channel_arn", channel_arn, "channel")
        super().__init__(scope, id, environment_from_arn=channel_arn)
        self._arn = channel_arn
        self._attributes: dict[str, Any] = {
            "channel_ingest_endpoint": ingest_endpoint,
            "channel_playback_url": playback_url,
        }

    @property
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        return self._arn

    @property
    def channel_ingest_endpoint(self) -> str:
        """The ingest endpoint, if it was given."""
        return self._given("channel_ingest_endpoint", "ingest_endpoint")

    @property
    def channel_playback_url(self) -> str:
        """The playback URL, if it was given."""
        return self._given("channel_playback_url", "playback_url")

    def _given(self, attribute: str, keyword: str) -> str:
        value = self._attributes[attribute]
        if value is None:
            error = ValidationError(
                f"'{attribute}' is not known for a channel that is imported without it: give "
                f"'{keyword}' to from_channel_attributes(), or use from_lookup()",
                code="UnknownAttribute",
            )
            error.path = safe_text(self.node.path)
            raise error
        return str(value)
