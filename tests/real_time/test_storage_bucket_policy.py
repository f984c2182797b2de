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

import jsii
import pytest
from aws_cdk import App, Environment, Fn, RemovalPolicy, Resource, Stack, Token
from aws_cdk.aws_cloudfront import BehaviorOptions, Distribution
from aws_cdk.aws_cloudfront_origins import S3BucketOrigin
from aws_cdk.aws_iam import AnyPrincipal, Effect, PolicyDocument, PolicyStatement
from aws_cdk.aws_s3 import Bucket, BucketPolicy, CfnBucket, CfnBucketPolicy
from aws_cdk.interfaces.aws_s3 import BucketReference, IBucketRef
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.graph import in_order, only
from tests.support.included import include
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token

STORAGE = "AWS::IVS::StorageConfiguration"
POLICY = "AWS::S3::BucketPolicy"
BUCKET = "AWS::S3::Bucket"
BUCKET_ID = "Bucket83908E77"


def statement(bucket_arn: object, region: object) -> dict[str, Any]:
    """
    What IVS needs, as in the guide for composite recording.

    Args:
        bucket_arn: The ARN of the bucket in the template.
        region: The Region in the template: a text, or a reference.
    """
    service: object = (
        f"ivs-composite.{region}.amazonaws.com"
        if isinstance(region, str)
        else {"Fn::Join": ["", ["ivs-composite.", region, ".amazonaws.com"]]}
    )
    return {
        "Action": ["s3:PutObject", "s3:PutObjectAcl"],
        "Condition": {
            "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
            "Bool": {"aws:SecureTransport": "true"},
        },
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Resource": {"Fn::Join": ["", [bucket_arn, "/*"]]},
    }


# Of the bucket with the id "Bucket", where the Region is known at deployment.
NEEDED = statement({"Fn::GetAtt": [BUCKET_ID, "Arn"]}, {"Ref": "AWS::Region"})


def needed_of(stack: Stack) -> list[dict[str, Any]]:
    """The statements for IVS in the only bucket policy of a stack."""
    (policy,) = resources_of(stack, POLICY).values()
    return [
        item
        for item in policy["Properties"]["PolicyDocument"]["Statement"]
        if "ivs-composite" in json.dumps(item)
    ]


def others_of(stack: Stack) -> list[str]:
    """The effects and actions of all other statements in the only bucket policy."""
    (policy,) = resources_of(stack, POLICY).values()
    return [
        f"{item['Effect']} {item['Action']}"
        for item in policy["Properties"]["PolicyDocument"]["Statement"]
        if "ivs-composite" not in json.dumps(item)
    ]


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
    """A bucket of elsewhere by its name."""
    return Bucket.from_bucket_name(stack, "Bucket", "recordings")


def by_arn(stack: Stack) -> Any:
    """A bucket of elsewhere by its ARN."""
    return Bucket.from_bucket_arn(stack, "Bucket", "arn:aws:s3:::recordings")


def by_attributes(stack: Stack) -> Any:
    """A bucket of elsewhere that is said to be here."""
    return Bucket.from_bucket_attributes(
        stack, "Bucket", bucket_name="recordings", account=ACCOUNT, region=REGION
    )


def l1_by_name(stack: Stack) -> Any:
    """A bucket of elsewhere by its name, as L1s have it."""
    return CfnBucket.from_bucket_name(stack, "Bucket", "recordings")


def shown(bucket: str, region: str) -> str:
    """The warning, with the exact statement to add."""
    return (
        f"the policy of the bucket {bucket} cannot be changed from here: if anything but the "
        'service writes it, it must have [{"Effect": "Allow", "Principal": {"Service": '
        f'"ivs-composite.{region}.amazonaws.com"}}, "Action": ["s3:PutObject", '
        f'"s3:PutObjectAcl"], "Resource": "arn:aws:s3:::{bucket}/*", "Condition": '
        '{"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}, "Bool": '
        '{"aws:SecureTransport": "true"}}}], or recordings fail silently; acknowledge this '
        "warning when it has [ack: cdk-ivs:bucket-policy]"
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
        A policy that the app makes for a bucket of elsewhere can be changed, and is.
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
        A storage configuration of elsewhere adds nothing and says nothing.
        """
        Bucket(stack, "Bucket")
        ivs.StorageConfiguration.from_storage_configuration_arn(
            stack, "Storage", arn("storage-configuration/a")
        )
        assert list(template_of(stack)["Resources"]) == [BUCKET_ID]
        assert warnings_of(stack) == []


class TestPolicyBeside:
    """A policy that was made apart from the bucket, of which the CDK does not know."""

    def test_gets_the_statement(self, stack: Stack) -> None:
        """
        The statement is added to an s3.BucketPolicy, once, and there is no second policy.
        """
        bucket = Bucket(stack, "Bucket")
        policy = BucketPolicy(stack, "Beside", bucket=bucket)
        policy.document.add_statements(
            PolicyStatement(
                effect=Effect.DENY,
                actions=["s3:*"],
                principals=[AnyPrincipal()],
                resources=[bucket.bucket_arn],
            )
        )
        for id in ("A", "B"):
            ivs.StorageConfiguration(stack, id, bucket=bucket)
        assert needed_of(stack) == [NEEDED]
        assert others_of(stack) == ["Deny s3:*"]
        template = template_of(stack)
        for name in resources_of(stack, STORAGE):
            assert in_order(template, BUCKET_ID, only(template, POLICY), name)

    def test_of_an_l1_gets_the_statement(self, stack: Stack) -> None:
        """
        The statement is added to a CfnBucketPolicy as well, whatever its document is made of.
        """
        bucket = CfnBucket(stack, "L1")
        one = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
        CfnBucketPolicy(
            stack,
            "Beside",
            bucket=bucket.ref,
            policy_document={"Version": "2012-10-17", "Statement": one},
        )
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        (policy,) = resources_of(stack, POLICY).values()
        first, second = policy["Properties"]["PolicyDocument"]["Statement"]
        assert first == one
        assert second["Principal"] == NEEDED["Principal"]
        assert second["Action"] == NEEDED["Action"]
        assert second["Condition"] == NEEDED["Condition"]

    def test_that_is_a_token_is_left_alone(self, stack: Stack) -> None:
        """
        A document that is known at deployment cannot be added to: a warning says what it needs.
        """
        bucket = CfnBucket(stack, "L1", bucket_name="videos")
        CfnBucketPolicy(
            stack,
            "Beside",
            bucket=bucket.ref,
            policy_document=Token.as_any({"Ref": "Document"}),
        )
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        ((_, text),) = warnings_of(stack)
        assert "cannot be changed from here" in text
        (policy,) = resources_of(stack, POLICY).values()
        assert policy["Properties"]["PolicyDocument"] == {"Ref": "Document"}

    def test_of_another_bucket_is_not_taken(self, stack: Stack) -> None:
        """
        A policy of another bucket stays as it is.
        """
        other = CfnBucket(stack, "Other")
        CfnBucketPolicy(stack, "Beside", bucket=other.ref, policy_document={"Statement": []})
        ivs.StorageConfiguration(stack, "Storage", bucket=Bucket(stack, "Bucket"))
        policies = resources_of(stack, POLICY)
        assert len(policies) == 2
        assert policies["Beside"]["Properties"]["PolicyDocument"] == {"Statement": []}

    def test_of_a_document_takes_a_statement_once(self, stack: Stack) -> None:
        """
        However the bucket is given, a document that is written out gets the statement once.
        """
        bucket = Bucket(stack, "Bucket")
        CfnBucketPolicy(
            stack, "Beside", bucket=bucket.bucket_name, policy_document={"Statement": []}
        )
        level_1: Any = bucket.node.default_child
        for id, given in {"A": bucket, "B": level_1, "C": bucket.node.default_child}.items():
            ivs.StorageConfiguration(stack, id, bucket=given)
        (policy,) = resources_of(stack, POLICY).values()
        (only_one,) = policy["Properties"]["PolicyDocument"]["Statement"]
        assert only_one["Principal"] == NEEDED["Principal"]

    def test_that_has_the_statement_is_left_as_it_is(self, stack: Stack) -> None:
        """
        A document in which the user wrote the statement stays as it is.
        """
        bucket = CfnBucket(stack, "L1")
        own = {
            "Effect": "Allow",
            "Principal": {"Service": f"ivs-composite.{stack.region}.amazonaws.com"},
            "Action": ["s3:PutObject", "s3:PutObjectAcl"],
            "Resource": f"{bucket.attr_arn}/*",
            "Condition": {
                "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
                "Bool": {"aws:SecureTransport": "true"},
            },
        }
        CfnBucketPolicy(stack, "Beside", bucket=bucket.ref, policy_document={"Statement": [own]})
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        (policy,) = resources_of(stack, POLICY).values()
        assert len(policy["Properties"]["PolicyDocument"]["Statement"]) == 1

    def test_of_a_document_object_gets_the_statement(self, stack: Stack) -> None:
        """
        A PolicyDocument of an L1 is added to as well.
        """
        bucket = CfnBucket(stack, "L1")
        CfnBucketPolicy(stack, "Beside", bucket=bucket.ref, policy_document=PolicyDocument())
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert len(resources_of(stack, POLICY)) == 1
        (policy,) = resources_of(stack, POLICY).values()
        assert len(policy["Properties"]["PolicyDocument"]["Statement"]) == 1

    @pytest.mark.parametrize("name", [None, "videos"], ids=["by reference", "by name"])
    def test_may_name_the_bucket_otherwise(self, stack: Stack, name: str | None) -> None:
        """
        The policy is found by the name of the bucket, and by a reference that is written out.
        """
        bucket = CfnBucket(stack, "L1", bucket_name=name)
        CfnBucketPolicy(
            stack, "Beside", bucket=name or Fn.ref("L1"), policy_document={"Statement": []}
        )
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert list(resources_of(stack, POLICY)) == ["Beside"]

    def test_gets_what_the_bucket_is_given_later(self, stack: Stack) -> None:
        """
        A statement that is added to the bucket afterwards is in the same policy.
        """
        bucket = Bucket(stack, "Bucket")
        BucketPolicy(stack, "Beside", bucket=bucket)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        bucket.add_to_resource_policy(
            PolicyStatement(
                effect=Effect.DENY,
                actions=["s3:*"],
                principals=[AnyPrincipal()],
                resources=[bucket.bucket_arn],
            )
        )
        assert needed_of(stack) == [NEEDED]
        assert others_of(stack) == ["Deny s3:*"]

    def test_may_be_in_another_stack(self, app: App) -> None:
        """
        The policy of a bucket of another stack is found where it is, and waited for.
        """
        first, second = Stack(app, "First"), Stack(app, "Second")
        bucket = Bucket(first, "Bucket")
        BucketPolicy(second, "Beside", bucket=bucket)
        ivs.StorageConfiguration(second, "Storage", bucket=bucket)
        assert resources_of(first, POLICY) == {}
        (policy,) = resources_of(second, POLICY)
        (storage,) = resources_of(second, STORAGE).values()
        assert storage["DependsOn"] == [policy]

    def test_of_a_bucket_of_elsewhere_gets_the_statement(self, stack: Stack) -> None:
        """
        Where the app makes the policy of an imported bucket, there is nothing to warn about.
        """
        bucket = Bucket.from_bucket_name(stack, "Bucket", "videos")
        BucketPolicy(stack, "Beside", bucket=bucket)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert warnings_of(stack) == []
        (policy,) = resources_of(stack, POLICY)
        (storage,) = resources_of(stack, STORAGE).values()
        assert storage["DependsOn"] == [policy]

    def test_has_nothing_to_do_with_its_scope(self, app: App) -> None:
        """
        Whatever else a stack has under the name of the document is not touched.
        """
        stack = Stack(app, "Stack")
        stack.document = {"Statement": "mine"}  # type: ignore[attr-defined] - of a user's class
        bucket = CfnBucket(stack, "L1")
        one = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
        CfnBucketPolicy(stack, "Beside", bucket=bucket.ref, policy_document={"Statement": [one]})
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        (policy,) = resources_of(stack, POLICY).values()
        assert policy["Properties"]["PolicyDocument"]["Statement"][0] == one


class TestWrappedBucket:
    def test_is_looked_into(self, stack: Stack) -> None:
        """
        The bucket in a construct of the user's own is found by its default child.
        """

        @jsii.implements(IBucketRef)
        class Wrapper(Resource):
            def __init__(self, scope: Construct, id: str) -> None:
                super().__init__(scope, id)
                self.inner = Bucket(self, "Resource", enforce_ssl=True)

            @property
            def bucket_ref(self) -> BucketReference:
                return self.inner.bucket_ref

        ivs.StorageConfiguration(stack, "Storage", bucket=Wrapper(stack, "Wrapper"))
        assert len(resources_of(stack, POLICY)) == 1
        assert warnings_of(stack) == []

    def test_of_an_l1_goes_on_with_the_same_policy(self, stack: Stack) -> None:
        """
        What is added to an L1 by the CDK's own construct for it is in the same policy.
        """
        bucket = CfnBucket(stack, "L1")
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        Bucket.from_cfn_bucket(bucket).add_to_resource_policy(
            PolicyStatement(
                effect=Effect.DENY,
                actions=["s3:*"],
                principals=[AnyPrincipal()],
                resources=[bucket.attr_arn],
            )
        )
        assert len(resources_of(stack, POLICY)) == 1


def level_2(stack: Stack) -> Any:
    """A bucket of the CDK's."""
    return Bucket(stack, "Bucket")


def level_2_with_a_policy(stack: Stack) -> Any:
    """A bucket of the CDK's, which has a policy from the beginning."""
    return Bucket(stack, "Bucket", enforce_ssl=True)


def level_1(stack: Stack) -> Any:
    """An L1."""
    return CfnBucket(stack, "Bucket")


def of_elsewhere(stack: Stack) -> Any:
    """A bucket of elsewhere, whose policy is in the app."""
    bucket = Bucket.from_bucket_name(stack, "Bucket", "videos")
    BucketPolicy(stack, "Policy", bucket=bucket)
    return bucket


def included(stack: Stack) -> Any:
    """A bucket of a template, which JavaScript created."""
    resources = {"Videos": {"Type": BUCKET}}
    return include(stack, "Bucket", resources).get_resource("Videos")


class TestReplacedBucket:
    @pytest.mark.parametrize(
        "create", [level_2, level_2_with_a_policy, level_1, of_elsewhere, included]
    )
    def test_has_the_statement(self, stack: Stack, create: Callable[[Stack], Any]) -> None:
        """
        A bucket in the place of one that was removed gets the statement, which the storage
        configuration waits for.
        """
        ivs.StorageConfiguration(stack, "Removed", bucket=create(stack))
        for id in ("Removed", "Bucket", "Policy"):
            stack.node.try_remove_child(id)
        ivs.StorageConfiguration(stack, "Storage", bucket=create(stack))
        assert len(needed_of(stack)) == 1
        template = template_of(stack)
        assert in_order(template, only(template, POLICY), only(template, STORAGE))
        assert warnings_of(stack) == []

    def test_of_javascript_is_one_however_often_it_is_read(self, stack: Stack) -> None:
        """
        A bucket of a template gets one policy with one statement.
        """
        template = include(stack, "Included", {"Videos": {"Type": BUCKET}})
        for id in ("A", "B"):
            ivs.StorageConfiguration(stack, id, bucket=template.get_resource("Videos"))
        assert len(needed_of(stack)) == 1


class TestReplacedPolicy:
    def test_beside_has_the_statement(self, stack: Stack) -> None:
        """
        A policy in the place of one that was removed gets the statement for the next
        configuration.
        """
        bucket = CfnBucket(stack, "L1")
        for id in ("Removed", "Storage"):
            stack.node.try_remove_child("Beside")
            BucketPolicy(stack, "Beside", bucket=Bucket.from_cfn_bucket(bucket))
            ivs.StorageConfiguration(stack, id, bucket=bucket)
            if id == "Removed":
                stack.node.try_remove_child(id)
        assert len(needed_of(stack)) == 1
        template = template_of(stack)
        assert in_order(template, only(template, POLICY), only(template, STORAGE))

    @pytest.mark.parametrize("when", ["before", "between"])
    def test_of_the_bucket_was_removed_on_purpose(self, stack: Stack, when: str) -> None:
        """
        Where the policy of the bucket was removed, a warning says what the policy that replaces
        it needs, and nothing refers to the removed one.
        """
        bucket = Bucket(stack, "Bucket", enforce_ssl=True)
        if when == "between":
            ivs.StorageConfiguration(stack, "Removed", bucket=bucket)
            stack.node.try_remove_child("Removed")
        bucket.node.try_remove_child("Policy")
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert resources_of(stack, POLICY) == {}
        (storage,) = resources_of(stack, STORAGE).values()
        assert "DependsOn" not in storage
        ((path, text),) = warnings_of(stack)
        assert path == "/Stack/Storage"
        assert "cannot be changed from here" in text


class TestEffort:
    @pytest.mark.parametrize("beside", [False, True], ids=["own policy", "policy beside"])
    @pytest.mark.parametrize("create", [Bucket, CfnBucket])
    def test_does_not_grow_with_the_buckets(
        self, stack: Stack, create: Callable[[Stack, str], Any], beside: bool
    ) -> None:
        """
        The fortieth configuration takes as many messages as the tenth, each with its bucket.
        """
        counts = []
        for number in range(40):
            bucket = create(stack, f"Bucket{number}")
            if beside:
                name = bucket.bucket_name if isinstance(bucket, Bucket) else bucket.ref
                CfnBucketPolicy(
                    stack, f"Beside{number}", bucket=name, policy_document={"Statement": []}
                )
            with sent_messages() as messages:
                ivs.StorageConfiguration(stack, f"Storage{number}", bucket=bucket)
            counts.append(len(messages))
        assert counts[39] == counts[9]
        assert counts[39] < 70
