"""
The policy of the bucket that a storage configuration records to.

IVS adds to the policy of the bucket, and CloudFormation writes the whole of it: each erases what
the other wrote, unless both want the same and CloudFormation comes first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, RemovalPolicy, Stack
from aws_cdk.aws_cloudfront import BehaviorOptions, Distribution
from aws_cdk.aws_cloudfront_origins import S3BucketOrigin
from aws_cdk.aws_iam import AnyPrincipal, Effect, PolicyStatement
from aws_cdk.aws_s3 import Bucket, BucketPolicy, CfnBucket, CfnBucketPolicy

import cdk_ivs as ivs
from tests.real_time.storage_buckets import (
    BUCKET,
    BUCKET_ID,
    NEEDED,
    POLICY,
    STORAGE,
    needed_of,
    others_of,
    statement,
)
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.graph import in_order, only
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token


def dependencies_of(app: App, stack: Stack) -> list[str]:
    """The stacks that are deployed before a stack, by the manifest of the assembly."""
    manifest = json.loads((Path(app.synth().directory) / "manifest.json").read_text())
    artifacts = manifest["artifacts"]
    return [
        name
        for name in artifacts[stack.artifact_id]["dependencies"]
        if artifacts[name]["type"] == "aws:cloudformation:stack"
    ]


def plain(stack: Stack) -> Bucket:
    """A bucket without arguments."""
    return Bucket(stack, "Bucket")


def enforcing_ssl(stack: Stack) -> Bucket:
    """A bucket whose policy denies what is not encrypted on the way."""
    return Bucket(stack, "Bucket", enforce_ssl=True)


def deleting_objects(stack: Stack) -> Bucket:
    """A bucket whose policy lets the CDK's function delete the objects."""
    return Bucket(stack, "Bucket", auto_delete_objects=True, removal_policy=RemovalPolicy.DESTROY)


def with_an_origin(stack: Stack) -> Bucket:
    """A bucket whose policy lets CloudFront read."""
    bucket = Bucket(stack, "Bucket")
    Distribution(
        stack,
        "Distribution",
        default_behavior=BehaviorOptions(origin=S3BucketOrigin.with_origin_access_control(bucket)),
    )
    return bucket


def with_statements(stack: Stack) -> Bucket:
    """A bucket with a statement of the user's."""
    bucket = Bucket(stack, "Bucket")
    bucket.add_to_resource_policy(
        PolicyStatement(
            effect=Effect.DENY,
            actions=["s3:DeleteObject"],
            principals=[AnyPrincipal()],
            resources=[bucket.arn_for_objects("*")],
        )
    )
    return bucket


BUCKETS = [
    pytest.param(plain, [], id="plain"),
    pytest.param(enforcing_ssl, ["Deny s3:*"], id="enforce-ssl"),
    pytest.param(
        deleting_objects,
        ["Allow ['s3:PutBucketPolicy', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*']"],
        id="auto-delete-objects",
    ),
    pytest.param(with_an_origin, ["Allow s3:GetObject"], id="origin-access-control"),
    pytest.param(with_statements, ["Deny s3:DeleteObject"], id="statement-of-the-user"),
]


@pytest.mark.parametrize(("make", "others"), BUCKETS)
class TestBucket:
    def test_has_the_statement_in_its_own_policy(
        self, stack: Stack, make: Callable[[Stack], Bucket], others: list[str]
    ) -> None:
        """
        The one policy of the bucket has what IVS needs beside what was in it.
        """
        ivs.StorageConfiguration(stack, "Storage", bucket=make(stack))
        assert needed_of(stack) == [NEEDED]
        assert others_of(stack) == others
        assert warnings_of(stack) == []

    def test_has_its_policy_before_the_storage_configuration(
        self, stack: Stack, make: Callable[[Stack], Bucket], others: list[str]
    ) -> None:
        """
        CloudFormation writes the policy first, so that IVS finds its statement there.
        """
        ivs.StorageConfiguration(stack, "Storage", bucket=make(stack))
        template = template_of(stack)
        policy, storage = only(template, POLICY), only(template, STORAGE)
        assert template["Resources"][storage]["DependsOn"] == [policy]
        assert in_order(template, only(template, BUCKET), policy, storage)

    def test_has_the_statement_once_for_several(
        self, stack: Stack, make: Callable[[Stack], Bucket], others: list[str]
    ) -> None:
        """
        Several configurations on one bucket need the statement once, and are all made after it.
        """
        bucket = make(stack)
        for id in ("A", "B", "C"):
            ivs.StorageConfiguration(stack, id, bucket=bucket)
        assert needed_of(stack) == [NEEDED]
        template = template_of(stack)
        storages = resources_of(stack, STORAGE)
        assert len(storages) == 3
        assert all(in_order(template, only(template, POLICY), storage) for storage in storages)


