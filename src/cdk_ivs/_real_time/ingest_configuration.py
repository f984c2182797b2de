"""Ingest configurations: the way an encoder publishes to a stage."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk import IResolvable
from aws_cdk.aws_ivs import CfnIngestConfiguration
from aws_cdk.interfaces.aws_ivs import (
    IIngestConfigurationRef,
    IngestConfigurationReference,
    IStageRef,
)

from cdk_ivs._core.annotations import warn_about_insecure_ingest
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.lazy import checked_flag
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.synth_secrets import register_secret
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import INGEST_CONFIGURATION
from cdk_ivs._services.secret import store_secret
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import ANY_CHARACTER, is_token_beside

if TYPE_CHECKING:
    from aws_cdk import RemovalPolicy
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.aws_kms import IKey, Key
    from aws_cdk.aws_secretsmanager import ReplicaRegion, Secret
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties

_USER_ID_LENGTH = 128


class IngestProtocol(enum.StrEnum):
    """The protocol with which an encoder sends to a stage."""

    RTMPS = "RTMPS"
    """RTMP over TLS."""

    RTMP = "RTMP"
    """RTMP without encryption. Others on the network path can read the stream key and the video."""


class IngestConfigurationGrants(Grants):
    """
    Permissions on one ingest configuration.

    You get them from the property `grants` of an ingest configuration, or from
    `from_ingest_configuration()`.

    Args:
        resource: The ingest configuration.
        arn: The ARN of the ingest configuration.
    """

    _RESOURCE_TYPE = INGEST_CONFIGURATION

    @classmethod
    def from_ingest_configuration(cls, ingest_configuration: IIngestConfigurationRef) -> Self:
        """
        Return the permissions on an ingest configuration.

        Args:
            ingest_configuration: The ingest configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not an ingest configuration.
        """
        return cls._of(ingest_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the ingest configuration, including its secret stream key.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetIngestConfiguration")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to assign the ingest configuration to another stage.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateIngestConfiguration")


@jsii.implements(IIngestConfigurationRef)
class IIngestConfiguration(IvsResource):
    """
    An ingest configuration that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create an `IngestConfiguration`, or
            use `IngestConfiguration.from_ingest_configuration_arn()`.
    """

    _RESOURCE_TYPE = INGEST_CONFIGURATION

    @attribute
    def ingest_configuration_arn(self) -> str:
        """The ARN of the ingest configuration."""
        return self._resource_arn()

    @property
    def ingest_configuration_ref(self) -> IngestConfigurationReference:
        """A reference to the ingest configuration."""
        return IngestConfigurationReference(ingest_configuration_arn=self.ingest_configuration_arn)

    @property
    def grants(self) -> IngestConfigurationGrants:
        """Permissions on the ingest configuration, as in `grants.read(role)`."""
        return IngestConfigurationGrants(self, self.ingest_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class IngestConfigurationProps(Props):
    """The parameters of an `IngestConfiguration`, which describes each of them."""

    ingest_configuration_name: str | None = None
    ingest_protocol: IngestProtocol | None = None
    insecure_ingest: bool | IResolvable | None = None
    stage: IStageRef | None = None
    tags: Mapping[str, str] | None = None
    user_id: str | None = None


class IngestConfiguration(IIngestConfiguration):
    """
    Create an ingest configuration, with which an encoder publishes to a stage as a participant.

    The encoder connects to `stage.endpoints.rtmps` with the stream key. It must send both audio and
    video, without B-frames, at 720p and 8.5 Mbps or less
    ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/rt-rtmp-publishing.html)). An
    account can have 100 ingest configurations in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)). Every
    change except those of the stage and the tags replaces the ingest configuration, and with it the
    stream key.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        ingest_configuration_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
            Names do not have to be unique. Default: no name.

        ingest_protocol: The protocol of the encoder. RTMP needs `insecure_ingest=True`.
            Default: `RTMPS`.

        insecure_ingest: Whether the encoder can send over RTMP. Others on the network path can then
            read the stream key and the video. You get a warning. Default: False.

        stage: The stage. An encoder cannot use the ingest configuration without a stage.
            Default: no stage.

        tags: The tags of the ingest configuration, up to 50
            ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
            Default: no tags.

        user_id: The user ID of the encoder in the stage: up to 128 characters
            ([CreateIngestConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateIngestConfiguration.html)).
            Applications can read it, so do not put a secret into it. Default: no user ID.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `RtmpNeedsInsecureIngest` if the protocol is RTMP without
            `insecure_ingest`. `UserId` if the user ID is too long. `Environment` if the stage is
            known to be in another account or Region. `Name` if IVS refuses the name. `TagForm`,
            `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.IngestConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnIngestConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        ingest_configuration_name: str | None = None,
        ingest_protocol: IngestProtocol | None = None,
        insecure_ingest: bool | IResolvable | None = None,
        stage: IStageRef | None = None,
        tags: Mapping[str, str] | None = None,
        user_id: str | None = None,
    ) -> None:
        with self._checked_props(scope, id, IngestConfigurationProps, locals()) as props:
            _check_protocol(props)
            _check_user_id(props.user_id)
            stage_arn = (
                same_environment_arn("stage", props.stage, "stage", scope)
                if props.stage is not None
                else None
            )
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnIngestConfiguration)(
            self,
            "Resource",
            ingest_protocol=props.ingest_protocol,
            insecure_ingest=checked_flag("insecure_ingest", props.insecure_ingest),
            name=cfn_name,
            stage_arn=stage_arn,
            tags=cfn_tags,
            user_id=props.user_id,
        )
        warn_about_insecure_ingest(self, props.insecure_ingest, "RTMPS")

    @classmethod
    def from_ingest_configuration_arn(
        cls, scope: Construct, id: str, ingest_configuration_arn: str
    ) -> IIngestConfiguration:
        """
        Refer to an ingest configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            ingest_configuration_arn: The ARN. The reference has the account and the Region of the
                ARN.

        Returns:
            The ingest configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of an ingest configuration.
        """
        return IIngestConfiguration._import_by_arn(scope, id, ingest_configuration_arn)

    @attribute
    def participant_id(self) -> str:
        """The participant ID of the encoder in the stage."""
        return self._ivs_cfn.attr_participant_id

    @attribute
    def state(self) -> str:
        """The state when CloudFormation last created or changed it: ACTIVE or INACTIVE."""
        return self._ivs_cfn.attr_state

    @attribute
    def stream_key(self) -> str:
        """
        The stream key with which the encoder publishes. It is a secret.

        It is a token that CloudFormation resolves. Never put it into an output, a tag or a plain
        environment variable: everyone who can read the stack can read those. `stream_key_secret()`
        keeps it in AWS Secrets Manager.
        """
        register_secret(self, self._stream_key, "stream_key", "stream_key_secret()")
        return self._stream_key

    def stream_key_secret(
        self,
        id: str,
        *,
        encryption_key: Key | IKey | None = None,
        removal_policy: RemovalPolicy | None = None,
        replica_regions: Sequence[ReplicaRegion] | None = None,
        secret_name: str | None = None,
    ) -> Secret:
        """
        Keep the stream key in AWS Secrets Manager.

        The template contains a reference to the value. CloudFormation resolves the reference when
        it creates the secret, so the value is not in any template, output or log. To give readers
        access, use `secret.grant_read(...)` instead of a stack output.

        Args:
            id: The ID of the secret, unique in the ingest configuration.
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
            self._stream_key,
            "Stream key of an Amazon IVS stage",
            encryption_key=encryption_key,
            removal_policy=removal_policy,
            replica_regions=replica_regions,
            secret_name=secret_name,
        )

    @attribute
    def _stream_key(self) -> str:
        return self._ivs_cfn.attr_stream_key

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        props = IngestConfigurationProps(
            ingest_protocol=rendered.text("IngestProtocol"),
            insecure_ingest=rendered.flag("InsecureIngest"),
            user_id=rendered.text("UserId"),
        )
        _check_protocol(props)
        _check_user_id(props.user_id)
        rendered.check_arn_environment("stage", "StageArn", self)
        warn_about_insecure_ingest(self, props.insecure_ingest, "RTMPS")


def _check_protocol(props: IngestConfigurationProps) -> None:
    if props.ingest_protocol == IngestProtocol.RTMP and not props.insecure_ingest:
        raise ValidationError(
            "'insecure_ingest' must be True for the 'ingest_protocol' RTMP, "
            f"got {'none' if props.insecure_ingest is None else safe_repr(props.insecure_ingest)}; "
            "use RTMPS, which is encrypted, or set it to True",
            code="RtmpNeedsInsecureIngest",
        )


def _check_user_id(user_id: str | None) -> None:
    if user_id is None or len(user_id) <= _USER_ID_LENGTH:
        return
    if not is_token_beside(user_id, ANY_CHARACTER, _USER_ID_LENGTH):
        raise ValidationError(
            f"'user_id' must have at most {_USER_ID_LENGTH} characters, got {len(user_id)} "
            "characters",
            code="UserId",
        )
