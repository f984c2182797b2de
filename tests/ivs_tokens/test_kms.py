"""The small KMS of the tests refuses what KMS refuses, by the names of botocore's model."""

from __future__ import annotations

from typing import Any

import botocore.loaders
import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from ivs_tokens._signers import _HINTS
from tests.support.kms import ALIAS, KEY_ARN, Kms, KmsKey

# Of every service, not of this model.
COMMON = {"AccessDeniedException", "ThrottlingException", "ValidationException"}


def sign(kms: Kms, **parameters: Any) -> Any:
    """What the service answers to a call that is right but for some parameters."""
    right = {
        "KeyId": KEY_ARN,
        "Message": bytes(48),
        "MessageType": "DIGEST",
        "SigningAlgorithm": "ECDSA_SHA_384",
    }
    return kms.client().sign(**{**right, **parameters})


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"Message": bytes(47)}, "ValidationException"),
        ({"Message": bytes(49)}, "ValidationException"),
        ({"Message": bytes(4097), "MessageType": "RAW"}, "ValidationException"),
        ({"SigningAlgorithm": "ECDSA_SHA_256"}, "InvalidKeyUsageException"),
        ({"KeyId": "alias/other"}, "NotFoundException"),
    ],
)
def test_refuses(kms: Kms, parameters: dict[str, Any], code: str) -> None:
    """
    A digest of another length, a long message, another algorithm and an unknown key are refused.
    """
    with pytest.raises(ClientError) as caught:
        sign(kms, **parameters)
    assert caught.value.response["Error"]["Code"] == code


def test_signs_a_message_that_is_not_too_long(kms: Kms) -> None:
    """
    The longest message that is not a digest has 4,096 bytes.
    """
    assert sign(kms, Message=bytes(4096), MessageType="RAW")["SigningAlgorithm"] == "ECDSA_SHA_384"


def test_returns_the_public_key(kms: Kms) -> None:
    """
    The public key comes in DER, with its spec.
    """
    answer = kms.client().get_public_key(KeyId=ALIAS)
    key = load_der_public_key(answer["PublicKey"])
    assert key == kms.key.private_key.public_key()
    assert (answer["KeySpec"], answer["KeyUsage"]) == ("ECC_NIST_P384", "SIGN_VERIFY")
    assert len(answer["PublicKey"]) == 120


def test_a_key_is_not_shown() -> None:
    """
    A key in the report of a failed test shows nothing of the private key.
    """
    assert repr(KmsKey(ec.generate_private_key(ec.SECP384R1()))) == (
        "KmsKey(state='Enabled', usage='SIGN_VERIFY')"
    )


def test_hints_are_for_errors_that_there_are() -> None:
    """
    Each error that the library says something about is one of the call, or of every call.
    """
    operations = botocore.loaders.Loader().load_service_model("kms", "service-2")["operations"]
    errors = {error["shape"] for error in operations["Sign"]["errors"]}
    assert _HINTS.keys() <= errors | COMMON
