"""Write signed tokens in the compact form of RFC 7515."""

from __future__ import annotations

from binascii import b2a_base64
from json import JSONEncoder

from ._errors import TokenError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    class Signer(Protocol):
        """An object that signs tokens: a `PemSigner`, a `KmsSigner`, or your own."""

        def sign(self, message: bytes, /) -> bytes:
            """Sign a message with ES384, and return `r` and `s`, 48 bytes each."""


SIGNATURE = 96
# In a token: the dot, and the signature in base64url.
SIGNATURE_LENGTH = 1 + SIGNATURE // 3 * 4

_FOR_URLS = bytes.maketrans(b"+/", b"-_")
# Tokens are shorter without the escapes of JSON.
_encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def encoded(content: Mapping[str, object]) -> bytes:
    """Encode a header or claims for a token."""
    return base64url(_encode(content).encode())


def base64url(data: bytes) -> bytes:
    """Encode bytes in base64url without padding."""
    return b2a_base64(data, newline=False).translate(_FOR_URLS, b"=")


def signed(signer: Signer, message: bytes) -> str:
    """Sign a header and claims, and return the whole token."""
    # A signer that a user wrote can return anything.
    signature: object = signer.sign(message)
    if not isinstance(signature, bytes) or len(signature) != SIGNATURE:
        got = f"{len(signature)} bytes" if isinstance(signature, bytes) else "another type"
        raise TokenError(
            f"'signer' must return the {SIGNATURE} bytes of an ES384 signature, r and s side by "
            f"side, got {got}; convert a signature in DER",
            code="Signature",
        )
    return (message + b"." + base64url(signature)).decode()
