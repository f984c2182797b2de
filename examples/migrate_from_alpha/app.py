"""An application written for aws_cdk.aws_ivs_alpha, with its one import line changed."""

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

import cdk_ivs as ivs


class MigrateFromAlphaStack(cdk.Stack):
    """A recorded channel with its stream key."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        bucket = s3.Bucket(
            self,
            "Recordings",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
        )
        recording = ivs.RecordingConfiguration(
            self,
            "Recording",
            bucket=bucket,
            rendition_configuration=ivs.RenditionConfiguration.all(),
            thumbnail_configuration=ivs.ThumbnailConfiguration.interval(
                resolution=ivs.Resolution.HD, target_interval=cdk.Duration.seconds(30)
            ),
        )
        channel = ivs.Channel(
            self,
            "Channel",
            type=ivs.ChannelType.ADVANCED_HD,
            preset=ivs.Preset.CONSTRAINED_BANDWIDTH_DELIVERY,
            latency_mode=ivs.LatencyMode.NORMAL,
            recording_configuration=recording,
        )
        channel.add_stream_key("StreamKey")

        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return MigrateFromAlphaStack(app, "MigrateFromAlpha")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
