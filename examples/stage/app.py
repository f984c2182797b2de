"""A stage, and the public key for tokens that a backend signs."""

from pathlib import Path

import aws_cdk as cdk
from constructs import Construct

import cdk_ivs as ivs

PUBLIC_KEY = Path(__file__).with_name("public-key.pem")


class StageStack(cdk.Stack):
    """A stage, the public key that verifies tokens, and the endpoints for tokens."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        stage = ivs.Stage(self, "Stage")

        # The key does not belong to the stage: it verifies tokens for every stage of the account
        # and Region.
        public_key = ivs.PublicKey(self, "PublicKey", public_key_material=PUBLIC_KEY.read_text())

        cdk.CfnOutput(self, "StageArn", value=stage.stage_arn)
        cdk.CfnOutput(self, "PublicKeyArn", value=public_key.public_key_arn)
        cdk.CfnOutput(self, "EventsUrl", value=stage.endpoints.events)
        cdk.CfnOutput(self, "WhipUrl", value=stage.endpoints.whip)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return StageStack(app, "Stage")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
