"""
The targets of the events that alarms count.

EventBridge counts the calls of the targets of a rule. A rule for an alarm therefore has one target:
the topic that gets the events, or a log group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import jsii
from aws_cdk import Annotations, Aws, RemovalPolicy
from aws_cdk.aws_events import IRuleTarget, RuleTargetConfig
from aws_cdk.aws_events_targets import SnsTopic
from aws_cdk.aws_iam import ServicePrincipal
from aws_cdk.aws_logs import CfnLogGroup
from aws_cdk.aws_sns import TopicBase

from cdk_ivs._core.tree import TreeRegistry, scope_info
from cdk_ivs._monitoring.targets_and_actions import UnfailingTarget

from .topic_policy import allow_publish, has_own_policy

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct

    from cdk_ivs._core.tree import ScopeInfo

_LOG_GROUP = "CdkIvsAlarmEvents"
# The targets of each stack, by the log group or the topic.
_TARGETS = TreeRegistry[IRuleTarget]()


@jsii.implements(IRuleTarget)
class ArnTarget(UnfailingTarget):
    """
    A target that a rule calls by its ARN. Another construct gives the permission.

    The targets of `aws_events_targets` accept no L1, copy the rule to the account in an ARN, and
    use a Lambda function to write the permission of a log group.
    """

    def __init__(self, arn: str) -> None:
        self._arn = arn

    @jsii.member(jsii_name="bind")
    def bind(self, rule: object, id: str | None = None) -> RuleTargetConfig:  # noqa: ARG002 - a parameter of the interface
        """The configuration of the target, which the rule asks for."""
        return RuleTargetConfig(arn=self._arn)


class TopicTarget(SnsTopic, UnfailingTarget):
    """
    A topic of the same stack, which gives the permission itself.

    Unlike a target that is written in Python, it needs no callback.
    """


def log_group_target(scope: Construct) -> IRuleTarget:
    """
    A log group as a target. Each stack has one, which keeps the events for one day.

    The policy is a property of the log group, because an account can have only 10 resource policies
    of CloudWatch Logs.
    """
    stack = cast("ScopeInfo", scope_info(scope).stack)
    group: Any = stack.node.try_find_child(_LOG_GROUP)
    if group is None:
        group = _create_log_group(stack)
    # The ARN refers to the log group, so that CloudFormation creates it before the rule.
    return _TARGETS.once(
        stack, group, lambda: ArnTarget(stack.arn("logs", f"log-group:{group.ref}"))
    )


def _create_log_group(stack: ScopeInfo) -> CfnLogGroup:
    name = f"/aws/events/cdk-ivs/{Aws.STACK_NAME}"
    around = cast("Construct", stack.construct)
    group = CfnLogGroup(around, _LOG_GROUP, log_group_name=name, retention_in_days=1)
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
                    "Resource": stack.arn("logs", f"log-group:{name}:*"),
                }
            ],
        },
    )
    return group


def topic_target(topic: ITopicRef, scope: Construct) -> IRuleTarget:
    """A topic as a target. It gets the event itself, and allows EventBridge to publish."""
    stack = cast("ScopeInfo", scope_info(scope).stack)
    return _TARGETS.once(stack, topic, lambda: _create_topic_target(topic, stack))


def _create_topic_target(topic: Any, stack: ScopeInfo) -> IRuleTarget:  # noqa: ANN401 - of any kind
    if has_own_policy(topic, stack) and scope_info(topic.stack) is stack:
        return TopicTarget(topic, authorize_using_role=False)
    # Without a condition, because EventBridge supports none if the topic has a key.
    if not allow_publish(topic, ServicePrincipal("events.amazonaws.com"), stack):
        Annotations.of(topic).add_warning_v2(
            "cdk-ivs:TopicPolicy",
            "the app cannot change the policy of this topic, to which alarms are sent: it must "
            "allow sns:Publish to events.amazonaws.com and cloudwatch.amazonaws.com, and the "
            "policy of the topic's key, if it has one, must let both use the key; acknowledge "
            "this warning when they do",
        )
    known = isinstance(topic, TopicBase)
    return ArnTarget(topic.topic_arn if known else topic.topic_ref.topic_arn)
