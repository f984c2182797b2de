"""
Where events go of which the alarms count how many there were.

EventBridge counts the calls of a rule's targets, so such a rule has one target, which is either
the topic that is to be told, or a log group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsii
from aws_cdk import Annotations, ArnFormat, Aws, RemovalPolicy, Stack
from aws_cdk.aws_events import IRuleTarget, RuleTargetConfig
from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_logs import CfnLogGroup

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct

_LOG_GROUP = "CdkIvsAlarmEvents"


@jsii.implements(IRuleTarget)
class ArnTarget:
    """
    A target that is called by its ARN, the permission for which is given elsewhere.

    Those of aws_events_targets take no L1, copy the rule to the account that an ARN names, and
    let a Lambda function write the permission of a log group.
    """

    def __init__(self, arn: str) -> None:
        self._arn = arn

    @jsii.member(jsii_name="bind")
    def bind(self, rule: object, id: str | None = None) -> RuleTargetConfig:  # noqa: ARG002 - the interface's
        """What the rule calls to know its target."""
        return RuleTargetConfig(arn=self._arn)


def log_target(scope: Construct) -> IRuleTarget:
    """
    A log group as a target: one for a stack, that keeps the events for a day.

    Its policy is a property of the log group, as an account can have 10 policies for CloudWatch
    Logs that are resources of their own.
    """
    stack = Stack.of(scope)
    name = f"/aws/events/cdk-ivs/{Aws.STACK_NAME}"
    arn = stack.format_arn(
        service="logs",
        resource="log-group",
        resource_name=name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    group: Any = stack.node.try_find_child(_LOG_GROUP)
    if group is None:
        group = CfnLogGroup(stack, _LOG_GROUP, log_group_name=name, retention_in_days=1)
        group.apply_removal_policy(RemovalPolicy.DESTROY)
        group.add_property_override(
            "ResourcePolicyDocument",
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {
                            "Service": ["delivery.logs.amazonaws.com", "events.amazonaws.com"]
                        },
                        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                        "Resource": f"{arn}:*",
                    }
                ],
            },
        )
    # Of the reference to the log group, which comes first then.
    return ArnTarget(
        stack.format_arn(
            service="logs",
            resource="log-group",
            resource_name=group.ref,
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
    )


def topic_target(topic: ITopicRef) -> IRuleTarget:
    """A topic as a target, which gets the event itself."""
    return ArnTarget(topic.topic_ref.topic_arn)


def let_publish(topic: ITopicRef, scope: Construct, *, events: bool) -> None:
    """
    Let alarms in a scope publish to a topic, and EventBridge too, if its policy is of this app.

    Alarms need a statement because the policy takes the place of the one that lets them in.
    """
    principals = [_alarms_of(Stack.of(scope))]
    if events:
        # With no condition: EventBridge supports none where the topic has a key.
        principals.append(ServicePrincipal("events.amazonaws.com"))
    allowed = [_let_publish(topic, principal) for principal in principals]
    if events and not all(allowed):
        Annotations.of(topic).add_warning_v2(
            "cdk-ivs:topicPolicy",
            "events of alarms are sent to this topic, and its policy cannot be changed here: let "
            "events.amazonaws.com and cloudwatch.amazonaws.com do sns:Publish in its policy, and "
            "use its key if it has one; then acknowledge this warning",
        )


def _let_publish(topic: Any, principal: ServicePrincipal) -> bool:  # noqa: ANN401 - of any kind
    """Whether the topic has a policy that can be added to, and the principal is in it now."""
    # Not by topic.grant_publish(), which says of an imported topic that it succeeded.
    if not hasattr(topic, "add_to_resource_policy"):
        return False
    key = getattr(topic, "master_key", None)
    if key is not None:
        key.grant(principal, "kms:Decrypt", "kms:GenerateDataKey*")
    statement = PolicyStatement(
        actions=["sns:Publish"], principals=[principal], resources=[topic.topic_arn]
    )
    return bool(topic.add_to_resource_policy(statement).statement_added)


def _alarms_of(stack: Stack) -> ServicePrincipal:
    return ServicePrincipal(
        "cloudwatch.amazonaws.com",
        conditions={
            "ArnLike": {
                "aws:SourceArn": stack.format_arn(
                    service="cloudwatch",
                    resource="alarm",
                    resource_name="*",
                    arn_format=ArnFormat.COLON_RESOURCE_NAME,
                )
            },
            "StringEquals": {"aws:SourceAccount": stack.account},
        },
    )
