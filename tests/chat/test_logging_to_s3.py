"""Logging to buckets, and what the policies of buckets and keys get for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from aws_cdk import App, Environment, RemovalPolicy, Stack
from aws_cdk.aws_iam import AnyPrincipal, Effect, PolicyStatement
from aws_cdk.aws_s3 import (
    Bucket,
    BucketEncryption,
    CfnBucket,
    CfnBucketPolicy,
)

from cdk_ivs import chat
from tests.chat.logging_to_s3 import (
    BUCKET_ID,
    LOGGING,
    LOGGING_ID,
    POLICY,
    POLICY_ID,
    as_read,
    delivery_statements,
    delivery_to,
    logged,
    statements_of,
)
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.graph import in_order, made_before, only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.tokens import token


class TestBucketPolicy:
    def test_has_both_statements(self, located_stack: Stack) -> None:
        """
        The bucket's own policy lets the delivery read the ACL and write the account's logs.
        """
        logged(located_stack, Bucket(located_stack, "Bucket"))
        assert statements_of(located_stack) == delivery_to(BUCKET_ID)
        assert warnings_of(located_stack) == []

    def test_is_of_the_environment_of_the_deployment(self, stack: Stack) -> None:
        """
        An account and a Region that are not known are those of the deployment.
        """
        logged(stack, Bucket(stack, "Bucket"))
        bucket_arn = {"Fn::GetAtt": [BUCKET_ID, "Arn"]}
        of_account = {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
        of_logs = {
            "aws:SourceArn": {
                "Fn::Join": [
                    "",
                    [
                        "arn:",
                        {"Ref": "AWS::Partition"},
                        ":logs:",
                        {"Ref": "AWS::Region"},
                        ":",
                        {"Ref": "AWS::AccountId"},
                        ":*",
                    ],
                ]
            }
        }
        assert statements_of(stack) == [
            {
                "Sid": "AWSLogDeliveryAclCheck",
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": "s3:GetBucketAcl",
                "Resource": bucket_arn,
                "Condition": {"StringEquals": of_account, "ArnLike": of_logs},
            },
            {
                "Sid": "AWSLogDeliveryWrite",
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": "s3:PutObject",
                "Resource": {
                    "Fn::Join": ["", [bucket_arn, "/AWSLogs/", {"Ref": "AWS::AccountId"}, "/*"]]
                },
                "Condition": {
                    "StringEquals": {
                        "s3:x-amz-acl": "bucket-owner-full-control",
                        **of_account,
                    },
                    "ArnLike": of_logs,
                },
            },
        ]

    def test_is_written_before_the_service_looks(self, located_stack: Stack) -> None:
        """
        The configuration depends on the policy, not on the bucket alone.
        """
        logged(located_stack, Bucket(located_stack, "Bucket"))
        template = template_of(located_stack)
        assert template["Resources"][LOGGING_ID] == {
            "Type": LOGGING,
            "Properties": {"DestinationConfiguration": {"S3": {"BucketName": {"Ref": BUCKET_ID}}}},
            "DependsOn": [POLICY_ID],
        }
        assert in_order(template, BUCKET_ID, POLICY_ID, LOGGING_ID)

    def test_outlives_the_configuration(self, located_stack: Stack) -> None:
        """
        What is deleted before the policy is all that needs it.
        """
        room = chat.Room(
            located_stack,
            "Room",
            logging_configurations=[logged(located_stack, Bucket(located_stack, "Bucket"))],
        )
        template = template_of(located_stack)
        room_id = located_stack.get_logical_id(room.node.default_child)  # type: ignore[arg-type] - the L1
        assert in_order(template, BUCKET_ID, POLICY_ID, LOGGING_ID, room_id)

    def test_keeps_what_it_has(self, located_stack: Stack) -> None:
        """
        Statements of the user's, from before and after, stand beside them in one policy.
        """
        bucket = Bucket(located_stack, "Bucket")
        for position in ("before", "after"):
            bucket.add_to_resource_policy(
                PolicyStatement(
                    sid=position,
                    effect=Effect.DENY,
                    principals=[AnyPrincipal()],
                    actions=["s3:DeleteObject"],
                    resources=[bucket.arn_for_objects("*")],
                )
            )
            if position == "before":
                logged(located_stack, bucket)
        assert [statement["Sid"] for statement in statements_of(located_stack)] == [
            "before",
            "AWSLogDeliveryAclCheck",
            "AWSLogDeliveryWrite",
            "after",
        ]

    def test_has_them_once_for_several_configurations(self, located_stack: Stack) -> None:
        """
        Three configurations with one bucket need two statements, and wait for them.
        """
        bucket = Bucket(located_stack, "Bucket")
        for id in ("A", "B", "C"):
            logged(located_stack, bucket, id)
        assert statements_of(located_stack) == delivery_to(BUCKET_ID)
        waiting = resources_of(located_stack, LOGGING).values()
        assert [resource["DependsOn"] for resource in waiting] == [[POLICY_ID]] * 3

    def test_is_one_for_each_bucket(self, located_stack: Stack) -> None:
        """
        Buckets that nobody keeps are told apart.
        """
        for id in ("A", "B"):
            logged(located_stack, Bucket(located_stack, f"Bucket{id}"), id)
        policies = resources_of(located_stack, POLICY)
        assert [policy["Properties"]["Bucket"] for policy in policies.values()] == [
            {"Ref": "BucketA8722C275"},
            {"Ref": "BucketB364C67E8"},
        ]
        waiting = resources_of(located_stack, LOGGING).values()
        assert [resource["DependsOn"] for resource in waiting] == [[id] for id in policies]


class TestArrangements:
    def test_enforced_tls(self, located_stack: Stack) -> None:
        """
        The statement that denies anything without TLS stays, in the same policy.
        """
        logged(located_stack, Bucket(located_stack, "Bucket", enforce_ssl=True))
        enforced, *delivery = statements_of(located_stack)
        assert (enforced["Effect"], enforced["Condition"]) == (
            "Deny",
            {"Bool": {"aws:SecureTransport": "false"}},
        )
        assert delivery == delivery_to(BUCKET_ID)

    def test_objects_that_are_deleted_with_the_bucket(self, located_stack: Stack) -> None:
        """
        The objects are deleted when the configuration, which writes them, is gone or going.
        """
        bucket = Bucket(
            located_stack,
            "Bucket",
            auto_delete_objects=True,
            enforce_ssl=True,
            removal_policy=RemovalPolicy.DESTROY,
        )
        logged(located_stack, bucket)
        template = template_of(located_stack)
        assert len(statements_of(located_stack)) == 4
        assert statements_of(located_stack)[2:] == delivery_to(BUCKET_ID)
        assert in_order(template, BUCKET_ID, POLICY_ID, LOGGING_ID)
        assert in_order(template, POLICY_ID, only(template, "Custom::S3AutoDeleteObjects"))

    def test_a_bucket_of_another_stack(self, app: App, located_stack: Stack) -> None:
        """
        The policy is beside the bucket, and its stack is deployed before the configuration's.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        logged(located_stack, Bucket(other, "Bucket"))
        assert statements_of(other) == delivery_to(BUCKET_ID)
        assert list(template_of(located_stack)["Resources"]) == [LOGGING_ID]
        (artifact,) = (
            stack for stack in app.synth().stacks if stack.stack_name == located_stack.stack_name
        )
        assert "Other" in [dependency.id for dependency in artifact.dependencies]

    def test_one_bucket_for_two_stacks(self, app: App, located_stack: Stack) -> None:
        """
        The bucket's stack and another can log to it: the statements are there once.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        bucket = Bucket(located_stack, "Bucket")
        for stack in (located_stack, other):
            logged(stack, bucket)
        assert statements_of(located_stack) == delivery_to(BUCKET_ID)
        assert resources_of(other, POLICY) == {}

    def test_an_l1(self, located_stack: Stack) -> None:
        """
        An L1 without a policy gets one.
        """
        logged(located_stack, CfnBucket(located_stack, "Bucket"))
        template = template_of(located_stack)
        policy = only(template, POLICY)
        assert template["Resources"][policy]["Properties"]["Bucket"] == {"Ref": "Bucket"}
        assert statements_of(located_stack) == delivery_to("Bucket")
        assert in_order(template, "Bucket", policy, LOGGING_ID)
        assert warnings_of(located_stack) == []

    def test_an_l1_as_a_bucket_of_the_cdk(self, located_stack: Stack) -> None:
        """
        What from_cfn_bucket() makes of an L1 gets a policy like any other.
        """
        bucket = Bucket.from_cfn_bucket(CfnBucket(located_stack, "Bucket"))
        for id in ("A", "B"):
            logged(located_stack, bucket, id)
        template = template_of(located_stack)
        policy = only(template, POLICY)
        assert statements_of(located_stack) == delivery_to("Bucket")
        for id in resources_of(located_stack, LOGGING):
            assert in_order(template, "Bucket", policy, id)

    # The oldest aws-cdk-lib adds the same statements to the policy of an L1 again.
    @pytest.mark.newest
    def test_an_l1_for_several_configurations(self, located_stack: Stack) -> None:
        """
        Two configurations with one L1 need two statements, and wait for them.
        """
        bucket = CfnBucket(located_stack, "Bucket")
        for id in ("A", "B"):
            logged(located_stack, bucket, id)
        assert statements_of(located_stack) == delivery_to("Bucket")
        waiting = resources_of(located_stack, LOGGING).values()
        policy = only(template_of(located_stack), POLICY)
        assert [resource["DependsOn"] for resource in waiting] == [[policy]] * 2

    # The oldest aws-cdk-lib makes a second policy, and CloudFormation refuses one of them.
    @pytest.mark.newest
    def test_an_l1_with_a_policy(self, located_stack: Stack) -> None:
        """
        The policy that an L1 has is the one that gets the statements.
        """
        bucket = CfnBucket(located_stack, "Bucket")
        own = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:DeleteObject",
            "Resource": "arn:aws:s3:::logs/*",
        }
        CfnBucketPolicy(
            located_stack,
            "Policy",
            bucket=bucket.ref,
            policy_document={"Version": "2012-10-17", "Statement": [own]},
        )
        logged(located_stack, bucket)
        assert list(resources_of(located_stack, POLICY)) == ["Policy"]
        assert statements_of(located_stack) == [own, *delivery_to("Bucket")]
        assert in_order(template_of(located_stack), "Policy", LOGGING_ID)

    @pytest.mark.parametrize("level", [1, 2])
    def test_a_bucket_of_elsewhere(self, located_stack: Stack, level: int) -> None:
        """
        Of a bucket that is not of the app a warning shows what its policy must have.
        """
        kind = CfnBucket if level == 1 else Bucket
        logged(located_stack, kind.from_bucket_name(located_stack, "Known", "logs"))
        needed = as_read(
            delivery_statements("arn:aws:s3:::logs", "arn:aws:s3:::logs/AWSLogs/123456789012/*")
        )
        assert warnings_of(located_stack) == [
            (
                "/Stack/Logging",
                (
                    "the app cannot change the policy of the bucket logs: if anything except "
                    f"the service writes the policy, the policy must contain {needed}, or "
                    "no logs are delivered; acknowledge this warning when it does "
                    "[ack: cdk-ivs:BucketPolicy]"
                ),
            )
        ]
        assert template_of(located_stack)["Resources"] == {
            LOGGING_ID: {
                "Type": LOGGING,
                "Properties": {"DestinationConfiguration": {"S3": {"BucketName": "logs"}}},
            }
        }

    def test_a_bucket_of_which_nothing_is_known(self, stack: Stack) -> None:
        """
        What is known at deployment has a name for the reader in the warning.
        """
        logged(stack, Bucket.from_bucket_name(stack, "Known", token("Name")))
        ((_, text),) = warnings_of(stack)
        assert text.startswith("the app cannot change the policy of the bucket <bucket>: ")
        assert '"Resource": "arn:aws:s3:::<bucket>/AWSLogs/<account>/*"' in text
        assert '{"aws:SourceArn": "arn:aws:logs:<region>:<account>:*"}' in text
        assert "Token" not in text


class TestRemoval:
    def test_takes_the_configuration_and_leaves_the_bucket(self, located_stack: Stack) -> None:
        """
        Without logging the bucket is the same, and waits for nothing that goes.
        """
        environment = Environment(account=ACCOUNT, region=REGION)
        before, after = Stack(App(), "Stack", env=environment), located_stack
        for stack in (before, after):
            bucket = Bucket(stack, "Bucket", enforce_ssl=True)
            if stack is before:
                logged(stack, bucket)
        old, new = template_of(before), template_of(after)
        assert set(old["Resources"]) - set(new["Resources"]) == {LOGGING_ID}
        assert old["Resources"][BUCKET_ID] == new["Resources"][BUCKET_ID]
        assert made_before(new, POLICY_ID) == {BUCKET_ID}


class TestOracles:
    @staticmethod
    def synthesize(stack: Stack) -> Path:
        """The assembly with buckets of several kinds."""
        buckets = {
            "Plain": Bucket(stack, "PlainBucket"),
            "Encrypted": Bucket(
                stack,
                "EncryptedBucket",
                auto_delete_objects=True,
                encryption=BucketEncryption.KMS,
                enforce_ssl=True,
                removal_policy=RemovalPolicy.DESTROY,
            ),
            "Level1": CfnBucket(stack, "Level1Bucket"),
        }
        for id, bucket in buckets.items():
            logged(stack, bucket, id)
        return Path(App.of(stack).synth().directory)

    def test_cfn_lint_finds_nothing(self, located_stack: Stack) -> None:
        """
        cfn-lint has nothing to say to buckets of several kinds.
        """
        text = (self.synthesize(located_stack) / located_stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, located_stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to them either.
        """
        assert cdk_findings(self.synthesize(located_stack)) == []
