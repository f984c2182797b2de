"""Storage configurations: where stages and compositions are recorded."""

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
    """Permissions on one storage configuration."""

    _RESOURCE_TYPE = STORAGE_CONFIGURATION

    @classmethod
    def from_storage_configuration(cls, storage_configuration: IStorageConfigurationRef) -> Self:
        """
        The permissions on any storage configuration.

        Args:
            storage_configuration: The storage configuration: a construct of this library or an L1.
        """
        return cls._of(storage_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the storage configuration. Recordings are read from the bucket.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "GetStorageConfiguration")


@jsii.implements(IStorageConfigurationRef)
class IStorageConfiguration(IvsResource):
    """A storage configuration, created in this app or not."""

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
        """Permissions on the storage configuration, as in ``grants.read(role)``."""
        return StorageConfigurationGrants(self, self.storage_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class StorageConfigurationProps(Props):
    """The parameters of a StorageConfiguration, which describes them."""

    bucket: IBucketRef
    storage_configuration_name: str | None = None
    tags: Mapping[str, str] | None = None


class StorageConfiguration(IStorageConfiguration):
    """
    Define where participants of stages, and compositions, are recorded.

    IVS writes to the bucket as the bucket's policy permits. It adds the statement itself when
    the storage configuration is created, and CloudFormation erases that when it writes a policy of
    the same bucket, as ``enforce_ssl``, ``auto_delete_objects`` and a CloudFront origin make
    one: recordings then fail without an error. So the statement is added to the bucket's own
    policy here, and the storage configuration is created after that policy.

    An account can have 5 in a Region, if it does not ask for more. Any change but that of the
    tags replaces the configuration.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        bucket: The bucket: in the same account and Region, encrypted with SSE-S3 (the default
            of S3 and the CDK), with object ownership BucketOwnerEnforced (the default) or
            BucketOwnerPreferred. The policy of a bucket that is not of the app cannot be
            changed: a warning shows the statement that it needs.

        storage_configuration_name: The name: at most 128 letters, digits, hyphens and
            underscores, not necessarily unique. Default: no name.

        tags: Tags for the storage configuration, at most 50. Default: none.

    Raises:
        ValidationError: If an argument is one that IVS refuses, or the bucket one that it cannot
            record to.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.StorageConfiguration")
    """The id of this class for property injectors."""

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

        The policy of its bucket is left as it is.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            storage_configuration_arn: The ARN. Its account and Region are those of the
                reference.

        Raises:
            ValidationError: If the ARN is not that of a storage configuration.
        """
        return IStorageConfiguration._import_by_arn(scope, id, storage_configuration_arn)


def _check_buckets(_: Construct, given: Sequence[Any]) -> Iterable[ValidationError]:
    """Refuse buckets that an aspect made such that IVS cannot record to them."""
    return check_each(given, _check_bucket)


def _check_bucket(bucket: ResolvedBucket) -> None:
    """Refuse a bucket that IVS cannot record to, by the guide for recording to S3."""
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
    """What IVS writes into the policy itself: the guide for composite recording."""
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
