"""Storage configurations."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_kms import Key
from aws_cdk.aws_s3 import (
    BlockPublicAccess,
    Bucket,
    BucketAccessControl,
    BucketEncryption,
    CfnBucket,
    ObjectOwnership,
)

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import ACCOUNT, REGION
from tests.support.tokens import token


@pytest.fixture
def bucket(stack: Stack) -> Bucket:
    """A bucket of the stack."""
    return Bucket(stack, "Bucket")


def properties_of(stack: Stack) -> dict[str, Any]:
    """The properties of the only storage configuration."""
    resources = Template.from_stack(stack).find_resources("AWS::IVS::StorageConfiguration")
    (resource,) = resources.values()
    properties: dict[str, Any] = resource["Properties"]
    return properties


def encrypted_l1(stack: Stack, algorithm: str, key: str | None = None) -> CfnBucket:
    """An L1 with a default encryption."""
    return CfnBucket(
        stack,
        "Bucket",
        bucket_encryption=CfnBucket.BucketEncryptionProperty(
            server_side_encryption_configuration=[
                CfnBucket.ServerSideEncryptionRuleProperty(
                    server_side_encryption_by_default=CfnBucket.ServerSideEncryptionByDefaultProperty(
                        sse_algorithm=algorithm, kms_master_key_id=key
                    )
                )
            ]
        ),
    )


def owned_l1(stack: Stack, ownership: str) -> CfnBucket:
    """An L1 with an object ownership."""
    return CfnBucket(
        stack,
        "Bucket",
        ownership_controls=CfnBucket.OwnershipControlsProperty(
            rules=[CfnBucket.OwnershipControlsRuleProperty(object_ownership=ownership)]
        ),
    )


class TestTemplate:
    def test_needs_a_bucket_only(self, stack: Stack, bucket: Bucket) -> None:
        """
        With a bucket alone there is no name and there are no tags.
        """
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert properties_of(stack) == {"S3": {"BucketName": {"Ref": "Bucket83908E77"}}}

    def test_renders_every_argument(self, stack: Stack, bucket: Bucket) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.StorageConfiguration(
            stack,
            "Storage",
            bucket=bucket,
            storage_configuration_name="recordings",
            tags={"team": "live"},
        )
        assert properties_of(stack) == {
            "Name": "recordings",
            "S3": {"BucketName": {"Ref": "Bucket83908E77"}},
            "Tags": [{"Key": "team", "Value": "live"}],
        }

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A name and the name of a bucket that are known at deployment are left to IVS.
        """
        ivs.StorageConfiguration(
            stack,
            "Storage",
            bucket=Bucket.from_bucket_name(stack, "Bucket", token("BucketName")),
            storage_configuration_name=token("Name"),
        )
        assert properties_of(stack) == {
            "Name": {"Ref": "Name"},
            "S3": {"BucketName": {"Ref": "BucketName"}},
        }


