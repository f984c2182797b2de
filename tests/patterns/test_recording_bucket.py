"""Buckets that are given to a RecordingDelivery: who may read and write them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import jsii
import pytest
from aws_cdk import App, Environment, Fn, NestedStack, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.interfaces import ResourceEnvironment
from aws_cdk.interfaces.aws_s3 import BucketReference, IBucketRef
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.templates import distribution_config, only, principals, resources, statements
from tests.support.annotations import warnings_of

KEY_ARN = "arn:aws:kms:us-west-2:123456789012:key/00000000"
TLS = "cdk-ivs:DeliveryTls"


def warnings(stack: Stack) -> list[str]:
    """The texts of the warnings, without that about TLS."""
    return [text for _, text in warnings_of(stack) if TLS not in text]


def of_cloudfront(stack: Stack) -> dict[str, Any]:
    """The statement for CloudFront in the one bucket policy."""
    (found,) = (
        each
        for each in statements(stack)
        if each["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    )
    return found


def plain(stack: Stack) -> s3.Bucket:
    """A bucket without a policy."""
    return s3.Bucket(stack, "Bucket")


def secured(stack: Stack) -> s3.Bucket:
    """A bucket with a policy of its own."""
    return s3.Bucket(stack, "Bucket", enforce_ssl=True)


def l1(stack: Stack) -> s3.CfnBucket:
    """A bucket as an L1."""
    return s3.CfnBucket(stack, "Bucket")


def l1_with_policy(stack: Stack) -> s3.CfnBucket:
    """An L1 with a policy that somebody else wrote."""
    bucket = s3.CfnBucket(stack, "Bucket")
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}],
    }
    s3.CfnBucketPolicy(stack, "Policy", bucket=bucket.ref, policy_document=document)
    return bucket


def policy_beside(stack: Stack) -> s3.Bucket:
    """A bucket with a policy that was created apart from it."""
    bucket = s3.Bucket(stack, "Bucket")
    s3.BucketPolicy(stack, "Policy", bucket=bucket)
    return bucket


def record(stack: Stack, bucket: Any) -> None:
    """What stages and compositions record by."""
    ivs.StorageConfiguration(stack, "Storage", bucket=bucket)


def deliver(stack: Stack, bucket: Any) -> None:
    """What is tested."""
    RecordingDelivery(stack, "Delivery", bucket=bucket)


def allow(stack: Stack, bucket: Any) -> None:
    """A statement of the user's own, as they add it to a bucket."""
    if isinstance(bucket, s3.Bucket):
        statement = PolicyStatement(
            actions=["s3:ListBucket"],
            principals=[ServicePrincipal("mediaconvert.amazonaws.com")],
            resources=[bucket.bucket_arn],
        )
        bucket.add_to_resource_policy(statement)


