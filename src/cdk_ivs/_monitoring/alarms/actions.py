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

# The actions of an app, by the topic.
_ACTIONS = TreeRegistry[IAlarmAction]()


@dataclass(frozen=True, kw_only=True)
class AlarmActions(Options):
    """
    The actions of alarms.

    Attributes:
        actions: The actions when an alarm goes off.
        ok_actions: The actions when an alarm ends.
        topic: The topic that gets a message when an alarm goes off.
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
            # The message for a text already names the call to use.
            if isinstance(self.topic, str):
                raise
            raise ArgumentTypeError(
                f"{error.message}; use aws_sns.Topic, or Topic.from_topic_arn() for an ARN"
            ) from None

    def alarm_actions(self, scope: Construct) -> list[IAlarmAction]:
        """All actions when an alarm goes off."""
        to_topic = [_action_of(self.topic, scope)] if self.topic is not None else []
        return [*to_topic, *(self.actions or ())]

    def topic_takes_events(self, scope: Construct) -> bool:
        """
        Whether there is a topic to which rules in the scope can send events.

        The method refuses a topic in another Region, as CloudWatch does.
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

    # A topic that the app creates has the environment of its stack, others that of their ARN.
    if isinstance(topic, Topic | CfnTopic):
        return scope_info(topic.stack).environment_or_tokens()
    theirs = topic.env
    return Environment(theirs.account, theirs.region)


def _action_of(topic: ITopicRef, scope: Construct) -> IAlarmAction:
    """The action that sends a message to the topic, created once in an app."""
    from aws_cdk.aws_cloudwatch_actions import SnsAction
    from aws_cdk.aws_sns import Topic

    if not isinstance(topic, Topic):
        return SnsAction(_topic(topic, scope))
    return _ACTIONS.once(scope_info(scope).root, topic, lambda: SnsAction(topic))


def _topic(topic: Any, scope: Construct) -> ITopic:  # noqa: ANN401 - of any kind
    """The topic in the form that actions accept, which an L1 does not have."""
    from aws_cdk.aws_sns import Topic

    if hasattr(topic, "topic_arn"):
        found: ITopic = topic
        return found
    return Topic.from_topic_arn(scope, "Topic", topic.topic_ref.topic_arn)
