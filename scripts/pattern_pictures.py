"""
Draw what flows through the resources of patterns, as pictures for the docs.

    python scripts/pattern_pictures.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Template

sys.path.insert(0, str(Path(__file__).parent))

from drawings.flow import Flow
from drawings.svg import draw

import cdk_ivs as ivs
from cdk_ivs import patterns

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def _broadcast(stack: cdk.Stack) -> None:
    stage, channel = ivs.Stage(stack, "Stage"), ivs.Channel(stack, "Channel")
    patterns.StageBroadcast(stack, "Broadcast", channel=channel, stage=stage)


def _delivery(stack: cdk.Stack) -> None:
    delivery = patterns.RecordingDelivery(stack, "Delivery")
    ivs.RecordingConfiguration(stack, "Recording", bucket=delivery.bucket)


def _guard(stack: cdk.Stack) -> None:
    patterns.IdleGuard(
        stack,
        "Guard",
        channels=[ivs.Channel(stack, "Channel")],
        no_viewers_for=cdk.Duration.minutes(30),
    )


def _index(stack: cdk.Stack) -> None:
    index = patterns.RecordingIndex(stack, "Index", channels=[ivs.Channel(stack, "Channel")])
    index.on_ready("Ready")


def _webhook(stack: cdk.Stack) -> None:
    patterns.EventWebhook(
        stack,
        "Webhook",
        channels=[ivs.Channel(stack, "Channel")],
        events=[ivs.StreamStateEvent.STREAM_START, ivs.RecordingStatus.RECORDING_END],
        secret=secretsmanager.Secret(stack, "Secret"),
        url="https://example.com/ivs",
    )


def _rotation(stack: cdk.Stack) -> None:
    patterns.StreamKeyRotation(stack, "StreamKey", channel=ivs.Channel(stack, "Channel"))


def _ingest(stack: cdk.Stack) -> None:
    vpc = ec2.Vpc.from_vpc_attributes(
        stack,
        "Vpc",
        availability_zones=["us-west-2a"],
        private_subnet_ids=["subnet-0123456789abcdef0"],
        vpc_cidr_block="10.0.0.0/16",
        vpc_id="vpc-0123456789abcdef0",
    )
    patterns.PrivateIngest(stack, "Ingest", vpc=vpc)


BUILT: dict[str, Callable[[cdk.Stack], None]] = {
    "event-webhook": _webhook,
    "idle-guard": _guard,
    "private-ingest": _ingest,
    "recording-delivery": _delivery,
    "recording-index": _index,
    "stage-broadcast": _broadcast,
    "stream-key-rotation": _rotation,
}


def pictures() -> dict[str, str]:
    """The pictures, by the name of the file."""
    drawn = {}
    for name, build in BUILT.items():
        app = cdk.App(analytics_reporting=False)
        stack = cdk.Stack(app, "Stack")
        build(stack)
        flow = Flow(Template.from_stack(stack).to_json())
        drawn[f"{name}.svg"] = draw(flow.boxes, flow.arrows, f"What flows through {name}")
    return drawn


def main() -> None:
    """Draw all pictures."""
    for name, picture in pictures().items():
        (IMAGES / name).write_text(picture, encoding="utf-8")
        print(f"docs/images/{name} is drawn")


if __name__ == "__main__":
    main()
