"""A stage that is streamed to a channel, and recorded, while a participant publishes."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import patterns


class StageBroadcastStack(cdk.Stack):
    """A stage with a few speakers, and a channel for the audience."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

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
                )
            ],
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        storage = ivs.StorageConfiguration(self, "Storage", bucket=bucket)
        encoder = ivs.EncoderConfiguration(
            self, "Encoder", bitrate=4_500_000, framerate=30, height=1080, width=1920
        )
        stage = ivs.Stage(self, "Stage")
        # No stream key: the composition needs none, and no encoder can stream to the channel.
        channel = ivs.Channel(self, "Channel")

        broadcast = patterns.StageBroadcast(
            self,
            "Broadcast",
            stage=stage,
            channel=channel,
            encoder_configuration=encoder,
            layout=patterns.CompositionLayout.grid(
                featured_participant_attribute="host",
                video_fill_mode=patterns.VideoFillMode.COVER,
            ),
            storage_configuration=storage,
        )
        failures = sns.Topic(self, "Failures", enforce_ssl=True)
        broadcast.on_failure("Failed", target=targets.SnsTopic(failures))

        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "RecordingBucket", value=bucket.bucket_name)
        cdk.CfnOutput(self, "StateMachineArn", value=broadcast.state_machine.state_machine_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return StageBroadcastStack(app, "StageBroadcast")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
