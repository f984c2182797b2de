"""Public keys on the curve P-384. IVS verifies tokens only with such keys."""

from __future__ import annotations

import base64
import re

from .errors import ValidationError, safe_text
from .tokens import is_token

# Neither form of the key needs padding in base64. Python ignores some of it, and OpenSSL does not.
_PEM = re.compile(
    r"\s*-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/\r\n]+)\r?\n-----END PUBLIC KEY-----\s*"
)
_LABEL = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")

# SubjectPublicKeyInfo of RFC 5480 up to the point: the algorithm id-ecPublicKey and the curve
# secp384r1, then a bit string that holds the point uncompressed or compressed.
_ALGORITHM = bytes.fromhex("301006072a8648ce3d020106052b81040022")
_UNCOMPRESSED = bytes.fromhex("3076") + _ALGORITHM + bytes.fromhex("03620004")
_COMPRESSED = tuple(
    bytes.fromhex("3046") + _ALGORITHM + bytes.fromhex(f"033200{sign}") for sign in ("02", "03")
)
_COORDINATE = 48

# The curve of FIPS 186-4, D.1.2.4: y^2 = x^3 - 3x + b over the field of p elements.
_P = 2**384 - 2**128 - 2**96 + 2**32 - 1
_B = int(
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
    "c656398d8a2ed19d2a85c8edd3ec2aef",
    16,
)

_HELP = (
    "create the pair with 'openssl ecparam -name secp384r1 -genkey -noout -out private.pem' and "
    "use the output of 'openssl ec -in private.pem -pubout'"
)


def check_public_key(keyword: str, material: str) -> None:
    """
    Refuse a value that is not a PEM of a public key on P-384.

    The message never contains the value, because it can be a private key that was given by mistake.
    """
    label = _LABEL.search(material)
    # A private key beside a token would be readable in the template.
    may_be_public = label is None or label[1] == "PUBLIC KEY"
    if is_p384_public_key(material) or (may_be_public and is_token(material)):
        return
    if label is None:
        got = "text without the line '-----BEGIN PUBLIC KEY-----'"
    elif label[1] != "PUBLIC KEY":
        got = f"a PEM of '{safe_text(label[1])}'"
        if "PRIVATE" in label[1]:
            got += ": never put a private key into a template"
    else:
        got = "a 'PUBLIC KEY' PEM that is damaged or of another kind of key"
    raise ValidationError(
        f"'{keyword}' must be the PEM of a public key on the curve P-384 (secp384r1), "
        f"got {got}; {_HELP}",
        code="PublicKey",
    )


def is_p384_public_key(material: str) -> bool:
    """Whether the text is the PEM of a point on P-384."""
    pem = _PEM.fullmatch(material)
    if pem is None:
        return False
    try:
        der = base64.b64decode(pem[1])
    except ValueError:
        return False
    if der.startswith(_UNCOMPRESSED):
        point = der[len(_UNCOMPRESSED) :]
        x, y = point[:_COORDINATE], point[_COORDINATE:]
        return len(point) == 2 * _COORDINATE and _is_on_curve(int.from_bytes(x), int.from_bytes(y))
    if der.startswith(_COMPRESSED):
        x = der[len(_COMPRESSED[0]) :]
        return len(x) == _COORDINATE and _is_x_of_a_point(int.from_bytes(x))
    return False


def _is_on_curve(x: int, y: int) -> bool:
    return x < _P and y < _P and (y * y - _cubic(x)) % _P == 0


def _is_x_of_a_point(x: int) -> bool:
    # Euler's criterion for a square. Zero does not occur, because the order of the curve is odd.
    return x < _P and pow(_cubic(x), (_P - 1) // 2, _P) == 1


def _cubic(x: int) -> int:
    return (x * x * x - 3 * x + _B) % _P
