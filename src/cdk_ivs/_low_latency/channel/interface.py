"""What every channel has, created in this app or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.interfaces.aws_ivs import (
    ChannelReference,
    IChannelRef,
    IPlaybackRestrictionPolicyRef,
)

from cdk_ivs._core.alpha import alpha_interface
from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._iam.resource_types import CHANNEL
from cdk_ivs._low_latency.stream_key import StreamKey
from cdk_ivs._monitoring.channel.events import ChannelEvents
from cdk_ivs._monitoring.channel.metrics import ChannelMetrics
from cdk_ivs._services.api_attributes import ApiAttributes
from cdk_ivs._services.custom_resource.operations import Operation
from cdk_ivs._validation.arns import arn_of, resource_id
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text

from .attachments import (
    AD_CONFIGURATION,
    FAILOVER_SLATE_CONFIGURATION,
    PLAYBACK_RESTRICTION_POLICY,
    attach,
    attachment_of,
    second_attachment,
)
from .grants import ChannelGrants

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_ivs._low_latency.references import IAdConfigurationRef, IFailoverSlateConfigurationRef

    from .attachments import Attachment


# IvsResource comes first: at each creation, jsii looks at all members of the bases before it.
class ChannelBase(IvsResource, ChannelMetrics, ChannelEvents):
    """A channel, created in this app or not."""

    _RESOURCE_TYPE = CHANNEL

    _ingest_endpoint: str | None = None
    _playback_url: str | None = None

    @attribute
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        return self._resource_arn()

    @attribute
    def channel_id(self) -> str:
        """The id of the channel: the last part of its ARN, and what metrics call a channel."""
        return resource_id(self.channel_arn)

    @property
    def channel_ref(self) -> ChannelReference:
        """A reference to the channel."""
        return ChannelReference(channel_arn=self.channel_arn)

    @property
    def channel_ingest_endpoint(self) -> str:
        """The host that encoders send to. An error if the channel is known by its ARN only."""
        return self._known("channel_ingest_endpoint", "ingest_endpoint", self._ingest_endpoint)

    @property
    def channel_playback_url(self) -> str:
        """The URL that players open. An error if the channel is known by its ARN only."""
        return self._known("channel_playback_url", "playback_url", self._playback_url)

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
        return self._api_attributes["Endpoint"]

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
        self._attach(PLAYBACK_RESTRICTION_POLICY, policy)

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
        self._attach(AD_CONFIGURATION, ad_configuration)

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
        self._attach(FAILOVER_SLATE_CONFIGURATION, failover_slate_configuration)

    def _attach(self, attachment: Attachment, resource: object) -> None:
        with error_path(self, attachment.operation):
            check_in_stack(self)
            check_arn_environment("channel_arn", self.channel_arn, self)
            arn = arn_of(attachment.keyword, resource, attachment.kind)
            check_arn_environment(attachment.keyword, arn, self, resource)
            earlier = attachment_of(self, self.channel_arn, attachment)
            if earlier is not None:
                raise second_attachment(attachment, earlier)
            self._check_attachable(attachment)
        attach(self, self.channel_arn, attachment, arn)

    def _check_attachable(self, attachment: Attachment) -> None:
        """Refuse an attachment that does not go with what is known of the channel."""

    @attribute
    def _api_attributes(self) -> ApiAttributes:
        return ApiAttributes(self, "SrtEndpoint", Operation.SRT_ENDPOINT)

    @classmethod
    def _reference(
        cls,
        scope: Construct,
        id: str,
        channel_arn: str,
        ingest_endpoint: str | None,
        playback_url: str | None,
    ) -> ChannelBase:
        """A channel of which this app knows some attributes."""
        channel = ChannelBase._import_by_arn(scope, id, channel_arn)
        channel._ingest_endpoint = ingest_endpoint
        channel._playback_url = playback_url
        return channel

    def _known(self, attribute: str, keyword: str, value: str | None) -> str:
        if value is None:
            error = ValidationError(
                f"'{attribute}' is not known for a channel that is imported without it; give "
                f"'{keyword}' to from_channel_attributes(), or use from_lookup()",
                code="UnknownAttribute",
            )
            error.path = safe_text(self.node.path)
            raise error
        return value


if TYPE_CHECKING:
    IChannel = ChannelBase
else:
    IChannel = alpha_interface("IChannel", IChannelRef, ChannelBase, "channel_arn")