class TestLaterStatements:
    def test_are_in_the_same_policy(self, stack: Stack) -> None:
        """
        What is added to the policy afterwards comes beside the statement, before the storage.
        """
        bucket = Bucket(stack, "Bucket")
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        Distribution(
            stack,
            "Distribution",
            default_behavior=BehaviorOptions(
                origin=S3BucketOrigin.with_origin_access_control(bucket)
            ),
        )
        assert needed_of(stack) == [NEEDED]
        assert others_of(stack) == ["Allow s3:GetObject"]
        template = template_of(stack)
        assert in_order(template, only(template, POLICY), only(template, STORAGE))


class TestRegion:
    def test_that_is_known_is_written_out(self, located_stack: Stack) -> None:
        """
        The service that may write is that of the stack's Region.
        """
        ivs.StorageConfiguration(located_stack, "Storage", bucket=plain(located_stack))
        assert needed_of(located_stack) == [
            {
                "Action": ["s3:PutObject", "s3:PutObjectAcl"],
                "Condition": {
                    "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
                    "Bool": {"aws:SecureTransport": "true"},
                },
                "Effect": "Allow",
                "Principal": {"Service": "ivs-composite.us-west-2.amazonaws.com"},
                "Resource": {"Fn::Join": ["", [{"Fn::GetAtt": [BUCKET_ID, "Arn"]}, "/*"]]},
            }
        ]
        assert warnings_of(located_stack) == []


@pytest.mark.parametrize(
    ("environment", "region"),
    [
        (None, {"Ref": "AWS::Region"}),
        (Environment(account=ACCOUNT, region=REGION), "us-west-2"),
    ],
    ids=["agnostic", "known"],
)
class TestBucketOfAnotherStack:
    def test_has_the_statement_there(
        self, app: App, environment: Environment | None, region: object
    ) -> None:
        """
        The policy is in the stack of the bucket, which does not refer back to the storage.
        """
        stack, other = (Stack(app, id, env=environment) for id in ("Stack", "Other"))
        ivs.StorageConfiguration(stack, "Storage", bucket=Bucket(other, "Bucket"))
        assert needed_of(other) == [statement({"Fn::GetAtt": [BUCKET_ID, "Arn"]}, region)]
        assert resources_of(stack, POLICY) == {}

    def test_is_deployed_before(
        self, app: App, environment: Environment | None, region: object
    ) -> None:
        """
        The whole stack of the bucket is there before that of the storage configuration.
        """
        stack, other = (Stack(app, id, env=environment) for id in ("Stack", "Other"))
        ivs.StorageConfiguration(stack, "Storage", bucket=Bucket(other, "Bucket"))
        assert dependencies_of(app, stack) == ["Other"]
        assert dependencies_of(app, other) == []
        (storage,) = resources_of(stack, STORAGE).values()
        assert storage["Properties"] == {
            "S3": {
                "BucketName": {"Fn::ImportValue": "Other:ExportsOutputRefBucket83908E7781C90AC0"}
            }
        }

    def test_has_the_statement_once_for_several_stacks(
        self, app: App, environment: Environment | None, region: object
    ) -> None:
        """
        Stacks in the same place need the statement once.
        """
        first, second, other = (
            Stack(app, id, env=environment) for id in ("First", "Second", "Other")
        )
        bucket = Bucket(other, "Bucket")
        for stack in (first, second, other):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert len(needed_of(other)) == 1
        assert dependencies_of(app, first) == dependencies_of(app, second) == ["Other"]

    def test_may_be_an_l1(self, app: App, environment: Environment | None, region: object) -> None:
        """
        An L1 gets its policy in its own stack too.
        """
        stack, other = (Stack(app, id, env=environment) for id in ("Stack", "Other"))
        ivs.StorageConfiguration(stack, "Storage", bucket=CfnBucket(other, "Bucket"))
        assert needed_of(other) == [statement({"Fn::GetAtt": ["Bucket", "Arn"]}, region)]
        assert dependencies_of(app, stack) == ["Other"]


