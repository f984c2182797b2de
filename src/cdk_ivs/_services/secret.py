"""Secret attributes of resources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from aws_cdk import RemovalPolicy

from cdk_ivs._core.placement import check_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.removal_policies import check_removal_policy
from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import ValidationError, error_path, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from aws_cdk.aws_kms import IKey, Key
    from aws_cdk.aws_secretsmanager import ReplicaRegion, Secret
    from constructs import Construct


class SecretSettings(TypedDict):
    """The parameters of the methods that store a secret."""

    encryption_key: Key | IKey | None
    removal_policy: RemovalPolicy | None
    replica_regions: Sequence[ReplicaRegion] | None
    secret_name: str | None


@dataclass(frozen=True, kw_only=True)
class _PlainSettings(Options):
    """The settings whose types are loaded in any case."""

    removal_policy: RemovalPolicy | None = None
    secret_name: str | None = None


def store_secret(
    scope: Construct, id: str, value: str, description: str, **settings: Unpack[SecretSettings]
) -> Secret:
    """
    Create a secret from an attribute of a resource.

    Args:
        scope: The scope in which the secret is created.
        id: The ID of the secret.
        value: The attribute, a token.
        description: The description of the secret.
        **settings: The settings of the secret. A setting that is None has the default of the CDK.

    Returns:
        The secret.
    """
    # Here and not above: import cdk_ivs must not load them.
    from aws_cdk import SecretValue
    from aws_cdk.aws_secretsmanager import Secret

    with error_path(scope, id):
        check_id(id)
        _check(scope, settings)
    return Secret(
        scope,
        id,
        description=description,
        encryption_key=settings["encryption_key"],
        removal_policy=settings["removal_policy"],
        # Only a list crosses to JavaScript.
        replica_regions=None
        if settings["replica_regions"] is None
        else list(settings["replica_regions"]),
        secret_name=settings["secret_name"],
        secret_string_value=SecretValue.resource_attribute(value),
    )


def _check(scope: Construct, settings: SecretSettings) -> None:
    from aws_cdk.aws_kms import IKey
    from aws_cdk.aws_secretsmanager import ReplicaRegion

    _PlainSettings(removal_policy=settings["removal_policy"], secret_name=settings["secret_name"])
    check_removal_policy(settings["removal_policy"], "secrets")
    if settings["encryption_key"] is not None:
        check_type("encryption_key", settings["encryption_key"], IKey)
    if settings["replica_regions"] is not None:
        check_type("replica_regions", settings["replica_regions"], Sequence[ReplicaRegion])
        _check_replicas([each.region for each in settings["replica_regions"]], scope)


def _check_replicas(regions: Sequence[str], scope: Construct) -> None:
    """Refuse the Region of the stack and a Region that is given twice, as Secrets Manager does."""
    _, own = scope_info(scope).environment()
    for index, region in enumerate(regions):
        if is_token(region):
            continue
        if region == own:
            raise ValidationError(
                "'replica_regions' must be other Regions than that of the secret, got "
                f"{safe_repr(region)}, which is the Region of the stack; leave it out",
                code="ReplicaRegion",
            )
        if region in regions[:index]:
            raise ValidationError(
                f"'replica_regions' must have each Region once, got '{safe_text(region)}' again; "
                "leave one out",
                code="ReplicaRegion",
            )
