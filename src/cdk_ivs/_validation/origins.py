"""
The origins that a playback restriction policy, a playback token or a web page can contain.

The API of IVS states no pattern, only a length, and the guide asks for the form of the header
`Origin`. RFC 6454 and the URL standard of the WHATWG define this form: the scheme, the host as
browsers write it, and a port other than the default of the scheme. Browsers write the host in
lower case and Punycode, IPv6 addresses in brackets and in their shortest form, and ports without
leading zeros. Underscores are valid, and apps have schemes of their own, such as `capacitor`.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from typing import TYPE_CHECKING

from .carried import check_carried
from .errors import ValidationError, safe_repr
from .tokens import is_made_up, is_token, literal_parts, literal_text
from .values import check_unique

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 5
_LENGTH = 128
_PORT = 65535
_LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_ORIGIN = re.compile(
    rf"([a-z][a-z0-9+.-]*)://(?:(?:\*\.)?{_LABEL}(?:\.{_LABEL})*|\[([0-9a-f:]+)\])"
    r"(?::([1-9][0-9]{0,4}))?"
)
_WEB_SCHEMES = ("https", "http")
_IMPLIED_PORTS = {"http": "80", "https": "443"}
# Pages with other URLs have no origin of their own.
_NOT_OF_PAGES = frozenset({"about", "blob", "data", "file", "ftp", "javascript", "ws", "wss"})

# The text before a token, and after one.
_BEGINNING = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://[a-z0-9.:*_\[\]-]*|(?:[a-z][a-z0-9+.-]*(?::/?)?)?)"
)
_AFTER = re.compile(r"(?::?//)?[a-z0-9.:*_\[\]-]*")


def check_origins(keyword: str, origins: Sequence[str]) -> None:
    """Refuse more than 5 origins, invalid or long ones, and repetitions."""
    if len(origins) > _MOST:
        raise ValidationError(
            f"'{keyword}' must have at most {_MOST} origins, got {len(origins)}",
            code="OriginCount",
        )
    check_each_origin(keyword, origins, of_apps=True)


def check_each_origin(keyword: str, origins: Sequence[str], *, of_apps: bool = False) -> None:
    """
    Refuse invalid or long origins, and repetitions.

    Args:
        keyword: The name of the parameter.
        origins: The origins.
        of_apps: Whether origins can have the scheme of an app.
    """
    for origin in origins:
        _check_origin(keyword, origin, of_apps=of_apps)
        literal = literal_text(origin)
        if len(literal) > _LENGTH:
            raise ValidationError(
                f"'{keyword}' must be origins of at most {_LENGTH} characters, "
                f"got {len(literal)} characters",
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
        if origin != "*":
            _check_origin(keyword, origin, of_apps=True)
    check_unique(keyword, origins)


def _check_origin(keyword: str, origin: str, *, of_apps: bool) -> None:
    """Refuse an invalid origin. Tokens pass, unless the text beside them is invalid."""
    check_carried(keyword, [origin])
    if _is_origin(origin, of_apps=of_apps) or _is_token_in_origin(origin, of_apps=of_apps):
        return
    why = (
        "write the scheme, the host in lower case and a port other than the default, without "
        "leading zeros, and nothing after them"
    )
    if origin == "null":
        why = "any page can send it from a sandboxed frame"
    raise ValidationError(
        f"'{keyword}' must be origins such as 'https://example.com' or "
        f"'https://*.example.com', got {safe_repr(origin)}; {why}",
        code="Origin",
    )


def _is_origin(text: str, *, of_apps: bool) -> bool:
    origin = _ORIGIN.fullmatch(text)
    if origin is None:
        return False
    scheme, address, port = origin.groups()
    return (
        _is_scheme(scheme, of_apps=of_apps)
        and (address is None or _is_shortest(address))
        and (port is None or (port != _IMPLIED_PORTS.get(scheme) and int(port) <= _PORT))
    )


def _is_scheme(scheme: str, *, of_apps: bool) -> bool:
    if scheme in _WEB_SCHEMES:
        return True
    # A scheme of an app is not like one of the web, but a typing error is.
    mistyped = difflib.get_close_matches(scheme, _WEB_SCHEMES, cutoff=0.75)
    return of_apps and scheme not in _NOT_OF_PAGES and not mistyped


def _is_shortest(address: str) -> bool:
    """Whether an IPv6 address is written as browsers write it, which is its shortest form."""
    try:
        packed = ipaddress.IPv6Address(address)
    except ValueError:
        return False
    # Python 3.13 and later write an IPv4 address in it with dots.
    mapped = packed.ipv4_mapped
    if mapped is None:
        return str(packed) == address
    high, low = divmod(int(mapped), 2**16)
    return address == f"::ffff:{high:x}:{low:x}"


def _is_token_in_origin(text: str, *, of_apps: bool) -> bool:
    """Whether a text has a token, and can be an origin at deployment."""
    if is_token([text]):
        return True
    if not is_token(text):
        return False
    if is_made_up(text):
        return True
    beginning, *others = literal_parts(text)
    begun = _BEGINNING.fullmatch(beginning)
    return (
        begun is not None
        and (begun[1] is None or _is_scheme(begun[1], of_apps=of_apps))
        and all(map(_AFTER.fullmatch, others))
    )
