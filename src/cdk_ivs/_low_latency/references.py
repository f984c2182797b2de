"""
References that the CDK does not generate, or not in all versions.

The CDK generates references from the resource types of CloudFormation. There is no type for
failover slate configurations. aws-cdk-lib has the type for ad configurations since 2.274.
Placeholders take its place in older versions, so that you can import and use the rest of the
library.
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
            """The placeholder for versions of aws-cdk-lib without ad configurations."""

            @property
            def ad_configuration_ref(self) -> None:
                """No reference."""


@dataclass(frozen=True, kw_only=True)
class FailoverSlateConfigurationReference(Props):
    """
    A reference to a failover slate configuration.

    Args:
        failover_slate_configuration_arn: The ARN of the failover slate configuration.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
    """

    failover_slate_configuration_arn: str


class IFailoverSlateConfigurationRef(IConstruct, IEnvironmentAware, Protocol):
    """Any construct that refers to a failover slate configuration."""

    @property
    def failover_slate_configuration_ref(self) -> FailoverSlateConfigurationReference:
        """A reference to the failover slate configuration."""
        ...
