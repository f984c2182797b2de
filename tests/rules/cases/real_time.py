"""Mistakes in stages, and in their ingest and encoders."""

from __future__ import annotations

from .parts import Case, Json, ingest, resource, template


def encoder(width: int, height: int) -> Json:
    """An encoder configuration."""
    return resource("IVS::EncoderConfiguration", {"Video": {"Width": width, "Height": height}})


CASES = (
    Case(
        "IVS-015",
        "Properties.IngestProtocol",
        template(Ingest=ingest(IngestProtocol="RTMP")),
        template(Ingest=ingest(IngestProtocol="RTMPS")),
    ),
    Case(
        "IVS-016",
        "Properties.InsecureIngest",
        template(Ingest=ingest(IngestProtocol="RTMP", InsecureIngest=True)),
        template(Ingest=ingest(IngestProtocol="RTMPS", InsecureIngest=False)),
    ),
    Case(
        "IVS-017",
        "Properties.Video.Width",
        template(Encoder=encoder(853, 480)),
        template(Encoder=encoder(854, 480)),
        "Width must be even, got 853",
    ),
    Case(
        "IVS-018",
        "Properties.Video",
        template(Encoder=encoder(1920, 1082)),
        template(Encoder=encoder(1920, 1080)),
        "got 1920 by 1082",
    ),
)
