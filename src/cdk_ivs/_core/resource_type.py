"""The record of a type of resource, which determines its names and limits."""

from __future__ import annotations

from typing import NamedTuple


class Quota(NamedTuple):
    """
    The quota of an account in a Region.

    Attributes:
        plural: The plural noun for messages.
        value: The number.
        adjustable: Whether Service Quotas can raise it.
    """

    plural: str
    value: int
    adjustable: bool


class ResourceType(NamedTuple):
    """
    A type of resource.

    Attributes:
        kind: The name in Python, as in `public_key_arn` and `public_key_ref`.
        resource_actions: The actions on one resource, which IAM authorizes on its ARN.
        type_actions: The actions on all resources of the type, or on a new one, which IAM
            authorizes on the ARNs of the type.
        unscoped_actions: The actions on all resources of the type that have no resource type in
            IAM.
        service: The prefix of the actions, and the service in ARNs.
        irregular_arn_name: The name in ARNs, if it is not the kind with hyphens.
        quota: The quota about which constructs warn.
        since: The first version of aws-cdk-lib with the type, if older versions are supported.
    """

    kind: str
    resource_actions: tuple[str, ...]
    type_actions: tuple[str, ...] = ()
    unscoped_actions: tuple[str, ...] = ()
    service: str = "ivs"
    irregular_arn_name: str | None = None
    quota: Quota | None = None
    since: str | None = None

    @property
    def is_of_ivs(self) -> bool:
        """Whether the type belongs to IVS, and not to another service."""
        return self.service in {"ivs", "ivschat"}

    @property
    def arn_name(self) -> str:
        """The name in ARNs, as in `public-key/<id>`."""
        return self.irregular_arn_name or self.kind.replace("_", "-")

    @property
    def class_name(self) -> str:
        """The name of the construct, as in `PublicKey`."""
        return self.kind.title().replace("_", "")

    @property
    def cfn_type(self) -> str:
        """The name in CloudFormation. A resource that only the API creates has one here too."""
        namespace = "IVSChat" if self.service == "ivschat" else "IVS"
        return f"AWS::{namespace}::{self.class_name}"

    @property
    def actions(self) -> tuple[str, ...]:
        """All actions of the type."""
        return (*self.resource_actions, *self.type_actions, *self.unscoped_actions)

    def resource_of(self, action: str) -> str:
        """Return the resource in the ARNs on which IAM authorizes an action."""
        if action in self.unscoped_actions:
            return "*"
        return f"{self.arn_name}/{'<id>' if action in self.resource_actions else '*'}"
