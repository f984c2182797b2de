"""The public halves of keys in AWS KMS."""

from __future__ import annotations

import base64
import textwrap
from typing import TYPE_CHECKING

from .errors import coded

if TYPE_CHECKING:
    from .api import Api

PUBLIC_KEY_PEM = "PublicKeyPem"
# SubjectPublicKeyInfo of a point on P-384, uncompressed, up to the point.
_P384 = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")
_P384_LENGTH = 120
_SPEC, _USAGE = "ECC_NIST_P384", "SIGN_VERIFY"
_PEM_LINE = 64


def read_public_key(api: Api) -> dict[str, str]:
    """
    Read the public half of a key as PEM, in the form that CloudFormation accepts for IVS.

    Args:
        api: The API with the ARN of the key.

    Raises:
        ValueError: If IVS cannot verify tokens with the key.
    """
    answer = api.call("kms", "GetPublicKey", KeyId=api.arn)
    der, usage = answer["PublicKey"], answer["KeyUsage"]
    if len(der) != _P384_LENGTH or not der.startswith(_P384) or usage != _USAGE:
        raise ValueError(
            coded(
                "KeyKind",
                f"{api.arn} must be a key with the spec {_SPEC} and the usage {_USAGE}, got "
                f"{answer['KeySpec']} and {usage}; create a SigningKey, or name another key",
            )
        )
    lines = textwrap.wrap(base64.b64encode(der).decode(), _PEM_LINE)
    pem = "\n".join(("-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""))
    return {PUBLIC_KEY_PEM: pem}
