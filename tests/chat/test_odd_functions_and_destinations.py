"""Functions and destinations that are not what they look like at first."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, CfnOutput, CfnParameter, CfnTag, Duration, Environment, Stack, Tags
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_kms import Alias as KeyAlias
from aws_cdk.aws_kms import Key
from aws_cdk.aws_lambda import Code, Function, Runtime, SingletonFunction, Version
from aws_cdk.aws_s3 import Bucket, BucketEncryption, CfnBucket

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.graph import only
from tests.support.oracles import resources_of, template_of

PERMISSION, ROOM = "AWS::Lambda::Permission", "AWS::IVSChat::Room"
LOGGING = "AWS::IVSChat::LoggingConfiguration"
CODE = {
    "code": Code.from_inline("def handler(event, context): return {}"),
    "handler": "index.handler",
    "runtime": Runtime.PYTHON_3_13,
}


def reviewed(stack: Stack, fn: Any, id: str = "Room") -> None:
    """A room whose messages the function reviews."""
    handler = chat.MessageReviewHandler.from_function(fn)
    chat.Room(stack, id, message_review_handler=handler)


def stream(stack: Stack, **arguments: Any) -> CfnDeliveryStream:
    """A delivery stream."""
    return CfnDeliveryStream(
        stack,
        "Stream",
        s3_destination_configuration=CfnDeliveryStream.S3DestinationConfigurationProperty(
            bucket_arn="arn:aws:s3:::logs", role_arn="arn:aws:iam::123456789012:role/stream"
        ),
        **arguments,
    )


class TestFallback:
    @pytest.mark.parametrize("by", ["factory", "constructor"])
    def test_is_never_left_to_the_service(self, stack: Stack, by: str) -> None:
        """
        A function without a fallback denies: the service would allow.
        """
        function = Function(stack, "Function", **CODE)
        handler = (
            chat.MessageReviewHandler.from_function(function, fallback=None)  # type: ignore[arg-type] - as a user may
            if by == "factory"
            else chat.MessageReviewHandler(fn=function)
        )
        assert handler.fallback == chat.FallbackResult.DENY
        chat.Room(stack, "Room", message_review_handler=handler)
        (room,) = resources_of(stack, ROOM).values()
        assert room["Properties"]["MessageReviewHandler"]["FallbackResult"] == "DENY"

    def test_of_no_function_names_the_function(self) -> None:
        """
        None for a function is refused as what it is.
        """
        with pytest.raises(TypeError, match="'fn' must be IFunctionRef, got None"):
            chat.MessageReviewHandler.from_function(None)  # type: ignore[arg-type] - wrong


class TestFunctions:
    @pytest.mark.parametrize(
        ("arn", "problem"),
        [
            ("arn:aws:lambda:eu-west-1:123456789012:function:x:3", "Region"),
            ("arn:aws:lambda:us-west-2:210987654321:function:x:3", "account"),
        ],
    )
    def test_version_of_elsewhere_is_refused(
        self, located_stack: Stack, arn: str, problem: str
    ) -> None:
        """
        A version that is imported by an ARN of another Region or account is not taken to be here.
        """
        version = Version.from_version_arn(located_stack, "Version", arn)
        with pytest.raises(
            ValidationError, match=f"'message_review_handler' must be in the {problem}"
        ):
            reviewed(located_stack, version)

    def test_latest_version_gets_its_permission(self, stack: Stack) -> None:
        """
        The CDK gives none to the latest version of a function, which is in the app all the same.
        """
        function = Function(stack, "Function", **CODE)
        reviewed(stack, function.latest_version)
        template = template_of(stack)
        permission = only(template, PERMISSION)
        assert template["Resources"][only(template, ROOM)]["DependsOn"] == [permission]
        name = template["Resources"][permission]["Properties"]["FunctionName"]
        assert name["Fn::Join"][1][1] == ":$LATEST"
        assert warnings_of(stack) == []

    def test_singleton_may_be_too_patient(self, stack: Stack) -> None:
        """
        The timeout of a singleton is that of the function behind it.
        """
        function = SingletonFunction(
            stack, "Function", uuid="a-b-c", timeout=Duration.minutes(15), **CODE
        )
        reviewed(stack, function)
        ((_, text),) = warnings_of(stack)
        assert "has a timeout of 900 seconds" in text

    def test_own_function_may_have_an_unknown_timeout(self, stack: Stack) -> None:
        """
        A timeout in minutes that the deployment knows cannot be told in seconds, and is no news.
        """
        minutes = CfnParameter(stack, "Timeout", type="Number").value_as_number

        class OwnFunction(Function):
            timeout = Duration.minutes(minutes)

        reviewed(stack, OwnFunction(stack, "Function", **CODE))
        assert warnings_of(stack) == []

    def test_permission_is_that_of_the_region(self, app: App) -> None:
        """
        One imported function in rooms of two Regions has a permission for each.
        """
        functions = Stack(app, "Functions")
        fn = Function.from_function_name(functions, "Function", "review")
        for region in ("us-west-2", "eu-west-1"):
            stack = Stack(app, region, env=Environment(account=ACCOUNT, region=region))
            reviewed(stack, fn)
        assert sorted(
            permission["Properties"]["SourceArn"]["Fn::Join"][1][-1]
            for permission in resources_of(functions, PERMISSION).values()
        ) == [
            ":ivschat:eu-west-1:123456789012:room/*",
            ":ivschat:us-west-2:123456789012:room/*",
        ]

    def test_child_of_the_same_id_is_no_permission(self, stack: Stack) -> None:
        """
        What has the id of the permission by chance is not taken for it.
        """
        function = Function(stack, "Function", **CODE)
        CfnOutput(function, "IvsChatPermission", value="taken")
        reviewed(stack, function)
        assert len(resources_of(stack, PERMISSION)) == 1


class TestBuckets:
    @pytest.mark.parametrize("kind", ["alias", "l1"])
    def test_with_the_managed_key_by_its_name_are_refused(self, stack: Stack, kind: str) -> None:
        """
        The key that AWS manages is refused however it is named.
        """
        bucket: Any
        if kind == "alias":
            key = KeyAlias.from_alias_name(stack, "Key", "alias/aws/s3")
            bucket = Bucket(stack, "Bucket", encryption=BucketEncryption.KMS, encryption_key=key)
        else:
            default = CfnBucket.ServerSideEncryptionByDefaultProperty(
                sse_algorithm="aws:kms", kms_master_key_id="alias/aws/s3"
            )
            bucket = CfnBucket(
                stack,
                "Bucket",
                bucket_encryption=CfnBucket.BucketEncryptionProperty(
                    server_side_encryption_configuration=[
                        CfnBucket.ServerSideEncryptionRuleProperty(
                            server_side_encryption_by_default=default
                        )
                    ]
                ),
            )
        with pytest.raises(ValidationError, match="the key that AWS manages"):
            chat.LoggingConfiguration(
                stack, "Logging", destination=chat.LoggingDestination.s3(bucket)
            )

    def test_of_elsewhere_wait_for_their_key(self, app: App) -> None:
        """
        The key of an imported bucket is made, with its policy, before logs are asked for.
        """
        env = Environment(account=ACCOUNT, region=REGION)
        keys, stack = Stack(app, "Keys", env=env), Stack(app, "Stack", env=env)
        bucket = Bucket.from_bucket_attributes(
            stack, "Bucket", bucket_name="logs", encryption_key=Key(keys, "Key")
        )
        chat.LoggingConfiguration(stack, "Logging", destination=chat.LoggingDestination.s3(bucket))
        app.synth()
        assert [dependency.stack_name for dependency in stack.dependencies] == ["Keys"]


class TestStreams:
    def test_with_another_tag_are_refused(self, stack: Stack) -> None:
        """
        A tag that stops the delivery is refused where it is known.
        """
        tagged = stream(stack, tags=[CfnTag(key="LogDeliveryEnabled", value="false")])
        with pytest.raises(ValidationError) as error:
            chat.LoggingConfiguration(
                stack, "Logging", destination=chat.LoggingDestination.firehose(tagged)
            )
        assert error.value.code == "DeliveryStreamTag"
        assert "got 'false'" in error.value.message
        assert resources_of(stack, LOGGING) == {}

    def test_keep_their_tag_whatever_the_stack_says(self, stack: Stack) -> None:
        """
        A tag of the whole stack does not stop the delivery.
        """
        chat.LoggingConfiguration(
            stack, "Logging", destination=chat.LoggingDestination.firehose(stream(stack))
        )
        Tags.of(stack).add("LogDeliveryEnabled", "no")
        template = template_of(stack)
        found = template["Resources"]["Stream"]["Properties"]["Tags"]
        assert found == [{"Key": "LogDeliveryEnabled", "Value": "true"}]
