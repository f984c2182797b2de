"""A stage to which an encoder publishes over RTMPS."""

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs


class RtmpIngestStageStack(cdk.Stack):
    """A stage, and an encoder that is one of its participants."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        stage = ivs.Stage(self, "Stage")
        encoder = stage.add_ingest_configuration("Encoder", user_id="studio-camera")

        # CloudFormation copies the value at deployment. The template contains a reference; an
        # output would show the value to all principals that can read the stack.
        secret = encoder.stream_key_secret("StreamKey")

        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "RtmpsUrl", value=stage.endpoints.rtmps)
        cdk.CfnOutput(self, "ParticipantId", value=encoder.participant_id)
        cdk.CfnOutput(self, "StreamKeySecretArn", value=secret.secret_arn)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return RtmpIngestStageStack(app, "RtmpIngestStage")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
