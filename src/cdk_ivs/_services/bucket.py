"""Buckets that a service of AWS's writes to, and their policies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cdk_ivs._core.cfn_properties import cfn_properties
from cdk_ivs._core.tree import stack_of
from cdk_ivs._validation.tokens import placeholder_if_token

from .bucket_policies import add_to_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk import CfnResource
    from constructs import Construct

    from cdk_ivs._core.environments import Environment

    from .bucket_policies import ResolvedBucket

    _Statement = Mapping[str, Any]


class PolicyContext(NamedTuple):
    """What a statement for a bucket is made from."""

    bucket_arn: str
    account: str
    region: str
    partition: str = "aws"


class BucketSettings(NamedTuple):
    """
    What is known of a bucket at synthesis.

    Attributes:
        algorithm: The algorithm of its default encryption: ``AES256``, ``aws:kms`` or
            ``aws:kms:dsse``. None if it is not known, or not set, which is ``AES256``.
        key: The key that is named for it, unless it is the one that AWS manages.
        object_ownership: Who owns its objects. None if it is not known, or not set, which is
            ``BucketOwnerEnforced``.
    """

    algorithm: str | None
    key: object | None
    object_ownership: str | None

    @property
    def uses_kms(self) -> bool:
        """Whether it is known to be encrypted with a key of KMS."""
        return self.algorithm is not None and self.algorithm.startswith("aws:kms")


def bucket_settings(bucket: ResolvedBucket) -> BucketSettings:
    """What the resource of a bucket says, or the reference to a bucket of elsewhere."""
    level_1 = bucket.level_1
    if level_1 is None:
        key = getattr(bucket.construct, "encryption_key", None)
        return BucketSettings("aws:kms" if key is not None else None, key, None)
    # All of them together: what the constructs of the CDK set cannot be read one by one from
    # Python.
    every = cfn_properties(level_1)
    properties = {name: every.get(name) for name in ("bucketEncryption", "ownershipControls")}
    if not _is_plain(properties):
        properties = stack_of(bucket.owner or level_1).resolve(properties)
    rule = _at(properties, "bucketEncryption", "serverSideEncryptionConfiguration", 0)
    default = _at(rule, "serverSideEncryptionByDefault")
    ownership = _at(properties, "ownershipControls", "rules", 0)
    key = _at(default, "kmsMasterKeyId")
    return BucketSettings(
        _text(_at(default, "sseAlgorithm")),
        # The key that AWS manages, by its name: as if there were none.
        None if "alias/aws/s3" in json.dumps(key) else key,
        _text(_at(ownership, "objectOwnership")),
    )


def allow_service_write(
    construct: Construct,
    level_1: CfnResource,
    bucket: ResolvedBucket,
    *,
    environment: Environment,
    statements: Callable[[PolicyContext], Sequence[_Statement]],
    loss: str,
    partition: str = "aws",
) -> None:
    """
    Let a service write to a bucket, by the bucket's own policy.

    The service would add to that policy when the resource is made. Where CloudFormation has a
    policy of the bucket too, the one erases what the other wrote, so it is written here, before
    the resource is made. The policy of a bucket that is not of the app cannot be changed: a
    warning says what has to be in it.

    Args:
        construct: The construct that a warning is about.
        level_1: The resource that makes the service write.
        bucket: The bucket.
        environment: The account and the Region of the resource.
        statements: What makes the statements, which must come out the same for every resource
            that needs the same.
        loss: What fails without them.
        partition: The partition of ARNs in them.
    """
    needed = statements(PolicyContext(bucket.arn, *environment, partition))
    added = add_to_policy(bucket, needed)
    if added.policy is not None:
        level_1.node.add_dependency(added.policy)
    if not added.done:
        _warn(construct, bucket.name, environment, statements, loss)


def _warn(
    construct: Construct,
    bucket_name: str,
    environment: Environment,
    statements: Callable[[PolicyContext], Sequence[_Statement]],
    loss: str,
) -> None:
    from aws_cdk import Annotations

    name = placeholder_if_token(bucket_name, "bucket")
    account, region = (
        placeholder_if_token(environment.account, "account"),
        placeholder_if_token(environment.region, "region"),
    )
    needed = [
        dict(item) for item in statements(PolicyContext(f"arn:aws:s3:::{name}", account, region))
    ]
    Annotations.of(construct).add_warning_v2(
        "cdk-ivs:bucket-policy",
        f"the policy of the bucket {name} cannot be changed from here: if anything but the service "
        f"writes it, it must have {json.dumps(needed)}, or {loss}; acknowledge this warning "
        "when it has",
    )


def _is_plain(value: object) -> bool:
    """Whether it is JSON that is known, without anything to be resolved."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or (isinstance(value, str | bool) and "${Token[" not in str(value))


def _at(value: object, *path: str | int) -> object:
    """What is at a path, or None: anything in between may be a token."""
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
