"""How thumbnails of a recording are made, of a channel's as of a stage's."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from .errors import ValidationError
from .values import check_unique, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk import Duration


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


def check_thumbnails(
    kind: str,
    mode: RecordingMode | None,
    storage: Sequence[Storage] | None,
    target_interval: Duration | None,
    *,
    longest: int,
    **others: object,
) -> int | None:
    """
    Refuse thumbnails that IVS does not record, and return their interval in seconds.

    Args:
        kind: The name of the class of the values.
        mode: Whether thumbnails are recorded.
        storage: Where they are put.
        target_interval: The time between two thumbnails.
        longest: The longest interval in seconds.
        **others: What else is for thumbnails at an interval only.
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
    return whole_seconds("target_interval", target_interval, 1, longest)
