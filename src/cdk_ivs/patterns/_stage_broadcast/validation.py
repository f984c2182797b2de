"""Checks of the arguments of a broadcast."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs._monitoring.periods import seconds_at_synthesis
from cdk_ivs._validation.carried import LIST_TOKEN
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.values import check_unique, whole_seconds

from .states import POLL_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cdk_ivs._validation.thumbnails import Storage

    from .props import BroadcastProps

_OFFLINE_TIMEOUT = 600
# An execution can have 25,000 events, and each check of the channel takes about 25.
_LONGEST_OFFLINE_TIMEOUT = 10_800


class RecordingSettings(NamedTuple):
    """
    The settings of a recording.

    Attributes:
        segment: The seconds of a segment.
        interval: The seconds between two thumbnails.
        storage: The thumbnail files that are written.
    """

    segment: int | None
    interval: int | None
    storage: Sequence[Storage] | None


def check_destinations(props: BroadcastProps) -> None:
    """Refuse a broadcast without a destination, and arguments that have no effect."""
    if props.channel is None and props.storage_configuration is None:
        raise ValidationError(
            "at least one of 'channel' and 'storage_configuration' must be given, got none: a "
            "broadcast needs a destination",
            code="NoDestination",
        )
    for keyword in ("hls_segment_duration", "thumbnail_interval", "thumbnail_storage"):
        if props.storage_configuration is None and getattr(props, keyword) is not None:
            raise ValidationError(
                f"'{keyword}' must not be given without 'storage_configuration', got "
                f"{safe_repr(getattr(props, keyword))}: nothing is recorded; give a storage "
                f"configuration, or leave '{keyword}' out",
                code="RecordingUnused",
            )
    if props.channel is None and props.offline_timeout is not None:
        raise ValidationError(
            "'offline_timeout' must not be given without 'channel', got "
            f"{safe_repr(props.offline_timeout)}: there is no channel to wait for; leave it out",
            code="OfflineTimeoutUnused",
        )


def most_waits_for(props: BroadcastProps) -> int:
    """Return how many times to wait for the channel."""
    timeout = props.offline_timeout
    if timeout is None:
        return _OFFLINE_TIMEOUT // POLL_SECONDS
    # The duration is divided here, so it cannot be a token.
    seconds = seconds_at_synthesis("offline_timeout", timeout)
    whole_seconds("offline_timeout", timeout, POLL_SECONDS, _LONGEST_OFFLINE_TIMEOUT)
    return int(seconds) // POLL_SECONDS


def check_recording(props: BroadcastProps) -> RecordingSettings:
    """Return the settings of a recording, or refuse settings that IVS refuses."""
    check_unique("thumbnail_storage", props.thumbnail_storage or ())
    storage = props.thumbnail_storage
    if storage is not None and not storage:
        raise ValidationError(
            "'thumbnail_storage' must have at least one Storage, got none; to record no "
            "thumbnails leave it out",
            code="ThumbnailStorageEmpty",
        )
    # The definition of the state machine is text, which has no place for a list.
    if storage is not None and storage[0].startswith(LIST_TOKEN):
        raise ValidationError(
            "'thumbnail_storage' must be a list that is known at synthesis, got "
            f"{safe_repr(storage[0])}; name its members",
            code="ThumbnailStorageToken",
        )
    return RecordingSettings(
        segment=whole_seconds("hls_segment_duration", props.hls_segment_duration, 2, 10),
        interval=whole_seconds("thumbnail_interval", props.thumbnail_interval, 1, 86_400),
        storage=storage,
    )
