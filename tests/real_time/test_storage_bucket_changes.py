"""The policy of a bucket that is wrapped or replaced, or has another policy beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsii
import pytest
from aws_cdk import App, Fn, Resource, Stack, Token
from aws_cdk.aws_iam import AnyPrincipal, Effect, PolicyDocument, PolicyStatement
from aws_cdk.aws_s3 import Bucket, BucketPolicy, CfnBucket, CfnBucketPolicy
from aws_cdk.interfaces.aws_s3 import BucketReference, IBucketRef
from constructs import Construct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from tests.real_time.storage_buckets import (
    BUCKET,
    BUCKET_ID,
    NEEDED,
    POLICY,
    STORAGE,
    needed_of,
    others_of,
)
from tests.support.annotations import warnings_of
from tests.support.graph import in_order, only
from tests.support.included import include
from tests.support.oracles import resources_of, template_of


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
        assert "the app cannot change the policy of the bucket" in text
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
    """An imported bucket, whose policy is in the app."""
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
        assert "the app cannot change the policy of the bucket" in text


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
