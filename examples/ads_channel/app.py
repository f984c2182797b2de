"""A channel with ads."""

import aws_cdk as cdk
from aws_cdk import aws_mediatailor as mediatailor
from constructs import Construct

import cdk_ivs as ivs

# The server that returns the ads to show, in the VAST format.
AD_DECISION_SERVER_URL = "https://ads.example.com/vast"


class AdsChannelStack(cdk.Stack):
    """A channel, a MediaTailor configuration, and the ad configuration that connects them."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(self, "Channel")
        stream_key = channel.add_stream_key("StreamKey")

        # MediaTailor needs the playback URL up to "live-video.net/".
        source = cdk.Fn.select(0, cdk.Fn.split("api/video/", channel.channel_playback_url))
        playback_configuration = mediatailor.CfnPlaybackConfiguration(
            self,
            "PlaybackConfiguration",
            name="ads-channel",
            ad_decision_server_url=AD_DECISION_SERVER_URL,
            insertion_mode="PLAYER_SELECT",
            video_content_source_url=source,
        )
        ads = ivs.AdConfiguration(
            self,
            "Ads",
            playback_configurations=[playback_configuration],
            post_roll=cdk.Duration.seconds(30),
        )
        # Not as an argument of the channel, because MediaTailor needs the URL of the channel first.
        channel.attach_ad_configuration(ads)

        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return AdsChannelStack(app, "AdsChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
