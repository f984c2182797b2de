"""The origins that a playback restriction policy or a playback token can contain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import ValidationError, safe_repr
from .tokens import is_token
from .values import check_unique

if TYPE_CHECKING:
    from collections.abc import Sequence

# Browsers send the host in lower case.
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ORIGIN = re.compile(rf"https?://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::([0-9]{{1,5}}))?")
_MOST = 5
_LENGTH = 128
_PORT = 65535

# A playback token can also contain origins of apps, and addresses.
_HOST = rf"{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\]"
_TOKEN_ORIGIN = re.compile(rf"([a-z][a-z0-9+.-]*)://(?:\*\.)?(?:{_HOST})(?::([1-9][0-9]{{0,4}}))?")
_IMPLIED_PORTS = {"http": "80", "https": "443"}


def check_origins(keyword: str, origins: Sequence[str]) -> None:
    """Refuse more than 5 origins, invalid or long ones, and repetitions."""
    if len(origins) > _MOST:
        raise ValidationError(
            f"'{keyword}' must have at most {_MOST} origins, got {len(origins)}",
            code="OriginCount",
        )
    check_each_origin(keyword, origins)


def check_each_origin(keyword: str, origins: Sequence[str]) -> None:
    """Refuse invalid or long origins, and repetitions."""
    for origin in origins:
        if not _is_origin(origin):
            _refuse_origin(keyword, origin)
        if len(origin) > _LENGTH and not is_token(origin):
            raise ValidationError(
                f"'{keyword}' must be origins of at most {_LENGTH} characters, "
                f"got {len(origin)} characters",
                code="OriginLength",
            )
    check_unique(keyword, origins)


def check_token_origins(keyword: str, origins: Sequence[str] | None, *, strict: bool) -> None:
    """Refuse invalid origins, repetitions, and a number that strict enforcement does not allow."""
    if origins is None:
        if strict:
            raise ValidationError(
                f"'{keyword}' must be given with 'strict_origin_enforcement' True, got none; name "
                "the origins that it restricts playback to",
                code="StrictOrigins",
            )
        return
    if not origins:
        raise ValidationError(
            f"'{keyword}' must have at least one origin, got none; leave it out to allow all",
            code="OriginCount",
        )
    if strict and len(origins) > _MOST:
        raise ValidationError(
            f"'{keyword}' must have at most {_MOST} origins with 'strict_origin_enforcement' "
            f"True, got {len(origins)}",
            code="OriginCount",
        )
    for origin in origins:
        if origin != "*" and not _is_token_origin(origin):
            _refuse_origin(keyword, origin)
    check_unique(keyword, origins)


def _refuse_origin(keyword: str, origin: str) -> None:
    """Refuse an invalid origin. Tokens pass."""
    if is_token(origin) or is_token([origin]):
        return
    raise ValidationError(
        f"'{keyword}' must be origins such as 'https://example.com' or "
        f"'https://*.example.com', got {safe_repr(origin)}; write the scheme, the host in "
        "lower case and a port other than the default, and nothing after them",
        code="Origin",
    )


def _is_token_origin(text: str) -> bool:
    origin = _TOKEN_ORIGIN.fullmatch(text)
    if origin is None or origin[2] is None:
        return origin is not None
    return origin[2] != _IMPLIED_PORTS.get(origin[1]) and int(origin[2]) <= _PORT


def _is_origin(text: str) -> bool:
    origin = _ORIGIN.fullmatch(text)
    # Browsers do not send the default port of the scheme.
    implied = text.startswith("https:") and text.endswith(":443")
    implied = implied or (text.startswith("http:") and text.endswith(":80"))
    return origin is not None and not implied and 1 <= int(origin[1] or 1) <= _PORT
