"""Buckets that a service of AWS's writes to, and what is known of them."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Fn, Stack
from aws_cdk.aws_kms import Key
from aws_cdk.aws_s3 import Bucket, BucketEncryption, CfnBucket, ObjectOwnership

from cdk_ivs._services.bucket import BucketSettings, bucket_settings, resolve_bucket


def known(bucket: Any) -> BucketSettings:
    """What is known of a bucket."""
    return bucket_settings(resolve_bucket(bucket))


class TestResolveBucket:
    @pytest.mark.parametrize("kind", [Bucket, CfnBucket])
    def test_is_read_once(self, stack: Stack, kind: type[Bucket | CfnBucket]) -> None:
        """
        What is read of a bucket stays the same, and is not read again.
        """
        bucket: Any = kind(stack, "Bucket")
        assert resolve_bucket(bucket) is resolve_bucket(bucket)

    def test_without_a_resource_is_as_of_elsewhere(self, stack: Stack) -> None:
        """
        A bucket whose resource was removed has nothing that a policy could be added to.
        """
        bucket = Bucket(stack, "Bucket")
        assert bucket.node.try_remove_child("Resource")
        given = resolve_bucket(bucket)
        assert (given.cfn_bucket, given.owner) == (None, None)
        assert given.name == bucket.bucket_name


class TestBucketSettings:
    def test_of_a_bucket_has_what_is_not_set_as_none(self, stack: Stack) -> None:
        """
        What S3 chooses is None.
        """
        assert known(Bucket(stack, "Bucket")) == (None, None, None)
        assert known(CfnBucket(stack, "L1")) == (None, None, None)

    def test_of_a_bucket_has_what_is_rendered(self, stack: Stack) -> None:
        """
        The algorithm, the key and the ownership are those of the template.
        """
        bucket = Bucket(
            stack,
            "Bucket",
            encryption=BucketEncryption.KMS,
            encryption_key=Key(stack, "Key"),
            object_ownership=ObjectOwnership.OBJECT_WRITER,
        )
        assert known(bucket) == BucketSettings(
            algorithm="aws:kms",
            key={"Fn::GetAtt": ["Key961B73FD", "Arn"]},
            object_ownership="ObjectWriter",
        )

    def test_of_a_wrapped_l1_is_that_of_the_l1(self, stack: Stack) -> None:
        """
        A bucket that is made from an L1 has its properties.
        """
        cfn_bucket = CfnBucket(
            stack,
            "Bucket",
            ownership_controls={"rules": [{"objectOwnership": "BucketOwnerPreferred"}]},
        )
        assert known(Bucket.from_cfn_bucket(cfn_bucket)) == (
            None,
            None,
            "BucketOwnerPreferred",
        )

    def test_of_elsewhere_is_what_is_said_of_it(self, stack: Stack) -> None:
        """
        Nothing is known of a bucket by its name, and KMS of one that is given with its key.
        """
        assert known(Bucket.from_bucket_name(stack, "Name", "videos")) == (None, None, None)
        assert known(CfnBucket.from_bucket_name(stack, "L1", "videos")) == (
            None,
            None,
            None,
        )
        key = Key(stack, "Key")
        bucket = Bucket.from_bucket_attributes(
            stack, "Attributes", bucket_name="videos", encryption_key=key
        )
        algorithm, found, ownership = known(bucket)
        assert (algorithm, ownership) == ("aws:kms", None)
        assert found is key

    @pytest.mark.parametrize(
        "encryption",
        [
            {"serverSideEncryptionConfiguration": []},
            {"serverSideEncryptionConfiguration": [{}]},
            {"serverSideEncryptionConfiguration": [{"bucketKeyEnabled": True}]},
            "token",
        ],
        ids=["no-rule", "empty-rule", "other-rule", "token"],
    )
    def test_passes_over_what_is_not_there(self, stack: Stack, encryption: Any) -> None:
        """
        Whatever is missing on the way, or a token, is not known.
        """
        if encryption == "token":
            encryption = {"serverSideEncryptionConfiguration": Fn.condition_if("A", 1, 2)}
        bucket = CfnBucket(stack, "Bucket", bucket_encryption=encryption)
        assert known(bucket) == (None, None, None)
