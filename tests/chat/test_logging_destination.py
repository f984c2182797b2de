"""Where messages are logged: log groups, delivery streams, and what all destinations share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack, Tags
from aws_cdk.aws_kinesisfirehose import (
    CfnDeliveryStream,
    DeliveryStream,
    IDeliveryStream,
    S3Bucket,
)
from aws_cdk.aws_logs import CfnLogGroup, LogGroup
from aws_cdk.aws_s3 import Bucket

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of

LOGGING, STREAM = "AWS::IVSChat::LoggingConfiguration", "AWS::KinesisFirehose::DeliveryStream"
LOGGING_ID = "Logging019093B9"
OTHER_ACCOUNT = "210987654321"

Make = Callable[[Stack, str, str], chat.LoggingDestination]


def log_group_in(stack: Stack, account: str, region: str) -> chat.LoggingDestination:
    """A log group of an account and a Region."""
    log_group_arn = f"arn:aws:logs:{region}:{account}:log-group:chat"
    return chat.LoggingDestination.cloud_watch_logs(
        LogGroup.from_log_group_arn(stack, "Known", log_group_arn)
    )


def bucket_in(stack: Stack, account: str, region: str) -> chat.LoggingDestination:
    """A bucket of an account and a Region."""
    return chat.LoggingDestination.s3(
        Bucket.from_bucket_attributes(
            stack, "Known", bucket_name="logs", account=account, region=region
        )
    )


def stream_in(stack: Stack, account: str, region: str) -> chat.LoggingDestination:
    """A delivery stream of an account and a Region."""
    return chat.LoggingDestination.firehose(known_stream(stack, account, region))


def known_stream(stack: Stack, account: str = ACCOUNT, region: str = REGION) -> IDeliveryStream:
    """An imported delivery stream."""
    return DeliveryStream.from_delivery_stream_arn(
        stack, "Known", f"arn:aws:firehose:{region}:{account}:deliverystream/chat"
    )


def level_1_stream(stack: Stack, **arguments: Any) -> CfnDeliveryStream:
    """A delivery stream of the stack that no construct of the CDK's made."""
    return CfnDeliveryStream(
        stack,
        "Stream",
        s3_destination_configuration=CfnDeliveryStream.S3DestinationConfigurationProperty(
            bucket_arn="arn:aws:s3:::logs", role_arn="arn:aws:iam::123456789012:role/stream"
        ),
        **arguments,
    )


def logged(stack: Stack, destination: chat.LoggingDestination, id: str = "Logging") -> None:
    """A logging configuration with the destination."""
    chat.LoggingConfiguration(stack, id, destination=destination)


def destination_of(stack: Stack) -> object:
    """What the only logging configuration says of its destination."""
    (resource,) = resources_of(stack, LOGGING).values()
    return resource["Properties"]["DestinationConfiguration"]


def tags_of(stack: Stack) -> list[object]:
    """The tags of the only delivery stream."""
    (stream,) = resources_of(stack, STREAM).values()
    return stream["Properties"]["Tags"]


