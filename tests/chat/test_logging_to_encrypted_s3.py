"""Logging of chat to buckets with a key."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.aws_kms import IKey, Key
from aws_cdk.aws_s3 import (
    Bucket,
    BucketEncryption,
    CfnBucket,
    IBucket,
)

from cdk_ivs import ValidationError
from tests.chat.logging_to_s3 import (
    BUCKET_ID,
    FROM_LOGS,
    LOGGING,
    LOGGING_ID,
    POLICY,
    POLICY_ID,
    as_read,
    delivery_to,
    logged,
    statements_of,
)
from tests.support.annotations import warnings_of
from tests.support.graph import in_order, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

KEY_ARN = "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
KEY_STATEMENT = {
    "Effect": "Allow",
    "Principal": {"Service": "delivery.logs.amazonaws.com"},
    "Action": [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
    ],
    "Resource": "*",
    "Condition": {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": FROM_LOGS,
    },
}


def key_statements_of(stack: Stack) -> list[dict[str, Any]]:
    """The statements of the only key, but for that which gives it to the account."""
    (key,) = resources_of(stack, "AWS::KMS::Key").values()
    return key["Properties"]["KeyPolicy"]["Statement"][1:]


def known_bucket(stack: Stack, **arguments: Any) -> IBucket:
    """An imported bucket."""
    return Bucket.from_bucket_attributes(stack, "Known", bucket_name="logs", **arguments)


def known_key(stack: Stack) -> IKey:
    """An imported key."""
    return Key.from_key_arn(stack, "Key", KEY_ARN)


def level_1_bucket(stack: Stack, algorithm: str, key: str | None = None) -> CfnBucket:
    """A bucket with an encryption that no construct of the CDK's made."""
    return CfnBucket(
        stack,
        "Bucket",
        bucket_encryption=CfnBucket.BucketEncryptionProperty(
            server_side_encryption_configuration=[
                CfnBucket.ServerSideEncryptionRuleProperty(
                    server_side_encryption_by_default=(
                        CfnBucket.ServerSideEncryptionByDefaultProperty(
                            kms_master_key_id=key, sse_algorithm=algorithm
                        )
                    )
                )
            ]
        ),
    )


