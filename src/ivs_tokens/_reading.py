"""Read tokens without trusting their content."""

from __future__ import annotations

import json
from binascii import a2b_base64

from ._errors import TokenError
from ._jws import base64url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_PARTS = 3
_LONGEST = 65_536
_FROM_URLS = str.maketrans("-_", "+/")


class ReadToken:
    """
    A token that was read.

    Attributes:
        header: The header.
        claims: The claims.
        signature: The bytes of the signature.
        message: The bytes that the signer signed.
        length: The number of characters of the token.
        repeated: Whether an object has the same name twice. Readers of such JSON may disagree.
    """

    def __init__(self, text: str) -> None:
        text = text.strip()
        # The text can be a playback URL with the token in it.
        text = text.rpartition("token=")[2].partition("&")[0]
        parts = text.split(".")
        if len(parts) != _PARTS or len(text) > _LONGEST:
            unit = "part" if len(parts) == 1 else "parts"
            raise TokenError(
                "'token' must be a JSON Web Token: three parts with dots between them, of at most "
                f"{_LONGEST} characters together, got {len(parts)} {unit} in {len(text)} "
                "characters; a chat token is encrypted, and only IVS can read it",
                code="NoToken",
            )
        self.repeated = False
        self.header = self._object("header", parts[0])
        self.claims = self._object("payload", parts[1])
        self.signature = _decoded("signature", parts[2])
        self.message = text.rpartition(".")[0].encode()
        self.length = len(text)

    def _object(self, part: str, text: str) -> dict[str, object]:
        content = _decoded(part, text)
        try:
            value = json.loads(
                content.decode(), object_pairs_hook=self._named, parse_constant=_refuse
            )
            if isinstance(value, dict):
                return value
        except (ValueError, RecursionError):
            pass
        raise TokenError(
            f"'token' must have a JSON object as its {part}, got something else", code="NoToken"
        )

    def _named(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        self.repeated |= len(found) < len(pairs)
        return found


def _decoded(part: str, text: str) -> bytes:
    """Decode a part. Refuse another spelling of the same bytes, which IVS may refuse too."""
    try:
        # More padding than a text needs changes nothing.
        data = a2b_base64(text.translate(_FROM_URLS) + "==")
        if base64url(data) == text.encode():
            return data
    except ValueError:
        pass
    raise TokenError(f"'token' must have its {part} in base64url without padding", code="NoToken")


def _refuse(_constant: str) -> NoReturn:
    # JSON has neither NaN nor infinities.
    raise ValueError
