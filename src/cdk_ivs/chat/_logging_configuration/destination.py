"""The destinations to which the messages of rooms are logged."""

from __future__ import annotations

import abc
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from aws_cdk.aws_ivschat import CfnLoggingConfiguration
from aws_cdk.interfaces.aws_kinesisfirehose import IDeliveryStreamRef
from aws_cdk.interfaces.aws_logs import ILogGroupRef
from aws_cdk.interfaces.aws_s3 import IBucketRef

from cdk_ivs._core.environments import Environment, check_arn_environment, check_same_environment
from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import scope_info
from cdk_ivs._services.bucket import (
    BucketSettings,
    ResolvedBucket,
    bucket_settings,
    check_bucket_environment,
    resolve_bucket,
)
from cdk_ivs._services.bucket_policies import StatementValues, allow_service_write
from cdk_ivs._validation.errors import ValidationError, safe_repr, safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
    from constructs import Construct

_TAG = ("LogDeliveryEnabled", "true")
# Above the priority of Tags.of(), 100: a tag of the whole stack must not stop the delivery.
_PRIORITY = 200
_Destination = CfnLoggingConfiguration.DestinationConfigurationProperty


class LoggingDestination(abc.ABC):
    """
    The destination to which messages are logged. Use `cloud_watch_logs()`, `s3()` or `firehose()`.

    The destination must be in the account and Region of the logging configuration and its rooms
    ([guide](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html)).
    """

    @staticmethod
    def cloud_watch_logs(log_group: ILogGroupRef) -> LoggingDestination:
        """
        Log to a log group in Amazon CloudWatch Logs.

        When the logging configuration is created, AWS allows the delivery in a resource policy of
        CloudWatch Logs. All log groups share that policy, and its length is limited. If you have
        many log groups, use names that begin with `/aws/vendedlogs/`, which keep the policy short
        ([guide](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html)).

        Args:
            log_group: The log group.

        Returns:
            The destination.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a log group.
        """
        return _CloudWatchLogs(log_group=log_group)

    @staticmethod
    def s3(bucket: IBucketRef) -> LoggingDestination:
        """
        Log to a bucket, under `AWSLogs/<account>/IVSChatLogs/`.

        The delivery needs permissions in the policy of the bucket
        ([guide](https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/chat-logging.html)). The
        construct adds them in your app. CloudFormation creates the logging configuration after that
        policy. If AWS added the statements itself, CloudFormation would erase them when it writes
        the policy. If the bucket is not in the app, a warning shows the statements that its policy
        needs.

        Args:
            bucket: The bucket. If it is encrypted with KMS, it needs a customer managed key. The
                construct adds the permissions of the delivery to the policy of that key.

        Returns:
            The destination.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a bucket.
        """
        return _S3(bucket=bucket)

    @staticmethod
    def firehose(delivery_stream: IDeliveryStreamRef) -> LoggingDestination:
        """
        Log to a delivery stream of Amazon Data Firehose.

        The construct adds the tag `LogDeliveryEnabled` with the value `true` to the delivery
        stream. The delivery needs this tag.

        Args:
            delivery_stream: The delivery stream.

        Returns:
            The destination.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not a delivery stream.
        """
        return _Firehose(delivery_stream=delivery_stream)

    @abc.abstractmethod
    def _check(self, scope: Construct) -> Environment:
        """Refuse a destination that cannot receive logs, and return its account and Region."""

    @abc.abstractmethod
    def _render(self) -> _Destination:
        """Return the destination for the template."""

    @abc.abstractmethod
    def _permit(
        self,
        construct: Construct,
        cfn_configuration: CfnLoggingConfiguration,
        environment: Environment,
    ) -> None:
        """Allow the delivery of logs."""


@dataclass(frozen=True, kw_only=True)
class _CloudWatchLogs(LoggingDestination, Options):
    log_group: ILogGroupRef

    def _check(self, scope: Construct) -> Environment:
        return check_same_environment("log_group", self.log_group, scope)

    def _render(self) -> _Destination:
        return _Destination(
            cloud_watch_logs=CfnLoggingConfiguration.CloudWatchLogsDestinationConfigurationProperty(
                log_group_name=self.log_group.log_group_ref.log_group_name
            )
        )

    def _permit(self, *_: object) -> None:
        """Do nothing, because the service allows the delivery, and no deployment reverts that."""


