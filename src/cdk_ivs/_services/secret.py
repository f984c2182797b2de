"""Secret attributes of resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._core.placement import check_id
from cdk_ivs._validation.argument_types import check_type

if TYPE_CHECKING:
    from aws_cdk.aws_secretsmanager import Secret
    from constructs import Construct


def store_secret(
    scope: Construct, id: str, value: str, *, description: str, secret_name: str | None
) -> Secret:
    """
    Create a secret from an attribute of a resource.

    Args:
        scope: The scope in which the secret is created.
        id: The ID of the secret.
        value: The attribute, a token.
        description: The description of the secret.
        secret_name: The name of the secret, or None for one that CloudFormation generates.

    Returns:
        The secret.
    """
    check_id(id)
    if secret_name is not None:
        check_type("secret_name", secret_name, str)
    # Here and not above: import cdk_ivs must not load them.
    from aws_cdk import SecretValue
    from aws_cdk.aws_secretsmanager import Secret

    return Secret(
        scope,
        id,
        description=description,
        secret_name=secret_name,
        secret_string_value=SecretValue.resource_attribute(value),
    )
