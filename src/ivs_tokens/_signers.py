"""Sign tokens with a private key in a PEM, or with a key in AWS KMS."""

from __future__ import annotations

import re

from ._der import raw_signature
from ._errors import TokenError
from ._shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

EXTRA = "install cdk-ivs[tokens]"
CURVE = "secp384r1"
CREATE = "create one with 'openssl ecparam -name secp384r1 -genkey -noout -out private.pem'"

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY_ID = (
    "(?:arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:key/)?(?:" + _UUID + "|mrk-[0-9a-f]{32})"
    "|(?:arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:)?alias/[a-zA-Z0-9/_-]+"
)
_KEY_ID_LENGTH = 2048

# The remedies for errors of KMS, by the code of the error.
_HINTS = {
    "AccessDeniedException": "allow 'kms:Sign' on the key, for the algorithm ECDSA_SHA_384 and the "
    "message type DIGEST",
    "DisabledException": "enable the key, or give another 'key_id'",
    "InvalidKeyUsageException": "'key_id' must be a key with the spec ECC_NIST_P384 and the usage "
    "SIGN_VERIFY",
    "KMSInvalidStateException": "the key is not ready to sign: cancel its deletion, or give "
    "another 'key_id'",
    "NotFoundException": "'key_id' must be the ARN, the ID or the alias of a key in the "
    "Region of the client",
    "ThrottlingException": "give several viewers the same token, or request a higher quota of KMS",
}


class PemSigner:
    """
    Sign tokens with a private key that your application holds.

    It needs the package `cryptography`: install `cdk-ivs[tokens]`.

    Args:
        private_key_pem: The PEM of a private key on the curve P-384 (secp384r1), without a
            passphrase.

    Raises:
        TokenError: `ArgumentType` if `private_key_pem` is neither text nor bytes. `PrivateKey` if
            it is anything else than such a PEM. The message contains no part of the key.
    """

    __slots__ = ("_algorithm", "_key")

    def __init__(self, private_key_pem: str | bytes) -> None:
        pem = _pem_bytes(private_key_pem)
        try:
            from cryptography.exceptions import UnsupportedAlgorithm
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.asymmetric import ec
            from cryptography.hazmat.primitives.serialization import load_pem_private_key
        except ImportError as error:
            raise ImportError(f"PemSigner requires the package cryptography; {EXTRA}") from error
        try:
            key = load_pem_private_key(pem, password=None)
        # A TypeError means that there is a passphrase. The other texts may quote the key.
        except (TypeError, ValueError, UnsupportedAlgorithm):
            raise _not_a_key(_kind_of(pem)) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise _not_a_key("a private key of another kind")
        if key.curve.name != CURVE:
            raise _not_a_key(f"a key on the curve {key.curve.name}")
        self._key = key
        self._algorithm = ec.ECDSA(hashes.SHA384())

    def sign(self, message: bytes) -> bytes:
        """
        Sign a message with ES384.

        Args:
            message: The message: the header and the claims of a token.

        Returns:
            The signature: `r` and `s`, 48 bytes each.
        """
        signature = raw_signature(self._key.sign(message, self._algorithm))
        assert signature is not None  # noqa: S101 - cryptography returns DER
        return signature


