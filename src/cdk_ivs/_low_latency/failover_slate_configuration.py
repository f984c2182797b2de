"""Slates that viewers see while the video of a live stream is interrupted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk import Duration

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.synth_validation import check_each, validate_at_synth
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import FAILOVER_SLATE_CONFIGURATION
from cdk_ivs._services.custom_resource.cdk_ivs_handler.resources import MARK
from cdk_ivs._validation.tags import check_tags
from cdk_ivs._validation.values import whole_seconds

from .references import FailoverSlateConfigurationReference, IFailoverSlateConfigurationRef

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties
    from cdk_ivs._services.custom_resource.created import CreatedAtDeployment
    from cdk_ivs._validation.errors import ValidationError

# By the name in the API: the keyword, the minimum and the maximum.
_SECONDS = {
    "ActivationThresholdSeconds": ("activation_threshold", 3, 5),
    "MaxSlateDisplaySeconds": ("max_slate_display", 60, 180),
    "MinSlateDisplaySeconds": ("min_slate_display", 3, 10),
}


class FailoverSlateConfigurationGrants(Grants):
    """
    Permissions on one failover slate configuration.

    You get them from the property `grants` of a failover slate configuration, or from
    `from_failover_slate_configuration()`.

    Args:
        resource: The failover slate configuration.
        arn: The ARN of the failover slate configuration.
    """

    _RESOURCE_TYPE = FAILOVER_SLATE_CONFIGURATION

    @classmethod
    def from_failover_slate_configuration(
        cls, failover_slate_configuration: IFailoverSlateConfigurationRef
    ) -> Self:
        """
        Return the permissions on any failover slate configuration.

        Args:
            failover_slate_configuration: The failover slate configuration.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(failover_slate_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the failover slate configuration.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetFailoverSlateConfiguration")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change when the slate appears, and for how long.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateFailoverSlateConfiguration")


@jsii.implements(IFailoverSlateConfigurationRef)
class IFailoverSlateConfiguration(IvsResource):
    """A failover slate configuration, which this app creates or refers to."""

    _RESOURCE_TYPE = FAILOVER_SLATE_CONFIGURATION
    _OWN_TAG = MARK

    @attribute
    def failover_slate_configuration_arn(self) -> str:
        """The ARN of the failover slate configuration."""
        return self._resource_arn()

    @property
    def failover_slate_configuration_ref(self) -> FailoverSlateConfigurationReference:
        """A reference to the failover slate configuration."""
        return FailoverSlateConfigurationReference(
            failover_slate_configuration_arn=self.failover_slate_configuration_arn
        )

    @property
    def grants(self) -> FailoverSlateConfigurationGrants:
        """Permissions on the failover slate configuration, as in `grants.read(role)`."""
        return FailoverSlateConfigurationGrants(self, self.failover_slate_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class FailoverSlateConfigurationProps(Props):
    """The parameters of a `FailoverSlateConfiguration`, which describes each of them."""

    activation_threshold: Duration | None = None
    failover_slate_configuration_name: str | None = None
    max_slate_display: Duration | None = None
    min_slate_display: Duration | None = None
    tags: Mapping[str, str] | None = None


class FailoverSlateConfiguration(IFailoverSlateConfiguration):
    """
    Create a failover slate configuration: when viewers see a slate because video is missing.

    Give the configuration to a channel as `failover_slate_configuration`.

    How you supply the image of the slate is UNCONFIRMED. As of 2026-11-27, no action of the API has
    a parameter for it.

    CloudFormation has no resource type for failover slate configurations, so a custom resource
    calls the API at deployment. Its function can create, list, read, change, tag and delete all
    failover slate configurations of the account and Region, because the ARN is not known before.
    How many configurations an account can have is UNCONFIRMED.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        activation_threshold: How long the video is missing before the slate appears, in whole
            seconds from 3 to 5
            ([CreateFailoverSlateConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateFailoverSlateConfiguration.html)).
            Default: 3 seconds, which the service chooses.

        failover_slate_configuration_name: The name, which need not be unique: at most 128 letters,
            digits, hyphens and underscores
            ([CreateFailoverSlateConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateFailoverSlateConfiguration.html)).
            Default: no name.

        max_slate_display: The longest time for which viewers see the slate, in whole seconds from
            60 to 180
            ([CreateFailoverSlateConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateFailoverSlateConfiguration.html)).
            Default: 60 seconds, which the service chooses.

        min_slate_display: The shortest time for which viewers see the slate, in whole seconds from
            3 to 10
            ([CreateFailoverSlateConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateFailoverSlateConfiguration.html)).
            Default: 3 seconds, which the service chooses.

        tags: The tags of the configuration. You can give 49 of the 50 tags that a resource can have
            ([CreateFailoverSlateConfiguration](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateFailoverSlateConfiguration.html)).
            The custom resource needs one, `cdk-ivs:created-for`. Default: no other tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `DurationRange` or `DurationUnit` if a duration is invalid. `Name` if the
            name is invalid. `TagCount`, `TagForm`, `TagKey` or `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.FailoverSlateConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CreatedAtDeployment

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        activation_threshold: Duration | None = None,
        failover_slate_configuration_name: str | None = None,
        max_slate_display: Duration | None = None,
        min_slate_display: Duration | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, FailoverSlateConfigurationProps, locals()) as props:
            seconds = {
                name: whole_seconds(keyword, getattr(props, keyword), low, high)
                for name, (keyword, low, high) in _SECONDS.items()
            }
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        # Imported here, because a reference needs no custom resource.
        from cdk_ivs._services.custom_resource.created import CreatedAtDeployment
        from cdk_ivs._services.custom_resource.operations import Operation

        self._ivs_cfn = tracked(CreatedAtDeployment)(
            self,
            "Resource",
            operation=Operation.FAILOVER_SLATE_CONFIGURATION,
            properties={"Name": cfn_name, **seconds},
            tags=cfn_tags,
        )
        validate_at_synth(self, _check_all_tags, self)

    @classmethod
    def from_failover_slate_configuration_arn(
        cls, scope: Construct, id: str, failover_slate_configuration_arn: str
    ) -> IFailoverSlateConfiguration:
        """
        Refer to a failover slate configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            failover_slate_configuration_arn: The ARN. The reference has the account and the Region
                of the ARN.

        Returns:
            The failover slate configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a failover slate configuration.
        """
        return IFailoverSlateConfiguration._import_by_arn(
            scope, id, failover_slate_configuration_arn
        )

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        for name, (keyword, low, high) in _SECONDS.items():
            whole_seconds(keyword, rendered.seconds(name), low, high)


def _check_all_tags(
    _: Construct, slates: Sequence[FailoverSlateConfiguration]
) -> Iterable[ValidationError]:
    """Refuse tags that aspects add, as the API does."""
    return check_each(((slate, slate._ivs_cfn) for slate in slates), _check_tags)


def _check_tags(cfn: CreatedAtDeployment) -> None:
    check_tags(cfn.tags.tag_values(), own=MARK)
