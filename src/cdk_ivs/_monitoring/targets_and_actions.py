"""
Checks of the targets of rules and of the actions of alarms.

The interface of each has only the member `bind`, which other interfaces of the CDK have as well.
The interface that a class declares to implement tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from cdk_ivs._validation.errors import ArgumentTypeError
from cdk_ivs._validation.jsii_objects import declares, is_proxy
from cdk_ivs._validation.type_names import with_type


class UnfailingTarget:
    """Base of targets that every rule can have. A rule gets such a target when it is created."""


_TARGETS = "aws_events_targets"
_TARGET_OF = {
    "function_arn": "LambdaFunction",
    "queue_arn": "SqsQueue",
    "topic_arn": "SnsTopic",
    "log_group_arn": "CloudWatchLogGroup",
    "state_machine_arn": "SfnStateMachine",
}
_ACTIONS = "aws_cloudwatch_actions"
_ACTION_OF = {"function_arn": "LambdaAction", "topic_arn": "SnsAction"}


def check_target(target: object) -> None:
    """Refuse a value that is not a target of a rule, and name the class that wraps it."""
    from aws_cdk.aws_events import IRuleTarget

    if target is None or _implements(target, IRuleTarget):
        return
    raise ArgumentTypeError(
        f"'target' must be IRuleTarget, got {with_type(target)}; "
        f"{_advice(target, _TARGETS, _TARGET_OF)}"
    )


def check_actions(keyword: str, actions: object) -> None:
    """Refuse a value that is not a list of alarm actions, and name the class that wraps it."""
    from aws_cdk.aws_cloudwatch import IAlarmAction

    if actions is None:
        return
    if not isinstance(actions, Sequence) or isinstance(actions, str | bytes | bytearray):
        advice = (
            "put it in a list"
            if _implements(actions, IAlarmAction)
            else f"{_advice(actions, _ACTIONS, _ACTION_OF)}, in a list"
        )
        raise ArgumentTypeError(
            f"'{keyword}' must be Sequence[IAlarmAction], got {with_type(actions)}; {advice}"
        )
    for action in actions:
        if not _implements(action, IAlarmAction):
            raise ArgumentTypeError(
                f"'{keyword}' must be Sequence[IAlarmAction], got one item, {with_type(action)}; "
                f"{_advice(action, _ACTIONS, _ACTION_OF)}"
            )


def _implements(value: object, interface: type) -> bool:
    # An object that JavaScript created can be a proxy, which has the members of the interfaces.
    return hasattr(value, "bind") if is_proxy(value) else declares(value, interface)


def _advice(value: object, module: str, classes: dict[str, str]) -> str:
    for attribute, name in classes.items():
        if hasattr(value, attribute):
            return f"wrap it in {module}.{name}()"
    return f"use a class of {module}"
