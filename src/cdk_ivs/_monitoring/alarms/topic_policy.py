"""Statements in the policies of topics that allow alarms and rules to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from aws_cdk.aws_iam import PolicyStatement, ServicePrincipal
from aws_cdk.aws_sns import Topic

from cdk_ivs._core.tree import TreeRegistry, scope_info

if TYPE_CHECKING:
    from aws_cdk.interfaces.aws_sns import ITopicRef
    from constructs import Construct

    from cdk_ivs._core.tree import ScopeInfo


# For each stack, by the topic: whether the policy of the topic allows its alarms.
_ALARMS_ALLOWED = TreeRegistry[bool]()
_WITHOUT_KEY = TreeRegistry[bool]()


def allow_alarms_to_publish(topic: ITopicRef, scope: Construct) -> None:
    """
    Allow alarms in a scope to publish to a topic, if its policy is in this app.

    Alarms need the statement, because the policy replaces the default policy that allows them.
    """
    stack = cast("ScopeInfo", scope_info(scope).stack)
    _ALARMS_ALLOWED.once(
        stack, topic, lambda: allow_publish(topic, _alarms_principal(stack), stack)
    )


def allow_publish(topic: Any, principal: ServicePrincipal, stack: ScopeInfo) -> bool:  # noqa: ANN401 - of any kind
    """Add a principal to the policy of the topic, and return whether the topic has one."""
    # The CDK reports success for an imported topic, but does not change its policy.
    if has_own_policy(topic, stack):
        topic.grant_publish(principal)
        return True
    if not hasattr(topic, "add_to_resource_policy"):
        return False
    key = getattr(topic, "master_key", None)
    if key is not None:
        key.grant(principal, "kms:Decrypt", "kms:GenerateDataKey*")
    statement = PolicyStatement(
        actions=["sns:Publish"], principals=[principal], resources=[topic.topic_arn]
    )
    return bool(topic.add_to_resource_policy(statement).statement_added)


def has_own_policy(topic: object, stack: ScopeInfo) -> bool:
    """Whether the topic is a CDK construct that creates its policy and has no key to share."""
    if not isinstance(topic, Topic):
        return False
    return _WITHOUT_KEY.once(stack, topic, lambda: topic.master_key is None)


def _alarms_principal(stack: ScopeInfo) -> ServicePrincipal:
    return ServicePrincipal(
        "cloudwatch.amazonaws.com",
        conditions={
            "ArnLike": {"aws:SourceArn": stack.arn("cloudwatch", "alarm:*")},
            "StringEquals": {"aws:SourceAccount": stack.environment_or_tokens().account},
        },
    )
