"""Server-side ad insertion into live streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk import Duration
from aws_cdk.interfaces.aws_mediatailor import IPlaybackConfigurationRef

from cdk_ivs._core.annotations import warn_about_ad_configuration_region
from cdk_ivs._core.environments import environment_of_arn
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.regions import AD_CONFIGURATION_REGIONS
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._core.tree import ACCOUNT, scope_info
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import AD_CONFIGURATION
from cdk_ivs._validation.arns import arn_of, check_arn
from cdk_ivs._validation.errors import ValidationError
from cdk_ivs._validation.values import whole_seconds

from .references import AdConfigurationReference, IAdConfigurationRef

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from aws_cdk.aws_ivs import CfnAdConfiguration
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties

_KEYWORD = "playback_configurations"
_MOST_PLAYBACK_CONFIGURATIONS = 3


class AdConfigurationGrants(Grants):
    """
    Permissions on one ad configuration.

    You get them from the property `grants` of an ad configuration, or from
    `from_ad_configuration()`.

    Args:
        resource: The ad configuration.
        arn: The ARN of the ad configuration.
    """

    _RESOURCE_TYPE = AD_CONFIGURATION

    @classmethod
    def from_ad_configuration(cls, ad_configuration: IAdConfigurationRef) -> Self:
        """
        Return the permissions on any ad configuration.

        Args:
            ad_configuration: The ad configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(ad_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the ad configuration.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetAdConfiguration")


@jsii.implements(IAdConfigurationRef)
class IAdConfiguration(IvsResource):
    """An ad configuration, which this app creates or refers to."""

    _RESOURCE_TYPE = AD_CONFIGURATION

    @attribute
    def ad_configuration_arn(self) -> str:
        """The ARN of the ad configuration."""
        return self._resource_arn()

    @property
    def ad_configuration_ref(self) -> AdConfigurationReference:
        """A reference to the ad configuration."""
        return AdConfigurationReference(ad_configuration_arn=self.ad_configuration_arn)

    @property
    def grants(self) -> AdConfigurationGrants:
        """Permissions on the ad configuration, as in `grants.read(role)`."""
        return AdConfigurationGrants(self, self.ad_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class AdConfigurationProps(Props):
    """The parameters of an `AdConfiguration`, which describes each of them."""

    playback_configurations: Sequence[IPlaybackConfigurationRef | str]
    ad_configuration_name: str | None = None
    post_roll: Duration | None = None
    tags: Mapping[str, str] | None = None


class AdConfiguration(IAdConfiguration):
    """
    Create an ad configuration: the ads that AWS Elemental MediaTailor inserts into live streams.

    Give the ad configuration to a channel as `ad_configuration`. Your application then requests ad
    breaks at run time with the API action `InsertAdBreak`. An account can have 20 ad configurations
    in a Region
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).

    An ad configuration needs aws-cdk-lib 2.274 or newer. CloudFormation offers the resource in
    fewer Regions than IVS itself. A warning at synthesis tells you if your Region is not one of
    them.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        playback_configurations: The playback configurations of MediaTailor, from 1 to 3
            ([CreateAdConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateAdConfiguration.html)).
            Each is an `aws_mediatailor.CfnPlaybackConfiguration` or an ARN. The first one is the
            default. The playback token of a viewer can name another one. They must be in the
            account of the ad configuration. Whether they must also be in its Region is UNCONFIRMED.

        ad_configuration_name: The name, which need not be unique: at most 128 letters, digits,
            hyphens and underscores
            ([CreateAdConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateAdConfiguration.html)).
            Default: no name.

        post_roll: How long viewers see ads after a stream ends, in whole seconds from 1 to 300
            ([UpdateAdConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_UpdateAdConfiguration.html)).
            Default: no ads at the end.

        tags: The tags of the ad configuration, at most 50
            ([CreateAdConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateAdConfiguration.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `PlaybackConfigurationCount` if there are no or more than three playback
            configurations. `Arn` if one of them is not a playback configuration of MediaTailor.
            `Environment` if one of them is in another account. `DurationRange` or `DurationUnit` if
            `post_roll` is invalid. `AwsCdkLibVersion` if aws-cdk-lib is too old. `Name` if the name
            is invalid. `TagCount`, `TagForm`, `TagKey` or `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.AdConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnAdConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        playback_configurations: Sequence[IPlaybackConfigurationRef | str],
        ad_configuration_name: str | None = None,
        post_roll: Duration | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, AdConfigurationProps, locals()) as props:
            arns, seconds = _check(props, scope)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        # Imported here, because older versions of aws-cdk-lib do not have it.
        from aws_cdk.aws_ivs import CfnAdConfiguration

        self._ivs_cfn = tracked(CfnAdConfiguration)(
            self,
            "Resource",
            media_tailor_playback_configurations=[
                CfnAdConfiguration.MediaTailorPlaybackConfigurationProperty(
                    playback_configuration_arn=arn
                )
                for arn in arns
            ],
            name=cfn_name,
            post_roll_configuration=CfnAdConfiguration.PostRollConfigurationProperty(
                enabled=True, duration_seconds=seconds
            )
            if seconds is not None
            else None,
            tags=cfn_tags,
        )
        _acknowledge_unknown_type(self._ivs_cfn, scope)
        warn_about_ad_configuration_region(self, scope)

    @classmethod
    def from_ad_configuration_arn(
        cls, scope: Construct, id: str, ad_configuration_arn: str
    ) -> IAdConfiguration:
        """
        Refer to an ad configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            ad_configuration_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The ad configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of an ad configuration. `AwsCdkLibVersion`
                if aws-cdk-lib is too old.
        """
        return IAdConfiguration._import_by_arn(scope, id, ad_configuration_arn)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        arns = [
            item.text("PlaybackConfigurationArn")
            for item in rendered.parts("MediaTailorPlaybackConfigurations")
        ]
        post_roll = rendered.part("PostRollConfiguration")
        _check(
            AdConfigurationProps(
                playback_configurations=arns,
                post_roll=post_roll.seconds("DurationSeconds") if post_roll else None,
            ),
            self,
        )


def _check(props: AdConfigurationProps, scope: Construct) -> tuple[list[str], int | None]:
    """Check what the base class does not, and return the ARNs and the post-roll in seconds."""
    arns = _playback_configuration_arns(props.playback_configurations, scope)
    return arns, whole_seconds("post_roll", props.post_roll, 1, 300)


def _acknowledge_unknown_type(cfn_resource: CfnAdConfiguration, scope: Construct) -> None:
    """
    Acknowledge a finding of the CDK's validation that the resource type does not exist.

    The list of types in aws-cdk-lib 2.275 lacks it for every Region. The finding stops the
    synthesis of an app that has the feature flags of a new project.
    """
    from aws_cdk import Acknowledgment, Validations

    _, region = scope_info(scope).environment()
    if region is None or region in AD_CONFIGURATION_REGIONS:
        Validations.of(cfn_resource).acknowledge(
            Acknowledgment(
                id="CloudFormation-Validate::F3006",
                reason="AWS::IVS::AdConfiguration is in CloudFormation's registry",
            )
        )


def _playback_configuration_arns(
    configurations: Sequence[IPlaybackConfigurationRef | str], scope: Construct
) -> list[str]:
    if not 1 <= len(configurations) <= _MOST_PLAYBACK_CONFIGURATIONS:
        raise ValidationError(
            f"'{_KEYWORD}' must have 1 to {_MOST_PLAYBACK_CONFIGURATIONS} playback "
            f"configurations of MediaTailor, got {len(configurations)}",
            code="PlaybackConfigurationCount",
        )
    return [_playback_configuration_arn(configuration, scope) for configuration in configurations]


def _playback_configuration_arn(
    configuration: IPlaybackConfigurationRef | str, scope: Construct
) -> str:
    if isinstance(configuration, str):
        arn = configuration
        check_arn(_KEYWORD, arn, "playbackConfiguration", service="mediatailor")
    else:
        arn = arn_of(_KEYWORD, configuration, "playback_configuration")
    _check_account(arn, configuration, scope)
    return arn


def _check_account(
    arn: str, configuration: IPlaybackConfigurationRef | str, scope: Construct
) -> None:
    """Refuse a playback configuration of another account. Another Region can be valid."""
    own = scope_info(scope).environment().account
    if own is None:
        return
    written = environment_of_arn(arn)
    if written is not None:
        other = written.account
    elif isinstance(configuration, str):
        return
    else:
        other = configuration.env.account
    if other != own and ACCOUNT.fullmatch(other):
        raise ValidationError(
            f"'{_KEYWORD}' must be in the account of the stack, {own}, got one in {other}",
            code="Environment",
        )
