"""What viewers see while the video of a live stream is interrupted."""

from __future__ import annotations

import abc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

import jsii
from aws_cdk import Duration, IResource

from cdk_ivs._core.annotations import warn_about_region
from cdk_ivs._core.injection import InjectionId, inject
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tracked_l1 import tracked
from cdk_ivs._core.tree import is_in_tree
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import FAILOVER_SLATE_CONFIGURATION
from cdk_ivs._services.custom_resource.cdk_ivs_handler.resources import MARK
from cdk_ivs._validation.arns import check_arn
from cdk_ivs._validation.errors import ValidationError, error_path, error_path_of
from cdk_ivs._validation.tags import render_tags
from cdk_ivs._validation.values import check_name, whole_seconds

from .slate_references import FailoverSlateConfigurationReference, IFailoverSlateConfigurationRef

if TYPE_CHECKING:
    from aws_cdk import CfnTag
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


class FailoverSlateConfigurationGrants(Grants):
    """Permissions on one failover slate configuration."""

    _TYPE = FAILOVER_SLATE_CONFIGURATION

    @classmethod
    def from_failover_slate_configuration(
        cls, failover_slate_configuration: IFailoverSlateConfigurationRef
    ) -> Self:
        """
        The permissions on any failover slate configuration.

        Args:
            failover_slate_configuration: The failover slate configuration.
        """
        return cls._of(failover_slate_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the failover slate configuration.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "GetFailoverSlateConfiguration")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change when the slate appears, and for how long.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "UpdateFailoverSlateConfiguration")


class IFailoverSlateConfiguration(IFailoverSlateConfigurationRef, IResource, Protocol):
    """A failover slate configuration, created in this app or not."""

    @property
    def failover_slate_configuration_arn(self) -> str:
        """The ARN of the failover slate configuration."""
        ...

    @property
    def grants(self) -> FailoverSlateConfigurationGrants:
        """Permissions on the failover slate configuration."""
        ...


@dataclass(frozen=True, kw_only=True)
class FailoverSlateConfigurationProps(Props):
    """The parameters of a FailoverSlateConfiguration, which describes them."""

    activation_threshold: Duration | None = None
    failover_slate_configuration_name: str | None = None
    max_slate_display: Duration | None = None
    min_slate_display: Duration | None = None
    tags: Mapping[str, str] | None = None


@jsii.implements(IFailoverSlateConfiguration)
class _FailoverSlateConfigurationBase(IvsResource):
    @property
    @abc.abstractmethod
    def failover_slate_configuration_arn(self) -> str:
        """The ARN of the failover slate configuration."""

    @property
    def failover_slate_configuration_ref(self) -> FailoverSlateConfigurationReference:
        """A reference to the failover slate configuration."""
        return FailoverSlateConfigurationReference(
            failover_slate_configuration_arn=self.failover_slate_configuration_arn
        )

    @property
    def grants(self) -> FailoverSlateConfigurationGrants:
        """Permissions on the failover slate configuration, as in ``grants.read(role)``."""
        return FailoverSlateConfigurationGrants(self, self.failover_slate_configuration_arn)


