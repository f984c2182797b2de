"""A channel that plays only in some countries, and on one website."""

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs


class GeoRestrictedChannelStack(cdk.Stack):
    """A public channel, and the policy that restricts where it plays."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        policy = ivs.PlaybackRestrictionPolicy(
            self,
            "Policy",
            allowed_countries=["AT", "CH", "DE"],
            allowed_origins=["https://example.com", "https://*.example.com"],
            enable_strict_origin_enforcement=True,
        )
        channel = ivs.Channel(self, "Channel", playback_restriction_policy=policy)
        stream_key = channel.add_stream_key("StreamKey")

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return GeoRestrictedChannelStack(app, "GeoRestrictedChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
