"""The record of a type of resource, from which its names and limits follow."""

from __future__ import annotations

from typing import NamedTuple


class Quota(NamedTuple):
    """
    How many there can be in an account and Region.

    Attributes:
        plural: What is counted, in the plural, for messages.
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
        kind: The name in Python, as in ``public_key_arn`` and ``public_key_ref``.
        resource_actions: The actions about one resource, authorized on its ARN.
        type_actions: The actions about all of the type, or a new one, on the ARNs of all.
        unscoped_actions: The actions about all of the type that have no resource in policies.
        service: The prefix of the actions, and the service in ARNs.
        irregular_arn_name: The name in ARNs, if it is not the kind with hyphens.
        quota: The quota that constructs warn about.
        since: The first version of aws-cdk-lib that has the type, if older ones are supported.
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
        """Whether IVS has the type, and not a service beside it."""
        return self.service in {"ivs", "ivschat"}

    @property
    def arn_name(self) -> str:
        """The name in ARNs, as in ``public-key/<id>``."""
        return self.irregular_arn_name or self.kind.replace("_", "-")

    @property
    def class_name(self) -> str:
        """The name of the construct, as in ``PublicKey``."""
        return self.kind.title().replace("_", "")

    @property
    def cfn_type(self) -> str:
        """CloudFormation's name, which a resource that only the API creates would have, too."""
        namespace = "IVSChat" if self.service == "ivschat" else "IVS"
        return f"AWS::{namespace}::{self.class_name}"

    @property
    def actions(self) -> tuple[str, ...]:
        """All actions that are about the type."""
        return (*self.resource_actions, *self.type_actions, *self.unscoped_actions)

    def resource_of(self, action: str) -> str:
        """The resource in the ARNs that an action is authorized on."""
        if action in self.unscoped_actions:
            return "*"
        return f"{self.arn_name}/{'<id>' if action in self.resource_actions else '*'}"
