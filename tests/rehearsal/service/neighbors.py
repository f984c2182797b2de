"""The other services that Amazon IVS asks when a resource is created or updated."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.support.arns import ACCOUNT, REGION
from tests.support.service import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPOSITE = f"ivs-composite.{REGION}.amazonaws.com"
LOG_DELIVERY = "delivery.logs.amazonaws.com"
REVIEW = "ivschat.amazonaws.com"
# The parameters of a signature that policies can have conditions on.
KEY_CONTEXT = ("MessageType", "SigningAlgorithm")


@dataclass
class Neighbors:
    """
    The services beside Amazon IVS.

    Attributes:
        endpoint: Where they answer. Empty if there are none, and nothing is asked.
        edited: The buckets whose policy the service had to edit, because the template did not
            allow what it needs.
    """

    endpoint: str = ""
    edited: list[str] = field(default_factory=list)

    def check(self, kind: str, details: dict[str, Any]) -> None:
        """
        Check what a resource needs of them.

        Raises:
            ServiceError: If it is not there.
        """
        check = getattr(self, f"_check_{kind}", None)
        if self.endpoint and check is not None:
            check(details)

    def allows(
        self, role: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> bool:
        """Whether the policies that a role has at this moment allow a call."""
        entries = [
            {"ContextKeyName": name, "ContextKeyType": "string", "ContextKeyValues": [value]}
            for name, value in (context or {}).items()
        ]
        answer = self.client("iam").simulate_principal_policy(
            PolicySourceArn=role,
            ActionNames=[action],
            ResourceArns=[resource],
            ContextEntries=entries,
        )
        (result,) = answer["EvaluationResults"]
        return bool(result["EvalDecision"] == "allowed")

    def check_key(self, role: str, target: str, parameters: Mapping[str, Any]) -> None:
        """
        Check that a role may make a call of AWS KMS.

        Raises:
            ServiceError: If its policies do not allow it.
        """
        action, key_arn = f"kms:{target.partition('.')[2]}", parameters["KeyId"]
        context = {f"kms:{name}": parameters[name] for name in KEY_CONTEXT if name in parameters}
        if not self.allows(role, action, key_arn, context):
            message = f"{role} is not authorized to perform: {action} on resource: {key_arn}"
            raise ServiceError("AccessDeniedException", 400, message)

    @functools.cache  # noqa: B019 - there is one object for each run
    def client(self, service: str) -> Any:
        """A client of a service."""
        return boto3.client(
            service,
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="testing",
            config=Config(proxies={}, retries={"max_attempts": 0}),
            endpoint_url=self.endpoint,
            region_name=REGION,
        )

    def __hash__(self) -> int:
        return id(self)

    def _check_RecordingConfiguration(self, details: dict[str, Any]) -> None:  # noqa: N802
        self._check_bucket(details["destinationConfiguration"]["s3"]["bucketName"])

    def _check_StorageConfiguration(self, details: dict[str, Any]) -> None:  # noqa: N802
        bucket = details["s3"]["bucketName"]
        self._check_bucket(bucket)
        # The service then edits the policy, which CloudFormation knows nothing of.
        if COMPOSITE not in self._writers(bucket):
            self.edited.append(bucket)

    def _check_LoggingConfiguration(self, details: dict[str, Any]) -> None:  # noqa: N802
        destination = details["destinationConfiguration"]
        if "s3" in destination:
            bucket = destination["s3"]["bucketName"]
            self._check_bucket(bucket)
            if LOG_DELIVERY not in self._writers(bucket):
                self.edited.append(bucket)
        if "cloudWatchLogs" in destination:
            name = destination["cloudWatchLogs"]["logGroupName"]
            groups = self.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
            if name not in {group["logGroupName"] for group in groups}:
                raise _missing(f"the log group {name}")
        if "firehose" in destination:
            name = destination["firehose"]["deliveryStreamName"]
            try:
                self.client("firehose").describe_delivery_stream(DeliveryStreamName=name)
            except ClientError:
                raise _missing(f"the delivery stream {name}") from None

    def _check_Room(self, details: dict[str, Any]) -> None:  # noqa: N802
        function = details.get("messageReviewHandler", {}).get("uri")
        if not function:
            return
        try:
            policy = self.client("lambda").get_policy(FunctionName=function)["Policy"]
        except ClientError:
            policy = '{"Statement": []}'
        if REVIEW not in _services(policy):
            raise ServiceError("ValidationException", 400, "invalid lambda permission")

    def _check_bucket(self, bucket: str) -> None:
        try:
            self.client("s3").head_bucket(Bucket=bucket)
        except ClientError:
            raise _missing(f"the bucket {bucket}") from None

    def _writers(self, bucket: str) -> set[str]:
        try:
            policy = self.client("s3").get_bucket_policy(Bucket=bucket)["Policy"]
        except ClientError:
            return set()
        return _services(policy, "s3:PutObject")


def _services(policy: str, action: str | None = None) -> set[str]:
    """The services that a policy lets do something."""
    return {
        service
        for statement in json.loads(policy)["Statement"]
        if statement["Effect"] == "Allow"
        and (action is None or action in _as_list(statement["Action"]))
        for service in _as_list(dict(statement["Principal"]).get("Service", []))
    }


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _missing(what: str) -> ServiceError:
    return ServiceError("ValidationException", 400, f"{what} does not exist")
