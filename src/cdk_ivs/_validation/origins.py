"""The origins that a playback restriction policy can name."""

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
_ORIGIN = re.compile(rf"https?://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::(\d{{1,5}}))?")
_MOST = 5
_LENGTH = 128
_PORT = 65535


def check_origins(keyword: str, origins: Sequence[str]) -> None:
    """Refuse more than 5 origins, what is no origin or too long, and repetitions."""
    if len(origins) > _MOST:
        raise ValidationError(
            f"'{keyword}' must be at most {_MOST} origins, got {len(origins)}",
            code="OriginCount",
        )
    check_each_origin(keyword, origins)


def check_each_origin(keyword: str, origins: Sequence[str]) -> None:
    """Refuse what is no origin or too long, and repetitions."""
    for origin in origins:
        if not _is_origin(origin) and not is_token(origin) and not is_token([origin]):
            raise ValidationError(
                f"'{keyword}' must be origins such as 'https://example.com' or "
                f"'https://*.example.com', got {safe_repr(origin)}; write the scheme, the host in "
                "lower case and a port other than the default, and nothing after them",
                code="Origin",
            )
        if len(origin) > _LENGTH and not is_token(origin):
            raise ValidationError(
                f"'{keyword}' must be origins of at most {_LENGTH} characters, "
                f"got {len(origin)} characters",
                code="OriginLength",
            )
    check_unique(keyword, origins)


def _is_origin(text: str) -> bool:
    origin = _ORIGIN.fullmatch(text)
    # Nor do they send the port that the scheme implies.
    implied = text.startswith("https:") and text.endswith(":443")
    implied = implied or (text.startswith("http:") and text.endswith(":80"))
    return origin is not None and not implied and 1 <= int(origin[1] or 1) <= _PORT