class TestEveryDestination:
    @pytest.mark.parametrize(
        ("make", "rendered"),
        [
            (log_group_in, {"CloudWatchLogs": {"LogGroupName": "chat"}}),
            (bucket_in, {"S3": {"BucketName": "logs"}}),
            (stream_in, {"Firehose": {"DeliveryStreamName": "chat"}}),
        ],
        ids=["log-group", "bucket", "stream"],
    )
    def test_is_one_of_three(
        self, located_stack: Stack, make: Make, rendered: dict[str, object]
    ) -> None:
        """
        A configuration has one destination and nothing of the others.
        """
        logged(located_stack, make(located_stack, ACCOUNT, REGION))
        assert destination_of(located_stack) == rendered

    @pytest.mark.parametrize(
        ("make", "keyword"),
        [
            (log_group_in, "log_group"),
            (bucket_in, "bucket"),
            pytest.param(stream_in, "delivery_stream"),
        ],
        ids=["log-group", "bucket", "stream"],
    )
    @pytest.mark.parametrize(
        ("place", "problem"),
        [
            ((ACCOUNT, "eu-west-1"), "Region of the stack, us-west-2, got one in eu-west-1"),
            (
                (OTHER_ACCOUNT, REGION),
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_of_elsewhere_is_refused(
        self, located_stack: Stack, make: Make, keyword: str, place: tuple[str, str], problem: str
    ) -> None:
        """
        What is known to be in another account or Region is refused, and nothing is made.
        """
        destination = make(located_stack, *place)
        with pytest.raises(
            ValidationError,
            match=rf"'{keyword}' must be in the {problem} "
            r"\[cdk-ivs:Environment at 'Stack/Logging'\]",
        ):
            logged(located_stack, destination)
        assert resources_of(located_stack, LOGGING) == {}

    def test_of_a_stack_of_elsewhere_is_refused(self, app: App, located_stack: Stack) -> None:
        """
        So is what a stack of another Region makes, whatever it is.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region="eu-west-1"))
        destinations = {
            "log_group": chat.LoggingDestination.cloud_watch_logs(LogGroup(other, "LogGroup")),
            "bucket": chat.LoggingDestination.s3(Bucket(other, "Bucket")),
            "delivery_stream": chat.LoggingDestination.firehose(level_1_stream(other)),
        }
        for keyword, destination in destinations.items():
            with pytest.raises(ValidationError, match=f"'{keyword}' must be in the Region of the"):
                logged(located_stack, destination)
        assert located_stack.node.children == []
        assert resources_of(other, "AWS::S3::BucketPolicy") == {}

    @pytest.mark.parametrize(
        "make", [log_group_in, bucket_in, stream_in], ids=["log-group", "bucket", "stream"]
    )
    def test_is_taken_where_the_environment_is_not_known(self, stack: Stack, make: Make) -> None:
        """
        A stack whose account and Region are known at deployment may be there.
        """
        logged(stack, make(stack, OTHER_ACCOUNT, "eu-west-1"))
        assert len(resources_of(stack, LOGGING)) == 1

    @pytest.mark.parametrize(
        ("factory", "message"),
        [
            ("cloud_watch_logs", "'log_group' must be ILogGroupRef, got 'logs' of type 'str'"),
            ("s3", "'bucket' must be IBucketRef, got 'logs' of type 'str'"),
            ("firehose", "'delivery_stream' must be IDeliveryStreamRef, got 'logs' of type 'str'"),
        ],
        ids=["log-group", "bucket", "stream"],
    )
    def test_is_no_name(self, factory: str, message: str) -> None:
        """
        The name of a destination is not one, and the message says what is.
        """
        with pytest.raises(ValidationError, match=message):
            getattr(chat.LoggingDestination, factory)("logs")

    def test_is_made_by_its_factories_only(self) -> None:
        """
        The class itself is none of the three.
        """
        with pytest.raises(TypeError, match="Can't instantiate abstract class LoggingDestination"):
            chat.LoggingDestination()  # type: ignore[abstract] - the mistake

    def test_may_serve_several_configurations(self, stack: Stack) -> None:
        """
        A destination is a value.
        """
        destination = chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "LogGroup"))
        for id in ("A", "B"):
            logged(stack, destination, id)
        rendered = [
            resource["Properties"]["DestinationConfiguration"]
            for resource in resources_of(stack, LOGGING).values()
        ]
        assert rendered == [{"CloudWatchLogs": {"LogGroupName": {"Ref": "LogGroupF5B46931"}}}] * 2


class TestLogGroup:
    def test_needs_nothing_but_its_name(self, stack: Stack) -> None:
        """
        The service itself permits the delivery: there is no resource policy.
        """
        logged(stack, chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "LogGroup")))
        template = template_of(stack)
        assert sorted(template["Resources"]) == ["LogGroupF5B46931", LOGGING_ID]
        assert template["Resources"][LOGGING_ID] == {
            "Type": LOGGING,
            "Properties": {
                "DestinationConfiguration": {
                    "CloudWatchLogs": {"LogGroupName": {"Ref": "LogGroupF5B46931"}}
                }
            },
        }
        assert warnings_of(stack) == []

    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        An L1 is a log group too.
        """
        logged(stack, chat.LoggingDestination.cloud_watch_logs(CfnLogGroup(stack, "LogGroup")))
        assert destination_of(stack) == {"CloudWatchLogs": {"LogGroupName": {"Ref": "LogGroup"}}}

    def test_may_be_of_another_stack(self, app: App, located_stack: Stack) -> None:
        """
        One of another stack in the same account and Region is taken.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        group = LogGroup(other, "LogGroup")
        logged(located_stack, chat.LoggingDestination.cloud_watch_logs(group))
        assert destination_of(located_stack) == {
            "CloudWatchLogs": {
                "LogGroupName": {
                    "Fn::ImportValue": "Other:ExportsOutputRefLogGroupF5B4693119CE9848"
                }
            }
        }
        assert list(template_of(other)["Resources"]) == ["LogGroupF5B46931"]


class TestFirehose:
    def test_has_the_tag(self, stack: Stack) -> None:
        """
        The tag that permits the delivery is in the template, where no update takes it away.
        """
        stream = DeliveryStream(stack, "Stream", destination=S3Bucket(Bucket(stack, "Bucket")))
        logged(stack, chat.LoggingDestination.firehose(stream))
        assert tags_of(stack) == [{"Key": "LogDeliveryEnabled", "Value": "true"}]
        assert destination_of(stack) == {
            "Firehose": {"DeliveryStreamName": {"Ref": "Stream790BDEE4"}}
        }
        assert warnings_of(stack) == []

    def test_has_the_tag_as_an_l1(self, stack: Stack) -> None:
        """
        An L1 gets it as well, beside the tags that it has.
        """
        stream = level_1_stream(stack, tags=[{"key": "team", "value": "live"}])
        logged(stack, chat.LoggingDestination.firehose(stream))
        assert tags_of(stack) == [
            {"Key": "LogDeliveryEnabled", "Value": "true"},
            {"Key": "team", "Value": "live"},
        ]
        assert destination_of(stack) == {"Firehose": {"DeliveryStreamName": {"Ref": "Stream"}}}
        assert warnings_of(stack) == []

    def test_has_the_tag_beside_those_of_its_scope(self, stack: Stack) -> None:
        """
        Tags.of() adds to it.
        """
        Tags.of(stack).add("team", "live")
        logged(stack, chat.LoggingDestination.firehose(level_1_stream(stack)))
        assert tags_of(stack) == [
            {"Key": "LogDeliveryEnabled", "Value": "true"},
            {"Key": "team", "Value": "live"},
        ]

    def test_has_the_tag_once(self, stack: Stack) -> None:
        """
        Two configurations with one stream need it once.
        """
        stream = level_1_stream(stack)
        for id in ("A", "B"):
            logged(stack, chat.LoggingDestination.firehose(stream), id)
        assert tags_of(stack) == [{"Key": "LogDeliveryEnabled", "Value": "true"}]

    def test_has_the_tag_in_another_stack(self, app: App, located_stack: Stack) -> None:
        """
        The tag is where the stream is.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region=REGION))
        logged(located_stack, chat.LoggingDestination.firehose(level_1_stream(other)))
        assert tags_of(other) == [{"Key": "LogDeliveryEnabled", "Value": "true"}]

    @pytest.mark.parametrize("level", [1, 2])
    def test_of_elsewhere_warns(self, located_stack: Stack, level: int) -> None:
        """
        Of a stream that is not of the app a warning says which tag it must have.
        """
        stream_arn = f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/chat"
        kind = CfnDeliveryStream if level == 1 else DeliveryStream
        stream = kind.from_delivery_stream_arn(located_stack, "Known", stream_arn)
        logged(located_stack, chat.LoggingDestination.firehose(stream))
        assert destination_of(located_stack) == {"Firehose": {"DeliveryStreamName": "chat"}}
        assert warnings_of(located_stack) == [
            (
                "/Stack/Logging",
                (
                    "the app cannot change the tags of the delivery stream: if its template "
                    "does not have the tag LogDeliveryEnabled with the value 'true', its next "
                    "update may remove the tag that the service sets, and logging stops; "
                    "acknowledge this warning when the template has the tag [ack: "
                    "cdk-ivs:FirehoseTag]"
                ),
            )
        ]


class TestOracles:
    @staticmethod
    def synthesize(stack: Stack) -> Path:
        """The assembly with a room that is logged to all three."""
        bucket = Bucket(stack, "Bucket", enforce_ssl=True)
        # An L1: the construct of the CDK's leaves a mapping that cfn-lint sees is not used.
        stream = level_1_stream(stack)
        destinations = {
            "ToLogGroup": chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "LogGroup")),
            "ToBucket": chat.LoggingDestination.s3(bucket),
            "ToStream": chat.LoggingDestination.firehose(stream),
        }
        chat.Room(
            stack,
            "Room",
            logging_configurations=[
                chat.LoggingConfiguration(stack, id, destination=destination)
                for id, destination in destinations.items()
            ],
        )
        return Path(App.of(stack).synth().directory)

    def test_cfn_lint_finds_nothing(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to all three destinations of a room.
        """
        text = (self.synthesize(stack) / stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to them either.
        """
        assert cdk_findings(self.synthesize(stack)) == []