class TestPolicy:
    @pytest.mark.parametrize("order", list(itertools.permutations([record, deliver, allow])))
    @pytest.mark.parametrize("make", [plain, secured, l1, l1_with_policy, policy_beside])
    def test_is_one_in_whatever_order(
        self,
        located_stack: Stack,
        make: Callable[[Stack], Any],
        order: tuple[Callable[[Stack, Any], None], ...],
    ) -> None:
        """
        CloudFront, stages and whoever else is let in stand in the one policy of the bucket.
        """
        bucket = make(located_stack)
        for step in order:
            if step is allow and make is policy_beside and order[0] is allow:
                # The CDK itself creates a second policy.
                continue
            step(located_stack, bucket)
        allowed = {"cloudfront", "ivs-composite"}
        assert allowed <= set(principals(located_stack)) <= allowed | {"mediaconvert"}
        assert len(principals(located_stack)) == len(set(principals(located_stack)))
        assert warnings(located_stack) == []

    def test_is_one_of_the_own_bucket(self, located_stack: Stack) -> None:
        """
        So it is where the bucket was created by the delivery.
        """
        delivery = RecordingDelivery(located_stack, "Delivery")
        record(located_stack, delivery.bucket)
        assert principals(located_stack) == ["cloudfront", "ivs-composite"]

    def test_lets_this_distribution_read_recordings(self, located_stack: Stack) -> None:
        """
        Only the files of recordings can be read, and only by the one distribution.
        """
        deliver(located_stack, secured(located_stack))
        (bucket,) = resources(located_stack, "AWS::S3::Bucket")
        (distribution,) = resources(located_stack, "AWS::CloudFront::Distribution")
        arn = {"Fn::GetAtt": [bucket, "Arn"]}
        assert of_cloudfront(located_stack) == {
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": [
                {"Fn::Join": ["", [arn, "/*/events/*"]]},
                {"Fn::Join": ["", [arn, "/*/media/*"]]},
            ],
            "Condition": {
                "StringEquals": {
                    "AWS:SourceArn": {
                        "Fn::Join": [
                            "",
                            [
                                "arn:",
                                {"Ref": "AWS::Partition"},
                                ":cloudfront::123456789012:distribution/",
                                {"Ref": distribution},
                            ],
                        ]
                    }
                }
            },
        }

    @pytest.mark.parametrize("make", [plain, l1])
    def test_goes_with_access_by_cloudfront(
        self, located_stack: Stack, make: Callable[[Stack], Any]
    ) -> None:
        """
        The origin is the bucket, and requests to it are signed.
        """
        deliver(located_stack, make(located_stack))
        (bucket,) = resources(located_stack, "AWS::S3::Bucket")
        (access,) = resources(located_stack, "AWS::CloudFront::OriginAccessControl")
        (origin,) = distribution_config(located_stack)["Origins"]
        assert origin["DomainName"] == {"Fn::GetAtt": [bucket, "RegionalDomainName"]}
        assert origin["OriginAccessControlId"] == {"Fn::GetAtt": [access, "Id"]}


class TestOtherStack:
    @pytest.mark.parametrize("order", [(record, deliver), (deliver, record)])
    @pytest.mark.parametrize("make", [plain, secured, l1])
    def test_is_no_cycle(
        self,
        app: App,
        make: Callable[[Stack], Any],
        order: tuple[Callable[[Stack, Any], None], ...],
    ) -> None:
        """
        The statement is in the stack of the bucket, for the distributions of the account, and the
        stacks can be synthesized also when the other one records to the bucket.
        """
        env = Environment(account="123456789012", region="us-west-2")
        buckets, users = Stack(app, "Buckets", env=env), Stack(app, "Users", env=env)
        bucket = make(buckets)
        for step in order:
            step(users, bucket)
        app.synth()
        assert resources(users, "AWS::S3::BucketPolicy") == {}
        assert principals(buckets) == ["cloudfront", "ivs-composite"]
        assert of_cloudfront(buckets)["Condition"] == {
            "ArnLike": {
                "AWS:SourceArn": {
                    "Fn::Join": [
                        "",
                        [
                            "arn:",
                            {"Ref": "AWS::Partition"},
                            ":cloudfront::123456789012:distribution/*",
                        ],
                    ]
                }
            }
        }
        assert [stack.stack_name for stack in users.dependencies] == ["Buckets"]
        assert buckets.dependencies == []

    def test_can_be_in_another_region(self, app: App) -> None:
        """
        A bucket whose name and Region are known is had by them, without a reference.
        """
        there = Stack(app, "There", env=Environment(account="123456789012", region="eu-west-1"))
        here = Stack(app, "Here", env=Environment(account="123456789012", region="us-east-1"))
        bucket = s3.Bucket(there, "Bucket", bucket_name="recordings-of-elsewhere")
        deliver(here, bucket)
        app.synth()
        (origin,) = distribution_config(here)["Origins"]
        assert origin["DomainName"] == "recordings-of-elsewhere.s3.eu-west-1.amazonaws.com"
        assert principals(there) == ["cloudfront"]
        assert warnings(here) == warnings(there) == []

    def test_can_be_nested(self, located_stack: Stack) -> None:
        """
        A nested stack delivers from a bucket of the stack around it.
        """
        bucket = plain(located_stack)
        nested = NestedStack(located_stack, "Nested")
        deliver(nested, bucket)
        assert principals(located_stack) == ["cloudfront"]
        assert "distribution/*" in json.dumps(of_cloudfront(located_stack)["Condition"])

    def test_is_referred_to_without_an_account(self, app: App) -> None:
        """
        Stacks whose account is not known get the account of their deployment.
        """
        buckets, users = Stack(app, "Buckets"), Stack(app, "Users")
        deliver(users, plain(buckets))
        app.synth()
        condition = json.dumps(of_cloudfront(buckets)["Condition"])
        assert '{"Ref": "AWS::AccountId"}, ":distribution/*"' in condition


