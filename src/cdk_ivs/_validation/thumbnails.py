"""How thumbnails of a recording are made, of a channel's as of a stage's."""

from __future__ import annotations

import enum


class RecordingMode(enum.StrEnum):
    """Whether thumbnails are recorded."""

    INTERVAL = "INTERVAL"
    """A thumbnail at every interval."""

    DISABLED = "DISABLED"
    """No thumbnails."""


class Storage(enum.StrEnum):
    """Where the thumbnails of a recording are put."""

    SEQUENTIAL = "SEQUENTIAL"
    """All of them, numbered, under ``media/thumbnails``."""

    LATEST = "LATEST"
    """The latest, overwritten at each interval, under ``media/latest_thumbnail``."""
