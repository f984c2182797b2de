"""
AWS KMS on this machine, for what signs tokens.

Moto cannot take its place: it hashes a digest once more, so that its signatures of a digest verify
for nobody, and it signs with keys that KMS refuses.
"""

from __future__ import annotations

import base64
import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.arns import REGION, arn
from tests.support.service import ServiceError, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab"
KEY_ARN = arn(f"key/{KEY_ID}", service="kms")
ALIAS = "alias/ivs-tokens"
ALIAS_ARN = arn(ALIAS, service="kms")

# By the curve: the spec, and the one algorithm that a key of it signs with.
SPECS = {
    "secp256r1": ("ECC_NIST_P256", "ECDSA_SHA_256", hashes.SHA256()),
    "secp384r1": ("ECC_NIST_P384", "ECDSA_SHA_384", hashes.SHA384()),
    "secp521r1": ("ECC_NIST_P521", "ECDSA_SHA_512", hashes.SHA512()),
}
RAW = 4096


@dataclass
class KmsKey:
    """
    A key of KMS.

    Attributes:
        private_key: The key, which no answer has.
        state: The state of the key.
        usage: What it is for.
    """

    private_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP384R1()), repr=False
    )
    state: str = "Enabled"
    usage: str = "SIGN_VERIFY"

    @property
    def public_der(self) -> bytes:
        """The public key as KMS returns it."""
        return self.private_key.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def public_pem(self) -> str:
        """The public key as IVS gets it."""
        return (
            self.private_key.public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )


@dataclass
class Kms:
    """
    The API of KMS.

    Attributes:
        keys: The keys, by ARN.
        aliases: The ARNs of the keys, by the ARN of the alias.
        calls: The action and the parameters of each call, in order.
        errors: The errors of the next calls.
        signature: What is answered instead of a signature. None to sign.
        port: The port on the loopback interface.
    """

    keys: dict[str, KmsKey] = field(default_factory=lambda: {KEY_ARN: KmsKey()})
    aliases: dict[str, str] = field(default_factory=lambda: {ALIAS_ARN: KEY_ARN})
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    errors: list[ServiceError] = field(default_factory=list)
    signature: bytes | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self) -> KmsKey:
        """The key that there is from the beginning."""
        return self.keys[KEY_ARN]

    def client(self) -> Any:
        """A client of boto3 for this service."""
        return boto3.client(
            "kms",
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id="AKIDEXAMPLE",
            aws_secret_access_key="secret",
        )

    def answer(self, _path: str, body: bytes, headers: Mapping[str, str]) -> object:
        """Answer a request of the API."""
        service, action = headers["X-Amz-Target"].split(".")
        assert service == "TrentService"
        parameters = json.loads(body)
        self.calls.append((action, parameters))
        if self.errors:
            raise self.errors.pop(0)
        answer: object = getattr(self, f"_{action}")(parameters)
        return answer

    def _Sign(self, parameters: dict[str, Any]) -> object:  # noqa: N802 - the action
        key_arn, key = self._usable(parameters["KeyId"])
        _, algorithm, hash_algorithm = SPECS[key.private_key.curve.name]
        if key.usage != "SIGN_VERIFY" or parameters["SigningAlgorithm"] != algorithm:
            raise ServiceError("InvalidKeyUsageException", 400, f"{key_arn} is not for this")
        message = base64.b64decode(parameters["Message"], validate=True)
        if parameters.get("MessageType", "RAW") == "RAW":
            if len(message) > RAW:
                raise ServiceError("ValidationException", 400, "the message is too long")
            how = ec.ECDSA(hash_algorithm)
        else:
            if len(message) != hash_algorithm.digest_size:
                raise ServiceError("ValidationException", 400, "the digest has a wrong length")
            how = ec.ECDSA(utils.Prehashed(hash_algorithm))
        signature = self.signature or key.private_key.sign(message, how)
        return {
            "KeyId": key_arn,
            "Signature": base64.b64encode(signature).decode(),
            "SigningAlgorithm": algorithm,
        }

    def _GetPublicKey(self, parameters: dict[str, Any]) -> object:  # noqa: N802
        key_arn, key = self._usable(parameters["KeyId"])
        spec, algorithm, _ = SPECS[key.private_key.curve.name]
        return {
            "KeyId": key_arn,
            "KeySpec": spec,
            "KeyUsage": key.usage,
            "PublicKey": base64.b64encode(key.public_der).decode(),
            "SigningAlgorithms": [algorithm],
        }

    def _usable(self, key_id: str) -> tuple[str, KmsKey]:
        """The ARN and the key of an id, an ARN or an alias, if its state allows to use it."""
        full = key_id
        if not key_id.startswith("arn:"):
            resource = key_id if key_id.startswith("alias/") else f"key/{key_id}"
            full = arn(resource, service="kms")
        key_arn = self.aliases.get(full, full)
        if key_arn not in self.keys:
            raise ServiceError("NotFoundException", 400, f"Key '{full}' does not exist")
        key = self.keys[key_arn]
        if key.state == "Disabled":
            raise ServiceError("DisabledException", 400, f"{key_arn} is disabled.")
        if key.state != "Enabled":
            raise ServiceError("KMSInvalidStateException", 400, f"{key_arn} is {key.state}.")
        return key_arn, key


@contextlib.contextmanager
def served_kms() -> Iterator[Kms]:
    """KMS on a free port of the loopback interface."""
    kms = Kms()
    with serve(kms.answer) as kms.port:
        yield kms
