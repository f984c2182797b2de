"""Values that no message may show, made at run time."""

from __future__ import annotations

import base64
import hashlib

from tests.support.keys import PRIVATE_PEM

_DIGEST = hashlib.sha256(b"hostile").digest()
_WORD = base64.urlsafe_b64encode(_DIGEST).decode().strip("=")
STREAM_KEY = f"sk_us-west-2_{_WORD[:12]}_{_WORD[12:42]}"
SECRETS: dict[str, object] = {
    "private key": PRIVATE_PEM,
    "private key in a list": [PRIVATE_PEM],
    "private key in a mapping": {"key": PRIVATE_PEM},
    "private key as bytes": PRIVATE_PEM.encode(),
    "stream key": STREAM_KEY,
    "stream keys": [STREAM_KEY, STREAM_KEY],
    "stream key as a name": {STREAM_KEY: "a"},
    "hexadecimal": _DIGEST.hex(),
    "bytes": _DIGEST,
    "token": f"eyJhbGciOiJFUzM4NCJ9.{_WORD}.{_WORD}",
}

WINDOW = 14
_TEXTS = ["".join(PRIVATE_PEM.splitlines()[1:-1]), _WORD[:12] + "_" + _WORD[12:42], _DIGEST.hex(),
          _WORD, repr(_DIGEST)[2:-1]]  # fmt: skip
_WINDOWS = {text[at : at + WINDOW] for text in _TEXTS for at in range(len(text) - WINDOW + 1)}


def shows_secret(text: str) -> bool:
    """Whether a text has a part of a secret."""
    joined = text.replace("\n", "").replace("\\n", "")
    return any(
        shown[at : at + WINDOW] in _WINDOWS
        for shown in (text, joined)
        for at in range(len(shown) - WINDOW + 1)
    )
