"""What messages say to write instead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from aws_cdk import Fn, Stack, Token
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_lambda import Code, Function, Runtime

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, chat
from tests.resources.records import RECORDS
from tests.support.arns import arn
from tests.support.reflection import CLASSES, Parameter, parameters
from tests.support.workshop import Workshop

ROLE_ARN = "arn:aws:iam::123456789012:role/backend"
SOME_ARN = "arn:aws:any:us-west-2:123456789012:thing/AbCdef1G2hij"

# How what exists is had, by the interface that parameters are annotated with. The methods of the
# CDK are looked for in it by the test below.
FACTORIES = {
    "IBucketRef": "aws_s3.Bucket.from_bucket_arn",
    "ICertificateRef": "aws_certificatemanager.Certificate.from_certificate_arn",
    "IDeliveryStreamRef": "aws_kinesisfirehose.DeliveryStream.from_delivery_stream_arn",
    "IEventBus": "aws_events.EventBus.from_event_bus_arn",
    "IFunctionRef": "aws_lambda.Function.from_function_arn",
    "IGrantable": "aws_iam.Role.from_role_arn",
    "IKey": "aws_kms.Key.from_key_arn",
    "IKeyRef": "aws_kms.Key.from_key_arn",
    "ILogGroup": "aws_logs.LogGroup.from_log_group_arn",
    "ILogGroupRef": "aws_logs.LogGroup.from_log_group_arn",
    "IQueue": "aws_sqs.Queue.from_queue_arn",
    "IRole": "aws_iam.Role.from_role_arn",
    "ISecret": "aws_secretsmanager.Secret.from_secret_complete_arn",
    "ISigningKey": "SigningKey.from_signing_key_arn",
    "ITableRef": "aws_dynamodb.Table.from_table_arn",
    "ITopicRef": "aws_sns.Topic.from_topic_arn",
} | {
    f"I{record.name}Ref": (
        f"{'chat.' if record.package is chat else ''}{record.name}.from_{record.kind}_arn"
    )
    for record in RECORDS
}
# Of which there is more than one way, or none, to have what exists.
OTHERS = {
    "IAlarmAction",
    "IApiDestination",
    "IConnection",
    "IConstruct",
    "IKeyGroupRef",
    "IPeer",
    "IPlaybackConfigurationRef",
    "IResolvable",
    "IRuleTarget",
    "ISecretRef",
    "ISecurityGroup",
    "IVpc",
}


def interface_of(annotation: str) -> str | None:
    """The interface in an annotation."""
    found = [name for name in re.findall(r"\bI[A-Z]\w+", annotation) if name not in OTHERS]
    return found[0] if found and found[0] not in CLASSES else None


# aws-cdk-lib has ad configurations from 2.274 on.
TAKING_CONSTRUCTS = [
    pytest.param(
        parameter, marks=[pytest.mark.newest] if "AdConfigurationGrants" in str(parameter) else []
    )
    for parameter in parameters()
    if interface_of(parameter.annotation) in FACTORIES
]


@pytest.mark.parametrize("parameter", TAKING_CONSTRUCTS, ids=str)
def test_an_arn_is_told_how_it_becomes_a_construct(parameter: Parameter) -> None:
    """
    Wherever a construct is asked for and an ARN is given, the message has the call to write.
    """
    given = ROLE_ARN if parameter.annotation == "IGrantable" else SOME_ARN
    value: Any = [given] if parameter.annotation.startswith("Sequence[") else given
    with pytest.raises(ArgumentTypeError) as error:
        Workshop().call(parameter, value)
    factory = FACTORIES[str(interface_of(parameter.annotation))]
    assert error.value.message.endswith(f"""; use {factory}(self, "…", '{given}')""")


def test_every_interface_is_known() -> None:
    """
    No parameter takes a construct of which the table does not know how it is had.
    """
    found = {interface_of(parameter.annotation) for parameter in parameters()}
    assert found - {None} == set(FACTORIES)
    assert len(TAKING_CONSTRUCTS) > 100


@pytest.mark.parametrize("factory", FACTORIES.values())
def test_every_factory_is_there(factory: str) -> None:
    """
    What messages say to write can be written.
    """
    import aws_cdk
    from aws_cdk import (  # noqa: F401
        aws_certificatemanager,
        aws_dynamodb,
        aws_events,
        aws_kinesisfirehose,
        aws_kms,
        aws_lambda,
        aws_logs,
        aws_s3,
        aws_secretsmanager,
        aws_sns,
        aws_sqs,
    )

    first, *rest = factory.split(".")
    found: Any = getattr(ivs, first, None) or getattr(aws_cdk, first)
    for name in rest:
        found = getattr(found, name)
    assert callable(found)


class TestTexts:
    @pytest.mark.parametrize(
        ("value", "call"),
        [
            ("live", """from_bucket_name(self, "…", 'live')"""),
            ("arn:aws:s3:::live", """from_bucket_arn(self, "…", 'arn:aws:s3:::live')"""),
            ("b" * 200, """from_bucket_name(self, "…", "…")"""),
            ("sk_us-west-2_a_b", """from_bucket_name(self, "…", "…")"""),
        ],
        ids=["name", "arn", "long", "secret"],
    )
    def test_are_names_or_arns(self, stack: Stack, value: Any, call: str) -> None:
        """
        A bucket is had by its name or its ARN, whichever was given; what is not shown is left out.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.StorageConfiguration(stack, "Storage", bucket=value)
        assert error.value.message.endswith(f"; use aws_s3.Bucket.{call}")

    def test_are_told_of_arns_where_there_are_no_names(self, stack: Stack) -> None:
        """
        A stage is had by its ARN only, so that its name is not repeated as if it did.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.IngestConfiguration(stack, "Ingest", stage="live")  # type: ignore[arg-type] - the mistake
        assert error.value.message == (
            "'stage' must be IStageRef, got 'live' of type 'str'; "
            'use Stage.from_stage_arn(self, "…", "…")'
        )

    def test_that_are_tokens_are_arns_or_names_as_well(self, stack: Stack) -> None:
        """
        A text that is known at deployment is no construct either.
        """
        bucket: Any = Fn.import_value("Bucket")
        with pytest.raises(ArgumentTypeError, match=r"; use aws_s3\.Bucket\.from_bucket_name"):
            ivs.StorageConfiguration(stack, "Storage", bucket=bucket)

    def test_of_other_types_are_told_nothing(self, stack: Stack) -> None:
        """
        A number is no ARN, and a text is no way to a duration.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.StorageConfiguration(stack, "Storage", bucket=5)  # type: ignore[arg-type] - the mistake
        assert error.value.message == "'bucket' must be IBucketRef, got 5 of type 'int'"
        with pytest.raises(ArgumentTypeError) as error:
            ivs.ThumbnailConfiguration.interval(target_interval="60")  # type: ignore[arg-type] - the mistake
        assert error.value.message == "'target_interval' must be Duration, got '60' of type 'str'"


