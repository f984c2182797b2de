"""Checks of the endpoints of a channel."""

from __future__ import annotations

import re

from .carried import check_carried
from .errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from .tokens import can_begin_with, is_token_beside
from .type_names import with_type

_HOST_CHARACTERS = "[A-Za-z0-9.-]"
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_URL = re.compile(r"[a-z]+://([^/:?#]+)")
_PLAYBACK_URL = re.compile(r"https://[A-Za-z0-9.-]+/[^?#\s]+\.m3u8")


def check_ingest_endpoint(endpoint: str | None) -> None:
    """Refuse a value that is not a host. It is not shown, because a URL can contain a key."""
    if endpoint is None or _passes("ingest_endpoint", endpoint, _HOST, _HOST_CHARACTERS):
        return
    url = _URL.match(endpoint)
    got = f"a URL; the host in it is '{safe_text(url[1])}'" if url else safe_repr(endpoint)
    raise ValidationError(
        "'ingest_endpoint' must be a host, such as "
        f"'a1b2c3d4e5f6.global-contribute.live-video.net', got {got}; 'rtmps_ingest_url' returns "
        "the URL",
        code="IngestEndpoint",
    )


def check_playback_url(url: str | None) -> None:
    """Refuse a value that is not the URL of a playlist. It is not shown with a query or token."""
    if url is None or _passes("playback_url", url, _PLAYBACK_URL, r"[^?#\s]", "https://"):
        return
    raise ValidationError(
        "'playback_url' must be an https URL that ends in '.m3u8', without a query, "
        f"got {safe_repr(re.split('[?#]', url)[0])}"
        f"{' and more' if re.search('[?#]', url) else ''}",
        code="PlaybackUrl",
    )


def _passes(
    keyword: str, value: str, pattern: re.Pattern[str], characters: str, beginning: str = ""
) -> bool:
    if not isinstance(value, str):
        raise ArgumentTypeError(f"'{keyword}' must be str, got {with_type(value)}")
    check_carried(keyword, value)
    if pattern.fullmatch(value):
        return True
    return is_token_beside(value, characters) and can_begin_with(value, beginning)
