"""The rules about stages, their ingest and encoders."""

from __future__ import annotations

from .rule import REAL_TIME_API, error, warning

RULES = (
    error(
        "IVS-015",
        "Ingest over RTMP allows insecure ingest",
        "IngestProtocol RTMP needs InsecureIngest true: use RTMPS, or allow insecure ingest",
        why="RTMP is not encrypted. IVS refuses the protocol unless you allow insecure ingest.",
        fix="Set `IngestProtocol` to `RTMPS`. If the encoder supports RTMP only, set "
        "`InsecureIngest` to `true`.",
        source=f"{REAL_TIME_API}/API_CreateIngestConfiguration.html",
    ),
    warning(
        "IVS-016",
        "A stage does not accept insecure ingest",
        "InsecureIngest lets encoders send the video and the stream key unencrypted: remove it, "
        "and send over RTMPS",
        why="Anyone on the network path can read the stream key, and can then publish to your "
        "stage.",
        fix="Remove `InsecureIngest`, and set `IngestProtocol` to `RTMPS`. Acknowledge the finding "
        "if the encoder supports RTMP only.",
        source=f"{REAL_TIME_API}/API_CreateIngestConfiguration.html",
    ),
    error(
        "IVS-017",
        "The width and the height of an encoder are even",
        "%v must be even, got %v: use the next even number",
        why="IVS refuses an encoder configuration with an odd width or height.",
        fix="Use even numbers, such as 854 by 480.",
        source=f"{REAL_TIME_API}/API_Video.html",
    ),
    error(
        "IVS-018",
        "An encoder has at most 2,073,600 pixels",
        "Width times Height must be at most 2073600 pixels, as in 1920 by 1080, got %v by %v: "
        "reduce one of them",
        why="IVS refuses an encoder configuration with more pixels than full HD has. A side that "
        "you do not set has its default: 1280 for the width and 720 for the height.",
        fix="Reduce the width or the height.",
        source=f"{REAL_TIME_API}/API_Video.html",
    ),
)
