"""The state of an account, to compare it with that of another moment."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.rehearsal.generated.driving import Driver

# What another moment changes although nothing was changed.
_VOLATILE = re.compile(
    "time|date|stamp|token|revision|etag|last_?modified|next_?version|counter|sequence",
    re.IGNORECASE,
)
# The stack is compared by its own API. Functions write logs, and metrics count calls.
_LEFT_OUT = {"cloudformation", "cloudwatch", "cloudwatch_logs"}
# What the emulator keeps of resources that it has deleted.
_LEFTOVERS = {"dynamodb": {"tags"}}
# The emulator notes the owner of a rule of events at its update, and not at its creation.
_OF_UPDATES = {"CreatedBy", "ManagedBy"}
_ASSETS = "cdk-hnb659fds-"
# The tag of a key that a function creates, and creates again.
ROTATED = "CdkIvsStreamKeyRotation"


def state(driver: Driver) -> dict[str, Any]:
    """All of the state of Amazon IVS, of the other services and of the stack."""
    cloud = driver.cloud
    stack = cloud.stack(driver.name)
    template = driver.formation.get_template(StackName=driver.name)["TemplateBody"]
    everything = cloud.everything()
    return {
        "ivs": {
            arn: details
            for arn, details in cloud.ivs.state().items()
            if ROTATED not in details["tags"]
        },
        "mediatailor": {
            name: dict(each) for name, each in cloud.provisioning.playback_configurations.items()
        },
        "outputs": cloud.outputs(driver.name),
        "parameters": stack.get("Parameters", []),
        "tags": stack.get("Tags", []),
        "template": template,
        "resources": driver.resources(),
        "services": {
            name: _steady(
                {key: item for key, item in each.items() if key not in _LEFTOVERS.get(name, ())}
            )
            for name, each in everything.items()
            if name not in _LEFT_OUT
        },
    }


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """What differs, each with its place."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            each
            for key in sorted({*before, *after}, key=str)
            for each in differences(before.get(key), after.get(key), f"{path}/{key}")
        ]
    if before == after:
        return []
    return [f"{path}: {_short(before)} became {_short(after)}"]


def _short(value: Any) -> str:
    text = json.dumps(value, default=repr, sort_keys=True)
    return text if len(text) < 500 else f"{text[:500]}..."


def _steady(value: Any) -> Any:
    """A state without what is volatile, in which lists have an order."""
    if isinstance(value, dict):
        return {
            key: _steady(item)
            for key, item in value.items()
            if not _VOLATILE.search(key) and _ASSETS not in key and key not in _OF_UPDATES
        }
    if isinstance(value, list):
        items = [_steady(item) for item in value if _ASSETS not in json.dumps(item, default=repr)]
        return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, default=repr))
    return value
