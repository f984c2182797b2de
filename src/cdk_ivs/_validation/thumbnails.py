"""Thumbnails of recordings, for channels and for stages."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from .errors import ValidationError
from .values import check_unique, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration


class RecordingMode(enum.StrEnum):
    """Whether IVS records thumbnails."""

    INTERVAL = "INTERVAL"
    """IVS records a thumbnail at every interval."""

    DISABLED = "DISABLED"
    """IVS records no thumbnails."""


class Storage(enum.StrEnum):
    """Where IVS stores the thumbnails of a recording."""

    SEQUENTIAL = "SEQUENTIAL"
    """All thumbnails, numbered, under `media/thumbnails`."""

    LATEST = "LATEST"
    """
    Only the latest thumbnail, which IVS overwrites at every interval, under
    `media/latest_thumbnail`.
    """


def check_thumbnails(
    kind: str,
    mode: RecordingMode | None,
    storage: Sequence[Storage] | None,
    target_interval: Duration | None,
    *,
    longest: int,
    **others: object,
) -> None:
    """
    Refuse thumbnails that IVS does not record.

    Args:
        kind: The name of the class of the values.
        mode: Whether IVS records thumbnails.
        storage: Where IVS stores the thumbnails.
        target_interval: The time from one thumbnail to the next.
        longest: The longest interval in seconds.
        **others: The other values that need thumbnails at an interval.
    """
    given = {**others, "storage": storage, "target_interval": target_interval}
    if mode == RecordingMode.DISABLED and any(value is not None for value in given.values()):
        *first, last = (f"'{keyword}'" for keyword in given)
        raise ValidationError(
            f"{', '.join(first)} and {last} must not be given when 'recording_mode' is DISABLED; "
            f"use {kind}.interval()",
            code="ThumbnailsUnused",
        )
    check_unique("storage", storage or ())
    whole_seconds("target_interval", target_interval, 1, longest)