@pytest.mark.parametrize(
    ("value", "call"),
    [
        (3600, "name the unit, as in Duration.seconds(3600)"),
        (1_209_600, "name the unit, as in Duration.seconds(1209600)"),
        (0.5, "name the unit, as in Duration.seconds(0.5)"),
        (timedelta(hours=1), "use Duration.seconds(3600)"),
    ],
)
def test_a_number_for_a_duration_is_told_the_call(value: object, call: str) -> None:
    """
    A number or a timedelta is refused with the duration that it stands for.
    """
    with pytest.raises(ArgumentTypeError) as error:
        ivs.PlaybackRole(maximum_lifetime=value)  # type: ignore[arg-type] - the mistake
    assert error.value.message.endswith(f"; {call}")


@pytest.mark.parametrize(
    "value", [True, Token.as_number({"Ref": "Seconds"}), "60"], ids=["flag", "token", "text"]
)
def test_other_values_for_a_duration_are_told_nothing(value: object) -> None:
    """
    What stands for no number of seconds that is known is refused without a call.
    """
    with pytest.raises(ArgumentTypeError) as error:
        ivs.PlaybackRole(maximum_lifetime=value)  # type: ignore[arg-type] - the mistake
    assert "'maximum_lifetime' must be Duration, got " in error.value.message
    assert ";" not in error.value.message


def test_a_list_of_roles_is_told_the_mapping(stack: Stack) -> None:
    """
    A list where roles by their names are asked for is refused with the form of the mapping.
    """
    with pytest.raises(ArgumentTypeError) as error:
        ivs.ChatTokenFunction(
            stack,
            "It",
            identity=ivs.TokenIdentity.event_field("user_id"),
            roles=[ivs.ChatRole()],  # type: ignore[arg-type] - the mistake
            rooms=[chat.Room(stack, "Room")],
        )
    assert error.value.message.endswith(" of type 'list'; use {\"…\": ChatRole(...)}")


def test_a_list_of_texts_by_text_is_told_nothing() -> None:
    """
    A list where texts by text are asked for is refused without an example.
    """
    with pytest.raises(ArgumentTypeError) as error:
        ivs.ChatRole(attributes=["a"])  # type: ignore[arg-type] - the mistake
    assert error.value.message.endswith("got ['a'] of type 'list'")


