"""Checks of removal policies."""

from __future__ import annotations

from aws_cdk import RemovalPolicy

from cdk_ivs._validation.errors import ValidationError, safe_text


def check_removal_policy(policy: RemovalPolicy | None, resources: str) -> None:
    """
    Refuse a removal policy that takes a snapshot of a resource that has no snapshots.

    Args:
        policy: The removal policy.
        resources: The kind of the resources, as in "keys".
    """
    if policy is RemovalPolicy.SNAPSHOT:
        raise ValidationError(
            "'removal_policy' must be RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE, got "
            f"SNAPSHOT; CloudFormation has no snapshots of {safe_text(resources)}",
            code="RemovalPolicy",
        )
