"""A channel with alarms that are sent by email, and a dashboard."""

import aws_cdk as cdk
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

import cdk_ivs as ivs


class MonitoredChannelStack(cdk.Stack):
    """A channel, alarms on it and on quotas of the account, and a dashboard."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(self, "Channel")
        stream_key = channel.add_stream_key("StreamKey")

        # The alarms add CloudWatch and EventBridge to the policy that enforce_ssl creates.
        topic = sns.Topic(self, "Alarms", enforce_ssl=True)
        email = cdk.CfnParameter(
            self,
            "Email",
            allowed_pattern=r"[^\s@]+@[^\s@]+\.[^\s@]+",
            description="Where alarms are sent",
        )
        topic.add_subscription(subscriptions.EmailSubscription(email.value_as_string))

        # The channel is not recorded, so no recording can fail.
        ivs.ChannelAlarms(
            self,
            "ChannelAlarms",
            channel=channel,
            concurrent_views_threshold=5_000,
            exclude=[ivs.ChannelAlarm.RECORDING_FAILURE],
            topic=topic,
        )
        ivs.QuotaAlarms(self, "QuotaAlarms", topic=topic)
        board = ivs.IvsDashboard(self, "Dashboard", channels=[channel])

        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "PlaybackUrl", value=channel.channel_playback_url)
        cdk.CfnOutput(self, "StreamKeyArn", value=stream_key.stream_key_arn)
        cdk.CfnOutput(self, "DashboardName", value=board.dashboard.dashboard_name)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return MonitoredChannelStack(app, "MonitoredChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
