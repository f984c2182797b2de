"""Recordings of live streams in Amazon S3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import jsii
from aws_cdk import Duration, Resource
from aws_cdk.aws_ivs import CfnRecordingConfiguration
from aws_cdk.interfaces.aws_ivs import IRecordingConfigurationRef, RecordingConfigurationReference
from aws_cdk.interfaces.aws_s3 import IBucketRef

from cdk_ivs._core.alpha import alpha_interface
from cdk_ivs._core.annotations import warn_unless_acknowledged
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._core.tree import is_in_tree, register_parent
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import RECORDING_CONFIGURATION
from cdk_ivs._services.bucket import (
    bucket_settings,
    check_bucket_environment,
    name_of_bucket,
    resolve_bucket,
)
from cdk_ivs._validation.arns import check_resource_id, resource_id
from cdk_ivs._validation.disabled_recording import DisabledRecording
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.values import whole_seconds

from .values import RenditionConfiguration, ThumbnailConfiguration

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties
    from cdk_ivs._validation.errors import ValidationError


class RecordingConfigurationGrants(Grants):
    """
    Permissions on one recording configuration.

    You get them from the property `grants` of a recording configuration, or from
    `from_recording_configuration()`.

    Args:
        resource: The recording configuration.
        arn: The ARN of the recording configuration.
    """

    _RESOURCE_TYPE = RECORDING_CONFIGURATION

    @classmethod
    def from_recording_configuration(
        cls, recording_configuration: IRecordingConfigurationRef
    ) -> Self:
        """
        Return the permissions on any recording configuration.

        Args:
            recording_configuration: The configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(recording_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the recording configuration.

        To let a grantee read the recordings, use the `grant_read()` of the bucket.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetRecordingConfiguration")


@jsii.implements(IRecordingConfigurationRef)
class RecordingConfigurationBase(IvsResource):
    """A recording configuration, which this app creates or refers to."""

    _RESOURCE_TYPE = RECORDING_CONFIGURATION

    @attribute
    def recording_configuration_arn(self) -> str:
        """The ARN of the recording configuration."""
        return self._resource_arn()

    @attribute
    def recording_configuration_id(self) -> str:
        """
        The ID of the recording configuration: the last part of its ARN.

        Raises:
            ValidationError: `DynamicReference` if the ARN of an imported configuration contains a
                dynamic reference.
        """
        return resource_id(self.recording_configuration_arn)

    @property
    def recording_configuration_ref(self) -> RecordingConfigurationReference:
        """A reference to the recording configuration."""
        return RecordingConfigurationReference(
            recording_configuration_arn=self.recording_configuration_arn
        )

    @property
    def grants(self) -> RecordingConfigurationGrants:
        """Permissions on the recording configuration, as in `grants.read(role)`."""
        return RecordingConfigurationGrants(self, self.recording_configuration_arn)


if TYPE_CHECKING:
    IRecordingConfiguration = RecordingConfigurationBase
else:
    IRecordingConfiguration = alpha_interface(
        "IRecordingConfiguration",
        IRecordingConfigurationRef,
        RecordingConfigurationBase,
        "recording_configuration_arn",
        "recording_configuration_id",
    )


@dataclass(frozen=True, kw_only=True)
class RecordingConfigurationProps(Props):
    """The parameters of a `RecordingConfiguration`, which describes each of them."""

    bucket: IBucketRef
    recording_configuration_name: str | None = None
    recording_reconnect_window: Duration | None = None
    rendition_configuration: RenditionConfiguration | None = None
    tags: Mapping[str, str] | None = None
    thumbnail_configuration: ThumbnailConfiguration | None = None


class RecordingConfiguration(RecordingConfigurationBase):
    """
    Create a recording configuration: how IVS records live streams in Amazon S3.

    Give the configuration to a channel as `recording_configuration`. IVS records the channel from
    its next stream on. It writes with a service-linked role, so the bucket needs no policy. An
    account can have 20 configurations in a Region, which AWS can raise
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).

    A change of any parameter except the tags replaces the configuration. You cannot delete a
    configuration that a channel uses.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        bucket: The bucket for the recordings. It must be in the account and the Region of the
            configuration. The service-linked role has no permissions for AWS KMS. Expect recordings
            to fail in a bucket that is encrypted with a customer-managed key (inferred,
            UNCONFIRMED). A warning at synthesis says so.

        recording_configuration_name: The name, which need not be unique: at most 128 letters,
            digits, hyphens and underscores
            ([CreateRecordingConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateRecordingConfiguration.html)).
            Default: no name.

        recording_reconnect_window: How long an interrupted stream can take to reconnect and still
            be part of the same recording, in whole seconds from 0 to 300
            ([CreateRecordingConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateRecordingConfiguration.html)).
            Default: 0 seconds, so each stream is a separate recording.

        rendition_configuration: The renditions to record. Default: all renditions.

        tags: The tags of the recording configuration, at most 50
            ([CreateRecordingConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateRecordingConfiguration.html)).
            Default: no tags.

        thumbnail_configuration: How to record thumbnails. Default: one every 60 seconds, in the
            resolution of the stream.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DurationRange` or `DurationUnit` if `recording_reconnect_window` is
            invalid. `Environment` if the bucket is in another account or Region. `Name` if the name
            is invalid. `TagCount`, `TagForm`, `TagKey` or `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.RecordingConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnRecordingConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bucket: IBucketRef,
        recording_configuration_name: str | None = None,
        recording_reconnect_window: Duration | None = None,
        rendition_configuration: RenditionConfiguration | None = None,
        tags: Mapping[str, str] | None = None,
        thumbnail_configuration: ThumbnailConfiguration | None = None,
    ) -> None:
        with self._checked_props(scope, id, RecordingConfigurationProps, locals()) as props:
            window = _window(props.recording_reconnect_window)
            check_bucket_environment(props.bucket, scope)
            bucket_name = name_of_bucket(props.bucket)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        renditions = props.rendition_configuration
        thumbnails = props.thumbnail_configuration
        self._ivs_cfn = tracked(CfnRecordingConfiguration)(
            self,
            "Resource",
            destination_configuration=CfnRecordingConfiguration.DestinationConfigurationProperty(
                s3=CfnRecordingConfiguration.S3DestinationConfigurationProperty(
                    bucket_name=bucket_name
                )
            ),
            name=cfn_name,
            recording_reconnect_window_seconds=window,
            rendition_configuration=renditions._render() if renditions else None,
            tags=cfn_tags,
            thumbnail_configuration=thumbnails._render() if thumbnails else None,
        )
        validate_at_synth(self, _check_bucket_keys, _Recording(self, props.bucket))

    @classmethod
    def disable(cls) -> DisabledRecording:
        """
        Turn recording off, as the parameter `recording_configuration` of a channel.

        The channel gets an empty ARN, with which IVS turns recording off. Whether CloudFormation
        turns recording off when you leave the parameter out is UNCONFIRMED.

        Returns:
            The value for the parameter.
        """
        return DisabledRecording()

    @classmethod
    def from_recording_configuration_id(
        cls, scope: Construct, id: str, recording_configuration_id: str
    ) -> IRecordingConfiguration:
        """
        Refer to a recording configuration in the account and Region of the stack by its ID.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            recording_configuration_id: The ID, which is the last part of the ARN.

        Returns:
            The recording configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `ResourceId` if the ID contains other characters than letters, digits
                and hyphens.
        """
        return _RecordingConfigurationById(scope, id, recording_configuration_id)

    @classmethod
    def from_arn(
        cls, scope: Construct, id: str, recording_configuration_arn: str
    ) -> IRecordingConfiguration:
        """
        Refer to a recording configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            recording_configuration_arn: The ARN. The reference has the account and the Region of
                the ARN.

        Returns:
            The recording configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a recording configuration.
        """
        return RecordingConfigurationBase._import_by_arn(scope, id, recording_configuration_arn)

    @classmethod
    def from_recording_configuration_arn(
        cls, scope: Construct, id: str, recording_configuration_arn: str
    ) -> IRecordingConfiguration:
        """
        Refer to a recording configuration by its ARN.

        The method does the same as `from_arn()`, under the name that all resources have.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            recording_configuration_arn: The ARN. The reference has the account and the Region of
                the ARN.

        Returns:
            The recording configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a recording configuration.
        """
        return cls.from_arn(scope, id, recording_configuration_arn)

    @attribute
    def recording_configuration_state(self) -> str:
        """The state after CloudFormation created it: `CREATING`, `CREATE_FAILED` or `ACTIVE`."""
        return self._ivs_cfn.attr_state

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        _window(rendered.seconds("RecordingReconnectWindowSeconds"))
        for part, kind in (
            ("RenditionConfiguration", RenditionConfiguration),
            ("ThumbnailConfiguration", ThumbnailConfiguration),
        ):
            known = rendered.part(part)
            if known is not None:
                kind._of(known)


class _Recording(NamedTuple):
    configuration: RecordingConfiguration
    bucket: IBucketRef


def _check_bucket_keys(_: Construct, recordings: Sequence[Any]) -> Iterable[ValidationError]:
    """
    Warn about buckets that are encrypted with a customer-managed key.

    The check runs at synthesis, so that it reads each bucket only once.
    """
    keys: dict[int, object] = {}
    for configuration, bucket in recordings:
        if id(bucket) not in keys:
            keys[id(bucket)] = bucket_settings(resolve_bucket(bucket)).key
        if keys[id(bucket)] is not None and is_in_tree(configuration):
            warn_unless_acknowledged(
                configuration,
                "cdk-ivs:RecordingBucketKey",
                "'bucket' is encrypted with a customer-managed KMS key, and the service-linked "
                "role that IVS uses to record has no permissions for KMS: expect recordings to "
                "fail (inferred from the policy of the role, not documented by AWS); use a "
                "bucket with S3-managed keys, BucketEncryption.S3_MANAGED",
            )
    return ()


def _window(window: Duration | None) -> int | None:
    return whole_seconds("recording_reconnect_window", window, 0, 300)


class _RecordingConfigurationById(RecordingConfigurationBase):
    def __init__(self, scope: Construct, id: str, configuration_id: str) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            check_resource_id("recording_configuration_id", configuration_id)
        # The account and the Region are those of the stack, because there is no ARN with others.
        Resource.__init__(self, scope, id)
        register_parent(self, scope, id)
        self._id = configuration_id

    @property
    def recording_configuration_id(self) -> str:
        return self._id

    def _resource_arn(self) -> str:
        return self.stack.format_arn(
            service="ivs", resource="recording-configuration", resource_name=self._id
        )
