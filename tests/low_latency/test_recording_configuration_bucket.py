"""The buckets of recording configurations: their accounts, Regions and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import App, Environment, Fn, Stack
from aws_cdk.aws_kms import Key
from aws_cdk.aws_s3 import Bucket, BucketEncryption, CfnBucket
from aws_cdk.interfaces.aws_s3 import IBucketRef

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.low_latency.recording_configurations import properties_of
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn


def existing(stack: Stack) -> IBucketRef:
    """An existing bucket, with its key."""
    return Bucket.from_bucket_attributes(
        stack,
        "Keyed",
        bucket_name="recordings",
        encryption_key=Key.from_key_arn(stack, "Key", arn("key/abc", service="kms")),
    )


def level_1(stack: Stack) -> IBucketRef:
    """A bucket by an L1."""
    default = CfnBucket.ServerSideEncryptionByDefaultProperty(
        sse_algorithm="aws:kms", kms_master_key_id="alias/recordings"
    )
    rule = CfnBucket.ServerSideEncryptionRuleProperty(server_side_encryption_by_default=default)
    return CfnBucket(
        stack,
        "Keyed",
        bucket_encryption=CfnBucket.BucketEncryptionProperty(
            server_side_encryption_configuration=[rule]
        ),
    )


MAKERS_OF_KEYED_BUCKETS: list[Callable[[Stack], IBucketRef]] = [
    lambda stack: Bucket(stack, "Keyed", encryption=BucketEncryption.KMS),
    lambda stack: Bucket(stack, "Keyed", encryption_key=Key(stack, "Key")),
    existing,
    level_1,
]


class TestBucketEnvironment:
    @pytest.mark.parametrize(
        ("account", "region", "problem"),
        [
            (ACCOUNT, "eu-west-1", "Region of the stack, us-west-2, got one in eu-west-1"),
            (
                "210987654321",
                REGION,
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_refuses_another(
        self, located_stack: Stack, account: str, region: str, problem: str
    ) -> None:
        """
        A bucket that is known to be elsewhere is refused.
        """
        bucket = Bucket.from_bucket_attributes(
            located_stack, "Bucket", bucket_name="recordings", account=account, region=region
        )
        with pytest.raises(ValidationError, match=f"'bucket' must be in the {problem}"):
            ivs.RecordingConfiguration(located_stack, "Recording", bucket=bucket)

    def test_takes_one_of_another_stack(self, app: App, located_stack: Stack) -> None:
        """
        A bucket of another stack in the same account and Region is taken.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        bucket = Bucket(other, "Bucket")
        ivs.RecordingConfiguration(located_stack, "Recording", bucket=bucket)
        assert "Fn::ImportValue" in str(properties_of(located_stack))

    def test_is_not_known_of_an_imported_l1(self, located_stack: Stack) -> None:
        """
        The ARN of a bucket has no account and no Region.
        """
        bucket = CfnBucket.from_bucket_name(located_stack, "Bucket", "recordings")
        ivs.RecordingConfiguration(located_stack, "Recording", bucket=bucket)
        assert properties_of(located_stack) == {
            "DestinationConfiguration": {"S3": {"BucketName": "recordings"}}
        }

    def test_is_asked_of_every_bucket(self, located_stack: Stack) -> None:
        """
        A second configuration in the same stack is checked like the first.
        """
        good = Bucket.from_bucket_name(located_stack, "Good", "recordings")
        bad = Bucket.from_bucket_attributes(
            located_stack, "Bad", bucket_name="recordings", region="eu-west-1"
        )
        ivs.RecordingConfiguration(located_stack, "First", bucket=good)
        with pytest.raises(ValidationError, match="'bucket' must be in the Region"):
            ivs.RecordingConfiguration(located_stack, "Second", bucket=bad)

    @pytest.mark.parametrize("agnostic", ["stack", "bucket"])
    def test_is_silent_about_what_it_does_not_know(self, app: App, agnostic: str) -> None:
        """
        An account and Region that are known at deployment are left to IVS.
        """
        known = Environment(account=ACCOUNT, region=REGION)
        stack = Stack(app, "Stack", env=None if agnostic == "stack" else known)
        region = "eu-west-1" if agnostic == "stack" else Fn.import_value("Region")
        bucket = Bucket.from_bucket_attributes(
            stack, "Bucket", bucket_name="recordings", region=region
        )
        ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
        assert properties_of(stack) == {
            "DestinationConfiguration": {"S3": {"BucketName": "recordings"}}
        }


class TestBucketKey:
    WARNING = (
        "'bucket' is encrypted with a customer-managed KMS key, and the service-linked role "
        "that IVS uses to record has no permissions for KMS: expect recordings to fail "
        "(inferred from the policy of the role, not documented by AWS); use a bucket with "
        "S3-managed keys, BucketEncryption.S3_MANAGED [ack: cdk-ivs:RecordingBucketKey]"
    )

    @pytest.mark.parametrize("make", MAKERS_OF_KEYED_BUCKETS)
    def test_is_warned_about(self, stack: Stack, make: Callable[[Stack], IBucketRef]) -> None:
        """
        A bucket that is known to have a key has a warning, once for each configuration.
        """
        bucket = make(stack)
        for name in ("First", "Second"):
            ivs.RecordingConfiguration(stack, name, bucket=bucket)
        assert warnings_of(stack) == [
            ("/Stack/First", self.WARNING),
            ("/Stack/Second", self.WARNING),
        ]

    @pytest.mark.parametrize(
        "encryption",
        [BucketEncryption.S3_MANAGED, BucketEncryption.KMS_MANAGED, BucketEncryption.UNENCRYPTED],
    )
    def test_of_others_is_not(self, stack: Stack, encryption: BucketEncryption) -> None:
        """
        Keys of S3, and the one that AWS manages for it, need no permission.
        """
        bucket = Bucket(stack, "New", encryption=encryption)
        ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
        assert warnings_of(stack) == []

    def test_of_a_removed_configuration_is_not(self, stack: Stack) -> None:
        """
        A configuration that was taken out of the tree records nothing.
        """
        bucket = Bucket(stack, "New", encryption=BucketEncryption.KMS)
        ivs.RecordingConfiguration(stack, "Recording", bucket=bucket)
        stack.node.try_remove_child("Recording")
        assert warnings_of(stack) == []
