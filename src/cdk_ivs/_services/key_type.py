"""Keys of AWS KMS as a type of resource, as far as this library needs their actions."""

from __future__ import annotations

from cdk_ivs._core.resource_type import ResourceType

KEY = ResourceType("key", ("GetPublicKey", "Sign"), service="kms")
