"""Where the messages of rooms are logged."""

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
# Above that of Tags.of(), which is 100: a tag of the whole stack must not stop the delivery.
_PRIORITY = 200
_Destination = CfnLoggingConfiguration.DestinationConfigurationProperty


class LoggingDestination(abc.ABC):
    """
    Where messages are logged: cloud_watch_logs(...), s3(...) or firehose(...).

    It must be in the account and Region of the logging configuration and its rooms.
    """

    @staticmethod
    def cloud_watch_logs(log_group: ILogGroupRef) -> LoggingDestination:
        """
        Log to a log group of CloudWatch Logs.

        The service itself permits the delivery, in a resource policy of CloudWatch Logs that all
        log groups share: a log group whose name begins with ``/aws/vendedlogs/`` keeps that
        policy short, where there are many.

        Args:
            log_group: The log group.
        """
        return _CloudWatchLogs(log_group=log_group)

    @staticmethod
    def s3(bucket: IBucketRef) -> LoggingDestination:
        """
        Log to a bucket, under ``AWSLogs/<account>/IVSChatLogs/``.

        What the delivery needs is added to the bucket's own policy, and the logging
        configuration is created after it: what the service adds itself is erased when
        CloudFormation writes the policy. A warning shows what the policy of a bucket that is
        not of the app must have.

        Args:
            bucket: The bucket. One that is encrypted with KMS needs a key of the customer's,
                whose policy then permits the delivery too.
        """
        return _S3(bucket=bucket)

    @staticmethod
    def firehose(delivery_stream: IDeliveryStreamRef) -> LoggingDestination:
        """
        Log to a delivery stream of Amazon Data Firehose.

        It gets the tag ``LogDeliveryEnabled`` with the value ``true``, by which the delivery is
        permitted.

        Args:
            delivery_stream: The delivery stream.
        """
        return _Firehose(delivery_stream=delivery_stream)

    @abc.abstractmethod
    def _check(self, scope: Construct) -> Environment:
        """Refuse a destination that cannot be logged to, and say where it is."""

    @abc.abstractmethod
    def _render(self) -> _Destination:
        """The destination for the template."""

    @abc.abstractmethod
    def _permit(
        self,
        construct: Construct,
        cfn_configuration: CfnLoggingConfiguration,
        environment: Environment,
    ) -> None:
        """Let the logs be delivered."""


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
        """The service does it, as in the guide: there is nothing that could erase it."""


@dataclass(frozen=True, kw_only=True)
class _Firehose(LoggingDestination, Options):
    delivery_stream: IDeliveryStreamRef

    def _check(self, scope: Construct) -> Environment:
        # The CDK takes one that is imported by its ARN to be where the stack is.
        arn = self.delivery_stream.delivery_stream_ref.delivery_stream_arn
        check_arn_environment("delivery_stream", arn, scope)
        name, value = _TAG
        stream = self._cfn_stream()
        given = stream.tags.tag_values().get(name) if stream is not None else None
        if given not in {None, value}:
            raise ValidationError(
                f"'delivery_stream' must have the tag {name} with the value '{value}' or not at "
                f"all, got {safe_repr(given)}: the service delivers logs only with this value; "
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
        """The service sets the tag too; without it in the template, an update would take it."""
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
        """Read what is needed of the bucket, once."""
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
    """What CloudWatch's guide to vended logs asks of a bucket, with its ids."""
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
    """What the guide asks of the key of a bucket."""
    actions = ("Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey*", "ReEncrypt*")
    return _log_delivery_statement(values, [f"kms:{action}" for action in actions], "*")


def _log_delivery_statement(
    values: StatementValues,
    action: str | Sequence[str],
    resource: str,
    conditions: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    """What the delivery of logs may do, for the account alone."""
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