class TestPlace:
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
    def test_of_a_reference_must_be_that_of_the_stack(
        self, located_stack: Stack, account: str, region: str, problem: str
    ) -> None:
        """
        A bucket that is said to be elsewhere is refused.
        """
        bucket = Bucket.from_bucket_attributes(
            located_stack, "Bucket", bucket_name="recordings", account=account, region=region
        )
        with pytest.raises(ValidationError) as error:
            ivs.StorageConfiguration(located_stack, "Storage", bucket=bucket)
        assert error.value.code == "Environment"
        assert error.value.message == f"'bucket' must be in the {problem}"
        assert error.value.path == "Stack/Storage"
        assert [child.node.id for child in located_stack.node.children] == ["Bucket"]

    @pytest.mark.parametrize("level", [1, 2])
    @pytest.mark.parametrize(
        ("environment", "problem"),
        [
            (
                Environment(account=ACCOUNT, region="eu-west-1"),
                "Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                Environment(account="210987654321", region=REGION),
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_of_a_bucket_of_the_app_must_be_that_of_the_stack(
        self, app: App, located_stack: Stack, environment: Environment, problem: str, level: int
    ) -> None:
        """
        A bucket of a stack that is elsewhere is refused, and its policy is left alone.
        """
        other = Stack(app, "Other", env=environment)
        bucket = Bucket(other, "Bucket") if level > 1 else CfnBucket(other, "Bucket")
        with pytest.raises(ValidationError) as error:
            ivs.StorageConfiguration(located_stack, "Storage", bucket=bucket)
        assert error.value.message == f"'bucket' must be in the {problem}"
        Template.from_stack(other).resource_count_is("AWS::S3::BucketPolicy", 0)


class TestEncryption:
    @pytest.mark.parametrize(
        ("encryption", "algorithm"),
        [
            (BucketEncryption.KMS, "aws:kms"),
            (BucketEncryption.KMS_MANAGED, "aws:kms"),
            (BucketEncryption.DSSE, "aws:kms:dsse"),
            (BucketEncryption.DSSE_MANAGED, "aws:kms:dsse"),
        ],
    )
    def test_by_kms_is_refused(
        self, stack: Stack, encryption: BucketEncryption, algorithm: str
    ) -> None:
        """
        IVS cannot record to it: the message has the algorithm and what to write.
        """
        bucket = Bucket(stack, "Bucket", encryption=encryption)
        with pytest.raises(ValidationError) as error:
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert error.value.code == "BucketEncryption"
        assert error.value.message == (
            "'bucket' must be encrypted with SSE-S3, got one encrypted with KMS "
            f"({algorithm}), to which IVS cannot record; "
            "for a bucket of the app leave 'encryption' and 'encryption_key' out"
        )
        assert error.value.path == "Stack/Storage"
        assert [child.node.id for child in stack.node.children] == ["Bucket"]
        Template.from_stack(stack).resource_count_is("AWS::S3::BucketPolicy", 0)

    def test_by_a_key_is_refused(self, stack: Stack) -> None:
        """
        A key of the user's alone makes the bucket encrypt with KMS.
        """
        bucket = Bucket(stack, "Bucket", encryption_key=Key(stack, "Key"))
        with pytest.raises(ValidationError, match=r"got one encrypted with KMS \(aws:kms\)"):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)

    @pytest.mark.parametrize("algorithm", ["aws:kms", "aws:kms:dsse"])
    def test_of_an_l1_by_kms_is_refused(self, stack: Stack, algorithm: str) -> None:
        """
        The properties of an L1 are looked at as well.
        """
        bucket = encrypted_l1(stack, algorithm, key="alias/mine")
        with pytest.raises(ValidationError, match=rf"encrypted with KMS \({algorithm}\)"):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)

    def test_of_a_reference_by_a_key_is_refused(self, stack: Stack) -> None:
        """
        An imported bucket that is given with its key is known to use it.
        """
        bucket = Bucket.from_bucket_attributes(
            stack, "Bucket", bucket_name="recordings", encryption_key=Key(stack, "Key")
        )
        with pytest.raises(ValidationError, match=r"got one encrypted with KMS \(aws:kms\)"):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)

    def test_by_s3_is_taken(self, stack: Stack) -> None:
        """
        SSE-S3 that is written out is what is left out.
        """
        bucket = Bucket(stack, "Bucket", encryption=BucketEncryption.S3_MANAGED)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert properties_of(stack) == {"S3": {"BucketName": {"Ref": "Bucket83908E77"}}}

    @pytest.mark.parametrize("algorithm", ["AES256", "token"])
    def test_of_an_l1_that_may_be_by_s3_is_taken(self, stack: Stack, algorithm: str) -> None:
        """
        SSE-S3, and what is known at deployment, are left to IVS.
        """
        bucket = encrypted_l1(stack, token() if algorithm == "token" else algorithm)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert properties_of(stack) == {"S3": {"BucketName": {"Ref": "Bucket"}}}


class TestChangedBucket:
    @pytest.mark.parametrize(
        ("algorithm", "refused"), [("aws:kms", True), ("aws:kms:dsse", True), ("AES256", False)]
    )
    def test_is_looked_at_again(
        self, app: App, stack: Stack, algorithm: str, *, refused: bool
    ) -> None:
        """
        An aspect that encrypts all buckets with KMS is found at synthesis.
        """
        bucket = Bucket(stack, "Bucket")
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        ivs.StorageConfiguration(stack, "Removed", bucket=bucket)
        stack.node.try_remove_child("Removed")
        cfn_bucket = bucket.node.default_child
        assert isinstance(cfn_bucket, CfnBucket)
        default = CfnBucket.ServerSideEncryptionByDefaultProperty(sse_algorithm=algorithm)
        rule = CfnBucket.ServerSideEncryptionRuleProperty(server_side_encryption_by_default=default)
        cfn_bucket.bucket_encryption = CfnBucket.BucketEncryptionProperty(
            server_side_encryption_configuration=[rule]
        )
        if not refused:
            app.synth()
            return
        with pytest.raises(RuntimeError) as raised:
            app.synth()
        assert "BucketEncryption at 'Stack/Storage'" in str(raised.value)
        assert "Stack/Removed" not in str(raised.value)


