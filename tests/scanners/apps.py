"""What the scanners look at: the examples, and an app with all that no example has."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_secretsmanager as secretsmanager

import cdk_ivs as ivs
from cdk_ivs import patterns
from tests.examples.apps import EXAMPLES, NAMES, as_dict, looked_up

if TYPE_CHECKING:
    from pathlib import Path

# The app beside the examples, by the name under which its findings are listed.
THE_REST = "constructs without an example"
APPS = [*NAMES, THE_REST]


def build(name: str, directory: Path) -> tuple[cdk.App, cdk.Stack]:
    """Build an app, with the context that the CLI gives to an example."""
    if name == THE_REST:
        app = cdk.App(outdir=str(directory), analytics_reporting=False)
        return app, build_the_rest(app)
    return build_example(EXAMPLES / name, directory)


def build_example(folder: Path, directory: Path) -> tuple[cdk.App, cdk.Stack]:
    """Build the app in a folder."""
    app = cdk.App(
        outdir=str(directory),
        analytics_reporting=False,
        context=as_dict((folder / "cdk.json").read_text())["context"] | looked_up(folder),
    )
    return app, runpy.run_path(str(folder / "app.py"))["build"](app)


def build_the_rest(app: cdk.App, environment: cdk.Environment | None = None) -> cdk.Stack:
    """A stack with every construct that no example creates, with as few settings as it takes."""
    stack = cdk.Stack(app, "Rest", env=environment)
    channel = ivs.Channel(stack, "Channel")
    stage = ivs.Stage(stack, "Stage")
    slate = ivs.FailoverSlateConfiguration(stack, "Slate")
    ivs.Channel(stack, "ChannelWithSlate", failover_slate_configuration=slate)
    ivs.StreamKey(stack, "StreamKey", channel=channel)
    ivs.IngestConfiguration(stack, "Ingest", stage=stage).stream_key_secret("Secret")
    ivs.StageAlarms(stack, "StageAlarms", stage=stage)
    ivs.TokenLayer(stack, "Layer")
    patterns.EventWebhook(
        stack,
        "Webhook",
        channels=[channel],
        secret=secretsmanager.Secret.from_secret_name_v2(stack, "WebhookSecret", "webhook"),
        url="https://example.com/ivs",
    )
    patterns.PrivateIngest(
        stack,
        "PrivateIngest",
        vpc=ec2.Vpc.from_vpc_attributes(
            stack,
            "Vpc",
            availability_zones=["us-west-2a"],
            private_subnet_ids=["subnet-0123456789abcdef0"],
            vpc_cidr_block="10.0.0.0/16",
            vpc_id="vpc-0123456789abcdef0",
        ),
    )
    return stack
