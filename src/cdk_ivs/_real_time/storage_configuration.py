"""Storage configurations: the buckets to which stages and compositions are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import jsii
from aws_cdk.aws_ivs import CfnStorageConfiguration
from aws_cdk.interfaces.aws_ivs import IStorageConfigurationRef, StorageConfigurationReference
from aws_cdk.interfaces.aws_s3 import IBucketRef

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.synth_validation import check_each, validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import STORAGE_CONFIGURATION
from cdk_ivs._services.bucket import bucket_settings, check_bucket_environment, resolve_bucket
from cdk_ivs._services.bucket_policies import StatementValues, allow_service_write
from cdk_ivs._validation.errors import ValidationError, safe_text

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._services.bucket import ResolvedBucket


class StorageConfigurationGrants(Grants):
    """
    Permissions on one storage configuration.

    You get them from the property `grants` of a storage configuration, or from
    `from_storage_configuration()`.

    Args:
        resource: The storage configuration.
        arn: The ARN of the storage configuration.
    """

    _RESOURCE_TYPE = STORAGE_CONFIGURATION

    @classmethod
    def from_storage_configuration(cls, storage_configuration: IStorageConfigurationRef) -> Self:
        """
        Return the permissions on a storage configuration.

        Args:
            storage_configuration: The storage configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a storage configuration.
        """
        return cls._of(storage_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the storage configuration, but not the recordings in the bucket.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetStorageConfiguration")


@jsii.implements(IStorageConfigurationRef)
class IStorageConfiguration(IvsResource):
    """
    A storage configuration that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a `StorageConfiguration`, or
            use `StorageConfiguration.from_storage_configuration_arn()`.
    """

    _RESOURCE_TYPE = STORAGE_CONFIGURATION

    @attribute
    def storage_configuration_arn(self) -> str:
        """The ARN of the storage configuration."""
        return self._resource_arn()

    @property
    def storage_configuration_ref(self) -> StorageConfigurationReference:
        """A reference to the storage configuration."""
        return StorageConfigurationReference(
            storage_configuration_arn=self.storage_configuration_arn
        )

    @property
    def grants(self) -> StorageConfigurationGrants:
        """Permissions on the storage configuration, as in `grants.read(role)`."""
        return StorageConfigurationGrants(self, self.storage_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class StorageConfigurationProps(Props):
    """The parameters of a `StorageConfiguration`, which describes each of them."""

    bucket: IBucketRef
    storage_configuration_name: str | None = None
    tags: Mapping[str, str] | None = None


class StorageConfiguration(IStorageConfiguration):
    """
    Create a storage configuration: the bucket to which participants and compositions are recorded.

    IVS needs a statement in the policy of the bucket
    ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/rt-composite-recording.html)).
    IVS adds the statement itself when the storage configuration is created. CloudFormation erases
    it when it writes a policy for the same bucket, for instance because of `enforce_ssl`,
    `auto_delete_objects` or a CloudFront origin. Recordings then fail without an error. This
    construct therefore adds the statement to the policy of the bucket in your app, and
    CloudFormation creates the storage configuration after that policy.

    An account can have 5 storage configurations in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)). Every
    change except that of the tags replaces the storage configuration.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        bucket: The bucket, in the account and Region of the stack. It must be encrypted with
            SSE-S3, the default of S3 and the CDK. Its object ownership must be BucketOwnerEnforced,
            the default, or BucketOwnerPreferred
            ([guide](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/rt-individual-participant-recording.html)).
            If the bucket is not in the app, its policy cannot be changed: a warning shows the
            statement that it needs.

        storage_configuration_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateStorageConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateStorageConfiguration.html)).
            Names do not have to be unique. Default: no name.

        tags: The tags of the storage configuration, up to 50
            ([CreateStorageConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateStorageConfiguration.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `BucketEncryption` if the bucket is known to be encrypted with KMS.
            `BucketOwnership` if its object ownership is known to be ObjectWriter. `Environment` if
            the bucket is known to be in another account or Region. `Name` if IVS refuses the name.
            `TagForm`, `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.StorageConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnStorageConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bucket: IBucketRef,
        storage_configuration_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, StorageConfigurationProps, locals()) as props:
            environment = check_bucket_environment(props.bucket, scope)
            found = resolve_bucket(props.bucket)
            _check_bucket(found)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnStorageConfiguration)(
            self,
            "Resource",
            name=cfn_name,
            s3=CfnStorageConfiguration.S3StorageConfigurationProperty(bucket_name=found.name),
            tags=cfn_tags,
        )
        validate_at_synth(self, _check_buckets, (self, found))
        allow_service_write(
            self,
            self._ivs_cfn,
            found,
            environment=environment,
            statements=_bucket_statements,
            loss="recordings fail silently",
        )

    @classmethod
    def from_storage_configuration_arn(
        cls, scope: Construct, id: str, storage_configuration_arn: str
    ) -> IStorageConfiguration:
        """
        Refer to a storage configuration by its ARN.

        The policy of its bucket does not change.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            storage_configuration_arn: The ARN. The reference has the account and the Region of the
                ARN.

        Returns:
            The storage configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a storage configuration.
        """
        return IStorageConfiguration._import_by_arn(scope, id, storage_configuration_arn)


def _check_buckets(_: Construct, given: Sequence[Any]) -> Iterable[ValidationError]:
    """Refuse buckets to which IVS cannot record because of a change by an aspect."""
    return check_each(given, _check_bucket)


def _check_bucket(bucket: ResolvedBucket) -> None:
    """Refuse a bucket to which IVS cannot record, according to the guide for recording to S3."""
    known = bucket_settings(bucket)
    if known.uses_kms:
        raise ValidationError(
            "'bucket' must be encrypted with SSE-S3, got one encrypted with KMS "
            f"({safe_text(str(known.algorithm))}), to which IVS cannot record; for a bucket of "
            "the app leave 'encryption' and 'encryption_key' out",
            code="BucketEncryption",
        )
    if known.object_ownership == "ObjectWriter":
        raise ValidationError(
            "'bucket' must have the object ownership BUCKET_OWNER_ENFORCED or "
            "BUCKET_OWNER_PREFERRED, got OBJECT_WRITER (which 'access_control' sets as well); "
            "IVS cannot record to it",
            code="BucketOwnership",
        )


def _bucket_statements(values: StatementValues) -> Sequence[Mapping[str, Any]]:
    """Return the statement that IVS itself adds, according to the guide for composite recording."""
    return [
        {
            "Effect": "Allow",
            "Principal": {"Service": f"ivs-composite.{values.region}.amazonaws.com"},
            "Action": ["s3:PutObject", "s3:PutObjectAcl"],
            "Resource": f"{values.bucket_arn}/*",
            "Condition": {
                "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
                "Bool": {"aws:SecureTransport": "true"},
            },
        }
    ]