class TestOwnership:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"object_ownership": ObjectOwnership.OBJECT_WRITER},
            {"access_control": BucketAccessControl.LOG_DELIVERY_WRITE},
            {
                "access_control": BucketAccessControl.PUBLIC_READ,
                "block_public_access": BlockPublicAccess.BLOCK_ACLS,
            },
        ],
        ids=["ownership", "log-delivery", "public"],
    )
    def test_of_the_writer_is_refused(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        IVS cannot record where objects are the writer's, also if an ACL of the bucket says so.
        """
        bucket = Bucket(stack, "Bucket", **arguments)
        with pytest.raises(ValidationError) as error:
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert error.value.code == "BucketOwnership"
        assert error.value.message == (
            "'bucket' must have the object ownership BUCKET_OWNER_ENFORCED or "
            "BUCKET_OWNER_PREFERRED, got OBJECT_WRITER (which 'access_control' sets as well); "
            "IVS cannot record to it"
        )
        assert [child.node.id for child in stack.node.children] == ["Bucket"]

    def test_of_the_writer_of_an_l1_is_refused(self, stack: Stack) -> None:
        """
        The properties of an L1 are looked at as well.
        """
        with pytest.raises(ValidationError, match="got OBJECT_WRITER"):
            ivs.StorageConfiguration(stack, "Storage", bucket=owned_l1(stack, "ObjectWriter"))

    @pytest.mark.parametrize(
        "ownership",
        [ObjectOwnership.BUCKET_OWNER_ENFORCED, ObjectOwnership.BUCKET_OWNER_PREFERRED],
    )
    def test_of_the_bucket_is_taken(self, stack: Stack, ownership: ObjectOwnership) -> None:
        """
        IVS records where objects are the bucket owner's.
        """
        bucket = Bucket(stack, "Bucket", object_ownership=ownership)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert properties_of(stack) == {"S3": {"BucketName": {"Ref": "Bucket83908E77"}}}

    @pytest.mark.parametrize("ownership", ["BucketOwnerPreferred", "token"])
    def test_of_an_l1_that_may_be_the_bucket_is_taken(self, stack: Stack, ownership: str) -> None:
        """
        Another ownership, and what is known at deployment, are left to IVS.
        """
        bucket = owned_l1(stack, token() if ownership == "token" else ownership)
        ivs.StorageConfiguration(stack, "Storage", bucket=bucket)
        assert properties_of(stack) == {"S3": {"BucketName": {"Ref": "Bucket"}}}


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            (
                "bucket",
                "recordings",
                (
                    "must be IBucketRef, got 'recordings' of type 'str'; "
                    """use aws_s3.Bucket.from_bucket_name(self, "…", 'recordings')"""
                ),
            ),
            ("bucket", None, "must be IBucketRef, got None of type 'NoneType'"),
            ("tags", {"": "b"}, "must have keys of 1 to 128 characters, got ''"),
        ],
        ids=["bucket-name", "no-bucket", "tags"],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, bucket: Bucket, keyword: str, value: object, problem: str
    ) -> None:
        """
        What is refused leaves no construct and no policy, and its keyword in the message.
        """
        arguments: dict[str, Any] = {"bucket": bucket, keyword: value}
        with pytest.raises(ValidationError) as error:
            ivs.StorageConfiguration(stack, "Storage", **arguments)
        assert error.value.message == f"'{keyword}' {problem}"
        assert error.value.path == "Stack/Storage"
        assert [child.node.id for child in stack.node.children] == ["Bucket"]
        Template.from_stack(stack).resource_count_is("AWS::S3::BucketPolicy", 0)
