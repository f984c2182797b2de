"""The members of every channel, whether this app creates it or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aws_cdk.interfaces.aws_ivs import (
    ChannelReference,
    IChannelRef,
    IPlaybackRestrictionPolicyRef,
)

from cdk_ivs._core.alpha import alpha_interface
from cdk_ivs._core.environments import check_arn_environment, same_environment_arn
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._iam.resource_types import CHANNEL
from cdk_ivs._low_latency.stream_key import StreamKey
from cdk_ivs._monitoring.channel.events import ChannelEvents
from cdk_ivs._monitoring.channel.metrics import ChannelMetrics
from cdk_ivs._services.api_attributes import ApiAttributes
from cdk_ivs._services.custom_resource.operations import Operation
from cdk_ivs._validation.arns import resource_id
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


# IvsResource is the first base: jsii reads all members of the bases before it at each creation.
class ChannelBase(IvsResource, ChannelMetrics, ChannelEvents):
    """A channel, which this app creates or refers to."""

    _RESOURCE_TYPE = CHANNEL

    _ingest_endpoint: str | None = None
    _playback_url: str | None = None

    @attribute
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        return self._resource_arn()

    @attribute
    def channel_id(self) -> str:
        """
        The ID of the channel: the last part of its ARN, and the dimension `Channel` of its metrics.

        Raises:
            ValidationError: `DynamicReference` if the ARN of an imported channel contains a dynamic
                reference.
        """
        return resource_id(self.channel_arn)

    @property
    def channel_ref(self) -> ChannelReference:
        """A reference to the channel."""
        return ChannelReference(channel_arn=self.channel_arn)

    @property
    def channel_ingest_endpoint(self) -> str:
        """
        The host that encoders send to.

        Raises:
            ValidationError: `UnknownAttribute` if you refer to the channel by its ARN only.
        """
        return self._known("channel_ingest_endpoint", "ingest_endpoint", self._ingest_endpoint)

    @property
    def channel_playback_url(self) -> str:
        """
        The playback URL, which players open.

        Raises:
            ValidationError: `UnknownAttribute` if you refer to the channel by its ARN only.
        """
        return self._known("channel_playback_url", "playback_url", self._playback_url)

    @property
    def rtmps_ingest_url(self) -> str:
        """
        The URL for encoders, `rtmps://<ingest endpoint>:443/app/`, without the stream key.

        Raises:
            ValidationError: `UnknownAttribute` if you refer to the channel by its ARN only.
        """
        return f"rtmps://{self.channel_ingest_endpoint}:443/app/"

    @property
    def srt_endpoint(self) -> str:
        """
        The URL for encoders that send over SRT, `srt://<id>.srt.live-video.net:9000`.

        CloudFormation does not return this URL. The first read of the property creates a custom
        resource that calls `ivs:GetChannel` at deployment.

        SRT needs a passphrase unless the channel has `insecure_ingest`. The passphrase is never in
        the template. Your application gets it from `ivs:GetChannel` at run time, which
        `grants.read()` allows.

        Raises:
            ValidationError: `Environment` if an imported channel is in another account or Region
                than the stack.
        """
        return self._api_attributes["Endpoint"]

    @property
    def grants(self) -> ChannelGrants:
        """Permissions on the channel, as in `channel.grants.read(role)`."""
        return ChannelGrants(self, self.channel_arn)

    def add_stream_key(self, id: str) -> StreamKey:
        """
        Create the stream key of the channel.

        Args:
            id: The ID of the stream key, unique in the channel.

        Returns:
            The stream key.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `SecondStreamKey` if the app already creates a stream key for the
                channel. `Environment` if an imported channel is in another account or Region than
                the stack.
        """
        return StreamKey(self, id, channel=self)

    def attach_playback_restriction_policy(self, policy: IPlaybackRestrictionPolicyRef) -> None:
        """
        Restrict where viewers can play the channel.

        Use this method for a channel that the app does not create, and for a policy that you create
        after the channel. Otherwise use the parameter `playback_restriction_policy`.

        A custom resource calls `ivs:UpdateChannel` at deployment. If you remove the call, the
        custom resource attaches what was attached before. The channel must be public, and must not
        be live during the change.

        Args:
            policy: The playback restriction policy.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `SecondAttachment` if this app attaches another policy to the channel.
                `PolicyOnAuthorizedChannel` if the channel is private. `Environment` if the channel
                or the policy is in another account or Region than the stack.
        """
        self._attach(PLAYBACK_RESTRICTION_POLICY, policy)

    def attach_ad_configuration(self, ad_configuration: IAdConfigurationRef) -> None:
        """
        Insert ads into the streams of the channel.

        Use this method for a channel that the app does not create, and for an ad configuration that
        needs the playback URL of the channel. Otherwise use the parameter `ad_configuration`.

        A custom resource calls `ivs:UpdateChannel` at deployment. If you remove the call, the
        custom resource attaches what was attached before. The channel must not deliver fragmented
        MP4, and must not be live during the change.

        Args:
            ad_configuration: The ad configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `SecondAttachment` if this app attaches another ad configuration to the
                channel. `AdsContainerFormat` if the channel delivers fragmented MP4. `Environment`
                if the channel or the ad configuration is in another account or Region than the
                stack.
        """
        self._attach(AD_CONFIGURATION, ad_configuration)

    def attach_failover_slate_configuration(
        self, failover_slate_configuration: IFailoverSlateConfigurationRef
    ) -> None:
        """
        Show viewers a slate while the video from the encoder is interrupted.

        Use this method for a channel that the app does not create. Otherwise use the parameter
        `failover_slate_configuration`.

        A custom resource calls `ivs:UpdateChannel` at deployment. If you remove the call, the
        custom resource attaches what was attached before. The channel must not be live during the
        change.

        Args:
            failover_slate_configuration: The failover slate configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `SecondAttachment` if this app attaches another failover slate
                configuration to the channel. `Environment` if the channel or the configuration is
                in another account or Region than the stack.
        """
        self._attach(FAILOVER_SLATE_CONFIGURATION, failover_slate_configuration)

    def _attach(self, attachment: Attachment, resource: object) -> None:
        with error_path(self, attachment.operation):
            check_in_stack(self)
            check_arn_environment("channel_arn", self.channel_arn, self)
            arn = same_environment_arn(attachment.keyword, resource, attachment.kind, self)
            earlier = attachment_of(self, self.channel_arn, attachment)
            if earlier is not None:
                raise second_attachment(attachment, earlier)
            self._check_attachable(attachment)
        attach(self, self.channel_arn, attachment, arn)

    def _check_attachable(self, attachment: Attachment) -> None:
        """Refuse an attachment that contradicts the known properties of the channel."""

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
        """A reference to a channel with the attributes that this app knows."""
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