class TestKey:
    @pytest.mark.parametrize(
        "encryption",
        [None, BucketEncryption.KMS, BucketEncryption.DSSE],
        ids=["default", "kms", "dsse"],
    )
    def test_of_the_app_lets_the_delivery_use_it(
        self, located_stack: Stack, encryption: BucketEncryption | None
    ) -> None:
        """
        The policy of a customer's key permits what the guide asks for, and no more.
        """
        key = Key(located_stack, "Key")
        logged(
            located_stack,
            Bucket(located_stack, "Bucket", encryption=encryption, encryption_key=key),
        )
        assert key_statements_of(located_stack) == [KEY_STATEMENT]
        assert statements_of(located_stack) == delivery_to(BUCKET_ID)
        assert warnings_of(located_stack) == []

    def test_that_the_bucket_makes_lets_the_delivery_use_it(self, located_stack: Stack) -> None:
        """
        A key that the CDK makes for the bucket is the customer's as well.
        """
        logged(located_stack, Bucket(located_stack, "Bucket", encryption=BucketEncryption.KMS))
        assert key_statements_of(located_stack) == [KEY_STATEMENT]

    def test_is_there_before_the_configuration(self, located_stack: Stack) -> None:
        """
        The policy of a key is a part of it, so the delivery may use it from the first log on.
        """
        key = Key(located_stack, "Key")
        logged(located_stack, Bucket(located_stack, "Bucket", encryption_key=key))
        template = template_of(located_stack)
        key_id = only(template, "AWS::KMS::Key")
        assert in_order(template, key_id, BUCKET_ID, POLICY_ID, LOGGING_ID)

    def test_has_the_statement_once(self, located_stack: Stack) -> None:
        """
        Two configurations with one bucket need it once.
        """
        bucket = Bucket(located_stack, "Bucket", encryption_key=Key(located_stack, "Key"))
        for id in ("A", "B"):
            logged(located_stack, bucket, id)
        assert key_statements_of(located_stack) == [KEY_STATEMENT]

    def test_of_a_bucket_of_elsewhere_lets_the_delivery_use_it(self, located_stack: Stack) -> None:
        """
        A key of the app gets the statement also if the bucket is not of the app.
        """
        bucket = known_bucket(located_stack, encryption_key=Key(located_stack, "Key"))
        logged(located_stack, bucket)
        assert key_statements_of(located_stack) == [KEY_STATEMENT]
        ((_, text),) = warnings_of(located_stack)
        assert text.endswith("[ack: cdk-ivs:BucketPolicy]")

    def test_of_elsewhere_warns(self, located_stack: Stack) -> None:
        """
        Of a key that is not of the app a warning shows what its policy must have.
        """
        bucket = Bucket(located_stack, "Bucket", encryption_key=known_key(located_stack))
        logged(located_stack, bucket)
        assert warnings_of(located_stack) == [
            (
                "/Stack/Logging",
                (
                    "the app cannot change the policy of the key that encrypts the bucket: it "
                    f"must contain {as_read(KEY_STATEMENT)}, or no logs are delivered; "
                    "acknowledge this warning when it does [ack: cdk-ivs:KeyPolicy]"
                ),
            )
        ]
        assert statements_of(located_stack) == delivery_to(BUCKET_ID)

    def test_and_bucket_of_elsewhere_warn_both(self, located_stack: Stack) -> None:
        """
        Where neither is of the app there are two policies to look after.
        """
        logged(located_stack, known_bucket(located_stack, encryption_key=known_key(located_stack)))
        assert [text.rpartition(" ")[2] for _, text in warnings_of(located_stack)] == [
            "cdk-ivs:BucketPolicy]",
            "cdk-ivs:KeyPolicy]",
        ]

    @pytest.mark.parametrize("algorithm", ["aws:kms", "aws:kms:dsse"])
    def test_of_an_l1_warns(self, located_stack: Stack, algorithm: str) -> None:
        """
        An L1 names its key, but which construct that is nobody knows.
        """
        logged(located_stack, level_1_bucket(located_stack, algorithm, KEY_ARN))
        ((path, text),) = warnings_of(located_stack)
        assert path == "/Stack/Logging"
        assert f"it must contain {as_read(KEY_STATEMENT)}, or" in text
        assert text.endswith("[ack: cdk-ivs:KeyPolicy]")

    def test_of_an_l1_in_an_environment_that_is_not_known_warns(self, stack: Stack) -> None:
        """
        The warning shows references where the values are known at deployment.
        """
        logged(stack, level_1_bucket(stack, "aws:kms", KEY_ARN))
        ((_, text),) = warnings_of(stack)
        assert '{"aws:SourceAccount": {"Ref": "AWS::AccountId"}}' in text
        assert "Token" not in text

    @pytest.mark.parametrize(
        ("encryption", "algorithm"),
        [
            (BucketEncryption.KMS_MANAGED, "aws:kms"),
            (BucketEncryption.DSSE_MANAGED, "aws:kms:dsse"),
        ],
        ids=["kms", "dsse"],
    )
    def test_of_aws_is_refused(
        self, located_stack: Stack, encryption: BucketEncryption, algorithm: str
    ) -> None:
        """
        The policy of the key that AWS manages lets nobody deliver logs, and cannot be changed.
        """
        bucket = Bucket(located_stack, "Bucket", encryption=encryption)
        with pytest.raises(
            ValidationError,
            match="'bucket' must be encrypted with SSE-S3 or with a key of your own, got one "
            rf"encrypted with the key that AWS manages \({algorithm}\), whose policy does not "
            r"allow the delivery of logs; give it an 'encryption_key' "
            r"\[cdk-ivs:BucketEncryption at 'Stack/Logging'\]",
        ):
            logged(located_stack, bucket)
        assert resources_of(located_stack, LOGGING) == {}
        assert resources_of(located_stack, POLICY) == {}

    def test_of_aws_is_refused_of_an_l1(self, located_stack: Stack) -> None:
        """
        An L1 that names no key has the one that AWS manages.
        """
        bucket = level_1_bucket(located_stack, "aws:kms")
        with pytest.raises(ValidationError, match="'bucket' must be encrypted with SSE-S3 or with"):
            logged(located_stack, bucket)

    @pytest.mark.parametrize(
        "encryption",
        [BucketEncryption.S3_MANAGED, BucketEncryption.UNENCRYPTED],
        ids=["s3", "unencrypted"],
    )
    def test_is_not_needed(self, located_stack: Stack, encryption: BucketEncryption) -> None:
        """
        What S3 encrypts, as it does what nobody says anything about, takes no key.
        """
        logged(located_stack, Bucket(located_stack, "Bucket", encryption=encryption))
        assert resources_of(located_stack, "AWS::KMS::Key") == {}
        assert warnings_of(located_stack) == []

    def test_is_not_needed_of_an_l1(self, located_stack: Stack) -> None:
        """
        So it is with an L1, whose algorithm may be a token too.
        """
        logged(located_stack, level_1_bucket(located_stack, token("Algorithm")))
        assert warnings_of(located_stack) == []
