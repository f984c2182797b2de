"""Puts what a call returned into a template, where a template can have it."""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Token
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from cdk_ivs._core.props import Props
from tests.support.reflection import CLASSES

from .site import Site


def render(site: Site, returned: Any) -> None:
    """Create what uses the value."""
    kind = type(returned)
    for name, use in _USES.items():
        if kind.__name__ == name:
            use(site, returned)
            return
    if isinstance(returned, str):
        CfnOutput(site.stack, site.id(), value=returned)
    elif isinstance(returned, Props) and kind.__name__.endswith("Props"):
        (construct,) = (
            each for name, each in CLASSES.items()
            if name.rpartition(".")[2] == kind.__name__.removesuffix("Props")
        )  # fmt: skip
        fields = {name: getattr(returned, name) for name in kind.__dataclass_fields__}  # type: ignore[attr-defined] - of a dataclass
        construct(site.stack, site.id(), **fields)
    elif isinstance(returned, Construct):
        _render_reference(site, returned)


def _render_reference(site: Site, construct: Any) -> None:
    """The ARN of a construct that is only referred to."""
    given = getattr(construct, "_given_arn", None)
    if given is not None and not Token.is_unresolved(given):
        CfnOutput(site.stack, site.id(), value=given)


def _graph(site: Site, metric: cloudwatch.Metric) -> None:
    # Unlike an alarm, a graph can show a metric of another Region.
    widget = cloudwatch.GraphWidget(left=[metric])
    cloudwatch.Dashboard(site.stack, site.id(), widgets=[[widget]])


def _recording(site: Site, **arguments: Any) -> None:
    bucket = site._made("IBucketRef")
    ivs.RecordingConfiguration(site.stack, site.id(), bucket=bucket, **arguments)


def _stage(site: Site, recording: Any) -> None:
    ivs.Stage(site.stack, site.id(), participant_recording=recording)


def _participant_thumbnails(site: Site, thumbnails: Any) -> None:
    _stage(
        site,
        ivs.ParticipantRecording(
            storage_configuration=site.imported("storage_configuration"), thumbnails=thumbnails
        ),
    )


def _chat_function(site: Site, **arguments: Any) -> None:
    given = {"identity": ivs.TokenIdentity.iam(), "roles": {"reader": ivs.ChatRole()}, **arguments}
    ivs.ChatTokenFunction(site.stack, site.id(), rooms=[site.imported("room")], **given)


def _participant_function(site: Site, role: Any) -> None:
    ivs.ParticipantTokenFunction(
        site.stack,
        site.id(),
        identity=ivs.TokenIdentity.iam(),
        public_key=site.imported("public_key"),
        roles={"host": role},
        signing_key=site._made("IKeyRef"),
        stages=[site.imported("stage")],
    )


def _playback_function(site: Site, role: Any) -> None:
    ivs.PlaybackTokenFunction(
        site.stack,
        site.id(),
        channels=[site.imported("channel")],
        identity=ivs.TokenIdentity.iam(),
        roles={"viewer": role},
        signing_key=site._made("IKeyRef"),
    )


_USES: dict[str, Any] = {
    "ChatRole": lambda site, role: _chat_function(site, roles={"reader": role}),
    "CompositionLayout": lambda site, layout: patterns.StageBroadcast(
        site.stack,
        site.id(),
        stage=site.imported("stage"),
        channel=site.imported("channel"),
        layout=layout,
    ),
    "LoggingDestination": lambda site, destination: chat.LoggingConfiguration(
        site.stack, site.id(), destination=destination
    ),
    "MessageReviewHandler": lambda site, handler: chat.Room(
        site.stack, site.id(), message_review_handler=handler
    ),
    "Metric": _graph,
    "MultitrackInputConfiguration": lambda site, multitrack: ivs.Channel(
        site.stack, site.id(), multitrack_input_configuration=multitrack
    ),
    "ParticipantRecording": _stage,
    "ParticipantRole": _participant_function,
    "ParticipantThumbnailConfiguration": _participant_thumbnails,
    "PlaybackRole": _playback_function,
    "RenditionConfiguration": lambda site, value: _recording(site, rendition_configuration=value),
    "ThumbnailConfiguration": lambda site, value: _recording(site, thumbnail_configuration=value),
    "TokenIdentity": lambda site, identity: _chat_function(site, identity=identity),
}
