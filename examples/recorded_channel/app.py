"""A channel whose streams are recorded to S3."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs


class RecordedChannelStack(cdk.Stack):
    """A channel, a recording configuration, and a bucket that outlives both."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # Encryption with keys of S3: AWS does not say whether IVS can use a KMS key.
        bucket = s3.Bucket(
            self,
            "Recordings",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                    expiration=Duration.days(365),
                    transitions=[
                        s3.Transition(
                            storage_class=s3.StorageClass.INTELLIGENT_TIERING,
                            transition_after=Duration.days(0),
                        )
                    ],
                )
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

        recording = ivs.RecordingConfiguration(
            self,
            "Recording",
            bucket=bucket,
            recording_reconnect_window=Duration.seconds(60),
            rendition_configuration=ivs.RenditionConfiguration.custom(
                [ivs.Resolution.FULL_HD, ivs.Resolution.SD]
            ),
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
                ivs.Resolution.HD,
                [ivs.Storage.SEQUENTIAL, ivs.Storage.LATEST],
                Duration.seconds(30),
            ),
        )

        channel = ivs.Channel(self, "Channel", recording_configuration=recording)
        stream_key = channel.add_stream_key("StreamKey")

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "RecordingBucket", value=bucket.bucket_name)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return RecordedChannelStack(app, "RecordedChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
