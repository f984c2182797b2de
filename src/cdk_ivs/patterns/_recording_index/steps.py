"""The common parts of the states of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

State = dict[str, Any]

# The key attribute of an item.
KEY = "recording_id"
# All attempts together take less than five minutes, the limit of an Express workflow.
RETRY = {
    "ErrorEquals": ["States.ALL"],
    "IntervalSeconds": 1,
    "BackoffRate": 2,
    "MaxAttempts": 4,
    "MaxDelaySeconds": 20,
    "JitterStrategy": "FULL",
}
SECONDS = 10
# The actions for writing to a table or a queue that is encrypted with a KMS key.
KEY_WRITE_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey*")
UNDELIVERABLE = {"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Undeliverable"}


def assignments(values: Mapping[str, str]) -> str:
    """Return the assignments in a SET of DynamoDB."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def allow(*actions: str, resource: str) -> dict[str, object]:
    """Return a statement of a policy."""
    action = actions[0] if len(actions) == 1 else [*actions]
    return {"Effect": "Allow", "Action": action, "Resource": resource}
