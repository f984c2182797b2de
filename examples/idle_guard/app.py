"""Idle streams that are stopped, idle stages that are deleted, and a key that is replaced."""

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_sns as sns
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import patterns


class IdleGuardStack(cdk.Stack):
    """A guard for a channel, and for stages that an application creates."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        channel = ivs.Channel(self, "Channel")
        key = patterns.StreamKeyRotation(
            self, "StreamKey", channel=channel, rotate_every=Duration.days(30)
        )

        topic = sns.Topic(self, "Reports", enforce_ssl=True)
        guard = patterns.IdleGuard(
            self,
            "Guard",
            channels=[channel],
            no_viewers_for=Duration.minutes(30),
            starving_for=Duration.minutes(15),
            # The stages that the application creates have this tag.
            delete_stages=True,
            stage_tags={"created-by": "my-application"},
            stages_idle_for=Duration.days(7),
            topic=topic,
        )
        guard.on_failure("Failed", target=targets.SnsTopic(topic))

        cdk.CfnOutput(self, "ChannelArn", value=channel.channel_arn)
        cdk.CfnOutput(self, "IngestUrl", value=channel.rtmps_ingest_url)
        cdk.CfnOutput(self, "StreamKeySecretArn", value=key.secret.secret_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return IdleGuardStack(app, "IdleGuard")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
