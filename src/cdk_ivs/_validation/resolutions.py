"""The resolutions to which viewers can be limited."""

from __future__ import annotations

import enum


class MaximumResolution(enum.StrEnum):
    """The highest resolution of multitrack input, or of playback with a token."""

    FULL_HD = "FULL_HD"
    """1080p."""

    HD = "HD"
    """720p."""

    SD = "SD"
    """480p."""
