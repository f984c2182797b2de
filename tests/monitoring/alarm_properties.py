"""What sets of alarms make, by the names of the alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdk_ivs._monitoring.alarms.alarm_set import AlarmSet
from tests.support.oracles import resources_of

if TYPE_CHECKING:
    from aws_cdk import Stack

# The log group of a stack as a target, which gets the events of rules that no topic gets.
TO_LOG_GROUP = [
    {
        "Arn": {
            "Fn::Join": [
                "",
                [
                    "arn:",
                    {"Ref": "AWS::Partition"},
                    ":logs:",
                    {"Ref": "AWS::Region"},
                    ":",
                    {"Ref": "AWS::AccountId"},
                    ":log-group:",
                    {"Ref": "CdkIvsAlarmEvents"},
                ],
            ]
        },
        "Id": "Target0",
    }
]


def alarms_of(stack: Stack, alarm_set: AlarmSet) -> dict[str, dict[str, Any]]:
    """The properties of the alarms of a set, as they are in the template of its stack."""
    resources = resources_of(stack, "AWS::CloudWatch::Alarm")
    return {
        name: resources[stack.get_logical_id(alarm.node.default_child)]["Properties"]
        for name, alarm in alarm_set.alarms.items()
    }


def rules_of(stack: Stack) -> dict[str, dict[str, Any]]:
    """The properties of the rules in the template of a stack, by logical id."""
    rules = resources_of(stack, "AWS::Events::Rule")
    return {logical_id: rule["Properties"] for logical_id, rule in rules.items()}
