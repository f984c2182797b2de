"""What the states of the index share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

State = dict[str, Any]

# The attribute that an item is found by.
KEY = "recording_id"
# All attempts together take less than the five minutes that a workflow has.
RETRY = {
    "ErrorEquals": ["States.ALL"],
    "IntervalSeconds": 1,
    "BackoffRate": 2,
    "MaxAttempts": 4,
    "MaxDelaySeconds": 20,
    "JitterStrategy": "FULL",
}
SECONDS = 10
# What it takes to write into a table or a queue that is encrypted with a key of KMS.
KEY_WRITE_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey*")
UNDELIVERABLE = {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Undeliverable"}


def assignments(values: Mapping[str, str]) -> str:
    """What a SET of DynamoDB assigns to attributes."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def allow(*actions: str, resource: str) -> dict[str, object]:
    """A statement of a policy."""
    action = actions[0] if len(actions) == 1 else [*actions]
    return {"Effect": "Allow", "Action": action, "Resource": resource}
