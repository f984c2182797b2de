"""A channel with its stream key in Secrets Manager, and its URLs as outputs."""

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs


class BasicChannelStack(cdk.Stack):
    """A public channel to which an encoder streams over RTMPS."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(self, "Channel")
        stream_key = channel.add_stream_key("StreamKey")

        # CloudFormation copies the value at deployment. The template contains a reference; an
        # output would show the value to all principals that can read the stack.
        secret = stream_key.to_secret("Secret")

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeySecretArn", value=secret.secret_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return BasicChannelStack(app, "BasicChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
