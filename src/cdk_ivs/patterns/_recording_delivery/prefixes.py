"""The prefixes of recordings, and the playlist of each kind of recording."""

from __future__ import annotations

import enum
import re

from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token_beside


class RecordingKind(enum.StrEnum):
    """The kind of a recording, which determines the names of its files."""

    CHANNEL = "CHANNEL"
    """A recording of a channel by a `RecordingConfiguration`."""

    PARTICIPANT = "PARTICIPANT"
    """A recording of one participant of a stage."""

    COMPOSITION = "COMPOSITION"
    """A recording of all participants of a stage in one video, by a composition."""


_ID = "[A-Za-z0-9_-]+"
# The date is not zero-padded.
_CHANNEL = re.compile(
    r"ivs/v1/[0-9]{12}/[A-Za-z0-9-]+/[0-9]{4}/([1-9]|1[0-2])/([1-9]|[12][0-9]|3[01])"
    rf"/([0-9]|1[0-9]|2[0-3])/([0-9]|[1-5][0-9])/{_ID}"
)
_PARTICIPANT = re.compile(
    rf"{_ID}/{_ID}/{_ID}/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}Z"
)
_COMPOSITION = re.compile(rf"{_ID}/{_ID}/{_ID}/composite")
_PREFIXES = {
    RecordingKind.CHANNEL: _CHANNEL,
    RecordingKind.PARTICIPANT: _PARTICIPANT,
    RecordingKind.COMPOSITION: _COMPOSITION,
}
_PLAYLISTS = {
    RecordingKind.CHANNEL: "media/hls/master.m3u8",
    RecordingKind.PARTICIPANT: "media/hls/multivariant.m3u8",
    RecordingKind.COMPOSITION: "media/hls/multivariant.m3u8",
}
_FORMS = (
    "'ivs/v1/<account>/<channel id>/<year>/<month>/<day>/<hours>/<minutes>/<recording id>' "
    "without leading zeros, '<stage id>/<session id>/<participant id>/<yyyy-mm-ddThh-mm-ssZ>' or "
    "'<stage id>/<composition id>/<destination id>/composite'"
)


def playlist_of(prefix: str, kind: RecordingKind | None) -> str:
    """
    Return the key of the playlist with which a recording is played.

    Args:
        prefix: The prefix, as in the event about the recording.
        kind: The kind of the recording. None if the prefix shows it.
    """
    told = next((each for each, form in _PREFIXES.items() if form.fullmatch(prefix)), None)
    if told is None:
        if not is_token_beside(prefix, "[A-Za-z0-9/_-]"):
            raise ValidationError(
                f"'prefix' must be that of a recording, {_FORMS}, got {safe_repr(prefix)}; use "
                "recording_s3_key_prefix of the event as it is",
                code="RecordingPrefix",
            )
        if kind is None:
            raise ValidationError(
                "'kind' must be given when 'prefix' is a token, got None "
                f"(allowed: {', '.join(safe_text(each) for each in RecordingKind)})",
                code="RecordingKind",
            )
    elif kind not in {None, told}:
        raise ValidationError(
            f"'kind' must be {safe_text(told)} or left out for this 'prefix', got "
            f"{safe_repr(kind)}",
            code="RecordingKind",
        )
    return f"{prefix}/{_PLAYLISTS[told or RecordingKind(str(kind))]}"