def function_in(stack: Stack) -> Function:
    """A function of the CDK."""
    return Function(
        stack,
        "Function",
        code=Code.from_inline("x"),
        handler="index.handler",
        runtime=Runtime.PYTHON_3_13,
    )


class TestOtherValues:
    @pytest.mark.parametrize(
        ("make", "end"),
        [
            (
                lambda stack, bucket: ivs.RecordingConfiguration(
                    stack, "It", bucket=bucket, rendition_configuration={"renditions": ["HD"]}
                ),
                (
                    "; use RenditionConfiguration.all() or RenditionConfiguration.none() or "
                    "RenditionConfiguration.custom(...)"
                ),
            ),
            (
                lambda stack, bucket: ivs.RecordingConfiguration(
                    stack, "It", bucket=bucket, thumbnail_configuration={"storage": ["LATEST"]}
                ),
                "; use ThumbnailConfiguration.disable() or ThumbnailConfiguration.interval(...)",
            ),
            (
                lambda stack, _: chat.Room(stack, "It", message_review_handler={"fn": 1}),
                "; use MessageReviewHandler.from_function(...) or MessageReviewHandler.none()",
            ),
            (
                lambda stack, _: chat.LoggingConfiguration(stack, "It", destination={}),
                (
                    "; use LoggingDestination.cloud_watch_logs(...) or "
                    "LoggingDestination.s3(...) or LoggingDestination.firehose(...)"
                ),
            ),
            (
                lambda stack, _: chat.Room(stack, "It", message_review_handler=function_in(stack)),
                (
                    "got an object of type 'Function'; use "
                    "MessageReviewHandler.from_function(...) or MessageReviewHandler.none()"
                ),
            ),
            (
                lambda stack, bucket: ivs.RecordingConfiguration(
                    stack, "It", bucket=bucket, rendition_configuration=[ivs.Resolution.HD]
                ),
                (
                    "; use RenditionConfiguration.all() or RenditionConfiguration.none() or "
                    "RenditionConfiguration.custom(...)"
                ),
            ),
            (
                lambda stack, _: ivs.ThumbnailConfiguration.interval(target_interval={"s": 1}),
                "'target_interval' must be Duration, got {'s': 1} of type 'dict'",
            ),
        ],
        ids=[
            "renditions",
            "thumbnails",
            "handler",
            "destination",
            "a construct",
            "a list",
            "of the CDK",
        ],
    )
    def test_are_told_what_makes_the_value(self, make: Any, end: str) -> None:
        """
        Where a value has methods that make it, anything else is refused with their names.
        """
        workshop = Workshop()
        bucket = workshop.value("bucket", "IBucketRef")
        with pytest.raises(ArgumentTypeError) as error:
            make(workshop.stack, bucket)
        assert error.value.message.endswith(end)
        assert workshop.stack.node.try_find_child("It") is None


class TestSingleItems:
    @pytest.mark.parametrize(
        ("make", "got"),
        [
            (lambda _: ivs.RenditionConfiguration.custom(ivs.Resolution.HD), "'Resolution'"),
            (
                lambda stack: ivs.IvsDashboard(stack, "It", channels=ivs.Channel(stack, "Channel")),
                "'Channel'",
            ),
            (
                lambda stack: ivs.PlaybackRestrictionPolicy(stack, "It", allowed_countries="AT"),
                "'str'",
            ),
        ],
        ids=["enum", "construct", "text"],
    )
    def test_are_to_be_put_into_a_list(self, stack: Stack, make: Any, got: str) -> None:
        """
        What would be right in a list is refused without one, with what to do.
        """
        with pytest.raises(ArgumentTypeError) as error:
            make(stack)
        assert error.value.message.endswith(f" of type {got}; put it into a list")

    def test_of_another_type_are_not(self, stack: Stack) -> None:
        """
        What would be wrong in a list too is refused as it is.
        """
        value: Any = 5
        with pytest.raises(ArgumentTypeError) as error:
            ivs.PlaybackRestrictionPolicy(stack, "It", allowed_countries=value)
        assert error.value.message.endswith("got 5 of type 'int'")