class TestL1:
    def test_gets_a_policy(self, stack: Stack) -> None:
        """
        A bucket that has no policy gets one with the statement, before the storage.
        """
        ivs.StorageConfiguration(stack, "Storage", bucket=CfnBucket(stack, "Bucket"))
        assert needed_of(stack) == [
            statement({"Fn::GetAtt": ["Bucket", "Arn"]}, {"Ref": "AWS::Region"})
        ]
        template = template_of(stack)
        policy, storage = only(template, POLICY), only(template, STORAGE)
        assert template["Resources"][storage]["DependsOn"] == [policy]
        assert in_order(template, "Bucket", policy, storage)
        assert warnings_of(stack) == []

    def test_gets_one_policy_for_several(self, stack: Stack) -> None:
        """
        A second configuration finds the policy that the first made: a bucket has one.
        """
        bucket = CfnBucket(stack, "Bucket")
        for id in ("A", "B"):
            ivs.StorageConfiguration(stack, id, bucket=bucket)
        assert len(needed_of(stack)) == 1
        template = template_of(stack)
        assert all(
            in_order(template, only(template, POLICY), storage)
            for storage in resources_of(stack, STORAGE)
        )

    def test_keeps_the_policy_that_it_has(self, stack: Stack) -> None:
        """
        An L1 policy of an L1 bucket gets the statement.
        """
        bucket = CfnBucket(stack, "Bucket")
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*"}
        CfnBucketPolicy(
            stack,
            "Policy",
            bucket=bucket.ref,
            policy_document={"Version": "2012-10-17", "Statement": [deny]},
        )
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert others_of(stack) == ["Deny s3:DeleteObject"]
        assert len(needed_of(stack)) == 1
        assert in_order(template_of(stack), "Bucket", "Policy", "Storage07F31EBC")

    @pytest.mark.parametrize("enforce_ssl", [False, True])
    def test_of_a_bucket_is_the_bucket(self, stack: Stack, enforce_ssl: bool) -> None:
        """
        The bucket and then its L1 have one policy, with the statement once.
        """
        bucket = Bucket(stack, "Bucket", enforce_ssl=enforce_ssl)
        ivs.StorageConfiguration(stack, "A", bucket=bucket)
        ivs.StorageConfiguration(stack, "B", bucket=bucket.node.default_child)  # type: ignore[arg-type] - the L1
        assert needed_of(stack) == [NEEDED]

    def test_of_a_bucket_with_a_policy_is_the_bucket(self, stack: Stack) -> None:
        """
        The L1 alone gets the statement in the policy that the bucket has.
        """
        bucket = Bucket(stack, "Bucket", enforce_ssl=True)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket.node.default_child)  # type: ignore[arg-type] - the L1
        assert needed_of(stack) == [NEEDED]
        assert others_of(stack) == ["Deny s3:*"]

    def test_of_a_bucket_may_come_first(self, stack: Stack) -> None:
        """
        The L1 of a bucket and then the bucket have one policy.
        """
        bucket = Bucket(stack, "Bucket")
        ivs.StorageConfiguration(stack, "A", bucket=bucket.node.default_child)  # type: ignore[arg-type] - the L1
        ivs.StorageConfiguration(stack, "B", bucket=bucket)
        assert needed_of(stack) == [NEEDED]

    def test_that_was_wrapped_is_one_bucket(self, stack: Stack) -> None:
        """
        A bucket that is made from an L1, however often, has one policy with the statement once.
        """
        bucket = CfnBucket(stack, "Bucket")
        ivs.StorageConfiguration(stack, "A", bucket=Bucket.from_cfn_bucket(bucket))
        ivs.StorageConfiguration(stack, "B", bucket=Bucket.from_cfn_bucket(bucket))
        ivs.StorageConfiguration(stack, "C", bucket=bucket)
        assert len(needed_of(stack)) == 1
        template = template_of(stack)
        assert all(
            in_order(template, only(template, POLICY), storage)
            for storage in resources_of(stack, STORAGE)
        )


def by_name(stack: Stack) -> Any:
    """An imported bucket by its name."""
    return Bucket.from_bucket_name(stack, "Bucket", "recordings")


def by_arn(stack: Stack) -> Any:
    """An imported bucket by its ARN."""
    return Bucket.from_bucket_arn(stack, "Bucket", "arn:aws:s3:::recordings")


def by_attributes(stack: Stack) -> Any:
    """An imported bucket that is said to be here."""
    return Bucket.from_bucket_attributes(
        stack, "Bucket", bucket_name="recordings", account=ACCOUNT, region=REGION
    )


def l1_by_name(stack: Stack) -> Any:
    """An imported bucket by its name, as L1s have it."""
    return CfnBucket.from_bucket_name(stack, "Bucket", "recordings")


