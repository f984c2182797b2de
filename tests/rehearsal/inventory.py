"""What exists in an account, beside Amazon IVS."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.rehearsal.emulation import Cloud


class Kind(NamedTuple):
    """
    How a kind of resource is listed.

    Attributes:
        service: The service.
        operation: The operation of its client.
        items: Where the list is in the answer.
        name: Where the name is in an item. Empty if the item is the name.
    """

    service: str
    operation: str
    items: str
    name: str = ""


KINDS = {
    "alarm": Kind("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "bucket": Kind("s3", "list_buckets", "Buckets", "Name"),
    "dashboard": Kind("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    "delivery stream": Kind("firehose", "list_delivery_streams", "DeliveryStreamNames"),
    "function": Kind("lambda", "list_functions", "Functions", "FunctionName"),
    "log group": Kind("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "parameter": Kind("ssm", "describe_parameters", "Parameters", "Name"),
    "policy": Kind("iam", "list_policies", "Policies", "Arn"),
    "queue": Kind("sqs", "list_queues", "QueueUrls"),
    "role": Kind("iam", "list_roles", "Roles", "RoleName"),
    "rule": Kind("events", "list_rules", "Rules", "Name"),
    "secret": Kind("secretsmanager", "list_secrets", "SecretList", "Name"),
    "state machine": Kind("stepfunctions", "list_state_machines", "stateMachines", "name"),
    "table": Kind("dynamodb", "list_tables", "TableNames"),
    "topic": Kind("sns", "list_topics", "Topics", "TopicArn"),
}
# Where a resource that a template retains is counted.
RETAINED = {"AWS::Logs::LogGroup": "log group", "AWS::S3::Bucket": "bucket"}
# Lambda creates them when a function runs. AWS keeps them too, after a function is deleted.
_OF_FUNCTIONS = "/aws/lambda/"


class Item(NamedTuple):
    """A resource that exists."""

    kind: str
    name: str


def inventory(cloud: Cloud) -> set[Item]:
    """What exists."""
    return {
        Item(name, item[kind.name] if kind.name else item)
        for name, kind in KINDS.items()
        for item in getattr(cloud.client(kind.service), kind.operation)().get(kind.items, [])
        if not str(item.get(kind.name) if kind.name else item).startswith(_OF_FUNCTIONS)
    }


def remove(cloud: Cloud, items: set[Item]) -> None:
    """Remove what a stack has retained."""
    for kind, name in items:
        if kind == "bucket":
            cloud.client("s3").delete_bucket(Bucket=name)
        elif kind == "log group":
            cloud.client("logs").delete_log_group(logGroupName=name)
        else:
            raise NotImplementedError(kind)
