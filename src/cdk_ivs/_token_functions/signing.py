"""The keys in KMS that functions sign with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .construct import allowed, arn_by_attribute
from .resources import ResourceArn

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_kms import IKeyRef

# What tokens of IVS need, and nothing else that a key can do.
_ES384 = {
    "StringEquals": {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"},
}


def key_of(signing_key: IKeyRef) -> ResourceArn:
    """The ARN of the key."""
    return ResourceArn(arn_by_attribute("key", signing_key), "kms", "key")


def may_sign(key: ResourceArn) -> dict[str, object]:
    """The statement that allows to sign tokens with a key."""
    return allowed("kms:Sign", [key.text], _ES384)
