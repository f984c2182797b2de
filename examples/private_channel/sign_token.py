"""Sign a playback token, as a backend does for each viewer it lets in."""

import base64
import json
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import load_pem_private_key

HEADER = {"alg": "ES384", "typ": "JWT"}
LIFETIME_SECONDS = 600


def playback_token(channel_arn: str, private_key_pem: bytes) -> str:
    """A token that opens the channel for the next ten minutes."""
    key = load_pem_private_key(private_key_pem, password=None)
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP384R1)):
        raise TypeError("the private key must be one on the curve P-384")
    claims = {"aws:channel-arn": channel_arn, "exp": int(time.time()) + LIFETIME_SECONDS}
    message = ".".join(_encode(json.dumps(part).encode()) for part in (HEADER, claims))
    # The signature comes as DER; a token holds its two numbers side by side.
    r, s = utils.decode_dss_signature(key.sign(message.encode(), ec.ECDSA(hashes.SHA384())))
    return f"{message}.{_encode(r.to_bytes(48) + s.to_bytes(48))}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    key_file, arn = sys.argv[1:]
    print(playback_token(arn, Path(key_file).read_bytes()))
