"""A chat room whose messages are logged to all three types of destinations."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from cdk_ivs import chat


class ChatAuditStack(cdk.Stack):
    """A room, and three logging configurations for its messages."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # To search.
        recent = logs.LogGroup(self, "Recent", retention=logs.RetentionDays.ONE_MONTH)

        # To keep. enforce_ssl creates a bucket policy. The logging configuration adds the
        # statements for the delivery of logs, and is created after the policy.
        archive = s3.Bucket(
            self,
            "Archive",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                    expiration=Duration.days(365),
                )
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

        # To pass on. The logging configuration adds the tag that allows the delivery of logs to
        # the delivery stream.
        stream = _delivery_stream(self, archive)

        room = chat.Room(
            self,
            "Room",
            logging_configurations=[
                chat.LoggingConfiguration(self, name, destination=destination)
                for name, destination in {
                    "ToLogGroup": chat.LoggingDestination.cloud_watch_logs(recent),
                    "ToArchive": chat.LoggingDestination.s3(archive),
                    "ToStream": chat.LoggingDestination.firehose(stream),
                }.items()
            ],
        )

        cdk.CfnOutput(self, "RoomArn", value=room.room_arn)
        cdk.CfnOutput(self, "MessageLogs", value=recent.log_group_name)
        cdk.CfnOutput(self, "MessageArchive", value=archive.bucket_name)


def _delivery_stream(scope: Construct, bucket: s3.Bucket) -> firehose.CfnDeliveryStream:
    """
    A delivery stream into a folder of the bucket.

    It may write there and nowhere else; the role that the CDK's own construct makes could delete
    the archive.
    """
    log_group = logs.LogGroup(
        scope,
        "StreamLogs",
        removal_policy=cdk.RemovalPolicy.DESTROY,
        retention=logs.RetentionDays.ONE_MONTH,
    )
    log_stream = logs.LogStream(
        scope, "StreamErrors", log_group=log_group, removal_policy=cdk.RemovalPolicy.DESTROY
    )
    role = iam.Role(
        scope,
        "StreamRole",
        assumed_by=iam.ServicePrincipal("firehose.amazonaws.com"),
        inline_policies={
            "Deliver": iam.PolicyDocument(
                statements=[
                    iam.PolicyStatement(
                        actions=[
                            "s3:GetBucketLocation",
                            "s3:ListBucket",
                            "s3:ListBucketMultipartUploads",
                        ],
                        resources=[bucket.bucket_arn],
                    ),
                    iam.PolicyStatement(
                        actions=["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
                        resources=[bucket.arn_for_objects("stream/*")],
                    ),
                    iam.PolicyStatement(
                        actions=["logs:PutLogEvents"], resources=[log_group.log_group_arn]
                    ),
                ]
            )
        },
    )
    destination = firehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty(
        bucket_arn=bucket.bucket_arn,
        buffering_hints=firehose.CfnDeliveryStream.BufferingHintsProperty(
            interval_in_seconds=60, size_in_m_bs=5
        ),
        cloud_watch_logging_options=firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty(
            enabled=True,
            log_group_name=log_group.log_group_name,
            log_stream_name=log_stream.log_stream_name,
        ),
        compression_format="GZIP",
        error_output_prefix="stream/errors/",
        prefix="stream/messages/",
        role_arn=role.role_arn,
    )
    return firehose.CfnDeliveryStream(
        scope,
        "Stream",
        delivery_stream_encryption_configuration_input=(
            firehose.CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty(
                key_type="AWS_OWNED_CMK"
            )
        ),
        delivery_stream_type="DirectPut",
        extended_s3_destination_configuration=destination,
    )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return ChatAuditStack(app, "ChatAudit")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
