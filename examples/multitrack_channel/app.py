"""A channel to which the encoder sends every rendition itself."""

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs


class MultitrackChannelStack(cdk.Stack):
    """A channel that accepts multitrack video, and also a single track."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(
            self,
            "Channel",
            multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                maximum_resolution=ivs.MaximumResolution.FULL_HD,
                policy=ivs.Policy.ALLOW,
            ),
        )
        stream_key = channel.add_stream_key("StreamKey")

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return MultitrackChannelStack(app, "MultitrackChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
