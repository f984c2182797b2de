"""Parts: constructs of other services that those of IVS take, and L1s beside ours."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.generated.plans import Attribute, Call, Name

from .common import construct, pick

_ATTRIBUTES = (
    ("channel", "channel_arn"),
    ("own channel", "channel_playback_url"),
    ("own channel", "channel_ingest_endpoint"),
    ("stream key", "stream_key_arn"),
    ("stage", "stage_arn"),
    ("room", "room_arn"),
    ("policy", "playback_restriction_policy_arn"),
    ("slate", "failover_slate_configuration_arn"),
    ("key pair", "playback_key_pair_arn"),
    ("encoder", "encoder_configuration_arn"),
)
_OUTPUTS = st.sampled_from(_ATTRIBUTES).flatmap(
    lambda each: construct(
        "aws_cdk.CfnOutput",
        value_=pick(each[0]).map(lambda made: Attribute(made, each[1])),
        description=st.just("an attribute"),
    )
)
SERVICES = {
    "bucket": construct(
        "aws_cdk.aws_s3.Bucket",
        ("bucket",),
        encryption=st.just(Name("aws_cdk.aws_s3.BucketEncryption.S3_MANAGED")),
        enforce_ssl=st.booleans(),
        versioned=st.booleans(),
    ),
    "queue": construct(
        "aws_cdk.aws_sqs.Queue",
        ("queue",),
        encryption=st.just(Name("aws_cdk.aws_sqs.QueueEncryption.SQS_MANAGED")),
    ),
    "FIFO queue": construct("aws_cdk.aws_sqs.Queue", ("FIFO queue",), fifo_=st.just(True)),
    "topic": construct("aws_cdk.aws_sns.Topic", ("topic",), enforce_ssl=st.booleans()),
    "log group": construct(
        "aws_cdk.aws_logs.LogGroup",
        ("log group",),
        retention=st.just(Name("aws_cdk.aws_logs.RetentionDays.ONE_WEEK")),
    ),
    "function": construct(
        "aws_cdk.aws_lambda.Function",
        ("function",),
        runtime_=st.just(Name("aws_cdk.aws_lambda.Runtime.PYTHON_3_13")),
        handler_=st.just("index.handler"),
        code_=st.just(
            Call("aws_cdk.aws_lambda.Code.from_inline", ("def handler(event, context): pass",))
        ),
    ),
    "firehose": construct(
        "aws_cdk.aws_kinesisfirehose.CfnDeliveryStream",
        ("firehose",),
        delivery_stream_type_=st.just("DirectPut"),
        s3_destination_configuration_=st.just(
            Call(
                "aws_cdk.aws_kinesisfirehose.CfnDeliveryStream.S3DestinationConfigurationProperty",
                (),
                {
                    "bucket_arn": "arn:aws:s3:::logs",
                    "role_arn": "arn:aws:iam::123456789012:role/firehose",
                },
            )
        ),
        tags_=st.just(
            (Call("aws_cdk.CfnTag", (), {"key": "LogDeliveryEnabled", "value": "true"}),)
        ),
    ),
    "tailor": construct(
        "aws_cdk.aws_mediatailor.CfnPlaybackConfiguration",
        ("tailor",),
        name_=st.just("ads"),
        ad_decision_server_url_=st.just("https://ads.example.com"),
        video_content_source_url_=st.just("https://video.example.com"),
    ),
    "vpc": construct(
        "aws_cdk.aws_ec2.Vpc",
        ("vpc",),
        max_azs_=st.just(2),
        nat_gateways_=st.just(0),
        restrict_default_security_group_=st.just(False),
    ),
    "secret": construct("aws_cdk.aws_secretsmanager.Secret", ("secret for a webhook",)),
    "table": construct(
        "aws_cdk.aws_dynamodb.Table",
        ("table",),
        partition_key_=st.just(
            Call(
                "aws_cdk.aws_dynamodb.Attribute",
                (),
                {
                    "name": "recording_id",
                    "type": Name("aws_cdk.aws_dynamodb.AttributeType.STRING"),
                },
            )
        ),
        stream_=st.just(Name("aws_cdk.aws_dynamodb.StreamViewType.NEW_AND_OLD_IMAGES")),
    ),
    "L1 channel": construct(
        "aws_cdk.aws_ivs.CfnChannel", ("channel ref",), name=st.just("by-hand")
    ),
    "L1 stage": construct("aws_cdk.aws_ivs.CfnStage", ("stage ref",)),
    "L1 room": construct("aws_cdk.aws_ivschat.CfnRoom", ("room ref",)),
    "L1 stream key": construct(
        "aws_cdk.aws_ivs.CfnStreamKey",
        channel_arn_=pick("channel", once="stream key").map(
            lambda channel: Attribute(channel, "channel_arn")
        ),
    ),
    "alpha channel": construct("aws_cdk.aws_ivs_alpha.Channel", ("channel ref",)),
    "alpha recording": construct(
        "aws_cdk.aws_ivs_alpha.RecordingConfiguration", ("recording",), bucket_=pick("bucket")
    ),
    "output": _OUTPUTS,
}
"""By a name, strategies of parts."""