class TestElsewhere:
    def test_is_warned_about(self, located_stack: Stack) -> None:
        """
        The policy of a bucket that is not of the app is left alone, and shown.
        """
        deliver(located_stack, s3.Bucket.from_bucket_name(located_stack, "Bucket", "recordings"))
        assert resources(located_stack, "AWS::S3::BucketPolicy") == {}
        (text,) = warnings(located_stack)
        assert text == (
            "the app cannot change the policy of the bucket recordings: it must contain "
            '{"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": '
            '"s3:GetObject", "Resource": ["arn:aws:s3:::recordings/*/events/*", '
            '"arn:aws:s3:::recordings/*/media/*"], "Condition": {"StringEquals": '
            '{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/<distribution>"}}}, '
            "or CloudFront cannot read recordings; acknowledge this warning when it does "
            "[ack: cdk-ivs:DeliveryBucketPolicy]"
        )

    def test_is_warned_about_without_names(self, stack: Stack) -> None:
        """
        What is known at deployment only is a gap in the statement.
        """
        name = Fn.import_value("Name")
        deliver(stack, s3.Bucket.from_bucket_name(stack, "Bucket", name))
        (text,) = warnings(stack)
        assert "the app cannot change the policy of the bucket <bucket>" in text
        assert "arn:aws:s3:::<bucket>/*/media/*" in text
        assert "arn:aws:cloudfront::<account>:distribution/<distribution>" in text

    def test_has_a_policy_in_the_app(self, located_stack: Stack) -> None:
        """
        A policy that the app has for such a bucket gets the statement, and nothing is warned of.
        """
        bucket = s3.Bucket.from_bucket_name(located_stack, "Bucket", "recordings")
        s3.BucketPolicy(located_stack, "Policy", bucket=bucket)
        deliver(located_stack, bucket)
        assert principals(located_stack) == ["cloudfront"]
        assert warnings(located_stack) == []

    def test_is_an_origin(self, located_stack: Stack) -> None:
        """
        The origin is the bucket in the Region of the stack, if nothing else is known of it.
        """
        deliver(located_stack, s3.Bucket.from_bucket_name(located_stack, "Bucket", "recordings"))
        (origin,) = distribution_config(located_stack)["Origins"]
        assert "recordings.s3.us-west-2." in json.dumps(origin["DomainName"])


@jsii.implements(IBucketRef)
class Reference(Construct):
    """A bucket of which nothing is known but its reference."""

    @property
    def bucket_ref(self) -> BucketReference:
        """The reference."""
        return BucketReference(bucket_name="recordings", bucket_arn="arn:aws:s3:::recordings")

    @property
    def env(self) -> ResourceEnvironment:
        """Where it is."""
        return ResourceEnvironment(account="123456789012", region="us-west-2")


class TestReference:
    def test_is_had_by_its_name(self, located_stack: Stack) -> None:
        """
        What refers to a bucket, and is neither the CDK's nor an L1, is taken for an imported one.
        """
        bucket = Reference(located_stack, "Bucket")
        delivery = RecordingDelivery(located_stack, "Delivery", bucket=bucket)
        (origin,) = distribution_config(located_stack)["Origins"]
        assert "recordings.s3.us-west-2." in json.dumps(origin["DomainName"])
        assert delivery.bucket is bucket
        (text,) = warnings(located_stack)
        assert "arn:aws:s3:::recordings/*/media/*" in text


