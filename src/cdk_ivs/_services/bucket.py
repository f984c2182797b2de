"""Buckets to which an AWS service writes, and their known settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.environments import check_same_environment, compared_environment
from cdk_ivs._core.tree import TreeState, scope_info, stack_of

if TYPE_CHECKING:
    from aws_cdk.aws_s3 import Bucket, CfnBucket
    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import Construct, IConstruct

    from cdk_ivs._core.tree import Environment

# The ID under which the CDK creates the resource of a bucket.
_RESOURCE = "Resource"


class ResolvedBucket(NamedTuple):
    """
    A given bucket, with the properties that were read from it.

    Attributes:
        construct: The given object.
        cfn_bucket: Its L1, which can be wrapped several times. None for a bucket outside of the
            app.
        name: The name.
        arn: The ARN.
        owner: The construct of the CDK around the L1, if it is the given object.
    """

    construct: IBucketRef
    cfn_bucket: CfnBucket | None
    name: str
    arn: str
    owner: Bucket | None = None


class BucketSettings(NamedTuple):
    """
    The settings of a bucket that are known at synthesis.

    Attributes:
        algorithm: The algorithm of its default encryption: `AES256`, `aws:kms` or `aws:kms:dsse`.
            None if it is not known, or not set, which means `AES256`.
        key: The key for the encryption, unless it is the AWS managed key.
        object_ownership: The object ownership. None if it is not known, or not set, which means
            `BucketOwnerEnforced`.
    """

    algorithm: str | None
    key: object | None
    object_ownership: str | None

    @property
    def uses_kms(self) -> bool:
        """Whether the bucket is known to be encrypted with a KMS key."""
        return self.algorithm is not None and self.algorithm.startswith("aws:kms")


def resolve_bucket(bucket: IBucketRef) -> ResolvedBucket:
    """Read the properties of a bucket, once for a bucket of the CDK."""
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    if isinstance(bucket, Bucket | CfnBucket):
        return _RESOLVED.of(scope_info(bucket))
    return _resolve(bucket)


def _resolve(bucket: Any) -> ResolvedBucket:  # noqa: ANN401 - of any kind
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    if isinstance(bucket, CfnBucket):
        return ResolvedBucket(bucket, bucket, bucket.ref, bucket.attr_arn)
    if isinstance(bucket, Bucket):
        cfn_bucket = scope_info(bucket).node.try_find_child(_RESOURCE)
        if isinstance(cfn_bucket, CfnBucket):
            name, arn = bucket.bucket_name, cfn_bucket.attr_arn
            return ResolvedBucket(bucket, cfn_bucket, name, arn, bucket)
    found: IConstruct | None = bucket
    while found is not None and not CfnBucket.is_cfn_bucket(found):
        found = found.node.default_child
    wrapped = cast("CfnBucket | None", found)
    reference = bucket.bucket_ref
    # The ARN of the L1 is the same text for every construct of the bucket.
    arn = reference.bucket_arn if wrapped is None else wrapped.attr_arn
    return ResolvedBucket(bucket, wrapped, reference.bucket_name, arn)


# The buckets of the app with their properties. Each is read once.
_RESOLVED = TreeState[ResolvedBucket](lambda bucket: _resolve(bucket.construct))


def name_of_bucket(bucket: IBucketRef) -> str:
    """Return the name of a bucket, with as few messages as possible."""
    from aws_cdk.aws_s3 import BucketBase

    return bucket.bucket_name if isinstance(bucket, BucketBase) else bucket.bucket_ref.bucket_name


def check_bucket_environment(bucket: IBucketRef, scope: Construct) -> Environment:
    """Refuse a bucket that is known to be in another account or Region than the scope."""
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    # A bucket of the app is where its stack is. Other buckets are where their ARN says.
    if isinstance(bucket, Bucket | CfnBucket):
        return compared_environment("bucket", scope_info(bucket).environment_or_tokens(), scope)
    return check_same_environment("bucket", bucket, scope)


def bucket_settings(bucket: ResolvedBucket) -> BucketSettings:
    """Return the settings of a bucket in the app, or of the reference to another bucket."""
    cfn_bucket = bucket.cfn_bucket
    if cfn_bucket is None:
        key = getattr(bucket.construct, "encryption_key", None)
        return BucketSettings("aws:kms" if key is not None else None, key, None)
    # All properties together, because Python cannot read some that the constructs of the CDK
    # set.
    every = cfn_properties(cfn_bucket)
    properties = {name: every.get(name) for name in ("bucketEncryption", "ownershipControls")}
    if not _is_plain(properties):
        properties = stack_of(bucket.owner or cfn_bucket).resolve(properties)
    rule = _at(properties, "bucketEncryption", "serverSideEncryptionConfiguration", 0)
    default = _at(rule, "serverSideEncryptionByDefault")
    ownership = _at(properties, "ownershipControls", "rules", 0)
    key = _at(default, "kmsMasterKeyId")
    return BucketSettings(
        _text(_at(default, "sseAlgorithm")),
        # The AWS managed key, by its alias, counts as no key.
        None if "alias/aws/s3" in json.dumps(key) else key,
        _text(_at(ownership, "objectOwnership")),
    )


def _is_plain(value: object) -> bool:
    """Whether it is JSON without anything to resolve."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or (isinstance(value, str | bool) and "${Token[" not in str(value))


def _at(value: object, *path: str | int) -> object:
    """Return the value at a path, or None, because anything on the path can be a token."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
