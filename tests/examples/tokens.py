"""Tokens that the examples sign, looked at as IVS would."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def verified(token: str, public_key_pem: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The header and the claims of a token that the key verifies."""
    header, claims, signature = token.split(".")
    numbers = _decode(signature)
    assert len(numbers) == 96
    der = utils.encode_dss_signature(int.from_bytes(numbers[:48]), int.from_bytes(numbers[48:]))
    key = load_pem_public_key(public_key_pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(der, f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA384()))
    return json.loads(_decode(header)), json.loads(_decode(claims))


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
