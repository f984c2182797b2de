"""The permissions of CloudFront to read a given bucket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.tree import REGION, scope_info, stack_of
from cdk_ivs._services.bucket import ResolvedBucket, bucket_settings, resolve_bucket
from cdk_ivs._services.bucket_policies import add_to_policy
from cdk_ivs._validation.errors import ValidationError, safe_text
from cdk_ivs._validation.tokens import is_token, placeholder_if_token

if TYPE_CHECKING:
    from aws_cdk.aws_s3 import IBucket
    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import Construct

_PRINCIPAL = {"Service": "cloudfront.amazonaws.com"}
_FILES = ("*/events/*", "*/media/*")


class GivenBucket(NamedTuple):
    """
    A given bucket.

    Attributes:
        found: The bucket.
        uses_kms: Whether it is encrypted with a KMS key.
        elsewhere: Whether it is in another stack of the app.
    """

    found: ResolvedBucket
    uses_kms: bool
    elsewhere: bool


def checked_bucket(bucket: IBucketRef, scope: Construct) -> GivenBucket:
    """Return the bucket, or raise if CloudFront cannot read it at all."""
    found = resolve_bucket(bucket)
    settings = bucket_settings(found)
    if settings.uses_kms and settings.key is None:
        raise ValidationError(
            "'bucket' must be encrypted with S3-managed keys, or with a key of yours, got the "
            f"key that AWS manages ({safe_text(str(settings.algorithm))}), which CloudFront "
            "cannot use; use BucketEncryption.S3_MANAGED",
            code="BucketEncryption",
        )
    elsewhere = found.cfn_bucket is not None and jsii_reference(
        stack_of(found.owner or found.cfn_bucket)
    ) != jsii_reference(stack_of(scope))
    return GivenBucket(found, settings.uses_kms, elsewhere)


def origin_bucket(construct: Construct, bucket: GivenBucket) -> IBucket:
    """Return the bucket in the form that the origins of the CDK accept."""
    from aws_cdk.aws_s3 import Bucket, BucketBase

    found = bucket.found
    if bucket.elsewhere and (known := _written_out(found)) is not None:
        # With its name, no stack refers to another one, which also works across Regions.
        return Bucket.from_bucket_attributes(
            construct, "Bucket", bucket_name=known[0], region=known[1]
        )
    if isinstance(found.construct, BucketBase):
        return found.construct
    if found.cfn_bucket is None:
        return Bucket.from_bucket_attributes(construct, "Bucket", bucket_name=found.name)
    return Bucket.from_bucket_attributes(
        construct,
        "Bucket",
        bucket_name=found.name,
        bucket_regional_domain_name=found.cfn_bucket.attr_regional_domain_name,
    )


def _written_out(bucket: ResolvedBucket) -> tuple[str, str] | None:
    """Return the name and the Region of a bucket of the app, if both are known at synthesis."""
    cfn_bucket: Any = bucket.cfn_bucket
    region = scope_info(bucket.owner or cfn_bucket).environment_or_tokens().region
    name = cfn_bucket.bucket_name
    if name is None or is_token(name) or not REGION.fullmatch(region):
        return None
    return name, region


def allow_cloudfront(construct: Construct, bucket: GivenBucket, distribution_id: str) -> None:
    """
    Allow CloudFront to read the recordings, in the policies of the bucket and of its key.

    For a bucket in another stack, the statement allows all distributions of the account. If it
    named this distribution, the stacks would depend on each other.
    """
    info = scope_info(construct)
    partition, account = info.partition(), info.environment_or_tokens().account
    arn = f"arn:{partition}:cloudfront::{account}:distribution"
    every = {"ArnLike": {"AWS:SourceArn": f"{arn}/*"}}
    this = {"StringEquals": {"AWS:SourceArn": f"{arn}/{distribution_id}"}}
    found = bucket.found
    statement = _read(found.arn, every if bucket.elsewhere else this)
    if not add_to_policy(found, [statement]).statement_added:
        _warn_about_policy(construct, found, account)
    if bucket.uses_kms:
        _allow_decryption(construct, found, every, account)


def _read(bucket_arn: str, condition: dict[str, Any]) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Principal": _PRINCIPAL,
        "Action": "s3:GetObject",
        "Resource": [f"{bucket_arn}/{files}" for files in _FILES],
        "Condition": condition,
    }


def _decrypt(condition: dict[str, Any]) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Principal": _PRINCIPAL,
        "Action": "kms:Decrypt",
        "Resource": "*",
        "Condition": condition,
    }


def _allow_decryption(
    construct: Construct, bucket: ResolvedBucket, condition: dict[str, Any], account: str
) -> None:
    from aws_cdk import Annotations
    from aws_cdk.aws_iam import PolicyStatement

    key = getattr(bucket.construct, "encryption_key", None)
    if key is not None:
        added = key.add_to_resource_policy(PolicyStatement.from_json(_decrypt(condition)))
        if added.statement_added:
            return
    arn = f"arn:aws:cloudfront::{placeholder_if_token(account, 'account')}:distribution/*"
    needed = _decrypt({"ArnLike": {"AWS:SourceArn": arn}})
    Annotations.of(construct).add_warning_v2(
        "cdk-ivs:DeliveryKeyPolicy",
        "the app cannot change the policy of the key that encrypts 'bucket': it must contain "
        f"{json.dumps(needed)}, or CloudFront cannot read recordings; acknowledge this warning "
        "when it does",
    )


def _warn_about_policy(construct: Construct, bucket: ResolvedBucket, account: str) -> None:
    from aws_cdk import Annotations

    name = placeholder_if_token(bucket.name, "bucket")
    account = placeholder_if_token(account, "account")
    arn = f"arn:aws:cloudfront::{account}:distribution/<distribution>"
    needed = _read(f"arn:aws:s3:::{name}", {"StringEquals": {"AWS:SourceArn": arn}})
    Annotations.of(construct).add_warning_v2(
        "cdk-ivs:DeliveryBucketPolicy",
        f"the app cannot change the policy of the bucket {name}: it must contain "
        f"{json.dumps(needed)}, or CloudFront cannot read recordings; acknowledge this warning "
        "when it does",
    )
