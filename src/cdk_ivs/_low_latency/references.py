"""
References that are not, or not always, among the generated ones.

The CDK makes references from CloudFormation's types. There is none for failover slate
configurations, and aws-cdk-lib knows that of ad configurations from 2.274 on. Before that there
are stand-ins, so that everything else can be imported and used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from aws_cdk import IResource
from aws_cdk.interfaces import IEnvironmentAware
from constructs import IConstruct

from cdk_ivs._core.props import Props

__all__ = [
    "AdConfigurationReference",
    "FailoverSlateConfigurationReference",
    "IAdConfigurationRef",
    "IFailoverSlateConfigurationRef",
]

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_ivs import AdConfigurationReference, IAdConfigurationRef
else:
    try:
        from aws_cdk.interfaces.aws_ivs import AdConfigurationReference, IAdConfigurationRef
    except ImportError:
        AdConfigurationReference = None

        class IAdConfigurationRef(IResource, Protocol):
            """An ad configuration of nobody's: aws-cdk-lib has none yet."""

            @property
            def ad_configuration_ref(self) -> None:
                """Nothing."""


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
