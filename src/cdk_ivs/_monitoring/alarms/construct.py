"""Alarms on metrics and on events."""

from __future__ import annotations

import abc
import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from aws_cdk.aws_cloudwatch import IAlarmAction
from aws_cdk.interfaces.aws_sns import ITopicRef
from constructs import Construct

from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import (
    ACCOUNT,
    REGION,
    Environment,
    TreeRegistry,
    register_parent,
    scope_info,
)
from cdk_ivs._monitoring.implementers import check_actions
from cdk_ivs._monitoring.periods import minute_in
from cdk_ivs._monitoring.rule_targets import allow_alarms_to_publish, log_target, topic_target
from cdk_ivs._validation.errors import (
    ArgumentTypeError,
    ValidationError,
    error_path,
    safe_repr,
    safe_text,
)
from cdk_ivs._validation.tokens import is_token
from cdk_ivs._validation.values import check_number

if TYPE_CHECKING:
    from aws_cdk import Duration
    from aws_cdk.aws_cloudwatch import Alarm, IMetric
    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.aws_sns import ITopic

_N = TypeVar("_N", bound=str)

# The largest value that CloudWatch takes.
_LARGEST = 2.0**360


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

    def takes_events(self, scope: Construct) -> bool:
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


class AlarmCondition(NamedTuple):
    """
    When a metric is a reason for alarm.

    Attributes:
        threshold: The value from which on it is.
        minutes: How many minutes in a row.
        above: Whether it is at the threshold and above it, or below.
    """

    threshold: float
    minutes: int
    above: bool = True


class AlarmSet(Construct):
    """
    Alarms of which some can be left out.

    Attributes:
        alarms: The alarms that are made, by name.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        exclude: Sequence[_N] | None,
        reactions: AlarmActions,
    ) -> None:
        with error_path(scope, id):
            sends_events = reactions.takes_events(scope)
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.alarms: dict[str, Alarm] = {}
        self._excluded = set(exclude or ())
        self._reactions = reactions
        self._sends_events = sends_events
        # An action of the user's may fail, and what was permitted cannot be taken back.
        self._may_fail = bool(reactions.actions or reactions.ok_actions)
        self._counting: list[tuple[Rule, bool]] = []
        self._minute = minute_in(scope)
        self._actions: list[IAlarmAction] | None = None
        with error_path(scope, id):
            try:
                self._add_alarms()
            except RuntimeError as error:
                scope.node.try_remove_child(id)
                raise ValidationError(
                    "'actions' and 'ok_actions' must be taken by every alarm, got: "
                    f"{safe_text(str(error))}",
                    code="AlarmAction",
                ) from error
        self._send_events()

    @abc.abstractmethod
    def _add_alarms(self) -> None:
        """Create the alarms, by the methods below."""

    def _add(
        self,
        name: _N,
        metric: Callable[[], IMetric],
        limit: AlarmCondition,
        description: str,
    ) -> None:
        """
        An alarm on a metric that is looked at minute by minute, unless it is left out.

        Where there is no data, nothing is live: no reason for alarm.
        """
        from aws_cdk.aws_cloudwatch import Alarm, ComparisonOperator, TreatMissingData

        if name in self._excluded:
            return
        if self._actions is None:
            self._actions = self._reactions.alarm_actions(self)
            if not self._may_fail:
                self._let_publish()
        alarm = self.alarms[name] = Alarm(
            self,
            "".join(word.title() for word in name.split("_")),
            alarm_description=description,
            comparison_operator=(
                ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
                if limit.above
                else ComparisonOperator.LESS_THAN_THRESHOLD
            ),
            evaluation_periods=limit.minutes,
            metric=metric(),
            threshold=limit.threshold,
            treat_missing_data=TreatMissingData.NOT_BREACHING,
        )
        if self._actions:
            alarm.add_alarm_action(*self._actions)
        if self._reactions.ok_actions:
            alarm.add_ok_action(*self._reactions.ok_actions)

    def _add_counted(
        self,
        name: _N,
        rule: Callable[[IRuleTarget | None], Rule],
        threshold: float,
        description: str,
    ) -> None:
        """An alarm on how many events a rule hears in a minute, unless it is left out."""

        def calls() -> IMetric:
            # Where one event is no reason for alarm, single ones are not sent to the topic.
            told = self._sends_events and threshold == 1
            made = rule(None if self._may_fail else self._target(told))
            if self._may_fail:
                self._counting.append((made, told))
            return calls_of(made, self._minute)

        self._add(name, calls, AlarmCondition(threshold, 1), description)

    def _target(self, told: bool) -> IRuleTarget:  # noqa: FBT001 - one of two
        topic = self._reactions.topic
        return topic_target(topic, self) if topic is not None and told else log_target(self)

    def _let_publish(self) -> None:
        if self._reactions.topic is not None:
            allow_alarms_to_publish(self._reactions.topic, self)

    def _send_events(self) -> None:
        """Give the rules their targets, when nothing can fail any more."""
        if self.alarms and self._may_fail:
            self._let_publish()
        for rule, told in self._counting:
            rule.add_target(self._target(told))


def calls_of(rule: Rule, minute: Duration) -> IMetric:
    """
    How often a rule called its target in a minute.

    The way for what the service tells by events only to become an alarm, with any action. Calls
    that failed are counted as well.
    """
    from aws_cdk.aws_cloudwatch import Metric

    return Metric(
        namespace="AWS/Events",
        metric_name="Invocations",
        dimensions_map={"RuleName": rule.rule_name},
        period=minute,
        statistic="Sum",
    )


def check_exclude(names: Sequence[enum.StrEnum] | None) -> None:
    """Refuse tokens: which alarms are made is decided at synthesis."""
    if any(not isinstance(name, enum.StrEnum) for name in names or ()):
        raise ValidationError(
            "'exclude' must be known at synthesis, got a token; name the alarms to leave out",
            code="ExcludeToken",
        )


def check_threshold(keyword: str, threshold: float) -> None:
    """Refuse a threshold that nothing is below, or above, or that CloudWatch cannot hold."""
    if isinstance(threshold, bool) or (not 0 < threshold <= _LARGEST and not is_token(threshold)):
        most = " and at most 2**360" if threshold > _LARGEST else ""
        raise ValidationError(
            f"'{keyword}' must be a number above 0{most}, got {safe_repr(threshold)}; leave an "
            "alarm out with 'exclude'",
            code="Threshold",
        )


def check_thresholds(thresholds: Mapping[str, float]) -> None:
    """Refuse thresholds that nothing is below, or above, by keyword."""
    for keyword, threshold in thresholds.items():
        check_threshold(keyword, threshold)
    # CloudWatch evaluates no more than a day of periods that are shorter than an hour.
    check_number("evaluation_minutes", thresholds["evaluation_minutes"], 1, 1_440, "minutes")


def _environment_of(topic: ITopicRef) -> Environment:
    """The account and the Region of a topic."""
    from aws_cdk.aws_sns import CfnTopic, Topic

    # Those that are created are where their stack is, and others where their ARN says.
    if isinstance(topic, Topic | CfnTopic):
        return scope_info(topic).place()
    theirs = topic.env
    return Environment(theirs.account, theirs.region)


# Of the root.
_ACTIONS = TreeRegistry[IAlarmAction]()


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
