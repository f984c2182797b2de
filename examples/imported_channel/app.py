"""A stack that uses an existing channel and recording configuration."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

import cdk_ivs as ivs

CHANNEL_ARN = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
RECORDING_ARN = "arn:aws:ivs:us-west-2:123456789012:recording-configuration/KlMnop3Q4rst"


class ImportedChannelStack(cdk.Stack):
    """A stream key for the channel, a second channel, and a policy for operators."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # New projects have this setting: statements that differ only in resources become one.
        self.node.set_context("@aws-cdk/aws-iam:minimizePolicies", value=True)

        channel = ivs.Channel.from_channel_arn(self, "Channel", CHANNEL_ARN)
        stream_key = channel.add_stream_key("StreamKey")

        recording = ivs.RecordingConfiguration.from_arn(self, "Recording", RECORDING_ARN)
        rehearsal = ivs.Channel(self, "Rehearsal", recording_configuration=recording)
        rehearsal_key = rehearsal.add_stream_key("StreamKey")

        operators = iam.ManagedPolicy(
            self,
            "Operators",
            description="Stream to the channels, send timed metadata, end streams",
        )
        for streamed in (channel, rehearsal):
            streamed.grants.actions(operators, "GetStream")
            streamed.grants.put_metadata(operators)
            streamed.grants.stop_stream(operators)
        for key in (stream_key, rehearsal_key):
            key.grants.actions(operators, "GetStreamKey")


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return ImportedChannelStack(app, "ImportedChannel")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
