"""Verify tokens with a public key. This needs the cryptography package."""

from __future__ import annotations

from ._errors import TokenError
from ._jws import SIGNATURE
from ._signers import CREATE, CURVE, EXTRA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._reading import ReadToken


def is_verified(token: ReadToken, public_key_pem: bytes) -> bool:
    """Return whether a public key verifies the signature of a token."""
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, utils
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError as error:
        raise ImportError(f"verification requires the package cryptography; {EXTRA}") from error
    try:
        key = load_pem_public_key(public_key_pem)
    # The texts of these errors may quote the key.
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != CURVE:
        got = "a private key" if b"PRIVATE KEY" in public_key_pem else "something else"
        raise TokenError(
            "the public key must be the PEM of a public key on the curve P-384 (secp384r1), got "
            f"{got}; {CREATE}, and the public one of it with 'openssl ec -in private.pem -pubout'",
            code="PublicKey",
        )
    if len(token.signature) != SIGNATURE:
        return False
    r, s = token.signature[: SIGNATURE // 2], token.signature[SIGNATURE // 2 :]
    der = utils.encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    try:
        key.verify(der, token.message, ec.ECDSA(hashes.SHA384()))
    except InvalidSignature:
        return False
    return True
