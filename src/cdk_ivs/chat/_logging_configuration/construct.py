"""Logging configurations: the destinations to which the messages of rooms are logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk.aws_ivschat import CfnLoggingConfiguration
from aws_cdk.interfaces.aws_ivschat import (
    ILoggingConfigurationRef,
    LoggingConfigurationReference,
)

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import LOGGING_CONFIGURATION
from cdk_ivs._validation.arns import resource_id

from .destination import LoggingDestination

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct


class LoggingConfigurationGrants(Grants):
    """
    Permissions on one logging configuration.

    You get them from the property `grants` of a logging configuration, or from
    `from_logging_configuration()`.

    Args:
        resource: The logging configuration.
        arn: The ARN of the logging configuration.
    """

    _RESOURCE_TYPE = LOGGING_CONFIGURATION

    @classmethod
    def from_logging_configuration(cls, logging_configuration: ILoggingConfigurationRef) -> Self:
        """
        Return the permissions on a logging configuration.

        Args:
            logging_configuration: The logging configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a logging configuration.
        """
        return cls._of(logging_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the logging configuration, but not the logs in the destination.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetLoggingConfiguration")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the logging configuration.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdateLoggingConfiguration")


@jsii.implements(ILoggingConfigurationRef)
class ILoggingConfiguration(IvsResource):
    """
    A logging configuration that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create a
            `chat.LoggingConfiguration`, or use
            `chat.LoggingConfiguration.from_logging_configuration_arn()`.
    """

    _RESOURCE_TYPE = LOGGING_CONFIGURATION

    @attribute
    def logging_configuration_arn(self) -> str:
        """The ARN of the logging configuration."""
        return self._resource_arn()

    @attribute
    def logging_configuration_id(self) -> str:
        """
        The ID of the logging configuration: the last part of its ARN.

        Raises:
            ValidationError: `DynamicReference` if the ARN contains a dynamic reference.
        """
        return resource_id(self.logging_configuration_arn)

    @property
    def logging_configuration_ref(self) -> LoggingConfigurationReference:
        """A reference to the logging configuration."""
        return LoggingConfigurationReference(
            logging_configuration_arn=self.logging_configuration_arn
        )

    @property
    def grants(self) -> LoggingConfigurationGrants:
        """Permissions on the logging configuration, as in `grants.read(role)`."""
        return LoggingConfigurationGrants(self, self.logging_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class LoggingConfigurationProps(Props):
    """The parameters of a `LoggingConfiguration`, which describes each of them."""

    destination: LoggingDestination
    logging_configuration_name: str | None = None
    tags: Mapping[str, str] | None = None


class LoggingConfiguration(ILoggingConfiguration):
    """
    Create a logging configuration: the destination to which the messages of rooms are logged.

    Give it to rooms as `logging_configurations`. You can delete it when no room uses it. An account
    can have 10 logging configurations in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html)).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        destination: The destination: `LoggingDestination.cloud_watch_logs(...)`,
            `LoggingDestination.s3(...)` or `LoggingDestination.firehose(...)`.

        logging_configuration_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateLoggingConfiguration](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateLoggingConfiguration.html)).
            Names do not have to be unique. Default: no name.

        tags: The tags of the logging configuration, up to 50
            ([CreateLoggingConfiguration](https://docs.aws.amazon.com/ivs/latest/ChatAPIReference/API_CreateLoggingConfiguration.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `BucketEncryption` if the bucket is known to be encrypted with the AWS
            managed key. `DeliveryStreamTag` if the delivery stream has another value of the tag
            that the delivery needs. `Environment` if the destination is known to be in another
            account or Region. `Name` if IVS Chat refuses the name. `TagForm`, `TagCount`, `TagKey`
            or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.chat.LoggingConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnLoggingConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        destination: LoggingDestination,
        logging_configuration_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, LoggingConfigurationProps, locals()) as props:
            environment = props.destination._check(scope)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnLoggingConfiguration)(
            self,
            "Resource",
            destination_configuration=props.destination._render(),
            name=cfn_name,
            tags=cfn_tags,
        )
        props.destination._permit(self, self._ivs_cfn, environment)

    @classmethod
    def from_logging_configuration_arn(
        cls, scope: Construct, id: str, logging_configuration_arn: str
    ) -> ILoggingConfiguration:
        """
        Refer to a logging configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            logging_configuration_arn: The ARN. The reference has the account and the Region of the
                ARN.

        Returns:
            The logging configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of a logging configuration.
        """
        return ILoggingConfiguration._import_by_arn(scope, id, logging_configuration_arn)

    @attribute
    def logging_configuration_id(self) -> str:
        """The ID of the logging configuration: the last part of its ARN."""
        return self._ivs_cfn.attr_id

    @attribute
    def logging_configuration_state(self) -> str:
        """The state when CloudFormation last created or changed it. ACTIVE means ready."""
        return self._ivs_cfn.attr_state