class TestAlpha:
    """What a port from aws_cdk.aws_ivs_alpha still imports from there."""

    def test_members_are_taken_for_ours(self, stack: Stack) -> None:
        """
        A member of an enum of alpha's is the member of the same name.
        """
        type: Any = alpha.ChannelType.BASIC
        assert ivs.ChannelProps(type=type).type is ivs.ChannelType.BASIC
        renditions: Any = [alpha.Resolution.HD, alpha.Resolution.SD]
        assert ivs.RenditionConfiguration.custom(renditions).renditions == [
            ivs.Resolution.HD,
            ivs.Resolution.SD,
        ]

    @pytest.mark.parametrize(
        "kind",
        [
            "ChannelType",
            "ContainerFormat",
            "LatencyMode",
            "MaximumResolution",
            "Policy",
            "Preset",
            "RecordingMode",
            "RenditionSelection",
            "Resolution",
            "Storage",
        ],
    )
    def test_all_members_have_their_like(self, kind: str) -> None:
        """
        Each member of alpha's enums has the value of ours.
        """
        theirs, ours = getattr(alpha, kind), getattr(ivs, kind)
        assert {member.value for member in theirs} == {member.value for member in ours}

    def test_values_are_taken_for_ours(self, stack: Stack) -> None:
        """
        A value of alpha's is taken for the one that ours makes of the same.
        """
        props: Any = {
            "bucket": Workshop().value("bucket", "IBucketRef"),
            "rendition_configuration": alpha.RenditionConfiguration.custom([alpha.Resolution.HD]),
            "thumbnail_configuration": alpha.ThumbnailConfiguration.interval(
                alpha.Resolution.SD, [alpha.Storage.LATEST]
            ),
        }
        made = ivs.RecordingConfigurationProps(**props)
        assert made.rendition_configuration == ivs.RenditionConfiguration.custom(
            [ivs.Resolution.HD]
        )
        assert made.thumbnail_configuration == ivs.ThumbnailConfiguration.interval(
            ivs.Resolution.SD, [ivs.Storage.LATEST]
        )
        multitrack: Any = alpha.MultitrackInputConfiguration(
            maximum_resolution=alpha.MaximumResolution.HD, policy=alpha.Policy.ALLOW
        )
        channel = ivs.ChannelProps(multitrack_input_configuration=multitrack)
        assert channel.multitrack_input_configuration == ivs.MultitrackInputConfiguration(
            maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
        )

    @pytest.mark.parametrize(
        ("keyword", "value", "got"),
        [
            (
                "type",
                alpha.LatencyMode.LOW,
                "<LatencyMode.LOW: 'LOW'> of type 'aws_cdk.aws_ivs_alpha.LatencyMode'",
            ),
            (
                "multitrack_input_configuration",
                alpha.Policy.ALLOW,
                "<Policy.ALLOW: 'ALLOW'> of type 'aws_cdk.aws_ivs_alpha.Policy'",
            ),
        ],
    )
    def test_others_are_named_with_their_module(self, keyword: str, value: Any, got: str) -> None:
        """
        What is of another kind is refused, and told from ours of the same name.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.ChannelProps(**{keyword: value})
        assert error.value.message.endswith(f", got {got}")

    def test_its_rules_are_ours(self) -> None:
        """
        A value of alpha's that the service refuses is refused as ours is.
        """
        from cdk_ivs import ValidationError

        value: Any = alpha.RenditionConfiguration.custom([])
        with pytest.raises(ValidationError, match="'renditions' must have at least one Resolution"):
            ivs.RecordingConfigurationProps(
                bucket=Workshop().value("bucket", "IBucketRef"), rendition_configuration=value
            )


def test_a_list_is_told_too(stack: Stack) -> None:
    """
    The ARN that stands in a list where constructs are asked for is told the same.
    """
    logging_arn = arn("logging-configuration/AbCdef1G2hij", service="ivschat")
    configurations: Any = [
        chat.LoggingConfiguration.from_logging_configuration_arn(stack, "Logs", logging_arn),
        logging_arn,
    ]
    with pytest.raises(ArgumentTypeError) as error:
        chat.Room(stack, "Room", logging_configurations=configurations)
    assert error.value.message.endswith(
        f"with '{logging_arn}' of type 'str' at index 1; use chat.LoggingConfiguration."
        f"""from_logging_configuration_arn(self, "…", '{logging_arn}')"""
    )


@pytest.mark.parametrize(
    ("call", "keyword", "name"),
    [
        (ivs.ChannelGrants.from_channel, "channel", "IChannelRef"),
        (ivs.ChannelMonitoring.from_channel, "channel", "IChannelRef"),
        (ivs.StageGrants.from_stage, "stage", "IStageRef"),
        (ivs.StageMonitoring.from_stage, "stage", "IStageRef"),
        (chat.RoomGrants.from_room, "room", "IRoomRef"),
    ],
)
def test_a_class_is_no_construct(call: Any, keyword: str, name: str) -> None:
    """
    The class in place of a construct of it is refused, and not the property that it has.
    """
    kind = {"channel": ivs.Channel, "stage": ivs.Stage, "room": chat.Room}[keyword]
    with pytest.raises(
        ArgumentTypeError, match=f"'{keyword}' must be {name}, got the class '{kind.__name__}'"
    ):
        call(kind)
