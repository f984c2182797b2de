"""The compact form of a signed token, RFC 7515."""

from __future__ import annotations

from binascii import b2a_base64
from json import JSONEncoder

from ._errors import TokenError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    class Signer(Protocol):
        """What signs a token: a `PemSigner`, a `KmsSigner`, or an object of yours."""

        def sign(self, message: bytes, /) -> bytes:
            """Sign a message by ES384: the two numbers, side by side in 96 bytes."""


SIGNATURE = 96
# Of the signature and the dot before it.
SIGNATURE_LENGTH = 1 + SIGNATURE // 3 * 4

_FOR_URLS = bytes.maketrans(b"+/", b"-_")
# Texts stay as they are, which keeps a token short.
_encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def encoded(content: Mapping[str, object]) -> bytes:
    """A header or claims, as they stand in a token."""
    return base64url(_encode(content).encode())


def base64url(data: bytes) -> bytes:
    """Bytes as they stand in a token."""
    return b2a_base64(data, newline=False).translate(_FOR_URLS, b"=")


def signed(signer: Signer, message: bytes) -> str:
    """The token of what is to be signed, and its signature."""
    # An object of the user's may return something else than it should.
    signature: object = signer.sign(message)
    if not isinstance(signature, bytes) or len(signature) != SIGNATURE:
        got = f"{len(signature)} bytes" if isinstance(signature, bytes) else "another type"
        raise TokenError(
            f"'signer' must return the {SIGNATURE} bytes of an ES384 signature, r and s side by "
            f"side, got {got}; convert a signature in DER"
        )
    return (message + b"." + base64url(signature)).decode()
