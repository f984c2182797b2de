"""
Draw the resources of patterns, as pictures for the docs.

    python scripts/pattern_pictures.py
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Template

sys.path.insert(0, str(Path(__file__).parent))

from diagrams import HASH, needs

import cdk_ivs as ivs
from cdk_ivs import patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
_COLUMN, _ROW = 250, 62
_WIDTH, _HEIGHT = 200, 44
_ARROW = (
    '<defs><marker id="arrow" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
    '<polygon points="0 0, 9 4, 0 8" fill="#545b64"/></marker></defs>'
)
_STYLE = (
    "text{font:13px sans-serif;text-anchor:middle;fill:#16191f}"
    ".kind{font-size:11px;fill:#545b64}"
    "rect.box{fill:#f2f8fd;stroke:#0972d3}"
    "path{fill:none;stroke:#545b64}"
)


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
        drawn[f"{name}.svg"] = svg(Template.from_stack(stack).to_json())
    return drawn


def svg(template: Mapping[str, Any]) -> str:
    """The resources of a template as boxes, and an arrow from each to those that it needs."""
    resources = {
        name: resource
        for name, resource in template["Resources"].items()
        if resource["Type"] != "AWS::CDK::Metadata"
    }
    arrows = {name: sorted(set(needs(of)) & set(resources)) for name, of in resources.items()}
    columns: dict[int, list[str]] = {}
    for name in sorted(resources):
        columns.setdefault(_distance(name, arrows), []).append(name)
    corners = {
        name: (10 + column * _COLUMN, 10 + row * _ROW)
        for column, names in columns.items()
        for row, name in enumerate(names)
    }
    width = 20 + max(columns) * _COLUMN + _WIDTH
    height = 20 + (max(map(len, columns.values())) - 1) * _ROW + _HEIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">',
        f"<style>{_STYLE}</style>",
        _ARROW,
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for name, needed in arrows.items():
        left, top = corners[name]
        for other in needed:
            right, target = corners[other]
            start, end = (left + _WIDTH, top + _HEIGHT // 2), (right, target + _HEIGHT // 2)
            lines.append(
                f'<path marker-end="url(#arrow)" d="M{start[0]} {start[1]} '
                f'C{start[0] + 30} {start[1]} {end[0] - 30} {end[1]} {end[0]} {end[1]}"/>'
            )
    for name, (left, top) in corners.items():
        middle = left + _WIDTH // 2
        kind = resources[name]["Type"].partition("::")[2]
        lines += [
            f'<rect class="box" x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"/>',
            f'<text x="{middle}" y="{top + 19}">{escape(_short(name))}</text>',
            f'<text class="kind" x="{middle}" y="{top + 35}">{escape(kind)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _short(name: str) -> str:
    """A logical id without the hash, and no longer than a box."""
    text, most = HASH.sub("", name), 27
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _distance(name: str, arrows: dict[str, list[str]]) -> int:
    """How many arrows lead to a resource, on the longest way."""
    before = [other for other, needed in arrows.items() if name in needed]
    return 1 + max((_distance(other, arrows) for other in before), default=-1)


def main() -> None:
    """Draw all pictures."""
    for name, picture in pictures().items():
        (IMAGES / name).write_text(picture, encoding="utf-8")
        print(f"docs/images/{name} is drawn")


if __name__ == "__main__":
    main()
