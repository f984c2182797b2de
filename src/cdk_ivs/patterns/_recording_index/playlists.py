"""The location of the playlist of a recording: the key under the prefix, and the URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import can_begin_with, is_token_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The paths that IVS writes, from the guides to recording.
_PLAYLISTS = {
    "channel": "/media/hls/master.m3u8",
    "participant": "/media/hls/multivariant.m3u8",
    "composition": "/media/hls/multivariant.m3u8",
}
# A prefix of each kind, for a function that distinguishes them.
_PREFIXES = {
    "channel": "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs",
    "participant": "ZyXwvu1T2sRq/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z",
    "composition": "MNALAcH9j2EJ/s2AdaGUbvQgp/2pBRKrNgX1ff/composite",
}
_BASE_CHARACTERS = "[A-Za-z0-9._~:/-]"
# Characters that need no escape in the text of an intrinsic function.
_BELOW = re.compile(r"/[A-Za-z0-9/._-]*")


class Playlists(NamedTuple):
    """
    The location of playlists.

    Attributes:
        base_url: The part of the URL before the key of a playlist. None: no URL.
        below: The part of the key after the prefix, by the kind of the recording.
    """

    base_url: str | None
    below: Mapping[str, str]


def playlists(base_url: str | None, url_for: Callable[[str], str] | None) -> Playlists:
    """Return the location of playlists, from one of the two arguments, or neither."""
    if url_for is not None:
        if base_url is not None:
            raise ValidationError(
                "'base_url' and 'url_for' must not be given together; leave one out",
                code="IndexUrl",
            )
        return _by_function(url_for)
    if base_url is None:
        return Playlists(None, _PLAYLISTS)
    if not _is_base(base_url) and not _is_token_in_base(base_url):
        raise ValidationError(
            "'base_url' must be an HTTPS URL without a query, such as "
            f"'https://d111111abcdef8.cloudfront.net', got {safe_repr(base_url)}",
            code="IndexUrl",
        )
    return Playlists(base_url.rstrip("/"), _PLAYLISTS)


def _is_base(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = re.fullmatch(f"{_BASE_CHARACTERS}+", url) is not None
    return plain and parts.scheme == "https" and bool(parts.hostname)


def _is_token_in_base(url: str) -> bool:
    return is_token_beside(url, _BASE_CHARACTERS) and can_begin_with(url, "https://")


def _by_function(url_for: Callable[[str], str]) -> Playlists:
    """
    Return the location of playlists from a function, which is called with a prefix of each kind.

    The prefixes of real recordings are known only to the state machine.
    """
    if isinstance(url_for, type) and not issubclass(url_for, str):
        raise ArgumentTypeError(
            f"'url_for' must be a function that returns text, got the class '{url_for.__name__}'"
        )
    bases, below = set(), {}
    for kind, prefix in _PREFIXES.items():
        url = url_for(prefix)
        base, found, rest = str(url).partition(f"/{prefix}")
        if not found or not _BELOW.fullmatch(rest):
            shown = str(url).replace(prefix, "<prefix>")
            raise ValidationError(
                "'url_for' must return a URL with the prefix in it and a path of letters, digits, "
                f"'.', '_', '-' and '/' after that, got {safe_repr(shown)} for a recording of a "
                f"{safe_text(kind)}",
                code="IndexUrl",
            )
        if not _is_base(base) and not _is_token_in_base(base):
            raise ValidationError(
                "'url_for' must return an HTTPS URL without a query, such as "
                f"'https://d111111abcdef8.cloudfront.net/<prefix>/…', got {safe_repr(url)}",
                code="IndexUrl",
            )
        bases.add(base)
        below[kind] = rest
    if len(bases) > 1:
        raise ValidationError(
            "'url_for' must return URLs that are the same before the prefix, got "
            f"{safe_repr(sorted(bases))}",
            code="IndexUrl",
        )
    return Playlists(bases.pop(), below)
