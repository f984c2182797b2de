#!/usr/bin/env bash
# KMS Sign of moto with MessageType=DIGEST hashes the digest once more.
#
# The signature therefore does not verify with the key of GetPublicKey. A fix was offered to moto in
# August 2026 (getmoto/moto pull request 10202).
# This affects you if you sign playback tokens or participant tokens for IVS (ES384) with a key in KMS
# and hash the message yourself: the test fails, or it passes with a verifier that makes the same
# mistake.
# Instead: in tests, sign with MessageType=RAW (up to 4,096 bytes), which moto implements correctly.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  moto==5.2.5 boto3==1.44.5 botocore==1.44.5 cryptography==50.0.2

"$work/venv/bin/python" - <<'PY'
from hashlib import sha384
from importlib.metadata import version
import os
import sys

import boto3
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_public_key
from moto import mock_aws

os.environ.update(
    AWS_ACCESS_KEY_ID="example", AWS_SECRET_ACCESS_KEY="example", AWS_DEFAULT_REGION="us-east-1"
)
message = b"header.payload"
digest = sha384(message).digest()


def verifies(key, signature, data):
    try:
        key.verify(signature, data, ec.ECDSA(SHA384()))
    except InvalidSignature:
        return False
    return True


with mock_aws():
    kms = boto3.client("kms")
    made = kms.create_key(KeyUsage="SIGN_VERIFY", KeySpec="ECC_NIST_P384")
    key_id = made["KeyMetadata"]["KeyId"]
    key = load_der_public_key(kms.get_public_key(KeyId=key_id)["PublicKey"])

    def sign(data, kind):
        return kms.sign(
            KeyId=key_id, Message=data, MessageType=kind, SigningAlgorithm="ECDSA_SHA_384"
        )["Signature"]

    raw = verifies(key, sign(message, "RAW"), message)
    signature = sign(digest, "DIGEST")
    of_message = verifies(key, signature, message)
    of_digest = verifies(key, signature, digest)

print("moto", version("moto"), "and cryptography", version("cryptography"))
print("Expected: with DIGEST KMS skips the hashing, so the signature is one of the message (KMS API")
print("  reference, Sign, MessageType).")
print(f"Seen: RAW: signature of the message {raw}")
print(f"Seen: DIGEST: signature of the message {of_message}, of the digest as a message {of_digest}")
if (raw, of_message, of_digest) != (True, False, True):
    sys.exit("The behavior has changed.")
PY
