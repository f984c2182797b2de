"""
References to ad configurations, which aws-cdk-lib knows from 2.274 on.

Before that there are stand-ins, so that everything else can be imported and used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from aws_cdk import IResource

from cdk_ivs._iam.resource_types import AD_CONFIGURATION
from cdk_ivs._validation.errors import ValidationError

__all__ = ["AdConfigurationReference", "IAdConfigurationRef", "check_ad_configurations_exist"]

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


def check_ad_configurations_exist() -> None:
    """Refuse to make an ad configuration with an aws-cdk-lib that has none."""
    if AdConfigurationReference is None:
        from importlib.metadata import version

        raise ValidationError(
            f"AdConfiguration needs aws-cdk-lib {AD_CONFIGURATION.since} or newer, got "
            f"{version('aws-cdk-lib')}; upgrade aws-cdk-lib",
            code="AwsCdkLibVersion",
        )