class FailoverSlateConfiguration(_FailoverSlateConfigurationBase):
    """
    Define when viewers see a slate because the video from the encoder is interrupted.

    Give it to a channel as ``failover_slate_configuration``.

    How the image of the slate is supplied is UNCONFIRMED: no action of the API, as of
    2026-11-27, has a parameter for it.

    CloudFormation has no type for it: a custom resource calls the API when the stack is deployed.
    The function behind that may create, list, read, change, tag and delete every failover slate
    configuration of the account and Region, because the ARN is not known before. How many an
    account can have is UNCONFIRMED.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        activation_threshold: How long the video is missing before the slate appears: 3 to 5
            whole seconds. Default: the service's, 3 seconds.

        failover_slate_configuration_name: The name: at most 128 letters, digits, hyphens and
            underscores, not necessarily unique. Default: no name.

        max_slate_display: How long the slate is there at most: 60 to 180 whole seconds.
            Default: the service's, 60 seconds.

        min_slate_display: How long the slate is there at least: 3 to 10 whole seconds. Default:
            the service's, 3 seconds.

        tags: Tags for the failover slate configuration, at most 49 beside the one by which the
            custom resource knows it, ``cdk-ivs:created-for``. Default: no others.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.FailoverSlateConfiguration")
    """The id of this class for property injectors."""

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
        with error_path(scope, id):
            props = inject(
                FailoverSlateConfiguration,
                scope,
                id,
                FailoverSlateConfigurationProps(
                    activation_threshold=activation_threshold,
                    failover_slate_configuration_name=failover_slate_configuration_name,
                    max_slate_display=max_slate_display,
                    min_slate_display=min_slate_display,
                    tags=tags,
                ),
            )
            seconds, cfn_tags = _check(props)
        super().__init__(scope, id, physical_name=props.failover_slate_configuration_name)
        # Here and not above: a reference needs nothing of a custom resource.
        from cdk_ivs._services.custom_resource.created import CreatedAtDeployment
        from cdk_ivs._services.custom_resource.operations import Operation

        self._cfn = tracked(CreatedAtDeployment)(
            self,
            "Resource",
            operation=Operation.FAILOVER_SLATE_CONFIGURATION,
            properties={
                "Name": self._rendered_name(props.failover_slate_configuration_name),
                **seconds,
            },
            tags=cfn_tags,
        )
        validate_at_synth(self, _check_all_tags, self)
        warn_about_region(self, scope)

    @classmethod
    def from_failover_slate_configuration_arn(
        cls, scope: Construct, id: str, failover_slate_configuration_arn: str
    ) -> IFailoverSlateConfiguration:
        """
        Refer to a failover slate configuration by its ARN.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            failover_slate_configuration_arn: The ARN. Its account and Region are those of the
                reference.

        Raises:
            ValidationError: If the ARN is not that of a failover slate configuration.
        """
        return _FailoverSlateConfigurationByArn(scope, id, failover_slate_configuration_arn)

    @property
    def failover_slate_configuration_arn(self) -> str:
        """The ARN of the failover slate configuration."""
        return self._once("arn", lambda: self._cfn.get_att("Arn").to_string())

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        _check(
            FailoverSlateConfigurationProps(
                activation_threshold=rendered.seconds("ActivationThresholdSeconds"),
                failover_slate_configuration_name=rendered.text("Name"),
                max_slate_display=rendered.seconds("MaxSlateDisplaySeconds"),
                min_slate_display=rendered.seconds("MinSlateDisplaySeconds"),
                tags=rendered.tags(),
            )
        )


class _FailoverSlateConfigurationByArn(_FailoverSlateConfigurationBase):
    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with error_path(scope, id):
            check_arn("failover_slate_configuration_arn", arn, "failover-slate-configuration")
        super().__init__(scope, id, environment_from_arn=arn)
        self._arn = arn

    @property
    def failover_slate_configuration_arn(self) -> str:
        return self._arn


def _check(
    props: FailoverSlateConfigurationProps,
) -> tuple[dict[str, int | None], list[CfnTag] | None]:
    """Refuse what IVS refuses, and give back the durations in seconds and the tags."""
    check_name("failover_slate_configuration_name", props.failover_slate_configuration_name)
    seconds = {
        "ActivationThresholdSeconds": whole_seconds(
            "activation_threshold", props.activation_threshold, 3, 5
        ),
        "MaxSlateDisplaySeconds": whole_seconds(
            "max_slate_display", props.max_slate_display, 60, 180
        ),
        "MinSlateDisplaySeconds": whole_seconds(
            "min_slate_display", props.min_slate_display, 3, 10
        ),
    }
    return seconds, render_tags(props.tags, own=MARK)


def _check_all_tags(
    _: Construct, slates: Sequence[FailoverSlateConfiguration]
) -> Iterator[ValidationError]:
    """Refuse tags that aspects added to those that were given, as the API would."""
    for slate in slates:
        if is_in_tree(slate):
            try:
                with error_path_of(slate):
                    render_tags(slate._cfn.tags.tag_values(), own=MARK)
            except ValidationError as error:
                yield error
