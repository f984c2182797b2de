"""Sign a participant token, as a backend does for each participant it lets in."""

import base64
import json
import sys
import time
import uuid
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import load_pem_private_key

LIFETIME_SECONDS = 12 * 60 * 60


def participant_token(
    private_key_pem: bytes,
    *,
    public_key_arn: str,
    stage_arn: str,
    events_url: str,
    whip_url: str,
    user_id: str,
) -> str:
    """A token with which a participant can join the stage in the next twelve hours."""
    key = load_pem_private_key(private_key_pem, password=None)
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP384R1)):
        raise TypeError("the private key must be one on the curve P-384")
    now = int(time.time())
    header = {"alg": "ES384", "typ": "JWT", "kid": public_key_arn}
    claims = {
        "exp": now + LIFETIME_SECONDS,
        "iat": now,
        "jti": str(uuid.uuid4()),
        "resource": stage_arn,
        "topic": stage_arn.rpartition("/")[2],
        "events_url": events_url,
        "whip_url": whip_url,
        "user_id": user_id,
        "capabilities": {"allow_publish": True, "allow_subscribe": True},
        "version": "1.0",
    }
    message = ".".join(_encode(json.dumps(part).encode()) for part in (header, claims))
    # The signature comes as DER; a token holds its two numbers side by side.
    r, s = utils.decode_dss_signature(key.sign(message.encode(), ec.ECDSA(hashes.SHA384())))
    return f"{message}.{_encode(r.to_bytes(48) + s.to_bytes(48))}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    key_file, key_arn, arn, events, whip, user = sys.argv[1:]
    print(
        participant_token(
            Path(key_file).read_bytes(),
            public_key_arn=key_arn,
            stage_arn=arn,
            events_url=events,
            whip_url=whip,
            user_id=user,
        )
    )
