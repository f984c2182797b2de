"""Stream keys: the secrets with which encoders send video to a channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from aws_cdk.aws_ivs import CfnStreamKey
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStreamKeyRef, StreamKeyReference

from cdk_ivs._core.alpha import AlphaChannel, alpha_interface
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.placement import check_in_stack
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.synth_secrets import register_secret
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants, grant_actions, wildcard_arn
from cdk_ivs._iam.resource_types import CHANNEL, READ_STREAM_KEY, STREAM_KEY
from cdk_ivs._low_latency.channel_singletons import find_singleton, register_singleton
from cdk_ivs._services.secret import store_secret
from cdk_ivs._validation.errors import ValidationError, safe_text

from .stop_stream import delete_before_stream_stops
from .synth_checks import check_stream_keys

if TYPE_CHECKING:
    from aws_cdk import RemovalPolicy
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.aws_kms import IKey, Key
    from aws_cdk.aws_secretsmanager import ReplicaRegion, Secret
    from constructs import Construct


class StreamKeyGrants(Grants):
    """
    Permissions on one stream key.

    You get them from the property `grants` of a stream key, or from `from_stream_key()`.

    Args:
        resource: The stream key.
        arn: The ARN of the stream key.
    """

    _RESOURCE_TYPE = STREAM_KEY

    @classmethod
    def from_stream_key(cls, stream_key: IStreamKeyRef) -> Self:
        """
        Return the permissions on any stream key.

        Args:
            stream_key: The stream key: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(stream_key)

    @classmethod
    def list_all(cls, scope: Construct, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to list the stream keys of all channels of the account and Region.

        IVS authorizes the action on all channels and on all stream keys.

        Args:
            scope: The stack, or a construct in it.
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
            ValidationError: `NoStack` if the scope is not in a stack.
        """
        check_in_stack(scope)
        arns = [wildcard_arn(scope, kind) for kind in (CHANNEL, STREAM_KEY)]
        return grant_actions(scope, grantee, STREAM_KEY, ["ListStreamKeys"], *arns)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the stream key, including its secret value.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, *READ_STREAM_KEY)

    def delete(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the stream key, so that no encoder can use it.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "DeleteStreamKey")


@dataclass(frozen=True, kw_only=True)
class StreamKeyProps(Props):
    """The parameters of a `StreamKey`, which describes each of them."""

    channel: IChannelRef | AlphaChannel
    tags: Mapping[str, str] | None = None


class StreamKeyBase(IvsResource):
    """A stream key, which this app creates or refers to."""

    _RESOURCE_TYPE = STREAM_KEY

    @attribute
    def stream_key_arn(self) -> str:
        """The ARN of the stream key."""
        return self._resource_arn()

    @property
    def stream_key_ref(self) -> StreamKeyReference:
        """A reference to the stream key."""
        return StreamKeyReference(stream_key_arn=self.stream_key_arn)

    @property
    def grants(self) -> StreamKeyGrants:
        """Permissions on the stream key, as in `grants.read(role)`."""
        return StreamKeyGrants(self, self.stream_key_arn)


if TYPE_CHECKING:
    IStreamKey = StreamKeyBase
else:
    IStreamKey = alpha_interface("IStreamKey", IStreamKeyRef, StreamKeyBase, "stream_key_arn")


class StreamKey(StreamKeyBase):
    """
    Create the stream key of a channel.

    Anyone who has the value can stream to the channel, so treat it as a password. A channel can
    have one stream key
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)). The
    API and the console create it with the channel. CloudFormation does not.

    Args:
        scope: The scope in which you create the construct.
        id: The ID of the construct, unique in the scope.
        channel: The channel. A change replaces the stream key.
        tags: The tags of the stream key, at most 50
            ([CreateStreamKey](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateStreamKey.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `SecondStreamKey` if the app already creates a stream key for the channel.
            `Environment` if the channel is in another account or Region. `TagCount`, `TagForm`,
            `TagKey` or `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.StreamKey")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnStreamKey

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        channel: IChannelRef | AlphaChannel,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, StreamKeyProps, locals()) as props:
            channel = props.channel
            channel_arn = same_environment_arn("channel", channel, "channel", scope)
            earlier = find_singleton("stream key", channel, channel_arn, scope)
            if earlier is not None:
                raise ValidationError(
                    "'channel' must be a channel without a stream key, got one with the key "
                    f"'{safe_text(earlier.node.path)}'; a channel has at most one, so use that key",
                    code="SecondStreamKey",
                )
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        register_singleton("stream key", channel, channel_arn, scope, self)
        self._ivs_cfn = tracked(CfnStreamKey)(
            self, "Resource", channel_arn=channel_arn, tags=cfn_tags
        )
        validate_at_synth(self, check_stream_keys)
        delete_before_stream_stops(self._ivs_cfn, channel, channel_arn, scope)

    @classmethod
    def from_stream_key_arn(cls, scope: Construct, id: str, stream_key_arn: str) -> IStreamKey:
        """
        Refer to a stream key by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            stream_key_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The stream key.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a stream key.
        """
        return StreamKeyBase._import_by_arn(scope, id, stream_key_arn)

    def to_secret(
        self,
        id: str,
        *,
        encryption_key: Key | IKey | None = None,
        removal_policy: RemovalPolicy | None = None,
        replica_regions: Sequence[ReplicaRegion] | None = None,
        secret_name: str | None = None,
    ) -> Secret:
        """
        Store the value in AWS Secrets Manager.

        The template refers to the value, and CloudFormation resolves the reference when it creates
        the secret. The value is in no template, output or log. Give readers access with
        `secret.grant_read(...)` instead of a stack output.

        Args:
            id: The ID of the secret, unique in the stream key.
            encryption_key: The key in AWS KMS that encrypts the secret. `secret.grant_read(...)`
                allows the reader in the policy of the key to decrypt with it. The CDK cannot change
                the policy of an imported key, so grant that to the reader yourself. Default: the
                AWS managed key `aws/secretsmanager`, which other accounts cannot use.
            removal_policy: Whether CloudFormation keeps or deletes a secret that you remove.
                Default: RemovalPolicy.DESTROY, the default of the CDK.
            replica_regions: The other Regions to which Secrets Manager replicates the secret, each
                once. Default: no replicas.
            secret_name: The name of the secret. Default: a name that CloudFormation generates.

        Returns:
            The secret.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RemovalPolicy` if the removal policy is SNAPSHOT. `ReplicaRegion` if a
                Region is given twice, or is known to be that of the stack.
        """
        return store_secret(
            self,
            id,
            self._value,
            "Stream key of an Amazon IVS channel",
            encryption_key=encryption_key,
            removal_policy=removal_policy,
            replica_regions=replica_regions,
            secret_name=secret_name,
        )

    @attribute
    def stream_key_value(self) -> str:
        """
        The value of the stream key, a secret.

        The value is a token that CloudFormation resolves. Never put it into an output, a tag or a
        plain environment variable, because everyone who can read the stack can read these.
        """
        register_secret(self, self._value, "stream_key_value", "to_secret()")
        return self._value

    @attribute
    def _value(self) -> str:
        return self._ivs_cfn.attr_value
