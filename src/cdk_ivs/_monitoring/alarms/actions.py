"""The actions of alarms, and the topic that they notify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aws_cdk.aws_cloudwatch import IAlarmAction
from aws_cdk.interfaces.aws_sns import ITopicRef

from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import ACCOUNT, REGION, Environment, TreeRegistry, scope_info
from cdk_ivs._monitoring.targets_and_actions import check_actions
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError

if TYPE_CHECKING:
    from aws_cdk.aws_sns import ITopic
    from constructs import Construct

# Of the root, by the topic.
_ACTIONS = TreeRegistry[IAlarmAction]()


@dataclass(frozen=True, kw_only=True)
class AlarmActions(Options):
    """
    What alarms do.

    Attributes:
        actions: What they do when there is a reason for alarm.
        ok_actions: What they do when it is over.
        topic: The topic that gets a message when there is a reason for alarm.
    """

    actions: Sequence[IAlarmAction] | None = None
    ok_actions: Sequence[IAlarmAction] | None = None
    topic: ITopicRef | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        check_actions("actions", self.actions)
        check_actions("ok_actions", self.ok_actions)
        try:
            super().__post_init__()
        except ArgumentTypeError as error:
            # The message for a text says what to use already.
            if isinstance(self.topic, str):
                raise
            raise ArgumentTypeError(
                f"{error.message}; use aws_sns.Topic, or Topic.from_topic_arn() for an ARN"
            ) from None

    def alarm_actions(self, scope: Construct) -> list[IAlarmAction]:
        """All that is done when there is a reason for alarm."""
        to_topic = [_action_of(self.topic, scope)] if self.topic is not None else []
        return [*to_topic, *(self.actions or ())]

    def topic_takes_events(self, scope: Construct) -> bool:
        """
        Whether there is a topic to which rules in the scope can send events.

        Refused: a topic in another Region, which CloudWatch refuses.
        """
        known = scope_info(scope).environment()
        if self.topic is None or not any(known):
            return self.topic is not None
        theirs = _environment_of(self.topic)
        account, region = theirs.account, theirs.region
        if known.region not in {None, region} and REGION.fullmatch(region):
            raise ValidationError(
                f"'topic' must be in the Region of the stack, {known.region}, got one in {region}",
                code="Environment",
            )
        return known.account in {None, account} or not ACCOUNT.fullmatch(account)


def _environment_of(topic: ITopicRef) -> Environment:
    """The account and the Region of a topic."""
    from aws_cdk.aws_sns import CfnTopic, Topic

    # Those that are created are where their stack is, and others where their ARN says.
    if isinstance(topic, Topic | CfnTopic):
        return scope_info(topic.stack).environment_or_tokens()
    theirs = topic.env
    return Environment(theirs.account, theirs.region)


def _action_of(topic: ITopicRef, scope: Construct) -> IAlarmAction:
    """What sends a message to the topic, created once in an app."""
    from aws_cdk.aws_cloudwatch_actions import SnsAction
    from aws_cdk.aws_sns import Topic

    if not isinstance(topic, Topic):
        return SnsAction(_topic(topic, scope))
    return _ACTIONS.once(scope_info(scope).root, topic, lambda: SnsAction(topic))


def _topic(topic: Any, scope: Construct) -> ITopic:  # noqa: ANN401 - of any kind
    """The topic as actions take it, which an L1 is not."""
    from aws_cdk.aws_sns import Topic

    if hasattr(topic, "topic_arn"):
        found: ITopic = topic
        return found
    return Topic.from_topic_arn(scope, "Topic", topic.topic_ref.topic_arn)
