"""Apps that are rehearsed beside the examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aws_cdk import App, Stack

NAME = "Rehearsed"


def assembled(folder: Path, build: Callable[[Stack], object]) -> Path:
    """The cloud assembly of an app with one stack."""
    app = App(outdir=str(folder), analytics_reporting=False)
    build(Stack(app, NAME))
    return Path(app.synth().directory)
