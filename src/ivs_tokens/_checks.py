"""Check single values, whichever claim they are for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ._errors import TokenError
from ._shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The module re compiles each when it is first used, and caches it. Most programs need few.
_ARN = "arn:aws:ivs:([a-z0-9-]+):([0-9]+):([a-z-]+)/([a-zA-Z0-9-]+)"
_ARN_LENGTH = 128
_ID = "[A-Za-z0-9_-]{1,64}"
_NAME = "[A-Za-z0-9-]{1,128}"
_UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"

_HOST = r"(?!-)[a-z0-9_-]++(?<!-)(?:\.(?!-)[a-z0-9_-]++(?<!-))*+|\[[0-9a-f:.]+\]"
_ORIGIN = rf"([a-z][a-z0-9+.-]*)://(?:(?:\*\.)?+(?:{_HOST}))(?::([1-9][0-9]{{0,4}}))?"
_URL = rf"([a-z]+)://(?:{_HOST})(?::[0-9]{{1,5}})?(?:/[!-~]*)?"
_URL_LENGTH = 2048
_PORTS = 65535
_IMPLIED_PORTS = {"http": "80", "https": "443"}


def check_carried(name: str, text: str) -> None:
    """Refuse a text that UTF-8 cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise TokenError(
            f"'{name}' must be a string that UTF-8 can encode, got a lone surrogate at position "
            f"{error.start}; decode it with the right encoding",
            code="Encoding",
        ) from None


def check_text(name: str, value: object, shortest: int, longest: int) -> None:
    """Refuse a value that is not a text of an allowed length."""
    if not isinstance(value, str):
        raise TokenError(f"'{name}' must be a string, got {shown(value)}", code="ArgumentType")
    if not shortest <= len(value) <= longest:
        least = f"{shortest} to " if shortest else "at most "
        raise TokenError(
            f"'{name}' must have {least}{longest} characters, got {len(value)} characters",
            code="Length",
        )
    check_carried(name, value)


def check_flag(name: str, value: object) -> None:
    """Refuse a value that is neither True nor False."""
    if value is not True and value is not False:
        raise TokenError(f"'{name}' must be True or False, got {shown(value)}", code="ArgumentType")


def check_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Refuse a value that is not one of the choices."""
    if not isinstance(value, str) or value not in choices:
        allowed = " or ".join(map(repr, choices))
        raise TokenError(f"'{name}' must be {allowed}, got {shown(value)}", code="Choice")


def check_integer(name: str, value: object, lowest: int, highest: int) -> None:
    """Refuse a value that is not an integer in the range."""
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise TokenError(
            f"'{name}' must be an integer from {lowest} to {highest}, got {shown(value)}",
            code="NumberRange",
        )


def check_id(name: str, value: object) -> None:
    """Refuse a value that is not an ID of a token or a participant."""
    _check_form(name, value, _ID, "1 to 64 letters, digits, hyphens and underscores")


def check_name(name: str, value: object) -> None:
    """Refuse a value that cannot be the name of a playback configuration of MediaTailor."""
    _check_form(name, value, _NAME, "1 to 128 letters, digits and hyphens")


def check_uuid(name: str, value: object) -> None:
    """Refuse a value that is not a UUID."""
    _check_form(name, value, _UUID, "a UUID, 8-4-4-4-12 hexadecimal digits")


def _check_form(name: str, value: object, form: str, allowed: str) -> None:
    if not isinstance(value, str) or re.fullmatch(form, value) is None:
        raise TokenError(f"'{name}' must be {allowed}, got {shown(value)}", code="Form")


def check_arn(name: str, value: object, kind: str) -> tuple[str, str, str]:
    """
    Refuse a value that is not the ARN of a resource of the kind.

    Returns:
        The Region, the account and the ID of the resource.
    """
    match = re.fullmatch(_ARN, value) if isinstance(value, str) else None
    if match is None or match[3] != kind or len(match[0]) > _ARN_LENGTH:
        raise TokenError(
            f"'{name}' must be the ARN of a {kind.replace('-', ' ')} of at most {_ARN_LENGTH} "
            "characters, such as "
            f"'arn:aws:ivs:us-west-2:123456789012:{kind}/AbCdef1G2hij', got {shown(value)}",
            code="Arn",
        )
    return match[1], match[2], match[4]


def check_texts(name: str, value: object, longest: int) -> None:
    """Refuse a value that is not a mapping from texts to texts, or that has too many bytes."""
    if not isinstance(value, Mapping):
        raise TokenError(
            f"'{name}' must be a mapping of strings to strings, got {shown(value)}",
            code="ArgumentType",
        )
    size = 0
    for key, text in value.items():
        if not isinstance(key, str) or not isinstance(text, str):
            wrong = key if not isinstance(key, str) else text
            raise TokenError(
                f"'{name}' must have strings as keys and values, got {shown(wrong)}; convert it "
                "to a string",
                code="ArgumentType",
            )
        check_carried(name, key)
        check_carried(name, text)
        size += len(key.encode()) + len(text.encode())
    if size > longest:
        raise TokenError(
            f"'{name}' must have keys and values of at most {longest} bytes together in UTF-8, "
            f"got {size} bytes",
            code="MappingSize",
        )


def check_origin(name: str, value: str) -> None:
    """Refuse a value that is not an origin in the form that browsers send, or with a wildcard."""
    match = re.fullmatch(_ORIGIN, value)
    if value == "*" or (match is not None and _is_sent(match[1], match[2])):
        return
    raise TokenError(
        f"'{name}' must be origins such as 'https://example.com' or 'https://*.example.com', or "
        f"'*', got {shown(value)}; write the scheme, the host in lower case and a port other "
        "than the default, without leading zeros, and nothing after them",
        code="Origin",
    )


def _is_sent(scheme: str, port: str | None) -> bool:
    """Return whether browsers send this port with this scheme."""
    return port is None or (port != _IMPLIED_PORTS.get(scheme) and int(port) <= _PORTS)


def check_url(name: str, value: object, scheme: str) -> None:
    """Refuse a value that is not a URL with the scheme."""
    match = re.fullmatch(_URL, value[: _URL_LENGTH + 1]) if isinstance(value, str) else None
    if match is None or match[1] != scheme or len(match[0]) > _URL_LENGTH:
        raise TokenError(
            f"'{name}' must be a URL that begins with '{scheme}://', of at most {_URL_LENGTH} "
            f"characters, got {shown(value)}; ivs:GetStage returns it among the endpoints",
            code="Endpoint",
        )
