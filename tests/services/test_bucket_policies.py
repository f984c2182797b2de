"""The policies of buckets that a service of AWS's writes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk import CfnResource, Stack
from aws_cdk.aws_iam import AddToResourcePolicyResult, PolicyStatement
from aws_cdk.aws_s3 import Bucket, CfnBucket
from constructs import Construct

from cdk_ivs._core.environments import Environment
from cdk_ivs._services.bucket import resolve_bucket
from cdk_ivs._services.bucket_policies import StatementValues, allow_service_write
from tests.support.annotations import warnings_of
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

POLICY = "AWS::S3::BucketPolicy"
HERE = Environment("123456789012", "us-west-2")


def statements(values: StatementValues) -> list[Mapping[str, Any]]:
    """Two statements, which name the values."""
    service = f"recorder.{values.region}.amazonaws.com"
    return [
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "s3:GetBucketAcl",
            "Resource": values.bucket_arn,
        },
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "s3:PutObject",
            "Resource": f"{values.bucket_arn}/{values.account}/*",
        },
    ]


def let_write(stack: Stack, bucket: Any, environment: Environment = HERE) -> CfnResource:
    """Let a resource of the stack write to a bucket by the two statements."""
    writer = CfnResource(stack, "Writer", type="Custom::Writer")
    allow_service_write(
        Construct(stack, "Construct"),
        writer,
        resolve_bucket(bucket),
        environment=environment,
        statements=statements,
        loss="nothing is written",
    )
    return writer


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


class TestAllowServiceWrite:
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
                    "the app cannot change the policy of the bucket videos: if anything "
                    "except the service writes the policy, the policy must contain "
                    '[{"Effect": "Allow", "Principal": {"Service": '
                    '"recorder.us-west-2.amazonaws.com"}, "Action": "s3:GetBucketAcl", '
                    '"Resource": "arn:aws:s3:::videos"}, '
                    '{"Effect": "Allow", "Principal": {"Service": '
                    '"recorder.us-west-2.amazonaws.com"}, "Action": "s3:PutObject", '
                    '"Resource": "arn:aws:s3:::videos/123456789012/*"}], '
                    "or nothing is written; acknowledge this warning when it does "
                    "[ack: cdk-ivs:BucketPolicy]"
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
            writer = CfnResource(group, "Writer", type="Custom::Writer")
            allow_service_write(
                group,
                writer,
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
