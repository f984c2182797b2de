"""The URLs of an existing channel, which is looked up by its ARN."""

import aws_cdk as cdk
from aws_cdk import aws_ssm as ssm
from constructs import Construct

import cdk_ivs as ivs

CHANNEL_ARN = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"


class LookupChannelStack(cdk.Stack):
    """The URLs of the channel as parameters, for applications that do not know its stack."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id, env=cdk.Environment(account="123456789012", region="us-west-2"))

        channel = ivs.Channel.from_lookup(self, "Channel", channel_arn=CHANNEL_ARN)

        ssm.StringParameter(
            self,
            "IngestUrl",
            parameter_name="/live/ingest-url",
            string_value=channel.rtmps_ingest_url,
        )
        ssm.StringParameter(
            self,
            "PlaybackUrl",
            parameter_name="/live/playback-url",
            string_value=channel.channel_playback_url,
        )


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return LookupChannelStack(app, "LookupChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
