"""The keys in KMS that functions sign with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._validation.arns import arn_of

from .construct import allowed
from .resources import ResourceArn

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_kms import IKeyRef

# What tokens of IVS need, and nothing else that a key can do.
_ES384 = {
    "StringEquals": {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"},
}


def key_of(signing_key: IKeyRef) -> ResourceArn:
    """The ARN of the key, by one message where it has an attribute: a reference takes three."""
    arn = getattr(signing_key, "key_arn", None)
    text = arn if isinstance(arn, str) else arn_of("signing_key", signing_key, "key")
    return ResourceArn(text, "kms", "key")


def may_sign(key: ResourceArn) -> dict[str, object]:
    """The statement that allows to sign tokens with a key."""
    return allowed("kms:Sign", [key.text], _ES384)
