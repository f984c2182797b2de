"""Recordings of a channel and a stage, which viewers watch over CloudFront."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import patterns

# Where player.html is served.
PLAYER = "https://www.example.com"


class WatchRecordingsStack(cdk.Stack):
    """A channel and a stage that are recorded, and a distribution that serves the recordings."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        logs = s3.Bucket(
            self,
            "AccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
            # CloudFront writes access logs with an ACL.
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
        )

        delivery = patterns.RecordingDelivery(
            self,
            "Delivery",
            access_log_bucket=logs,
            allowed_origins=[PLAYER],
            expiration=Duration.days(365),
            transitions=[
                s3.Transition(
                    storage_class=s3.StorageClass.INFREQUENT_ACCESS,
                    transition_after=Duration.days(30),
                )
            ],
        )
        cdk.Annotations.of(delivery).acknowledge_warning(
            "cdk-ivs:DeliveryTls", "the example has no domain name of its own"
        )

        recording = ivs.RecordingConfiguration(
            self,
            "Recording",
            bucket=delivery.bucket,
            recording_reconnect_window=Duration.seconds(60),
        )
        channel = ivs.Channel(self, "Channel", recording_configuration=recording)
        stream_key = channel.add_stream_key("StreamKey")

        storage = ivs.StorageConfiguration(self, "Storage", bucket=delivery.bucket)
        stage = ivs.Stage(
            self,
            "Stage",
            participant_recording=ivs.ParticipantRecording(storage_configuration=storage),
        )

        cdk.CfnOutput(self, "RecordingsUrl", value=delivery.base_url)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return WatchRecordingsStack(app, "WatchRecordings")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
