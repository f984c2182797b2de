"""Buckets that a service of AWS's writes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk import CfnResource, Fn, Stack
from aws_cdk.aws_iam import AddToResourcePolicyResult, PolicyStatement
from aws_cdk.aws_kms import Key
from aws_cdk.aws_s3 import Bucket, BucketEncryption, CfnBucket, ObjectOwnership
from constructs import Construct

from cdk_ivs._core.environments import Environment
from cdk_ivs._services.bucket import (
    BucketSettings,
    PolicyContext,
    allow_service_write,
    bucket_settings,
)
from cdk_ivs._services.bucket_policies import resolve_bucket
from tests.support.annotations import warnings_of
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

POLICY = "AWS::S3::BucketPolicy"
HERE = Environment("123456789012", "us-west-2")


def known(bucket: Any) -> BucketSettings:
    """What is known of a bucket."""
    return bucket_settings(resolve_bucket(bucket))


def statements(place: PolicyContext) -> list[Mapping[str, Any]]:
    """Two statements, which name the place."""
    service = f"recorder.{place.region}.amazonaws.com"
    return [
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "s3:GetBucketAcl",
            "Resource": place.bucket_arn,
        },
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "s3:PutObject",
            "Resource": f"{place.bucket_arn}/{place.account}/*",
        },
    ]


def let_write(stack: Stack, bucket: Any, environment: Environment = HERE) -> CfnResource:
    """Let a resource of the stack write to a bucket by the two statements."""
    level_1 = CfnResource(stack, "Writer", type="Custom::Writer")
    allow_service_write(
        Construct(stack, "Construct"),
        level_1,
        resolve_bucket(bucket),
        environment=environment,
        statements=statements,
        loss="nothing is written",
    )
    return level_1


class Answering:
    """A policy that takes so many statements, and has nothing to depend on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.asked = 0

    def add_to_resource_policy(self, statement: PolicyStatement) -> AddToResourcePolicyResult:
        """Take the statement, or not."""
        assert isinstance(statement, PolicyStatement)
        self.asked += 1
        return AddToResourcePolicyResult(statement_added=self.asked <= self._most)


class TestGivenBucket:
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
        assert (given.level_1, given.owner) == (None, None)
        assert given.name == bucket.bucket_name


class TestKnownBucket:
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
        level_1 = CfnBucket(
            stack,
            "Bucket",
            ownership_controls={"rules": [{"objectOwnership": "BucketOwnerPreferred"}]},
        )
        assert known(Bucket.from_cfn_bucket(level_1)) == (
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


class TestLetServiceWrite:
    def test_adds_every_statement_and_waits_for_the_policy(self, stack: Stack) -> None:
        """
        All statements are in the one policy, and the resource is made after it.
        """
        let_write(stack, Bucket(stack, "Bucket"))
        get_arn = {"Fn::GetAtt": ["Bucket83908E77", "Arn"]}
        (policy,) = resources_of(stack, POLICY).values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": "s3:GetBucketAcl",
                "Effect": "Allow",
                "Principal": {"Service": "recorder.us-west-2.amazonaws.com"},
                "Resource": get_arn,
            },
            {
                "Action": "s3:PutObject",
                "Effect": "Allow",
                "Principal": {"Service": "recorder.us-west-2.amazonaws.com"},
                "Resource": {"Fn::Join": ["", [get_arn, "/123456789012/*"]]},
            },
        ]
        writer = template_of(stack)["Resources"]["Writer"]
        assert writer["DependsOn"] == ["BucketPolicyE9A3008A"]
        assert warnings_of(stack) == []

    def test_says_what_is_needed_where_it_cannot_be_added(self, stack: Stack) -> None:
        """
        The warning is about the construct, with every statement and what is lost without.
        """
        let_write(stack, Bucket.from_bucket_name(stack, "Bucket", "videos"))
        assert warnings_of(stack) == [
            (
                "/Stack/Construct",
                (
                    "the policy of the bucket videos cannot be changed from here: if anything "
                    "but the service writes it, it must have "
                    '[{"Effect": "Allow", "Principal": {"Service": '
                    '"recorder.us-west-2.amazonaws.com"}, "Action": "s3:GetBucketAcl", '
                    '"Resource": "arn:aws:s3:::videos"}, '
                    '{"Effect": "Allow", "Principal": {"Service": '
                    '"recorder.us-west-2.amazonaws.com"}, "Action": "s3:PutObject", '
                    '"Resource": "arn:aws:s3:::videos/123456789012/*"}], '
                    "or nothing is written; acknowledge this warning when it has "
                    "[ack: cdk-ivs:bucket-policy]"
                ),
            )
        ]
        assert "DependsOn" not in template_of(stack)["Resources"]["Writer"]

    def test_names_what_has_to_be_filled_in(self, stack: Stack) -> None:
        """
        Tokens are shown as gaps.
        """
        bucket = Bucket.from_bucket_name(stack, "Bucket", token("BucketName"))
        let_write(stack, bucket, Environment(token("Account"), token("Region")))
        ((_, text),) = warnings_of(stack)
        assert '"Resource": "arn:aws:s3:::<bucket>/<account>/*"' in text
        assert '"Service": "recorder.<region>.amazonaws.com"' in text

    def test_warns_if_only_some_are_added(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        One statement that is not taken is enough to warn, and no other is tried.
        """
        policy = Answering(0)
        monkeypatch.setattr(Bucket, "from_cfn_bucket", lambda _: policy)
        let_write(stack, CfnBucket(stack, "Bucket", bucket_name="videos"))
        assert policy.asked == 1
        assert len(warnings_of(stack)) == 1

    def test_needs_nothing_to_depend_on(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A policy that takes the statements and names no resource gives no dependency.
        """
        policy = Answering(2)
        monkeypatch.setattr(Bucket, "from_cfn_bucket", lambda _: policy)
        let_write(stack, CfnBucket(stack, "Bucket"))
        assert policy.asked == 2
        assert warnings_of(stack) == []
        assert "DependsOn" not in template_of(stack)["Resources"]["Writer"]

    def test_keeps_apart_the_buckets_of_an_app(self, stack: Stack) -> None:
        """
        Each bucket has its own policy.
        """
        for id in ("A", "B"):
            group = Construct(stack, id)
            bucket = CfnBucket(group, "Bucket")
            level_1 = CfnResource(group, "Writer", type="Custom::Writer")
            allow_service_write(
                group,
                level_1,
                resolve_bucket(bucket),
                environment=HERE,
                statements=statements,
                loss="nothing is written",
            )
        policies = resources_of(stack, POLICY)
        assert len(policies) == 2
        writers = resources_of(stack, "Custom::Writer").values()
        assert sorted(name for writer in writers for name in writer["DependsOn"]) == sorted(
            policies
        )
