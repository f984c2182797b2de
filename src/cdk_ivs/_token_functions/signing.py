"""The keys in KMS with which functions sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.tree import scope_info
from cdk_ivs._services.signing_key import refuse_alias, warn_about_account
from cdk_ivs._validation.arns import arn_of
from cdk_ivs._validation.errors import ValidationError

from .resources import ResourceArn

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import IPublicKeyRef
    from aws_cdk.interfaces.aws_kms import IKeyRef
    from constructs import Construct


def key_of(signing_key: IKeyRef) -> ResourceArn:
    """Return the ARN of a key. Its attribute takes one message, and its reference three."""
    arn = _key_arn(signing_key)
    refuse_alias(signing_key, arn)
    return ResourceArn(arn, "kms", "key")


def _key_arn(signing_key: IKeyRef) -> str:
    arn = getattr(signing_key, "key_arn", None)
    return arn if isinstance(arn, str) else arn_of("signing_key", signing_key, "key")


def check_pair(public_key: IPublicKeyRef, key: ResourceArn, scope: Construct) -> None:
    """Refuse a public key that comes from another signing key."""
    other = getattr(public_key, "_signing_key", None)
    if other is None or _key_arn(other) == key.text:
        return
    from aws_cdk import Stack

    # Two tokens can resolve to the same ARN.
    first, second = Stack.of(scope).resolve([_key_arn(other), key.text])
    if first != second:
        raise ValidationError(
            "'public_key' must be the public half of 'signing_key', got that of another key, which "
            "verifies none of the tokens; give both the same key",
            code="OtherKey",
        )


def warn_if_elsewhere(function: Construct, signing_key: IKeyRef, key: ResourceArn) -> None:
    """Warn that the policy of a key in another account must allow the function to sign."""
    account = scope_info(function).environment().account
    warn_about_account(function, signing_key, key.text, account, "function")