@dataclass(frozen=True, kw_only=True)
class _Firehose(LoggingDestination, Options):
    delivery_stream: IDeliveryStreamRef

    def _check(self, scope: Construct) -> Environment:
        # The CDK assumes that a stream that is imported by its ARN is where the stack is.
        arn = self.delivery_stream.delivery_stream_ref.delivery_stream_arn
        check_arn_environment("delivery_stream", arn, scope)
        name, value = _TAG
        stream = self._cfn_stream()
        given = stream.tags.tag_values().get(name) if stream is not None else None
        if given not in {None, value}:
            raise ValidationError(
                f"'delivery_stream' must have the tag {name} with the value '{value}', or no such "
                f"tag, got {safe_repr(given)}: the service delivers logs only with this value; "
                "leave the tag out",
                code="DeliveryStreamTag",
            )
        return check_same_environment("delivery_stream", self.delivery_stream, scope)

    def _cfn_stream(self) -> CfnDeliveryStream | None:
        from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream

        stream: Any = self.delivery_stream
        if CfnDeliveryStream.is_cfn_delivery_stream(stream):
            return cast("CfnDeliveryStream", stream)
        return cast("CfnDeliveryStream | None", stream.node.default_child)

    def _render(self) -> _Destination:
        return _Destination(
            firehose=CfnLoggingConfiguration.FirehoseDestinationConfigurationProperty(
                delivery_stream_name=self.delivery_stream.delivery_stream_ref.delivery_stream_name
            )
        )

    def _permit(self, construct: Construct, *_: object) -> None:
        """Set the tag in the template too, so that a stack update does not remove it."""
        from aws_cdk import Annotations

        stream = self._cfn_stream()
        if stream is not None:
            stream.tags.set_tag(*_TAG, _PRIORITY)
            return
        Annotations.of(construct).add_warning_v2(
            "cdk-ivs:FirehoseTag",
            "the app cannot change the tags of the delivery stream: if its template does not "
            f"have the tag {_TAG[0]} with the value {_TAG[1]!r}, its next update may remove the "
            "tag that the service sets, and logging stops; acknowledge this warning when the "
            "template has the tag",
        )


@dataclass(frozen=True, kw_only=True)
class _S3(LoggingDestination, Options):
    bucket: IBucketRef
    _found: ResolvedBucket = field(init=False, repr=False, compare=False)
    _known: BucketSettings = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the properties of the bucket once."""
        super().__post_init__()
        object.__setattr__(self, "_found", resolve_bucket(self.bucket))

    def _check(self, scope: Construct) -> Environment:
        environment = check_bucket_environment(self.bucket, scope)
        known = bucket_settings(self._found)
        object.__setattr__(self, "_known", known)
        if known.uses_kms and known.key is None:
            raise ValidationError(
                "'bucket' must be encrypted with SSE-S3 or with a key of your own, got one "
                f"encrypted with the key that AWS manages ({safe_text(str(known.algorithm))}), "
                "whose policy does not allow the delivery of logs; give it an 'encryption_key'",
                code="BucketEncryption",
            )
        return environment

    def _render(self) -> _Destination:
        return _Destination(
            s3=CfnLoggingConfiguration.S3DestinationConfigurationProperty(
                bucket_name=self._found.name
            )
        )

    def _permit(
        self,
        construct: Construct,
        cfn_configuration: CfnLoggingConfiguration,
        environment: Environment,
    ) -> None:
        partition = scope_info(construct).partition()
        allow_service_write(
            construct,
            cfn_configuration,
            self._found,
            environment=environment,
            statements=_bucket_statements,
            loss="no logs are delivered",
            partition=partition,
        )
        if self._known.uses_kms:
            values = StatementValues("", *environment, partition)
            _permit_key(construct, cfn_configuration, self.bucket, values)


def _permit_key(
    construct: Construct,
    cfn_configuration: CfnLoggingConfiguration,
    bucket: IBucketRef,
    values: StatementValues,
) -> None:
    from aws_cdk import Annotations, Stack
    from aws_cdk.aws_iam import PolicyStatement

    key = getattr(bucket, "encryption_key", None)
    if key is not None:
        result = key.add_to_resource_policy(PolicyStatement.from_json(_key_statement(values)))
        if result.statement_added:
            cfn_configuration.node.add_dependency(key)
            return
    statement = _key_statement(values._replace(partition="aws"))
    needed = json.dumps(Stack.of(construct).resolve(statement))
    Annotations.of(construct).add_warning_v2(
        "cdk-ivs:KeyPolicy",
        "the app cannot change the policy of the key that encrypts the bucket: it must contain "
        f"{needed}, or no logs are delivered; acknowledge this warning when it does",
    )


def _bucket_statements(values: StatementValues) -> Sequence[Mapping[str, Any]]:
    """Return the statements from the guide to vended logs, with its statement IDs."""
    objects = f"{values.bucket_arn}/AWSLogs/{values.account}/*"
    return [
        {
            "Sid": "AWSLogDeliveryAclCheck",
            **_log_delivery_statement(values, "s3:GetBucketAcl", values.bucket_arn),
        },
        {
            "Sid": "AWSLogDeliveryWrite",
            **_log_delivery_statement(
                values, "s3:PutObject", objects, {"s3:x-amz-acl": "bucket-owner-full-control"}
            ),
        },
    ]


def _key_statement(values: StatementValues) -> Mapping[str, Any]:
    """Return the statement from the guide for the key of a bucket."""
    actions = ("Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey*", "ReEncrypt*")
    return _log_delivery_statement(values, [f"kms:{action}" for action in actions], "*")


def _log_delivery_statement(
    values: StatementValues,
    action: str | Sequence[str],
    resource: str,
    conditions: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    """Return a statement that allows the delivery of logs for one account."""
    logs = f"arn:{values.partition}:logs:{values.region}:{values.account}:*"
    return {
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": action,
        "Resource": resource,
        "Condition": {
            "StringEquals": {**(conditions or {}), "aws:SourceAccount": values.account},
            "ArnLike": {"aws:SourceArn": logs},
        },
    }