class TestKey:
    def test_lets_cloudfront_decrypt(self, located_stack: Stack) -> None:
        """
        The policy of a key of the app gets what CloudFront needs.
        """
        key = kms.Key(located_stack, "Key")
        bucket = s3.Bucket(
            located_stack, "Bucket", encryption=s3.BucketEncryption.KMS, encryption_key=key
        )
        deliver(located_stack, bucket)
        document = only(located_stack, "AWS::KMS::Key")["KeyPolicy"]
        assert document["Statement"][-1] == {
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "kms:Decrypt",
            "Resource": "*",
            "Condition": {
                "ArnLike": {
                    "AWS:SourceArn": {
                        "Fn::Join": [
                            "",
                            [
                                "arn:",
                                {"Ref": "AWS::Partition"},
                                ":cloudfront::123456789012:distribution/*",
                            ],
                        ]
                    }
                }
            },
        }
        assert warnings(located_stack) == []

    @pytest.mark.parametrize("kind", ["imported key", "imported bucket", "L1"])
    def test_of_elsewhere_is_warned_about(self, located_stack: Stack, kind: str) -> None:
        """
        The policy of a key that is not of the app, or not known, is shown.
        """
        key = kms.Key.from_key_arn(located_stack, "Key", KEY_ARN)
        default = s3.CfnBucket.ServerSideEncryptionByDefaultProperty(
            sse_algorithm="aws:kms", kms_master_key_id=KEY_ARN
        )
        rule = s3.CfnBucket.ServerSideEncryptionRuleProperty(
            server_side_encryption_by_default=default
        )
        makers: dict[str, Any] = {
            "imported key": lambda: s3.Bucket(located_stack, "Bucket", encryption_key=key),
            "imported bucket": lambda: s3.Bucket.from_bucket_attributes(
                located_stack, "Bucket", bucket_name="recordings", encryption_key=key
            ),
            "L1": lambda: s3.CfnBucket(
                located_stack,
                "Bucket",
                bucket_encryption=s3.CfnBucket.BucketEncryptionProperty(
                    server_side_encryption_configuration=[rule]
                ),
            ),
        }
        deliver(located_stack, makers[kind]())
        (text,) = (text for text in warnings(located_stack) if "DeliveryKeyPolicy" in text)
        assert text == (
            "the app cannot change the policy of the key that encrypts 'bucket': it must "
            'contain {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, '
            '"Action": "kms:Decrypt", "Resource": "*", "Condition": {"ArnLike": '
            '{"AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*"}}}, or '
            "CloudFront cannot read recordings; acknowledge this warning when it does "
            "[ack: cdk-ivs:DeliveryKeyPolicy]"
        )

    def test_of_aws_is_refused(self, located_stack: Stack) -> None:
        """
        The policy of the key that AWS manages cannot let CloudFront in.
        """
        bucket = s3.Bucket(located_stack, "Bucket", encryption=s3.BucketEncryption.KMS_MANAGED)
        with pytest.raises(ValidationError) as error:
            deliver(located_stack, bucket)
        assert error.value.code == "BucketEncryption"
        assert error.value.message == (
            "'bucket' must be encrypted with S3-managed keys, or with a key of yours, got the key "
            "that AWS manages (aws:kms), which CloudFront cannot use; use "
            "BucketEncryption.S3_MANAGED"
        )
        assert located_stack.node.try_find_child("Delivery") is None

    @pytest.mark.parametrize(
        "encryption", [s3.BucketEncryption.S3_MANAGED, s3.BucketEncryption.UNENCRYPTED]
    )
    def test_is_not_needed(self, located_stack: Stack, encryption: s3.BucketEncryption) -> None:
        """
        With S3's own keys there is nothing to be said.
        """
        deliver(located_stack, s3.Bucket(located_stack, "Bucket", encryption=encryption))
        assert warnings(located_stack) == []
