"""
References to failover slate configurations.

The CDK makes such references from CloudFormation's types, and there is none for these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from aws_cdk.interfaces import IEnvironmentAware
from constructs import IConstruct

from cdk_ivs._core.props import Props


@dataclass(frozen=True, kw_only=True)
class FailoverSlateConfigurationReference(Props):
    """
    What refers to a failover slate configuration.

    Args:
        failover_slate_configuration_arn: The ARN of the failover slate configuration.
    """

    failover_slate_configuration_arn: str


class IFailoverSlateConfigurationRef(IConstruct, IEnvironmentAware, Protocol):
    """Whatever can be referred to as a failover slate configuration."""

    @property
    def failover_slate_configuration_ref(self) -> FailoverSlateConfigurationReference:
        """A reference to the failover slate configuration."""
        ...
