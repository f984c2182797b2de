"""Read events, and keep the data from the caller apart from the data from AWS."""

from __future__ import annotations

import json
from binascii import a2b_base64

from ivs_tokens._shown import shown

from .errors import BAD, FAILED, METHOD, TokenRequestError, bad_input

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_FORMAT = "2.0"
_LONGEST_BODY = 10_000


class Request:
    """
    A request for a token.

    Attributes:
        by_http: Whether it came from an HTTP API or a function URL.
        fields: The fields from the caller.
        authorizer: The data from AWS about the caller. In a direct invocation, the caller can write
            this too.
    """

    __slots__ = ("authorizer", "by_http", "fields")

    def __init__(self, event: object, names: Sequence[str]) -> None:
        self.by_http = is_by_http(event)
        self.authorizer: Mapping[str, Any] = {}
        content = event
        if self.by_http:
            assert isinstance(event, dict)  # noqa: S101 - for the type checker
            self.authorizer = object_in(event["requestContext"], "authorizer")
            content = _content(event)
        if not isinstance(content, dict):
            where = "the body" if self.by_http else "the event"
            raise bad_input(f"{where} must be an object, got {kind_of(content)}")
        for name in content:
            if name not in names:
                allowed = ", ".join(map(repr, names))
                raise bad_input(f"the fields must be {allowed}, got {_shown_name(name)}")
        self.fields: Mapping[str, object] = content

    def text(self, name: str) -> str | None:
        """
        Return a field that must be a text, or None if the event does not have it.

        Raises:
            TokenRequestError: If the field is not a text.
        """
        if name not in self.fields:
            return None
        value = self.fields[name]
        if not isinstance(value, str):
            raise bad_input(f"{name!r} must be a string, got {kind_of(value)}")
        return value


def _shown_name(name: str) -> str:
    """Return the name of a field for the log. Anything else can be personal data."""
    is_plain = name.replace(":", "_").replace("-", "_").isidentifier()
    return shown(name) if is_plain else f"another of {len(name)} characters"


def is_by_http(event: object) -> bool:
    """Return whether an event has the form of an HTTP API or a function URL."""
    return isinstance(event, dict) and isinstance(event.get("requestContext"), dict)


def object_in(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object in an object, or an empty object if there is none."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def kind_of(value: object) -> str:
    """Return the kind of a JSON value, without its content."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number" if isinstance(value, int) else "a number that is not an integer"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def _content(event: Mapping[str, Any]) -> object:
    """Read the body of an HTTP request."""
    if event.get("version") != _FORMAT:
        raise TokenRequestError(
            FAILED,
            "format",
            f"the function only accepts the payload format {_FORMAT}; call it by an "
            "HTTP API with that format, or by a function URL",
        )
    if object_in(event["requestContext"], "http").get("method") != "POST":
        raise TokenRequestError(METHOD, "method", "the method must be POST")
    if event.get("rawQueryString"):
        raise bad_input("the fields must be in the body, got some in the query string")
    body = event.get("body")
    if body is None:
        return {}
    if not isinstance(body, str) or len(body) > _LONGEST_BODY:
        raise bad_input(f"the body must be a string of at most {_LONGEST_BODY} characters")
    try:
        if event.get("isBase64Encoded") is True:
            body = a2b_base64(body, strict_mode=True).decode()
        # Base64 can decode to an empty body.
        return json.loads(body, object_pairs_hook=_object, parse_constant=_no) if body else {}
    # The errors of base64 and UTF-8 are ValueErrors. JSON that is nested too deeply recurses.
    except (RecursionError, ValueError):
        raise TokenRequestError(
            BAD, "json", "the body must be JSON in UTF-8, with each field once"
        ) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build a JSON object. Refuse a repeated field, which other readers may read differently."""
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError
    return content


def _no(_constant: str) -> None:
    """Refuse NaN and the infinities, which Python reads and JSON does not have."""
    raise ValueError