class KmsSigner:
    """
    Sign tokens with a key in AWS KMS. The private key never leaves KMS.

    The signer calls `kms:Sign` once for each token. It sends the SHA-384 digest, not the token.

    Args:
        key_id: The ARN, the ID or the alias of a key with the spec `ECC_NIST_P384` and the usage
            `SIGN_VERIFY`.

        client: A boto3 client of KMS. Default: a client for the Region in the ARN, or for the
            default Region of boto3.

    Raises:
        TokenError: `ArgumentType` if `client` is not a client of KMS. `KeyId` if `key_id` has
            another form. The signer does not call KMS to check it.
    """

    __slots__ = ("_client", "_key_id")

    def __init__(self, key_id: str, client: Any = None) -> None:  # noqa: ANN401 - boto3 has no types
        match = _key_id(key_id)
        if match is None:
            raise TokenError(
                "'key_id' must be the ARN, the ID or the alias of a key in KMS, such as "
                "'arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' "
                f"or 'alias/ivs-tokens', got {shown(key_id)}",
                code="KeyId",
            )
        if client is None:
            try:
                import boto3
            except ImportError as error:
                raise ImportError("KmsSigner requires the package boto3, or a 'client'") from error
            client = boto3.client("kms", region_name=match[1] or match[2])
        elif not callable(getattr(client, "sign", None)):
            raise TokenError(
                f"'client' must be a boto3 client of KMS, got {shown(client)}; use "
                "boto3.client('kms')",
                code="ArgumentType",
            )
        self._key_id = key_id
        self._client = client

    def sign(self, message: bytes) -> bytes:
        """
        Sign a message with ES384.

        Errors of KMS are those of botocore. The library adds a note that tells you what to do.

        Args:
            message: The message: the header and the claims of a token.

        Returns:
            The signature: `r` and `s`, 48 bytes each.

        Raises:
            TokenError: `SigningKey` if KMS returns a signature of a key that is not on the curve
                P-384.
        """
        from hashlib import sha384

        try:
            # The message can be longer than 4,096 bytes, which is the most that KMS accepts.
            answer = self._client.sign(
                KeyId=self._key_id,
                Message=sha384(message).digest(),
                MessageType="DIGEST",
                SigningAlgorithm="ECDSA_SHA_384",
            )
        except Exception as error:
            hint = _hint_for(error)
            if hint is not None:
                error.add_note(f"{self!r}: {hint}")
            raise
        signature = raw_signature(answer["Signature"])
        if signature is None:
            raise TokenError(
                "'key_id' must be a key that signs on the curve P-384, got a signature that is "
                "not the DER of two numbers of at most 384 bits",
                code="SigningKey",
            )
        return signature

    def __repr__(self) -> str:
        return f"KmsSigner({self._key_id!r})"


def _key_id(key_id: object) -> re.Match[str] | None:
    if not isinstance(key_id, str) or len(key_id) > _KEY_ID_LENGTH:
        return None
    return re.fullmatch(_KEY_ID, key_id)


def _pem_bytes(private_key_pem: object) -> bytes:
    if isinstance(private_key_pem, str):
        # A text that UTF-8 cannot carry is not a PEM, and is refused later.
        return private_key_pem.encode("utf-8", "replace")
    if isinstance(private_key_pem, bytes):
        return private_key_pem
    raise TokenError(
        "'private_key_pem' must be a PEM as str or bytes, got a value of the type "
        f"{shown(type(private_key_pem).__name__)}",
        code="ArgumentType",
    )


def _kind_of(pem: bytes) -> str:
    """Describe a text that is not a usable private key, without quoting it."""
    if b"-----BEGIN" not in pem:
        return (
            "text without the line '-----BEGIN PRIVATE KEY-----'; pass the content of the file, "
            "not its name"
        )
    if b"ENCRYPTED" in pem:
        return (
            "a key with a passphrase; decrypt it with 'openssl ec -in private.pem -out plain.pem'"
        )
    if b"PRIVATE KEY" not in pem:
        return "a PEM without a private key, such as a public key; sign with the private key"
    if b"\\n" in pem:
        return (
            r"a PEM that has a written '\n' at the end of each line; replace it with a line break"
        )
    return f"a private key that is damaged or of another kind; {CREATE}"


def _not_a_key(got: str) -> TokenError:
    return TokenError(
        f"'private_key_pem' must be the PEM of a private key on the curve P-384 (secp384r1), "
        f"got {got}",
        code="PrivateKey",
    )


def _hint_for(error: Exception) -> str | None:
    """Return the remedy for an error of KMS, if there is one."""
    answer = getattr(error, "response", None)
    details = answer.get("Error") if isinstance(answer, dict) else None
    return _HINTS.get(str(details.get("Code"))) if isinstance(details, dict) else None
