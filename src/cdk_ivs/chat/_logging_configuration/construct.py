"""Logging configurations: that the messages of rooms are logged, and where."""

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
    """Permissions on one logging configuration."""

    _RESOURCE_TYPE = LOGGING_CONFIGURATION

    @classmethod
    def from_logging_configuration(cls, logging_configuration: ILoggingConfigurationRef) -> Self:
        """
        The permissions on any logging configuration.

        Args:
            logging_configuration: The logging configuration: a construct of this library or an L1.
        """
        return cls._of(logging_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the logging configuration. Logs are read from their destination.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "GetLoggingConfiguration")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the logging configuration.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "UpdateLoggingConfiguration")


@jsii.implements(ILoggingConfigurationRef)
class ILoggingConfiguration(IvsResource):
    """A logging configuration, created in this app or not."""

    _RESOURCE_TYPE = LOGGING_CONFIGURATION

    @attribute
    def logging_configuration_arn(self) -> str:
        """The ARN of the logging configuration."""
        return self._resource_arn()

    @attribute
    def logging_configuration_id(self) -> str:
        """The id of the logging configuration: the last part of its ARN."""
        return resource_id(self.logging_configuration_arn)

    @property
    def logging_configuration_ref(self) -> LoggingConfigurationReference:
        """A reference to the logging configuration."""
        return LoggingConfigurationReference(
            logging_configuration_arn=self.logging_configuration_arn
        )

    @property
    def grants(self) -> LoggingConfigurationGrants:
        """Permissions on the logging configuration, as in ``grants.read(role)``."""
        return LoggingConfigurationGrants(self, self.logging_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class LoggingConfigurationProps(Props):
    """The parameters of a LoggingConfiguration, which describes them."""

    destination: LoggingDestination
    logging_configuration_name: str | None = None
    tags: Mapping[str, str] | None = None


class LoggingConfiguration(ILoggingConfiguration):
    """
    Define where the messages of rooms are logged.

    Give it to rooms as ``logging_configurations``. It can be deleted when no room has it. An
    account can have 10 in a Region, if it does not ask for more.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        destination: Where messages are logged: ``LoggingDestination.cloud_watch_logs(...)``,
            ``.s3(...)`` or ``.firehose(...)``.

        logging_configuration_name: The name: at most 128 letters, digits, hyphens and
            underscores, not necessarily unique. Default: no name.

        tags: Tags for the logging configuration, at most 50. Default: none.

    Raises:
        ValidationError: If an argument is one that IVS Chat refuses, or the destination one that
            nothing can be logged to.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.chat.LoggingConfiguration")
    """The id of this class for property injectors."""

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
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            logging_configuration_arn: The ARN. Its account and Region are those of the
                reference.

        Raises:
            ValidationError: If the ARN is not that of a logging configuration.
        """
        return ILoggingConfiguration._import_by_arn(scope, id, logging_configuration_arn)

    @attribute
    def logging_configuration_id(self) -> str:
        """The id of the logging configuration: the last part of its ARN."""
        return self._ivs_cfn.attr_id

    @attribute
    def logging_configuration_state(self) -> str:
        """The state when CloudFormation created or changed it: ACTIVE, if it is ready."""
        return self._ivs_cfn.attr_state