def shown(bucket: str, region: str) -> str:
    """The warning, with the exact statement to add."""
    return (
        f"the app cannot change the policy of the bucket {bucket}: if anything except the "
        'service writes the policy, the policy must contain [{"Effect": "Allow", '
        '"Principal": {"Service": '
        f'"ivs-composite.{region}.amazonaws.com"}}, "Action": ["s3:PutObject", '
        f'"s3:PutObjectAcl"], "Resource": "arn:aws:s3:::{bucket}/*", "Condition": '
        '{"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}, "Bool": '
        '{"aws:SecureTransport": "true"}}}], or recordings fail silently; acknowledge this '
        "warning when it does [ack: cdk-ivs:BucketPolicy]"
    )


class TestBucketOfElsewhere:
    @pytest.mark.parametrize("refer", [by_name, by_arn, by_attributes, l1_by_name])
    def test_has_a_warning_with_the_statement(
        self, located_stack: Stack, refer: Callable[[Stack], Any]
    ) -> None:
        """
        The CDK cannot edit its policy: the warning shows what has to be in it.
        """
        ivs.StorageConfiguration(located_stack, "Storage", bucket=refer(located_stack))
        assert warnings_of(located_stack) == [("/Stack/Storage", shown("recordings", "us-west-2"))]

    @pytest.mark.parametrize("refer", [by_name, by_arn, by_attributes, l1_by_name])
    def test_is_left_alone(self, located_stack: Stack, refer: Callable[[Stack], Any]) -> None:
        """
        There is the storage configuration, which names the bucket, and nothing beside it.
        """
        ivs.StorageConfiguration(located_stack, "Storage", bucket=refer(located_stack))
        assert template_of(located_stack)["Resources"] == {
            "Storage07F31EBC": {
                "Type": "AWS::IVS::StorageConfiguration",
                "Properties": {"S3": {"BucketName": "recordings"}},
            }
        }

    def test_is_shown_with_gaps_for_what_is_not_known(self, stack: Stack) -> None:
        """
        In place of tokens stands what has to be filled in.
        """
        bucket = Bucket.from_bucket_name(stack, "Bucket", token("BucketName"))
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert warnings_of(stack) == [("/Stack/Storage", shown("<bucket>", "<region>"))]

    def test_has_a_statement_that_is_valid_json(self, located_stack: Stack) -> None:
        """
        What the warning shows can be copied into a policy.
        """
        ivs.StorageConfiguration(located_stack, "Storage", bucket=by_name(located_stack))
        ((_, text),) = warnings_of(located_stack)
        assert json.loads(text[text.index("[{") : text.index("}]") + 2]) == [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ivs-composite.us-west-2.amazonaws.com"},
                "Action": ["s3:PutObject", "s3:PutObjectAcl"],
                "Resource": "arn:aws:s3:::recordings/*",
                "Condition": {
                    "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
                    "Bool": {"aws:SecureTransport": "true"},
                },
            }
        ]

    def test_has_a_warning_for_each_configuration(self, located_stack: Stack) -> None:
        """
        Each configuration that may fail is named.
        """
        bucket = by_name(located_stack)
        for id in ("A", "B"):
            ivs.StorageConfiguration(located_stack, id, bucket=bucket)
        assert [path for path, _ in warnings_of(located_stack)] == ["/Stack/A", "/Stack/B"]

    def test_whose_policy_is_in_the_app_gets_the_statement(self, located_stack: Stack) -> None:
        """
        A policy that the app makes for an imported bucket can be changed, and is.
        """
        bucket = Bucket.from_bucket_name(located_stack, "Bucket", "recordings")
        bucket.policy = BucketPolicy(located_stack, "Policy", bucket=bucket)
        ivs.StorageConfiguration(located_stack, "Storage", bucket=bucket)
        (needed,) = needed_of(located_stack)
        assert needed["Principal"] == {"Service": "ivs-composite.us-west-2.amazonaws.com"}
        template = template_of(located_stack)
        assert in_order(template, only(template, POLICY), only(template, STORAGE))
        assert warnings_of(located_stack) == []


class TestReference:
    def test_to_a_storage_configuration_leaves_buckets_alone(self, stack: Stack) -> None:
        """
        An imported storage configuration adds nothing and says nothing.
        """
        Bucket(stack, "Bucket")
        ivs.StorageConfiguration.from_storage_configuration_arn(
            stack, "Storage", arn("storage-configuration/a")
        )
        assert list(template_of(stack)["Resources"]) == [BUCKET_ID]
        assert warnings_of(stack) == []
