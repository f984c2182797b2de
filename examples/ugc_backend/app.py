"""An application that creates channels, stages and rooms at run time."""

import json
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

import cdk_ivs as ivs

HANDLER = Path(__file__).with_name("handler.py")
TAGS = {"application": "ugc-backend"}


class UgcBackendStack(cdk.Stack):
    """A function that can create and delete only resources with its tag."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)

        # New projects have this setting: statements that differ only in resources become one.
        self.node.set_context("@aws-cdk/aws-iam:minimizePolicies", value=True)

        log_group = logs.LogGroup(self, "Logs", retention=logs.RetentionDays.ONE_MONTH)
        # A separate role: the one that a function creates can write to every log group.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(role)
        function = lambda_.Function(
            self,
            "Shows",
            code=lambda_.Code.from_inline(HANDLER.read_text()),
            environment={"TAGS": json.dumps(TAGS)},
            handler="index.handle",
            log_group=log_group,
            role=role,
            runtime=lambda_.Runtime.PYTHON_3_14,
            timeout=Duration.seconds(30),
        )

        tagged = ivs.TaggedGrants(self, tags=TAGS)
        tagged.create_channel(function)
        # The first key of a channel has no tags. The function can therefore delete every stream
        # key without a tag "application" in the Region, including those of other applications.
        tagged.reset_stream_key(function)
        tagged.stop_stream(function)
        tagged.delete_channel(function)
        tagged.create_stage(function)
        tagged.delete_stage(function)
        tagged.create_room(function)
        tagged.delete_room(function)

        cdk.CfnOutput(self, "FunctionName", value=function.function_name)


def build(app: cdk.App) -> cdk.Stack:
    """The application, ready to be synthesized."""
    return UgcBackendStack(app, "UgcBackend")


if __name__ == "__main__":
    app = cdk.App()
    build(app)
    app.synth()
