"""A channel that plays only for viewers with a signed token."""

from pathlib import Path

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs

PUBLIC_KEY = Path(__file__).with_name("public-key.pem")


class PrivateChannelStack(cdk.Stack):
    """An authorized channel, and the public key that verifies its viewers' tokens."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # Nothing ties the key pair to the channel: every authorized channel of the account and
        # Region accepts tokens that any of its key pairs verifies.
        ivs.PlaybackKeyPair(self, "KeyPair", public_key_material=PUBLIC_KEY.read_text())
        channel = ivs.Channel(self, "Channel", authorized=True)
        stream_key = channel.add_stream_key("StreamKey")

        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return PrivateChannelStack(app, "PrivateChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
