"""What exists in an account, beside Amazon IVS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import jmespath

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
        parameters: What the operation is given.
    """

    service: str
    operation: str
    items: str
    name: str = ""
    parameters: Mapping[str, Any] = MappingProxyType({})


# Those of AWS's are there too, in every account.
_CUSTOM = {"Type": "custom"}
KINDS = {
    "HTTP API": Kind("apigatewayv2", "get_apis", "Items", "ApiId"),
    "alarm": Kind("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "bucket": Kind("s3", "list_buckets", "Buckets", "Name"),
    "cache policy": Kind(
        "cloudfront",
        "list_cache_policies",
        "CachePolicyList.Items",
        "CachePolicy.Id",
        _CUSTOM,
    ),
    "dashboard": Kind("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    "delivery stream": Kind("firehose", "list_delivery_streams", "DeliveryStreamNames"),
    "distribution": Kind("cloudfront", "list_distributions", "DistributionList.Items", "Id"),
    "event source": Kind("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    "function": Kind("lambda", "list_functions", "Functions", "FunctionName"),
    "headers policy": Kind(
        "cloudfront",
        "list_response_headers_policies",
        "ResponseHeadersPolicyList.Items",
        "ResponseHeadersPolicy.Id",
        _CUSTOM,
    ),
    "log group": Kind("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "origin access": Kind(
        "cloudfront",
        "list_origin_access_controls",
        "OriginAccessControlList.Items",
        "Id",
    ),
    "parameter": Kind("ssm", "describe_parameters", "Parameters", "Name"),
    "pipe": Kind("pipes", "list_pipes", "Pipes", "Name"),
    "policy": Kind("iam", "list_policies", "Policies", "Arn"),
    "queue": Kind("sqs", "list_queues", "QueueUrls"),
    "role": Kind("iam", "list_roles", "Roles", "RoleName"),
    "rule": Kind("events", "list_rules", "Rules", "Name"),
    "schedule": Kind("scheduler", "list_schedules", "Schedules", "Name"),
    "secret": Kind("secretsmanager", "list_secrets", "SecretList", "Name"),
    "state machine": Kind("stepfunctions", "list_state_machines", "stateMachines", "name"),
    "table": Kind("dynamodb", "list_tables", "TableNames"),
    "topic": Kind("sns", "list_topics", "Topics", "TopicArn"),
    "user pool": Kind("cognito-idp", "list_user_pools", "UserPools", "Id", {"MaxResults": 60}),
}
# The kinds that the resource types of templates create.
TYPES = {
    "AWS::ApiGatewayV2::Api": "HTTP API",
    "AWS::CloudFront::CachePolicy": "cache policy",
    "AWS::CloudFront::Distribution": "distribution",
    "AWS::CloudFront::OriginAccessControl": "origin access",
    "AWS::CloudFront::ResponseHeadersPolicy": "headers policy",
    "AWS::CloudWatch::Alarm": "alarm",
    "AWS::CloudWatch::Dashboard": "dashboard",
    "AWS::Cognito::UserPool": "user pool",
    "AWS::DynamoDB::GlobalTable": "table",
    "AWS::DynamoDB::Table": "table",
    "AWS::Events::Rule": "rule",
    "AWS::IAM::ManagedPolicy": "policy",
    "AWS::IAM::Role": "role",
    "AWS::KinesisFirehose::DeliveryStream": "delivery stream",
    "AWS::Lambda::EventSourceMapping": "event source",
    "AWS::Lambda::Function": "function",
    "AWS::Logs::LogGroup": "log group",
    "AWS::Pipes::Pipe": "pipe",
    "AWS::S3::Bucket": "bucket",
    "AWS::SNS::Topic": "topic",
    "AWS::SQS::Queue": "queue",
    "AWS::SSM::Parameter": "parameter",
    "AWS::Scheduler::Schedule": "schedule",
    "AWS::SecretsManager::Secret": "secret",
    "AWS::StepFunctions::StateMachine": "state machine",
}
# The resource types whose resources are parts of others, and go with them.
PARTS = {
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolResourceServer",
    "AWS::IAM::Policy",
    "AWS::IAM::RolePolicy",
    "AWS::KMS::Alias",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Url",
    "AWS::Logs::LogStream",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
}
# Lambda creates them when a function runs. AWS keeps them too, after a function is deleted.
_OF_FUNCTIONS = "/aws/lambda/"


# How what an example retains is removed: the service, the operation, and the parameter of the name.
_REMOVALS = {
    "bucket": ("s3", "delete_bucket", "Bucket"),
    "log group": ("logs", "delete_log_group", "logGroupName"),
    "table": ("dynamodb", "delete_table", "TableName"),
}


class Item(NamedTuple):
    """A resource that exists."""

    kind: str
    name: str


def inventory(cloud: Cloud) -> set[Item]:
    """What exists."""
    return {
        Item(name, found)
        for name, kind in KINDS.items()
        for found in _listed(cloud, kind)
        if not found.startswith(_OF_FUNCTIONS)
    }


def _listed(cloud: Cloud, kind: Kind) -> Iterator[str]:
    """The names of what there is of a kind."""
    answer = getattr(cloud.client(kind.service), kind.operation)(**kind.parameters)
    for item in jmespath.search(kind.items, answer) or []:
        yield jmespath.search(kind.name, item) if kind.name else item


def kinds_of(template: dict[str, Any], *, retained: bool = False) -> Counter[str]:
    """
    How many resources of each kind a template creates.

    Args:
        template: The template.
        retained: Whether only those are counted that stay when the stack is deleted.
    """
    return Counter(
        TYPES[resource["Type"]]
        for resource in template["Resources"].values()
        if resource["Type"] in TYPES
        and (not retained or resource.get("DeletionPolicy") == "Retain")
    )


def remove(cloud: Cloud, items: set[Item]) -> None:
    """Remove what a stack has retained."""
    for kind, name in items:
        service, operation, parameter = _REMOVALS[kind]
        getattr(cloud.client(service), operation)(**{parameter: name})
